"""Who comes in: every view of the desk stands behind `desk_view`.

Signed in, on the staff, with a method the view knows; what an action refuses becomes an answer here, and nothing
is kept by anyone on the way (`no-store`).
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse

from stoppress.desk.answers import refusal, wants_json
from stoppress.document.parse import InvalidDocument
from stoppress.lib import limits
from stoppress.liveblogs.refusals import Refused
from stoppress.newsroom.queries import owes_second_factor, staff_of
from stoppress.newsroom.refusals import NewsroomRefused
from stoppress.newsroom.roles import Staff

P = ParamSpec("P")
StaffView = Callable[Concatenate[HttpRequest, Staff, P], HttpResponse]
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

SIGNED_OUT = "You are signed out; sign in again. What you typed stays on this device."
FACTOR_OWED = "This newsroom asks everybody for a second factor; set yours up on your own page first."
NO_STAFF = "You are signed in, but not on the staff of this newsroom; ask an admin to add you."


def desk_view(*methods: str, before_second_factor: bool = False) -> Callable[[StaffView[P]], View[P]]:
    """The view gets the `Staff` who asks, as its second argument, for these methods only.

    `before_second_factor`: open to those who must set one up first by the house rule.
    """

    def decorate(view: StaffView[P]) -> View[P]:
        @wraps(view)
        def behind_the_door(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            asked = "GET" if request.method == "HEAD" else request.method
            if asked not in methods:
                return unkept(HttpResponseNotAllowed(methods))
            if not before_second_factor and (owed := _owed(request)):
                return unkept(owed)
            return unkept(_admitted(request, view, *args, **kwargs))

        return behind_the_door

    return decorate


def _admitted(request: HttpRequest, view: StaffView[P], /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
    if not request.user.is_authenticated:
        return _turned_away(request)
    by = staff_of(request.user)
    if by is None:
        return refusal(request, 403, NO_STAFF)
    try:
        return view(request, by, *args, **kwargs)
    except (NewsroomRefused, Refused) as refused:
        return refusal(request, refused.http_status, str(refused), field=getattr(refused, "field", ""))
    except InvalidDocument as invalid:
        return refusal(request, 422, str(invalid), field="document")
    except RequestDataTooBig:
        most = limits.REQUEST_BODY_BYTES // 1024
        return refusal(request, 413, f"This is more than {most} KB of text; make two posts of it.")


def _owed(request: HttpRequest) -> HttpResponse | None:
    """The way to a second factor, for those whom the house rule asks for one."""
    by = staff_of(request.user)
    if by is None or not owes_second_factor(by):
        return None
    if wants_json(request) or request.method != "GET":
        return refusal(request, 403, FACTOR_OWED)
    return redirect("desk:me")


def _turned_away(request: HttpRequest) -> HttpResponse:
    """To the sign-in page, and from there back to a page (never to a write)."""
    if wants_json(request):
        return refusal(request, 401, SIGNED_OUT)
    return redirect_to_login(
        request.get_full_path() if request.method == "GET" else reverse("desk:liveblogs")
    )


def unkept(response: HttpResponse) -> HttpResponse:
    """Not to be kept by any cache, shared or private: it was made for one signed-in person."""
    response["Cache-Control"] = "no-store, private"
    return response
