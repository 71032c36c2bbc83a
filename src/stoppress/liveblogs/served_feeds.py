"""A feed's newest document as the edge serves it, for those who send it on (`websub`). Reads the read model only.

A test holds that it is byte for byte the edge's.
"""

from dataclasses import dataclass

from django.db.models import F

from stoppress.lib import limits
from stoppress.lib.feed_documents import Parts, Place, document, place_of
from stoppress.liveblogs.facts import site_facts
from stoppress.liveblogs.models import LiveBlog, Page, PagePost, Status

_COLUMNS = {"feed.atom": "atom", "feed.rss": "rss", "feed.json": "json_feed", "ninjs.json": "ninjs"}


@dataclass(frozen=True, slots=True)
class ServedFeed:
    """`seq`: the live blog's number; what is in `body` may be newer, never older."""

    seq: int
    place: Place
    body: bytes


def served_feed(blog: LiveBlog, name: str, hub: str) -> ServedFeed | None:
    """The document of `name` (its file name); None while the live blog is not public."""
    column = _COLUMNS[name]
    page = Page.objects.filter(pk=blog.pk).exclude(status=Status.DRAFT).first()
    if page is None:
        return None
    posts = PagePost.objects.filter(page_id=blog.pk)
    newest = posts.order_by("-first_published_at", "-post_id").values_list("post_id", flat=True)
    put_right = posts.exclude(leaf=0).filter(changed_seq__gt=F("shown_seq")).order_by("-changed_seq")
    shown = {
        *newest[: limits.FEED_POSTS],
        *put_right.values_list("post_id", flat=True)[: limits.FEED_CHANGED_POSTS],
    }
    entries = posts.filter(pk__in=shown).order_by("-first_published_at", "-post_id")
    parts = Parts(getattr(page, column), entries.values_list(column, flat=True), page.changed_at)
    place = place_of(f"{site_facts(blog.publisher).public_url}/live/{page.slug}", name, page.leaves, hub=hub)
    return ServedFeed(page.changed_seq, place, document(name, parts, place).encode())
