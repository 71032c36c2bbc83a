"""What surrounds every view of Django: answers that nobody keeps, and sessions that end. Named in the settings."""

import re
from collections.abc import Callable
from typing import cast

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware

from stoppress.accounts.models import User
from stoppress.desk.door import unkept
from stoppress.desk.whence import device_of
from stoppress.lib import clock
from stoppress.newsroom.actions.desk_sessions import Visit, keep_session
from stoppress.newsroom.address import address_of

Answering = Callable[[HttpRequest], HttpResponse]
DESK = "/desk/"
CARDS = "/cards/"
# What an open window asks again and again while nobody touches it.
BY_ITSELF = re.compile(r"/desk/live/[^/]+/(changes|newsroom|newsroom/events|newsroom/here)/")


def smaller_pages(get_response: Answering) -> Answering:
    """Pages of the desk are packed for browsers that take that: a phone with one bar loads a fifth.

    Django's packing adds random bytes, against guessing what is in a page by its length (BREACH).
    """
    packed = GZipMiddleware(get_response)

    def answer(request: HttpRequest) -> HttpResponse:
        page = request.path_info.startswith(DESK) and request.accepts("text/html")
        return cast("HttpResponse", packed(request)) if page else get_response(request)

    return answer


def kept_by_nobody(get_response: Answering) -> Answering:
    """Answers that say nothing of caches themselves are marked `no-store` (sign-in pages, refusals, faults)."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path_info.startswith(CARDS) and "Cache-Control" in response:
            return response  # a picture for everybody, which says itself how long it may be kept
        if "Cache-Control" not in response or "no-store" not in response["Cache-Control"]:
            return unkept(response)
        return response

    return answer


def bounded_sessions(get_response: Answering) -> Answering:
    """A session ends when it stood idle or is too old; each is on its owner's list from its first answer on."""

    def answer(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(DESK):
            return get_response(request)
        key = request.session.session_key
        if not _kept(request):
            logout(request)
        response = get_response(request)
        if request.session.session_key != key:  # signed in, or given a new key, by this request
            _kept(request)
        return response

    return answer


def _kept(request: HttpRequest) -> bool:
    key = request.session.session_key
    if not isinstance(request.user, User) or not key:
        return True
    by_itself = BY_ITSELF.fullmatch(request.path_info) is not None
    visit = Visit(request.user.pk, key, address_of(request), device_of(request), by_itself)
    return keep_session(visit=visit, at=clock.now())
