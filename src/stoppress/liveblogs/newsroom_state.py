"""What is going on in one live blog's newsroom, as one small JSON object for each person who looks.

It is sent whole whenever it differs (docs/decisions/0015). It has named sections; each comes from one function of
`SECTIONS`. To add one: write a function that reads its rows once and returns another that shows them to one person,
and put it into `SECTIONS`. A section holds what must be seen at once, bounded, and never what this person may not
see; nothing in it may differ only because time went by (times to be counted from are told, ages are not).

Reads only. Called by `desk/views/newsroom.py` (who asks) and `desk/newsroom_source.py` (who listens).
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import TypeAlias

from stoppress.document.schema import Document
from stoppress.document.text import first_words
from stoppress.events.changes import JsonObject
from stoppress.lib import limits
from stoppress.lib.clock import rfc3339
from stoppress.liveblogs import access
from stoppress.liveblogs.models import ChatMessage, Lease, LiveBlog, Post, Presence, Shift
from stoppress.newsroom.roles import Staff

Shown: TypeAlias = Callable[[Staff], object]  # what one person sees of a section: JSON
Section: TypeAlias = Callable[[LiveBlog, datetime], Shown]


def newsroom_states(blog: LiveBlog, people: Iterable[Staff], at: datetime) -> dict[Staff, JsonObject]:
    """What each of `people` may see now. The rows are read once for all of them."""
    shown = {name: section(blog, at) for name, section in SECTIONS.items()}
    return {by: {name: show(by) for name, show in shown.items()} for by in dict.fromkeys(people)}


def newsroom_state(by: Staff, slug: str, at: datetime) -> JsonObject:
    """What `by` may see now. Raises: NotFound."""
    return newsroom_states(access.blog_to_see(by, slug), [by], at)[by]


# --- sections ---------------------------------------------------------------------------------------


def on_shift(blog: LiveBlog, at: datetime) -> Shown:  # noqa: ARG001 (a section)
    """`[{user, name, since}]`: open shifts, in the order of the day."""
    rows = Shift.objects.filter(liveblog=blog, ended_at=None)
    people = [{"user": row.user_id, "name": row.name, "since": rfc3339(row.started_at)} for row in rows]
    return lambda _: people


def here(blog: LiveBlog, at: datetime) -> Shown:
    """`[{user, name, writing: [{post, title}]}]`: who has the desk open. `post` is "" for a new post or a private one.

    `title` is the post's; "" for a new one; null when it is a draft that this person may not see.
    """
    since = at - timedelta(seconds=limits.PRESENCE_SECONDS)
    rows = Presence.objects.select_related("user").filter(liveblog=blog, seen_at__gt=since)
    names: dict[int, str] = {}
    writing: dict[int, list[str]] = {}
    for row in rows.order_by("user__name", "user_id", "id"):
        names[row.user_id] = str(row.user)
        writing.setdefault(row.user_id, []).extend(str(post) for post in row.writing)
    posts = _posts(post for open_posts in writing.values() for post in open_posts)

    def shown(by: Staff) -> object:
        return [
            {
                "user": user,
                "name": name,
                "writing": [
                    _written(by, posts, post)
                    for post in dict.fromkeys(writing[user])
                    if post in posts or post == "new"
                ],
            }
            for user, name in names.items()
        ]

    return shown


def _posts(ids: Iterable[str]) -> Mapping[str, Post]:
    wanted = {post for post in ids if post != "new"}
    return {post.pk: post for post in Post.objects.filter(pk__in=wanted)} if wanted else {}


def _written(by: Staff, posts: Mapping[str, Post], post_id: str) -> JsonObject:
    post = posts.get(post_id)
    if post is None:
        return {"post": "", "title": ""}
    if not access.may_see_post(by, post):
        return {"post": "", "title": None}
    title = post.headline or first_words(Document.stored(post.document), limits.TITLE_CHARS)
    return {"post": post_id, "title": title}


def leases(blog: LiveBlog, at: datetime) -> Shown:
    """`[{post, user, name, tab, since}]`: posts that are open for writing, of those this person may see."""
    found = Lease.objects.select_related("user", "post").filter(post__liveblog=blog, until__gt=at)
    rows = list(found.order_by("post_id"))

    def shown(by: Staff) -> object:
        return [
            {
                "post": row.post_id,
                "user": row.user_id,
                "name": str(row.user),
                "tab": row.tab,
                "since": rfc3339(row.taken_at),
            }
            for row in rows
            if access.may_see_post(by, row.post)
        ]

    return shown


def chat(blog: LiveBlog, at: datetime) -> Shown:  # noqa: ARG001 (a section)
    """`{messages: [{id, user, name, at, text}], more}`: the newest, in order of time; `more`: there are older ones."""
    shown = chat_page(blog, before=None)
    return lambda _: shown


def chat_page(blog: LiveBlog, before: int | None) -> JsonObject:
    """As `chat`, of the messages older than the one with the number `before`."""
    found = ChatMessage.objects.select_related("user").filter(liveblog=blog)
    if before is not None:
        found = found.filter(pk__lt=before)
    rows = list(found.order_by("-id")[: limits.CHAT_SHOWN + 1])
    messages = [
        {"id": row.pk, "user": row.user_id, "name": str(row.user), "at": rfc3339(row.at), "text": row.text}
        for row in reversed(rows[: limits.CHAT_SHOWN])
    ]
    return {"messages": messages, "more": len(rows) > limits.CHAT_SHOWN}


def seq(blog: LiveBlog, at: datetime) -> Shown:  # noqa: ARG001 (a section)
    """The newest event's number: drafts, submitted posts, notes and promises are asked for when it has grown."""
    return lambda _: blog.last_seq


SECTIONS: dict[str, Section] = {
    "on_shift": on_shift,
    "here": here,
    "leases": leases,
    "chat": chat,
    "seq": seq,
}
