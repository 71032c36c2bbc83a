"""A live blog as a file, in any of the formats that `stoppress export` offers.

Called by `cli`. Makes bytes with the renderers from the same facts as the read model's, so that an entry of
an exported feed is byte for byte the one the edge serves; but a file holds every post, where a served feed
holds the newest.
"""

import base64
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from stoppress.archive import codec
from stoppress.archive.format import Archive, ArchivedPicture
from stoppress.document.nodes import JsonNode, children
from stoppress.lib import clock
from stoppress.lib.feed_documents import Parts, Place, document
from stoppress.liveblogs import access, queries
from stoppress.liveblogs.facts import blog_facts, post_facts, tombstone_facts
from stoppress.liveblogs.models import LiveBlog, Media, Page, Post, State
from stoppress.liveblogs.pictures.store import picture_store
from stoppress.liveblogs.refusals import InvalidInput, WrongState
from stoppress.newsroom.roles import Staff
from stoppress.render import feeds, jsonld, ninjs
from stoppress.render.digest import digest_html, digest_text
from stoppress.render.facts import BlogFacts, PostFacts, TombstoneFacts
from stoppress.render.standalone import standalone_html
from stoppress.render.transcript import transcript


@dataclass(frozen=True, slots=True)
class _Content:
    """What readers can see of a live blog. `posts`: newest first, withdrawn ones as tombstones."""

    blog: BlogFacts
    posts: list[PostFacts | TombstoneFacts]

    @property
    def shown(self) -> list[PostFacts]:
        """The posts that still have words."""
        return [post for post in self.posts if isinstance(post, PostFacts)]


def export(by: Staff, slug: str, format: str) -> bytes:  # noqa: A002 (the command line's word)
    """The live blog in `format`: `archive` holds everything, the others what readers can see.

    Raises: NotFound, NotAllowed (`archive` holds other people's drafts), InvalidInput, WrongState (a file is gone).
    """
    if format == "archive":
        archive = queries.archive_of(by, slug)
        return codec.dumps(replace(archive, pictures=tuple(_pictures(by, archive))))
    write = _WRITERS.get(format)
    if write is None:
        known = ", ".join(["archive", *_WRITERS])
        raise InvalidInput("format", f"The format must be one of {known}; it is {format[:40]!r}.")
    return write(_content(access.blog_to_see(by, slug))).encode()


def _content(blog: LiveBlog) -> _Content:
    changed_at = Page.objects.filter(pk=blog.pk).values_list("changed_at", flat=True).first()
    rows = Post.objects.filter(liveblog=blog, state__in=[State.PUBLISHED, State.WITHDRAWN])
    newest_first = rows.prefetch_related("corrections").order_by("-first_published_at", "-id")
    return _Content(
        blog_facts(blog, leaves=0, changed_at=changed_at or clock.now()),
        [
            post_facts(post, blog) if post.state == State.PUBLISHED else tombstone_facts(post)
            for post in newest_first
        ],
    )


def _atom(content: _Content) -> str:
    blog = content.blog
    entries = [
        feeds.atom_entry(post, blog) if isinstance(post, PostFacts) else feeds.atom_tombstone(post, blog)
        for post in content.posts
    ]
    return _joined(blog, "feed.atom", feeds.atom_head(blog), entries)


def _json_feed(content: _Content) -> str:
    items = [feeds.json_feed_item(post, content.blog) for post in content.shown]
    return _joined(content.blog, "feed.json", feeds.json_feed_head(content.blog), items) + "\n"


def _joined(blog: BlogFacts, name: str, head: str, entries: list[str]) -> str:
    """Every entry in one document: nothing older stands elsewhere."""
    parts = Parts(head, entries, blog.changed_at or clock.now())
    return document(name, parts, Place(f"{blog.url}/{name}"))


_WRITERS: Final[Mapping[str, Callable[[_Content], str]]] = {
    "jsonld": lambda content: jsonld.whole_blog(content.blog, content.shown) + "\n",
    "jsonfeed": _json_feed,
    "atom": _atom,
    "ninjs": lambda content: ninjs.ninjs_document(content.blog, content.posts) + "\n",
    "html": lambda content: standalone_html(content.blog, content.posts),
    "text": lambda content: transcript(content.blog, content.posts),
    "digest": lambda content: digest_html(content.blog),
    "digest-text": lambda content: digest_text(content.blog),
}


# --- pictures of an archive -------------------------------------------------------------------------


def _pictures(by: Staff, archive: Archive) -> Iterator[ArchivedPicture]:
    """The uploads that any revision shows, each once, with the largest file that is kept of it."""
    names = {
        name
        for post in archive.posts
        for revision in post.revisions
        for name in _media_ids(revision.document.root)
    }
    for media in Media.objects.filter(pk__in=names, publisher_id=by.publisher_id).order_by("pk"):
        widest = max(int(each["width"]) for each in media.renditions)
        data = picture_store().read(media.pk, f"{widest}.webp")
        if data is None:
            raise WrongState(
                f"The file {widest}.webp of the picture {media.pk} is not there; put it back from a backup."
            )
        yield ArchivedPicture(
            id=media.pk,
            width=media.width,
            height=media.height,
            bytes_base64=base64.b64encode(data).decode(),
            alt=media.alt,
            caption=media.caption,
            credit=media.credit,
        )


def _media_ids(node: JsonNode) -> Iterator[str]:
    name = node.get("attrs", {}).get("media") if node["type"] == "image" else None
    if isinstance(name, str):
        yield name
    for child in children(node):
        yield from _media_ids(child)
