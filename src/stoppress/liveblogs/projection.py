"""The read model: ready-made bytes for the edge, written in the same transaction as what they show (law 4).

`project` after an action, for what it touched; `rebuild` for everything, from the write model alone. A test
holds that both give the same rows. Only this module, `history.py` and `exports.py` call the renderers.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.conf import settings
from django.db.models import Q

from stoppress.document.embeds import as_cards
from stoppress.document.schema import Document
from stoppress.document.text import first_words
from stoppress.events.kinds import Kind
from stoppress.lib import limits
from stoppress.lib.ids import PostId, Seq
from stoppress.liveblogs import history
from stoppress.liveblogs.leaves import Leaves
from stoppress.liveblogs.models import Event, LiveBlog, Page, PagePost, PageSlot, Post, Shift, State, Status
from stoppress.newsroom.models import Publisher
from stoppress.render import feeds, jsonld, ninjs, page
from stoppress.render import post as post_renderer
from stoppress.render.annotations import annotation_items
from stoppress.render.corrections import Line, correction_lines, withdrawal_line
from stoppress.render.facts import (
    RENDERER,
    BlogFacts,
    BylineName,
    CorrectionFacts,
    ImageFacts,
    KeyEventFacts,
    PostFacts,
    SiteFacts,
    TombstoneFacts,
)
from stoppress.render.history import history_html
from stoppress.render.pictures import pictures

Append = Callable[[Kind], Seq]

_TITLE_CHARS = 80
# Facts after which readers see a post differently.
VISIBLE = frozenset(
    {Kind.POST_PUBLISHED, Kind.POST_AMENDED, Kind.POST_CORRECTED, Kind.POST_MARKED, Kind.POST_WITHDRAWN}
)
STATUS = frozenset({Kind.LIVEBLOG_OPENED, Kind.LIVEBLOG_PAUSED, Kind.LIVEBLOG_CLOSED, Kind.LIVEBLOG_REOPENED})


@dataclass(slots=True)
class Touched:
    """What one transaction changed for readers, with the numbers it happened at."""

    posts: dict[PostId, tuple[Post, Seq]] = field(default_factory=dict)
    shown: set[str] = field(default_factory=set)  # ids of those that readers see for the first time
    status_seq: Seq | None = None
    whole_seq: Seq | None = None
    head: bool = False  # something that every post's feed entry names has changed


# --- facts ------------------------------------------------------------------------------------------


def site_facts(publisher: Publisher) -> SiteFacts:
    """What every page says of the publisher."""
    return SiteFacts(public_url=settings.PUBLIC_URL, name=publisher.name, language=publisher.language)


def build_of(publisher: Publisher) -> str:
    """A short name for everything beside the rows that page bytes depend on."""
    parts = (str(RENDERER), settings.PUBLIC_URL, publisher.name, publisher.language)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]


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
        document=_shown(Document.stored(post.document), blog),
        key_event=post.key_event,
        summary=post.summary,
        revision=post.revision,
        first_published_at=post.first_published_at,
        last_changed_at=post.last_changed_at,
        corrections=tuple(  # an imported post has them with its first version, too
            CorrectionFacts(note.text, note.at, note.revision) for note in post.corrections.all()
        ),
    )


def _shown(document: Document, blog: LiveBlog) -> Document:
    return as_cards(document, blog.publisher.embed_providers)


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


def title_of(post: Post) -> str:
    """The headline, or the first words: how lists and key events name a post."""
    return post.headline or first_words(Document.stored(post.document), _TITLE_CHARS)


def _byline(blog: LiveBlog) -> tuple[BylineName, ...]:
    """Those with a shift in the order of the day, on shift now or earlier; then who wrote without one."""
    turns: dict[str, str] = {}
    for shift in Shift.objects.filter(liveblog=blog):
        on = shift.ended_at is None and blog.status != Status.CLOSED
        if on or turns.get(shift.name) != "now":
            turns[shift.name] = "now" if on else "earlier"
    if blog.status == Status.CLOSED:
        turns = dict.fromkeys(turns, "")
    for name in blog.writers:
        turns.setdefault(name, "")
    return tuple(BylineName(name, turn) for name, turn in turns.items())


def _key_events(blog: LiveBlog) -> tuple[KeyEventFacts, ...]:
    rows = PagePost.objects.filter(page_id=blog.pk, key_event=True, withdrawn=False)
    newest = rows.order_by("-first_published_at", "-post_id")[: limits.KEY_EVENTS_SHOWN]
    return tuple(
        KeyEventFacts(post_id, title, at, summary)
        for post_id, title, at, summary in newest.values_list(
            "post_id", "title", "first_published_at", "summary"
        )
    )


def _latest(blog: LiveBlog) -> KeyEventFacts | None:
    """The newest post that stands, for the card on the front page."""
    rows = PagePost.objects.filter(page_id=blog.pk, withdrawn=False).order_by(
        "-first_published_at", "-post_id"
    )
    found = rows.values_list("post_id", "title", "first_published_at").first()
    return KeyEventFacts(*found) if found else None


def _newest_summary(blog: LiveBlog) -> PostFacts | None:
    found = (
        Post.objects.filter(liveblog=blog, summary=True, state=State.PUBLISHED)
        .order_by("-first_published_at", "-id")
        .first()
    )
    return post_facts(found, blog) if found else None


def _older(blog: LiveBlog, leaves: int) -> tuple[str | None, datetime | None]:
    """The newest post of the newest sealed page."""
    if not leaves:
        return None, None
    newest = PagePost.objects.filter(page_id=blog.pk, leaf=leaves).order_by("-first_published_at", "-post_id")
    found = newest.values_list("post_id", "first_published_at").first()
    return found or (None, None)


def _image(blog: LiveBlog) -> ImageFacts | None:
    if not blog.picture_post_id:
        return None
    found = Post.objects.filter(pk=blog.picture_post_id, state=State.PUBLISHED).first()
    for picture in pictures(Document.stored(found.document)) if found else ():
        if picture.own:
            return ImageFacts(picture.src, picture.width, picture.height, picture.alt)
    return None


def blog_facts(blog: LiveBlog, leaves: int, changed_at: datetime | None) -> BlogFacts:
    """Everything that stands around the posts."""
    published = Post.objects.filter(liveblog=blog, state=State.PUBLISHED)
    older_from, older_at = _older(blog, leaves)
    return BlogFacts(
        site=site_facts(blog.publisher),
        slug=blog.slug,
        headline=blog.headline,
        standfirst=blog.standfirst,
        status=blog.status,
        timezone=blog.timezone,
        language=blog.language,
        byline=_byline(blog),
        key_events=_key_events(blog),
        summary=_newest_summary(blog),
        pinned=post_facts(blog.pinned_post, blog) if blog.pinned_post else None,
        older_from=older_from,
        older_at=older_at,
        opened_at=blog.opened_at,
        closed_at=blog.closed_at,
        first_post_at=published.order_by("first_published_at")
        .values_list("first_published_at", flat=True)
        .first(),
        changed_at=changed_at,
        latest=_latest(blog),
        image=_image(blog),
    )


def _plain_facts(blog: LiveBlog) -> BlogFacts:
    """What a post's own forms may depend on: the live blog without anything that moves as posts come."""
    return BlogFacts(
        site=site_facts(blog.publisher),
        slug=blog.slug,
        headline=blog.headline,
        standfirst=blog.standfirst,
        status=blog.status,
        timezone=blog.timezone,
        language=blog.language,
    )


