"""What Django's own settings cannot say of the answers of desk and API. Named in the settings, outermost."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

Answering = Callable[[HttpRequest], HttpResponse]


def for_this_origin(get_response: Answering) -> Answering:
    """No other site may load an answer as its picture, script or style (CORP, https://fetch.spec.whatwg.org)."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return answer
