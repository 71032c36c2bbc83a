"""Writes that happen once, however often the network or a finger repeats them. Called by the views around an action."""

import json
from collections.abc import Callable
from urllib.parse import urlencode

from django.http import HttpRequest

from stoppress.events.changes import JsonObject
from stoppress.liveblogs.actions.keep_answer import Answer, kept_answer
from stoppress.newsroom.roles import Staff


def once(request: HttpRequest, by: Staff, key: str, make: Callable[[], JsonObject]) -> JsonObject:
    """What `make` returned the first time this person sent this request with this key.

    One transaction holds what `make` does and the memory of it. Raises: InvalidInput (no key, or a key that was
    used for another request), and whatever `make` raises, with nothing done.
    """

    def answer() -> Answer:
        return Answer(200, json.dumps(make()))

    first = kept_answer(by=by, key=key, request=_same_in_a_repeat(request), make=answer)
    body: JsonObject = json.loads(first.body)
    return body


def form_key(request: HttpRequest) -> str:
    """The hidden key of a plain form, told apart by what the pressed button does: one form has several."""
    key = request.POST.get("key", "")
    return f"{key}-{request.path.rstrip('/').rpartition('/')[2]}" if key else ""


def _same_in_a_repeat(request: HttpRequest) -> bytes:
    """Method, path and body; less the CSRF token, which is written anew each time."""
    start = f"{request.method} {request.path}\n".encode()
    if request.content_type == "application/json":
        return start + request.body
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    return start + urlencode(sorted(pair for pair in fields if pair[0] != "csrfmiddlewaretoken")).encode()
