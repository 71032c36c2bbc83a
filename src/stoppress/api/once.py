"""Requests that carry an `Idempotency-Key` happen once; answers on the wire. Called by the views."""

import json
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from stoppress.api.asked import staff
from stoppress.liveblogs.actions.keep_answer import FIELD, Answer, kept_answer


def fingerprint(request: HttpRequest, body: bytes) -> bytes:
    """What must be the same in a repeat."""
    return f"{request.method} {request.path}\n".encode() + body


def once(request: HttpRequest, make: Callable[[], Answer]) -> HttpResponse:
    """`make()`, or the first answer again when the key was seen before."""
    key = request.headers.get(FIELD)
    if key is None:
        return on_the_wire(request, make())
    answer = kept_answer(by=staff(request), key=key, request=fingerprint(request, request.body), make=make)
    return on_the_wire(request, answer)


def on_the_wire(request: HttpRequest, answer: Answer) -> HttpResponse:
    """The answer with the headers that its body implies, the same for the first time and every repeat."""
    response = HttpResponse(answer.body, status=answer.status, content_type="application/json")
    told = json.loads(answer.body)
    if answer.status == 201:  # noqa: PLR2004 (Created)
        name = told.get("id") or told["slug"]
        response["Location"] = f"{settings.PUBLIC_URL}{request.path}/{name}"
    if "revision" in told:
        response["ETag"] = f'"{told["revision"]}"'
    return response