# --- rows -------------------------------------------------------------------------------------------


def _forms(post: Post, blog: LiveBlog) -> dict[str, object]:
    """The columns of a `PagePost` that hold bytes and marks; a withdrawn post's hold no word of it."""
    around = _plain_facts(blog)
    if post.state == State.WITHDRAWN:
        gone = tombstone_facts(post)
        return {
            "withdrawn": True,
            "key_event": False,
            "summary": False,
            "title": "",
            "html": post_renderer.tombstone_html(gone, blog.slug, blog.timezone, blog.language),
            "json_ld": "",
            "atom": feeds.atom_tombstone(gone, around),
            "rss": "",
            "json_feed": "",
            "ninjs": ninjs.ninjs_tombstone(gone, around),
            "history_html": "",
            "annotations": "",
        }
    facts = post_facts(post, blog)
    past = history.history_facts(facts)
    versions = (replace(each, document=_shown(each.document, blog)) for each in past.versions)
    past = replace(past, versions=tuple(versions))
    return {
        "withdrawn": False,
        "key_event": post.key_event,
        "summary": post.summary,
        "title": title_of(post),
        "html": post_renderer.post_html(facts, blog.slug, blog.timezone, blog.language),
        "json_ld": jsonld.post_json_ld(facts, around),
        "atom": feeds.atom_entry(facts, around),
        "rss": feeds.rss_item(facts, around),
        "json_feed": feeds.json_feed_item(facts, around),
        "ninjs": ninjs.ninjs_item(facts, around),
        "history_html": history_html(facts, past, blog.timezone, blog.language),
        "annotations": annotation_items(facts, past, around),
    }


