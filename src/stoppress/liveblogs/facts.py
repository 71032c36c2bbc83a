"""What renderers are told: rows → the plain values of `render/facts.py`. Reads only.

Called by `projection.py` inside the action's transaction, and by `exports.py`. What stands around the posts is asked
for with every post, while the live blog is locked, so it is asked in few statements of plain SQL: building one with the
ORM takes longer than answering it (docs/decisions/0013-plain-sql-under-the-lock.md).
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings

from stoppress.document.embeds import as_cards
from stoppress.document.schema import Document
from stoppress.document.text import first_words
from stoppress.lib import limits
from stoppress.liveblogs import plain_rows
from stoppress.liveblogs.authors import authors_of
from stoppress.liveblogs.looks import looks_of, with_looks
from stoppress.liveblogs.models import Correction, LiveBlog, Media, PagePost, Post, Shift, State, Status
from stoppress.liveblogs.polls import with_votes
from stoppress.liveblogs.stored_text import document_of
from stoppress.liveblogs.topics import topic_slugs
from stoppress.newsroom.models import Publisher
from stoppress.render.facts import (
    RENDERER,
    BlogFacts,
    BylineName,
    CorrectionFacts,
    EventFacts,
    ImageFacts,
    KeyEventFacts,
    PostFacts,
    SiteFacts,
    TombstoneFacts,
    WidestFacts,
)
from stoppress.render.pictures import Picture, media_id_of, pictures, srcset

_TITLE_CHARS = 80

# The posts that anything around the posts may name, each found by an index of its own; which is which is plain
# from the rows. Values: live blog, live blog, live blog, newest sealed leaf, live blog, how many key events, live blog.
_LANDMARKS = """
SELECT post_id, title, first_published_at, leaf, key_event, summary, withdrawn FROM page_post WHERE post_id IN (
    SELECT id FROM (SELECT id FROM post WHERE liveblog_id = %s AND state = 'published'
        ORDER BY first_published_at DESC, id DESC LIMIT 1) AS newest
    UNION SELECT id FROM (SELECT id FROM post WHERE liveblog_id = %s AND state = 'published'
        ORDER BY first_published_at, id LIMIT 1) AS oldest
    UNION SELECT post_id FROM (SELECT post_id FROM page_post WHERE page_id = %s AND leaf = %s
        ORDER BY first_published_at DESC, post_id DESC LIMIT 1) AS sealed
    UNION SELECT post_id FROM (SELECT post_id FROM page_post WHERE page_id = %s AND key_event AND NOT withdrawn
        ORDER BY first_published_at DESC, post_id DESC LIMIT %s) AS turning_points
    UNION SELECT id FROM (SELECT id FROM post WHERE liveblog_id = %s AND summary AND state = 'published'
        ORDER BY first_published_at DESC, id DESC LIMIT 1) AS round_up
)
"""
# Once it is closed the list is an index of key events and summaries.
_LANDMARKS_CLOSED = _LANDMARKS.replace("AND key_event AND", "AND (key_event OR summary) AND")
_CORRECTIONS = "SELECT id, text, at, revision FROM correction WHERE post_id = %s ORDER BY at, id"
_MEDIA = "SELECT id, width, height, renditions, wide_width, wide_height FROM media WHERE id = %s"
_POST = "SELECT * FROM post WHERE id = %s"
_SHIFTS = "SELECT id, name, ended_at FROM shift WHERE liveblog_id = %s ORDER BY started_at, id"


MIXED = "*"  # at the end of a page's build: parts of it were made by another version's renderers


def site_facts(publisher: Publisher) -> SiteFacts:
    """What every page says of the publisher."""
    return SiteFacts(
        public_url=settings.PUBLIC_URL,
        name=publisher.name,
        language=publisher.language,
        policies=tuple(publisher.policies),
    )


def build_of(publisher: Publisher) -> str:
    """A short name for everything beside the rows that page bytes depend on."""
    parts = (
        str(RENDERER),
        settings.PUBLIC_URL,
        looks_of(publisher),
        publisher.name,
        publisher.language,
        *publisher.policies,
    )
    mark = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]
    return f"{RENDERER}-{mark}"


def build_after(stored: str, made: str, *, whole: bool) -> str:
    """What a page's `build` says after this version wrote on it, `made` being our own name; `whole`: every part of it.

    While two versions work side by side on one database, a page must not take turns between their names: open pages
    would be told to fetch it anew each time. So a newer renderer's name stays when an older one writes on its page,
    with a star that readers are not told of (`edge/store.py`): the newer one makes such a page anew
    (docs/decisions/0029).
    """
    newer = renderer_of(stored) > RENDERER
    mixed = newer or (stored and not whole and (stored.endswith(MIXED) or renderer_of(stored) < RENDERER))
    return (stored if newer else made).rstrip(MIXED) + (MIXED if mixed else "")


def renderer_of(build: str) -> int:
    """The number in such a name; 0 in that of a page that was never made, or before there were numbers."""
    number, _, rest = build.partition("-")
    return int(number) if rest and number.isdecimal() else 0


def post_facts(post: Post, blog: LiveBlog) -> PostFacts:
    """A published post of `blog` as renderers are told of it. Embeds that its publisher switched off are link cards."""
    if post.first_published_at is None or post.last_changed_at is None:
        raise ValueError(
            f"Post {post.pk} was never published; only published posts are rendered for readers."
        )
    return PostFacts(
        id=post.pk,
        headline=post.headline,
        dateline=post.dateline,
        byline=tuple(post.byline),
        document=with_votes(shown(document_of(post), blog), post.pk, blog),
        key_event=post.key_event,
        summary=post.summary,
        revision=post.revision,
        first_published_at=post.first_published_at,
        last_changed_at=post.last_changed_at,
        corrections=tuple(  # an imported post has them with its first version, too
            CorrectionFacts(note.text, note.at, note.revision)
            for note in plain_rows.read(Correction, _CORRECTIONS, [post.pk])
        ),
        authors=authors_of(blog.publisher_id, post.byline),
    )


def shown(document: Document, blog: LiveBlog) -> Document:
    """As this publisher shows it, in this live blog's language: embeds that were switched off are link cards."""
    return as_cards(replace(document, around=blog.language), blog.publisher.embed_providers)


