"""Whatever Django answers is for one person: nobody on the way may keep it. Named in the settings."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from stoppress.desk.door import unkept

Answering = Callable[[HttpRequest], HttpResponse]


def kept_by_nobody(get_response: Answering) -> Answering:
    """Answers that say nothing of caches themselves are marked `no-store` (sign-in pages, refusals, faults)."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if "Cache-Control" not in response or "no-store" not in response["Cache-Control"]:
            return unkept(response)
        return response

    return answer