def _leaf_for(blog: LiveBlog, post: Post) -> int:
    """The leaf of the post below, or of the post above when it is the oldest (`leaves.Leaves`)."""
    rows = PagePost.objects.filter(page_id=blog.pk)
    at = post.first_published_at
    below = rows.filter(Q(first_published_at__lt=at) | Q(first_published_at=at, post_id__lt=post.pk))
    found = below.order_by("-first_published_at", "-post_id").values_list("leaf", flat=True).first()
    if found is None:
        found = rows.order_by("first_published_at", "post_id").values_list("leaf", flat=True).first()
    return found or 0


def _columns(post: Post, blog: LiveBlog, seq: Seq) -> dict[str, object]:
    return _forms(post, blog) | {
        "revision": post.revision,
        "first_published_at": post.first_published_at,
        "last_changed_at": post.last_changed_at,
        "changed_seq": seq,
    }


def _add_post(blog: LiveBlog, post: Post, seq: Seq, leaf: int, shown: Seq) -> None:
    """Write the row of a post that readers see for the first time."""
    PagePost.objects.create(
        post_id=post.pk, page_id=blog.pk, leaf=leaf, shown_seq=shown, **_columns(post, blog, seq)
    )
    history.put_corrections(blog.pk, post.pk, _log_lines(post, blog), is_new=True)
    history.put_media(blog.pk, post, is_new=True)


def _change_post(blog: LiveBlog, post: Post, seq: Seq) -> None:
    """Write the row of a post that readers know; it keeps its place."""
    PagePost.objects.filter(pk=post.pk).update(**_columns(post, blog, seq))
    history.put_corrections(blog.pk, post.pk, _log_lines(post, blog), is_new=False)
    history.put_media(blog.pk, post, is_new=False)


def _log_lines(post: Post, blog: LiveBlog) -> tuple[Line, ...]:
    """What the correction log says of the post: its corrections, or only that it is gone."""
    around = _plain_facts(blog)
    if post.state == State.WITHDRAWN:
        return (withdrawal_line(tombstone_facts(post), around),)
    return correction_lines(post_facts(post, blog), around)


def _seal(page_row: Page) -> None:
    """Move the older half of a full first page to a leaf of its own, as often as needed."""
    first = PagePost.objects.filter(page=page_row, leaf=0)
    while first.count() >= 2 * limits.PAGE_POSTS:
        page_row.leaves += 1
        oldest = first.order_by("first_published_at", "post_id").values_list("post_id", flat=True)
        PagePost.objects.filter(post_id__in=list(oldest[: limits.PAGE_POSTS])).update(leaf=page_row.leaves)


def _put_slots(page_row: Page, slots: dict[str, str], append: Append) -> Seq | None:
    """Write the slots that differ, at one new number. None when all stand as they were."""
    stored = dict(PageSlot.objects.filter(page=page_row).values_list("name", "html"))
    changed = {name: html for name, html in slots.items() if stored.get(name) != html}
    if not changed:
        return None
    seq = append(Kind.HEAD_CHANGED)
    for name, html in changed.items():
        PageSlot.objects.update_or_create(
            page=page_row, name=name, defaults={"html": html, "changed_seq": seq}
        )
    return seq


def _put_frame(page_row: Page, blog: LiveBlog, facts: BlogFacts) -> None:
    page_row.slug, page_row.status, page_row.language = blog.slug, blog.status, blog.language
    page_row.build = build_of(blog.publisher)
    page_row.head_html = page.head_html(facts)
    page_row.masthead_html = page.masthead_html(facts)
    page_row.foot_html = page.foot_html(facts)
    page_row.card_html = page.card_html(facts)
    page_row.json_ld = jsonld.blog_json_ld(facts)
    page_row.atom = feeds.atom_head(facts)
    page_row.rss = feeds.rss_head(facts)
    page_row.json_feed = feeds.json_feed_head(facts)
    page_row.ninjs = ninjs.ninjs_head(facts)


def project_front(publisher: Publisher) -> None:
    """Write the front page's frame when it is not what the renderer makes today."""
    site = site_facts(publisher)
    front, foot = page.front_html(site), page.front_foot_html(site)
    if (publisher.front_html, publisher.foot_html) != (front, foot):
        publisher.front_html, publisher.foot_html = front, foot
        publisher.save(update_fields=["front_html", "foot_html"])


# --- the two ways in --------------------------------------------------------------------------------


