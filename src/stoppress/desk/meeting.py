"""When what somebody wrote meets what somebody else did meanwhile: a newer version, or a withdrawal.

Called by `views/posts.py`.
"""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from stoppress.desk.answers import problem
from stoppress.desk.differences import pieces
from stoppress.desk.once import once
from stoppress.document.schema import Document
from stoppress.document.text import plain_text
from stoppress.events.changes import JsonObject
from stoppress.lib import clock
from stoppress.liveblogs import queries
from stoppress.liveblogs.actions.content import PostContent
from stoppress.liveblogs.actions.keep_text import keep_text
from stoppress.liveblogs.models import Revision, State
from stoppress.newsroom.roles import Staff

KEPT_AS = "kept_as"  # in the answer that is kept for a repeat of the request
TAKEN_DOWN = (
    "The post was withdrawn while you were writing, and what is withdrawn stays so. "
    "Your text is kept as a draft of yours."
)


def two_versions(theirs: Revision, mine: PostContent) -> list[JsonObject]:
    """Where they differ: `[{name, pieces: [[kind, words]]}]`; "gone" is only in theirs, "new" only in mine.

    Empty when the words are the same, and only form differs.
    """
    pairs = (
        ("Headline", theirs.headline, mine.headline),
        ("Dateline", theirs.dateline, mine.dateline),
        ("Byline", ", ".join(theirs.byline), ", ".join(mine.byline or theirs.byline)),
        ("Text", plain_text(Document.stored(theirs.document)), plain_text(mine.document)),
    )
    found = ((name, pieces(before, after, whole=True)) for name, before, after in pairs)
    return [
        {"name": name, "pieces": [[one.kind, one.text] for one in parts]} for name, parts in found if parts
    ]


def keep_beside(
    request: HttpRequest, by: Staff, post_id: str, *, key: str, content: PostContent
) -> JsonObject | None:
    """Keep a text that came too late for a post that is withdrawn, once. None: the post is not withdrawn."""
    if queries.post_for(by, post_id).state != State.WITHDRAWN:
        return None

    def make() -> JsonObject:
        return {KEPT_AS: keep_text(by=by, post_id=post_id, content=content, at=clock.now()).post_id}

    return once(request, by, key, make)


def told_kept(slug: str, done: JsonObject) -> HttpResponse:
    """409: the withdrawal stands; here is where the text is."""
    draft = str(done[KEPT_AS])
    return problem(409, TAKEN_DOWN, kept={"id": draft, "url": reverse("desk:post", args=[slug, draft])})
