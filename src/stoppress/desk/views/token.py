"""The CSRF token: a new one for a page whose session was renewed in another tab, and what a wrong one is told."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token

from stoppress.desk.answers import CSRF_PROBLEM, problem, refusal, wants_json
from stoppress.desk.door import desk_view, unkept
from stoppress.newsroom.roles import Staff

STALE = (
    "This page was open for so long that its key to the server is out of date. Reload the page and try again."
)


@desk_view("GET", before_second_factor=True)
def renew(request: HttpRequest, by: Staff) -> HttpResponse:
    """The token of this session as it is now, and whose it is: a page sends nothing in another's name."""
    return JsonResponse({"token": get_token(request), "user": str(by.user_id)})


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 (Django's signature)
    """Named by `CSRF_FAILURE_VIEW`. The script asks for the new token and tries once more."""
    if wants_json(request):
        return unkept(problem(403, STALE, kind=CSRF_PROBLEM))
    return unkept(refusal(request, 403, STALE))
