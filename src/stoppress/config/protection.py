"""What Django's own settings cannot say of the answers of desk and API. Named in the settings, outermost."""

from collections.abc import Callable

from csp.constants import HEADER
from csp.utils import build_policy
from django.http import Http404, HttpRequest, HttpResponse

Answering = Callable[[HttpRequest], HttpResponse]


def for_this_origin(get_response: Answering) -> Answering:
    """No other site may load an answer as its picture, script or style (CORP, https://fetch.spec.whatwg.org)."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return answer


def content_policy(get_response: Answering) -> Answering:
    """Every answer says what a page may load and run (CSP). One sentence for all, so it is made once.

    django-csp's own middleware would make it anew for each answer.
    """
    policy = build_policy()

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault(HEADER, policy)
        return response

    return answer


def names_something(get_response: Answering) -> Answering:
    """An address with a NUL in it is 404: nothing has such a name, and PostgreSQL refuses to be asked for one."""

    def answer(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info:
            raise Http404("An address has no NUL in it.")
        return get_response(request)

    return answer
