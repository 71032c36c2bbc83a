"""Which browsers are known: those that somebody has signed in with. Called by `adapter.py` and the pages that sign in.

An attacker who tries passwords has none, so that the bounds on strangers' attempts never hold up the true owner.
The cookie opens nothing; it is signed, and names accounts by number.
"""

from django.conf import settings
from django.contrib.auth import login
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from stoppress.accounts.models import User
from stoppress.desk.door import unkept
from stoppress.lib import limits

NAME = "__Host-known" if settings.SECURE else "known"
_SALT = "stoppress.known-device"
_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def known_people(request: HttpRequest) -> list[int]:
    """The accounts that signed in with this browser, the latest first."""
    try:
        said = signing.loads(request.COOKIES.get(NAME, ""), salt=_SALT, max_age=limits.KNOWN_DEVICE_SECONDS)
    except signing.BadSignature:
        return []
    return [user_id for user_id in said if isinstance(user_id, int)]


def remember_device(request: HttpRequest, response: HttpResponse, user_id: int) -> None:
    """Let `response` tell the browser that this person signed in with it."""
    people = [user_id, *(known for known in known_people(request) if known != user_id)]
    response.set_cookie(
        NAME,
        signing.dumps(people[: limits.KNOWN_DEVICE_PEOPLE], salt=_SALT),
        max_age=limits.KNOWN_DEVICE_SECONDS,
        secure=settings.SECURE,
        httponly=True,
        samesite="Lax",
    )


def sign_in_newcomer(request: HttpRequest, user: User) -> HttpResponse:
    """Whoever has just made their account is signed in with it; the answer leads to the desk."""
    login(request, user, backend=_BACKEND)
    response = unkept(redirect("desk:liveblogs"))
    remember_device(request, response, user.pk)
    return response