def tombstone_facts(post: Post) -> TombstoneFacts:
    """A withdrawn post as renderers are told of it."""
    if post.first_published_at is None or post.withdrawn_at is None:
        raise ValueError(f"Post {post.pk} was not withdrawn after publication; it has no tombstone.")
    return TombstoneFacts(
        id=post.pk,
        first_published_at=post.first_published_at,
        withdrawn_at=post.withdrawn_at,
        reason=post.withdrawn_reason,
    )


def title_of(facts: PostFacts) -> str:
    """The headline, or the first words: how lists and key events name a post."""
    return facts.headline or first_words(facts.document, _TITLE_CHARS)


def _byline(blog: LiveBlog) -> tuple[BylineName, ...]:
    """Those with a shift in the order of the day, on shift now or earlier; then who wrote without one."""
    turns: dict[str, str] = {}
    for shift in plain_rows.read(Shift, _SHIFTS, [blog.pk]):
        on = shift.ended_at is None and blog.status != Status.CLOSED
        if on or turns.get(shift.name) != "now":
            turns[shift.name] = "now" if on else "earlier"
    if blog.status == Status.CLOSED:
        turns = dict.fromkeys(turns, "")
    for name in blog.writers:
        turns.setdefault(name, "")
    return tuple(BylineName(name, turn) for name, turn in turns.items())


@dataclass(frozen=True, slots=True)
class _Landmarks:
    """The rows that stand out among a live blog's posts; `older` is the newest post of the newest sealed page."""

    newest: PagePost | None
    oldest: PagePost | None
    older: PagePost | None
    key_events: Sequence[PagePost]
    summary: PagePost | None


