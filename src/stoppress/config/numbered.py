"""Puts the request's number on every line that the log gets while it is answered. Named in the settings, outermost."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from structlog.contextvars import bound_contextvars

from stoppress.lib import numbered

Answering = Callable[[HttpRequest], HttpResponse]


def numbered_requests(get_response: Answering) -> Answering:
    """The edge has given it; the answer bears it too, so that whoever reports a fault can name it."""

    def answer(request: HttpRequest) -> HttpResponse:
        came = request.headers.get(numbered.HEADER, "")
        number = came if numbered.is_one(came) else numbered.new()
        with bound_contextvars(**{numbered.FIELD: number}):
            response = get_response(request)
        response.headers[numbered.HEADER] = number
        return response

    return answer
