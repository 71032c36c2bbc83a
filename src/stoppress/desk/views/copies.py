"""Texts under way: kept every few seconds, listed and taken up on another device, thrown away. The script's JSON."""

from django.http import HttpRequest, HttpResponse, JsonResponse

from stoppress.desk.door import desk_view
from stoppress.desk.forms.copy import read_copy
from stoppress.desk.whence import device_of
from stoppress.events.changes import JsonObject
from stoppress.lib import clock
from stoppress.lib.clock import rfc3339
from stoppress.liveblogs.actions.keep_answer import known_answer
from stoppress.liveblogs.actions.keep_copy import keep_copy, settle_copy
from stoppress.liveblogs.copies import copies_of, copy_for
from stoppress.liveblogs.models import WorkingCopy
from stoppress.newsroom.roles import Staff


@desk_view("GET", "POST")
def copies(request: HttpRequest, by: Staff, slug: str) -> HttpResponse:
    """GET: one's own texts under way, without the texts. POST: the newest turn of one of them, `{"turn"}` back.

    A turn of null: it became a post already, or was thrown away; what is typed since is another text.
    """
    if request.method == "POST":
        typed = read_copy(request.body, device=device_of(request))
        return JsonResponse({"turn": keep_copy(by=by, slug=slug, typed=typed, at=clock.now())})
    return JsonResponse({"copies": [_line(row) for row in copies_of(by, slug)]})


@desk_view("GET", "POST")
def one_copy(request: HttpRequest, by: Staff, slug: str, copy: str) -> HttpResponse:
    """GET: one text, to go on with. POST: it is thrown away."""
    if request.method == "POST":
        settle_copy(by=by, slug=slug, name=copy, at=clock.now())
        return JsonResponse({"name": copy})
    row = copy_for(by, slug, copy)
    return JsonResponse({**_line(row), "base_revision": row.base_revision, "text": row.text})


@desk_view("GET")
def answer(request: HttpRequest, by: Staff, key: str) -> HttpResponse:  # noqa: ARG001 (the door's)
    """What became of a write whose answer was lost: `done` is null while the server knows nothing of this key."""
    first = known_answer(by=by, key=key)
    return JsonResponse({"done": first})


def _line(row: WorkingCopy) -> JsonObject:
    return {
        "name": row.name,
        "turn": row.turn,
        "post_id": row.post_id,
        "words": row.words,
        "device": row.device,
        "at": rfc3339(row.at),
    }