def _landmarks(blog: LiveBlog, leaves: int) -> _Landmarks:
    closed = blog.status == Status.CLOSED
    most = limits.INDEX_SHOWN if closed else limits.KEY_EVENTS_SHOWN
    values = [blog.pk, blog.pk, blog.pk, leaves, blog.pk, most, blog.pk]
    rows = plain_rows.read(PagePost, _LANDMARKS_CLOSED if closed else _LANDMARKS, values)
    rows.sort(key=lambda row: (row.first_published_at, row.post_id), reverse=True)
    standing = [row for row in rows if not row.withdrawn]
    return _Landmarks(
        newest=standing[0] if standing else None,
        oldest=standing[-1] if standing else None,
        older=_first(row for row in rows if leaves and row.leaf == leaves),
        key_events=[row for row in standing if row.key_event or (closed and row.summary)][:most],
        summary=_first(row for row in standing if row.summary),
    )


def _first(rows: Iterable[PagePost]) -> PagePost | None:
    return next(iter(rows), None)


def _named(row: PagePost) -> KeyEventFacts:
    return KeyEventFacts(row.post_id, row.title, row.first_published_at, row.summary)


def _latest(newest: PagePost | None) -> KeyEventFacts | None:
    """The newest post that stands, for the card on the front page."""
    return KeyEventFacts(newest.post_id, newest.title, newest.first_published_at) if newest else None


def _post(post_id: str) -> Post | None:
    return next(iter(plain_rows.read(Post, _POST, [post_id])), None)


def picture_of(blog: LiveBlog) -> ImageFacts | None:
    """The picture that stands for the live blog on other sites; None without one, and once its post is withdrawn."""
    if not blog.picture_post_id:
        return None
    found = _post(blog.picture_post_id)
    stands = found is not None and found.state == State.PUBLISHED
    for picture in pictures(Document.stored(found.document)) if found and stands else ():
        if picture.own:
            return ImageFacts(
                picture.src, picture.width, picture.height, picture.alt, srcset(picture), _widest(picture)
            )
    return None


def _widest(picture: Picture) -> WidestFacts | None:
    """Of an upload: the file kept for cutting, or else its widest rendition; None where its row is gone."""
    media_id = media_id_of(picture.src)
    for media in plain_rows.read(Media, _MEDIA, [media_id]) if media_id else ():
        if media.wide_width and media.wide_height:
            src = f"{settings.MEDIA_URL}{media_id}/{media.wide_width}.jpg"
            return WidestFacts(src, media.wide_width, media.wide_height, *picture.focus)
        src = str(media.renditions[-1]["src"])
        return WidestFacts(src, media.width, media.height, *picture.focus)
    return None


def _event(blog: LiveBlog) -> EventFacts | None:
    known = blog.event_name or blog.event_place or blog.event_starts_at
    return EventFacts(blog.event_name, blog.event_place, blog.event_starts_at) if known else None


def plain_facts(blog: LiveBlog) -> BlogFacts:
    """What a post's own forms may depend on: the live blog without anything that moves as posts come."""
    return BlogFacts(
        site=with_looks(site_facts(blog.publisher), blog.publisher),
        slug=blog.slug,
        headline=blog.headline,
        standfirst=blog.standfirst,
        status=blog.status,
        timezone=blog.timezone,
        language=blog.language,
        topics=tuple((name, slug) for slug, name in topic_slugs(blog.topics).items()),
    )


def blog_facts(blog: LiveBlog, leaves: int, changed_at: datetime | None) -> BlogFacts:
    """Everything that stands around the posts."""
    among = _landmarks(blog, leaves)
    summary = _post(among.summary.post_id) if among.summary else None
    pinned = _post(blog.pinned_post_id) if blog.pinned_post_id else None
    byline = _byline(blog)
    return replace(
        plain_facts(blog),
        byline=byline,
        authors=authors_of(blog.publisher_id, [name.name for name in byline]),
        key_events=tuple(_named(row) for row in among.key_events),
        takes_questions=blog.takes_questions,
        summary=post_facts(summary, blog) if summary else None,
        pinned=post_facts(pinned, blog) if pinned else None,
        older_from=among.older.post_id if among.older else None,
        older_at=among.older.first_published_at if among.older else None,
        opened_at=blog.opened_at,
        closed_at=blog.closed_at,
        first_post_at=among.oldest.first_published_at if among.oldest else None,
        changed_at=changed_at,
        latest=_latest(among.newest),
        image=picture_of(blog),
        event=_event(blog),
        planned_end_at=blog.planned_end_at,
    )
