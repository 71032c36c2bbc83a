"""Where a new summary begins: the last one as the composer takes it, and what has changed since."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse, JsonResponse

from stoppress.desk.door import desk_view
from stoppress.desk.moments import clock_words
from stoppress.desk.shown import title_of
from stoppress.document.schema import Document
from stoppress.events.changes import JsonObject
from stoppress.lib import clock
from stoppress.lib.clock import rfc3339
from stoppress.liveblogs import queries
from stoppress.liveblogs.models import Post
from stoppress.liveblogs.round_up import Change, round_up
from stoppress.newsroom.roles import Staff

_FIRST: JsonObject = {
    "type": "doc",
    "content": [
        {"type": "bullet_list", "content": [{"type": "list_item", "content": [{"type": "paragraph"}]}]}
    ],
}


@desk_view("GET")
def start(request: HttpRequest, by: Staff, slug: str) -> HttpResponse:  # noqa: ARG001 (a view)
    """`{last, headline, document, since}`: nothing is written by asking."""
    found = round_up(by, slug)
    zone, now = queries.liveblog_for(by, slug).timezone, clock.now()
    body: JsonObject = {
        "last": _last(found.last, zone, now) if found.last else None,
        "headline": found.last.headline if found.last else "",
        "document": Document.stored(found.last.document).root if found.last else _FIRST,
        "since": [
            _told(slug, change) | {"when": clock_words(change.at, zone, now)} for change in found.changes
        ],
    }
    return JsonResponse(body)


def _last(post: Post, zone: str, now: datetime) -> JsonObject:
    at = post.first_published_at
    return {"id": post.pk, "title": title_of(post), "when": clock_words(at, zone, now) if at else ""}


def _told(slug: str, change: Change) -> JsonObject:
    return {
        "kind": change.kind.value,
        "href": f"/live/{slug}/posts/{change.post_id}",
        "text": change.text,
        "at": rfc3339(change.at),
        "in_last": change.in_last,
        "state": change.state,
        "source": change.source,
    }