def project(blog: LiveBlog, touched: Touched, *, at: datetime, append: Append) -> None:
    """Bring the read model up to what the transaction wrote; `append` adds `head.changed` when slots differ.

    Inside the action's transaction, with the live blog's row locked.
    """
    page_row = Page.objects.filter(pk=blog.pk).first()
    if page_row is None:
        page_row = Page(liveblog=blog, changed_at=at)
        _put_frame(page_row, blog, _plain_facts(blog))
        page_row.save(force_insert=True)
        project_front(blog.publisher)
    _put_posts(blog, touched)
    _seal(page_row)
    newest = max([*(seq for _, seq in touched.posts.values()), touched.status_seq or Seq(0)])
    if newest:
        page_row.changed_at = at
    page_row.status_seq = touched.status_seq or page_row.status_seq
    page_row.reload_seq = touched.whole_seq or page_row.reload_seq
    facts = blog_facts(blog, page_row.leaves, page_row.changed_at)
    head_seq = _put_slots(page_row, page.slots(facts), append)
    _put_frame(page_row, blog, facts)
    page_row.changed_seq = max(page_row.changed_seq, newest, page_row.reload_seq, head_seq or Seq(0))
    page_row.save()


def _put_posts(blog: LiveBlog, touched: Touched) -> None:
    for post, seq in touched.posts.values():
        if post.pk in touched.shown:
            _add_post(blog, post, seq, _leaf_for(blog, post), seq)
        else:
            _change_post(blog, post, seq)
    if touched.whole_seq or touched.head:
        _make_forms_again(blog, touched)


def _make_forms_again(blog: LiveBlog, touched: Touched) -> None:
    """Write every other post's forms anew; each stands at the number at which it stood."""
    stored = dict(PagePost.objects.filter(page_id=blog.pk).values_list("post_id", "changed_seq"))
    others = Post.objects.filter(pk__in=set(stored) - set(touched.posts)).prefetch_related("corrections")
    for post in others:
        _change_post(blog, post, Seq(stored[post.pk]))


_NONE = Seq(0)


@dataclass(slots=True)
class _Numbers:
    """From the log: when each post first appeared, when readers last saw it change, the newest status."""

    shown: dict[str, Seq] = field(default_factory=dict)
    changed: dict[str, Seq] = field(default_factory=dict)
    status: Seq = _NONE

    @property
    def newest(self) -> Seq:
        return max([self.status, *self.changed.values()])


def _numbers(blog: LiveBlog) -> _Numbers:
    numbers = _Numbers()
    kinds = [kind.value for kind in VISIBLE | STATUS]
    rows = Event.objects.filter(liveblog=blog, kind__in=kinds).order_by("seq")
    for seq, kind, post_id in rows.values_list("seq", "kind", "post_id"):
        if kind in STATUS:
            numbers.status = Seq(seq)
        if post_id is None:
            continue
        if kind == Kind.POST_PUBLISHED:
            numbers.shown.setdefault(post_id, Seq(seq))
        if post_id in numbers.shown:
            numbers.changed[post_id] = Seq(seq)
    return numbers


def rebuild(blog: LiveBlog, *, append: Append, at: datetime) -> int:
    """Make the live blog's whole read model again from the write model and the log; returns the number of posts.

    Inside a transaction with the live blog's row locked. Where bytes come out as they were, nothing changes for
    readers; where a post's differ (a newer renderer, a repaired row), every reader is told to fetch the page
    afresh.
    """
    before = dict(PagePost.objects.filter(page_id=blog.pk).values_list("post_id", "html"))
    page_row = Page.objects.filter(pk=blog.pk).first()
    if page_row is None:
        page_row = Page(liveblog=blog, changed_at=at)
        _put_frame(page_row, blog, _plain_facts(blog))
        page_row.save(force_insert=True)
    numbers = _numbers(blog)
    rows = _rebuild_posts(blog, page_row, numbers)
    page_row.status_seq = numbers.status
    page_row.changed_at = Event.objects.get(liveblog=blog, seq=numbers.newest).at if numbers.newest else at
    after = dict(PagePost.objects.filter(page_id=blog.pk).values_list("post_id", "html"))
    if before and before != after:
        page_row.reload_seq = append(Kind.HEAD_CHANGED)
    facts = blog_facts(blog, page_row.leaves, page_row.changed_at)
    head_seq = _put_slots(page_row, page.slots(facts), append)
    _put_frame(page_row, blog, facts)
    page_row.changed_seq = max(page_row.changed_seq, numbers.newest, page_row.reload_seq, head_seq or Seq(0))
    page_row.save()
    project_front(blog.publisher)
    return rows


def _rebuild_posts(blog: LiveBlog, page_row: Page, numbers: "_Numbers") -> int:
    posts = Post.objects.filter(liveblog=blog, pk__in=numbers.shown).prefetch_related("corrections")
    order = sorted(posts, key=lambda post: numbers.shown[post.pk])
    leaves = Leaves((post.first_published_at, post.pk) for post in order if post.first_published_at)
    PagePost.objects.filter(page_id=blog.pk).delete()
    history.forget(blog.pk)
    for post in order:
        _add_post(blog, post, numbers.changed[post.pk], leaves.leaf[post.pk], numbers.shown[post.pk])
    page_row.leaves = leaves.sealed
    return len(order)
