"""What no view of the API sees: answers that Django made by itself, HEAD, and the cache header.

Outermost in `config/settings.py`, so that the wrong host, the unknown address and the wrong method are told as
problems too. Other addresses than the API's pass untouched.
"""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from stoppress.api.problems import BY_STATUS, NOWHERE, Problem, ProblemAnswer, problem_answer

ROOT = "/api"
_FIRST_ERROR = 400
_OF_THE_BODY = ("Content-Type", "Content-Length", "Content-Language", "Cache-Control", "Vary")


def api_answers(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Django's middleware factory."""

    def answer(request: HttpRequest) -> HttpResponse:
        if not f"{request.path_info}/".startswith(f"{ROOT}/"):
            return get_response(request)
        only_head = request.method == "HEAD"
        if only_head:
            request.method = "GET"  # the server sends no body for HEAD (RFC 9110, section 9.3.2)
        response = get_response(request)  # also where nothing is: what protects an answer stands further in
        if response.status_code >= _FIRST_ERROR and not isinstance(response, ProblemAnswer):
            response = _as_problem(request, response)
        if only_head:
            request.method = "HEAD"
        response.headers.setdefault("Content-Length", str(len(response.content)))
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        return response

    return answer


def _as_problem(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if response.status_code == HTTPStatus.NOT_FOUND:
        return _with_headers_of(response, problem_answer(NOWHERE))
    kind = BY_STATUS.get(response.status_code, BY_STATUS[_FIRST_ERROR])
    detail = f"{kind.title}. {kind.cure}"
    if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        detail = f"{request.method} is not known at this address; the header Allow names what is."
        response.headers["Allow"] = _with_head(response.headers.get("Allow", ""))
    return _with_headers_of(response, problem_answer(Problem(kind.name, detail)))


def _with_head(allow: str) -> str:
    """Where GET is known, so is HEAD."""
    methods = {method.strip() for method in allow.split(",")}
    return ", ".join(sorted(methods | {"HEAD"} if "GET" in methods else methods))


def _with_headers_of(before: HttpResponse, after: HttpResponse) -> HttpResponse:
    """What other middleware and the view said beside the body (security, `Allow`) is said again."""
    for name, value in before.items():
        if name not in _OF_THE_BODY:
            after.headers[name] = value
    return after
