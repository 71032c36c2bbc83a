"""Notes who has a live blog open at the desk, and which posts they have open for writing."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from stoppress.lib import limits
from stoppress.lib.ids import POST_ID
from stoppress.liveblogs import access
from stoppress.liveblogs.actions.lease import hold_leases
from stoppress.liveblogs.announce import announce_newsroom
from stoppress.liveblogs.models import LiveBlog, Post, Presence
from stoppress.liveblogs.refusals import InvalidInput
from stoppress.newsroom.roles import Staff

NEW = "new"  # instead of a post's id: a post that the server does not know yet


def note_presence(*, by: Staff, slug: str, tab: str, writing: Sequence[str], at: datetime) -> None:
    """Say that `by` has this live blog open in the window `tab`, with the posts in `writing` open to be written.

    The posts' leases are held on with it. Nothing is numbered and no reader hears of it; the newsroom is woken only
    when something is different from before. The same again does no harm: it carries no key.

    Raises: NotFound, InvalidInput.
    """
    blog = access.blog_to_see(by, slug)
    check_tab(tab)
    posts = _posts(blog, by, writing)
    with transaction.atomic():
        seen = Presence.objects.filter(liveblog=blog, user_id=by.user_id, tab=tab).first()
        news = seen is None or is_over(seen.seen_at, at) or seen.writing != posts
        if seen is None:
            _make_room(blog, by, at)
        if news or seen is None or seen.seen_at <= at - timedelta(seconds=limits.PRESENCE_BEAT_SECONDS / 2):
            facts = {"writing": posts, "seen_at": at}
            Presence.objects.update_or_create(liveblog=blog, user_id=by.user_id, tab=tab, defaults=facts)
        news = hold_leases(by=by, blog=blog, tab=tab, post_ids=posts, at=at) or news
        if news:
            transaction.on_commit(lambda: announce_newsroom(blog), robust=True)


def leave_liveblog(*, by: Staff, slug: str, tab: str, at: datetime) -> None:
    """The window is closed: it is no longer there, and lets go of its posts. Raises: NotFound, InvalidInput."""
    blog = access.blog_to_see(by, slug)
    check_tab(tab)
    with transaction.atomic():
        Presence.objects.filter(liveblog=blog, user_id=by.user_id, tab=tab).delete()
        hold_leases(by=by, blog=blog, tab=tab, post_ids=[], at=at)
        transaction.on_commit(lambda: announce_newsroom(blog), robust=True)


def is_over(seen_at: datetime, at: datetime) -> bool:
    """Whether a window last heard of at `seen_at` counts as gone."""
    return at - seen_at >= timedelta(seconds=limits.PRESENCE_SECONDS)


def check_tab(tab: str) -> None:
    """Raises: InvalidInput unless `tab` can be a window's name."""
    if not (tab.isascii() and tab.isalnum() and len(tab) <= limits.TAB_CHARS):
        raise InvalidInput("tab", f"A window's name has up to {limits.TAB_CHARS} letters and digits.")


def _posts(blog: LiveBlog, by: Staff, writing: Sequence[str]) -> list[str]:
    """Of the ids named, posts of this live blog which `by` may write on. One that is gone is no fault."""
    named = list(dict.fromkeys(writing))[: limits.OPEN_POSTS]
    known = Post.objects.filter(pk__in=[name for name in named if POST_ID.fullmatch(name)], liveblog=blog)
    may = {post.pk for post in known if access.may_see_post(by, post) and access.may_touch(by, post)}
    return [name for name in named if name == NEW or name in may]


def _make_room(blog: LiveBlog, by: Staff, at: datetime) -> None:
    """Forget windows that never said goodbye. Raises: InvalidInput (too many of one person are open)."""
    gone = at - timedelta(seconds=limits.PRESENCE_KEPT_SECONDS)
    Presence.objects.filter(liveblog=blog, seen_at__lt=gone).delete()
    if Presence.objects.filter(liveblog=blog, user_id=by.user_id).count() >= limits.WINDOWS_PER_PERSON:
        raise InvalidInput(
            "tab", f"You have {limits.WINDOWS_PER_PERSON} windows of this live blog open; close one."
        )
