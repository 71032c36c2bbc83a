"""The read model: ready-made bytes for the edge, written in the same transaction as what they show (law 4).

`project` after an action, for what it touched; `rebuild` for everything, from the write model alone. A test
holds that both give the same rows. Only this module, `history.py`, `claims.py` and `exports.py` call the
renderers.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeAlias

from django.db import connection

from stoppress.events.kinds import Kind
from stoppress.lib import limits
from stoppress.lib.ids import PostId, Seq
from stoppress.liveblogs import claims, history, plain_rows, title_index, versions
from stoppress.liveblogs.facts import (
    blog_facts,
    build_after,
    build_of,
    plain_facts,
    post_facts,
    shown,
    title_of,
    tombstone_facts,
)
from stoppress.liveblogs.leaves import Leaves
from stoppress.liveblogs.models import Event, LiveBlog, Page, PagePost, Post, State
from stoppress.liveblogs.title_projection import project_title
from stoppress.render import feeds, jsonld, ninjs, page, sharing
from stoppress.render import post as post_renderer
from stoppress.render.annotations import annotation_items
from stoppress.render.corrections import Line, correction_lines, withdrawal_line
from stoppress.render.facts import BlogFacts, PostFacts, TombstoneFacts
from stoppress.render.history import history_html
from stoppress.render.looks import support_html

Append = Callable[[Kind], Seq]
Told: TypeAlias = PostFacts | TombstoneFacts

# Facts after which readers see a post differently.
VISIBLE = frozenset(
    {
        *(Kind.POST_PUBLISHED, Kind.POST_AMENDED, Kind.POST_CORRECTED, Kind.POST_CLAIM_CHANGED),
        *(Kind.POST_MARKED, Kind.POST_WITHDRAWN, Kind.POST_COUNTED),
    }
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
    topics: bool = False


# Asked with every post, while the live blog is locked: plain SQL (see facts.py).
_SLOTS = "SELECT name, html FROM page_slot WHERE page_id = %s"
_PUT_SLOT = """
INSERT INTO page_slot (page_id, name, html, changed_seq) VALUES (%s, %s, %s, %s)
ON CONFLICT (page_id, name) DO UPDATE SET html = excluded.html, changed_seq = excluded.changed_seq
"""
_PAGE_COLUMNS = tuple(str(field.attname) for field in Page._meta.concrete_fields)
_ON_LEAF = "SELECT COUNT(*) FROM page_post WHERE page_id = %s AND leaf = %s"
_BELOW = """
SELECT post_id, leaf FROM page_post WHERE page_id = %s AND first_published_at <= %s
    AND (first_published_at < %s OR post_id < %s) ORDER BY first_published_at DESC, post_id DESC LIMIT 1
"""


# --- rows -------------------------------------------------------------------------------------------


def _told(post: Post, blog: LiveBlog) -> Told:
    return tombstone_facts(post) if post.state == State.WITHDRAWN else post_facts(post, blog)


def _tombstone_forms(gone: TombstoneFacts, blog: LiveBlog) -> dict[str, object]:
    """The columns of a withdrawn post: no word of it."""
    around = plain_facts(blog)
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
        "head_html": "",
        "oembed": "",
    }


def _forms(facts: PostFacts, blog: LiveBlog) -> dict[str, object]:
    """The columns of a `PagePost` that hold bytes and marks."""
    around = plain_facts(blog)
    past = history.history_facts(facts)
    versions = (replace(each, document=shown(each.document, blog)) for each in past.versions)
    past = replace(past, versions=tuple(versions))
    return {
        "withdrawn": False,
        "key_event": facts.key_event,
        "summary": facts.summary,
        "title": title_of(facts),
        "html": post_renderer.post_html(facts, blog.slug, blog.timezone, blog.language),
        "json_ld": jsonld.post_json_ld(facts, around),
        "atom": feeds.atom_entry(facts, around),
        "rss": feeds.rss_item(facts, around),
        "json_feed": feeds.json_feed_item(facts, around),
        "ninjs": ninjs.ninjs_item(facts, around),
        "history_html": history_html(facts, past, blog.timezone, blog.language),
        "annotations": annotation_items(facts, past, around),
        "head_html": sharing.post_head(facts, around),
        "oembed": sharing.post_oembed(facts, around),
    }


def _leaf_for(blog: LiveBlog, post: Post) -> int:
    """The leaf of the post below, or of the post above when it is the oldest (`leaves.Leaves`)."""
    at = connection.ops.adapt_datetimefield_value(post.first_published_at)
    for below in plain_rows.read(PagePost, _BELOW, [blog.pk, at, at, post.pk]):
        return below.leaf
    rows = PagePost.objects.filter(page_id=blog.pk).order_by("first_published_at", "post_id")
    return rows.values_list("leaf", flat=True).first() or 0


def _columns(told: Told, post: Post, blog: LiveBlog, seq: Seq) -> dict[str, object]:
    forms = _forms(told, blog) if isinstance(told, PostFacts) else _tombstone_forms(told, blog)
    return forms | {
        "revision": post.revision,
        "first_published_at": post.first_published_at,
        "last_changed_at": post.last_changed_at,
        "changed_seq": seq,
    }


def _add_post(blog: LiveBlog, post: Post, seq: Seq, leaf: int, shown_at: Seq) -> None:
    """Write the row of a post that readers see for the first time."""
    told = _told(post, blog)
    place = {"post_id": post.pk, "page_id": blog.pk, "leaf": leaf, "shown_seq": shown_at}
    plain_rows.insert("page_post", place | _columns(told, post, blog, seq))
    history.put_corrections(blog.pk, post.pk, _log_lines(told, blog), is_new=True)
    history.put_media(blog.pk, post, is_new=True)
    claims.put_claims(blog, told, is_new=True)
    versions.put_versions(blog, told, is_new=True)
    title_index.put_words(blog, told, is_new=True)


def _change_post(blog: LiveBlog, post: Post, seq: Seq) -> None:
    """Write the row of a post that readers know; it keeps its place."""
    told = _told(post, blog)
    plain_rows.update("page_post", "post_id", {"post_id": post.pk} | _columns(told, post, blog, seq))
    history.put_corrections(blog.pk, post.pk, _log_lines(told, blog), is_new=False)
    history.put_media(blog.pk, post, is_new=False)
    claims.put_claims(blog, told, is_new=False)
    versions.put_versions(blog, told, is_new=False)
    title_index.put_words(blog, told, is_new=False)


def _log_lines(told: Told, blog: LiveBlog) -> tuple[Line, ...]:
    """What the correction log says of the post: its corrections, or only that it is gone."""
    if isinstance(told, TombstoneFacts):
        return (withdrawal_line(told, plain_facts(blog)),)
    return correction_lines(told, plain_facts(blog))


def _on_first_page(page_row: Page) -> int:
    ((posts,),) = plain_rows.ask(_ON_LEAF, [page_row.pk, 0])
    return int(posts)


def _seal(page_row: Page) -> None:
    """Move the older half of a full first page to a leaf of its own, as often as needed."""
    while _on_first_page(page_row) >= 2 * limits.PAGE_POSTS:
        page_row.leaves += 1
        first = PagePost.objects.filter(page=page_row, leaf=0).order_by("first_published_at", "post_id")
        oldest = list(first.values_list("post_id", flat=True)[: limits.PAGE_POSTS])
        PagePost.objects.filter(post_id__in=oldest).update(leaf=page_row.leaves)


def _put_slots(page_row: Page, slots: dict[str, str], append: Append) -> Seq | None:
    """Write the slots that differ, at one new number. None when all stand as they were."""
    stored: dict[str, str] = dict(plain_rows.ask(_SLOTS, [page_row.pk]))
    changed = {name: html for name, html in slots.items() if stored.get(name) != html}
    if not changed:
        return None
    seq = append(Kind.HEAD_CHANGED)
    for name, html in changed.items():
        plain_rows.do(_PUT_SLOT, [page_row.pk, name, html, seq])
    return seq


def _put_frame(page_row: Page, blog: LiveBlog, facts: BlogFacts, *, whole: bool = False) -> None:
    page_row.slug, page_row.status, page_row.language = blog.slug, blog.status, blog.language
    page_row.build = build_after(page_row.build, build_of(blog.publisher), whole=whole)
    page_row.head_html = page.head_html(facts)
    page_row.masthead_html = page.masthead_html(facts)
    page_row.foot_html = support_html(facts.site) + page.foot_html(facts)
    page_row.card_html = page.card_html(facts)
    page_row.lead_html = page.lead_html(facts)
    page_row.json_ld = jsonld.blog_json_ld(facts)
    page_row.atom = feeds.atom_head(facts)
    page_row.rss = feeds.rss_head(facts)
    page_row.json_feed = feeds.json_feed_head(facts)
    page_row.ninjs = ninjs.ninjs_head(facts)
    page_row.theme = facts.site.theme
    page_row.oembed = sharing.blog_oembed(facts)


def _save(page_row: Page, stood: Mapping[str, object]) -> None:
    """Write the columns that are not as they `stood`: the long ones seldom change."""
    now = _columns_of(page_row)
    changed = {name: value for name, value in now.items() if stood[name] != value}
    if changed:
        plain_rows.update("page", "liveblog_id", {"liveblog_id": page_row.pk} | changed)


def _columns_of(page_row: Page) -> dict[str, object]:
    return {name: getattr(page_row, name) for name in _PAGE_COLUMNS}


# --- the ways in ------------------------------------------------------------------------------------


def project(blog: LiveBlog, touched: Touched, *, at: datetime, append: Append) -> None:
    """Bring the read model up to what the transaction wrote; `append` adds `head.changed` when slots differ.

    Inside the action's transaction, with the live blog's row locked.
    """
    page_row = _page_of(blog, at)
    stood = _columns_of(page_row)
    _put_posts(blog, touched)
    if touched.topics:
        title_index.put_topics(blog)
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
    _save(page_row, stood)


def reframe(blog: LiveBlog, *, at: datetime, append: Append) -> None:
    """Make anew what stands around the posts: the title looks different now. Readers fetch their pages afresh.

    Inside a transaction with the live blog's row locked.
    """
    page_row = _page_of(blog, at)
    stood = _columns_of(page_row)
    _put_frame(page_row, blog, blog_facts(blog, page_row.leaves, page_row.changed_at))
    page_row.reload_seq = page_row.changed_seq = append(Kind.HEAD_CHANGED)
    _save(page_row, stood)


def _page_of(blog: LiveBlog, at: datetime) -> Page:
    """The live blog's page, made when it has none yet."""
    for found in plain_rows.read(Page, "SELECT * FROM page WHERE liveblog_id = %s", [blog.pk]):
        return found
    made = Page(liveblog=blog, changed_at=at)
    _put_frame(made, blog, plain_facts(blog))
    made.save(force_insert=True)
    title_index.put_topics(blog)
    project_title(blog.publisher)
    return made


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
    others = Post.objects.filter(pk__in=set(stored) - set(touched.posts))
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
    page_row = _page_of(blog, at)
    stood = _columns_of(page_row)
    numbers = _numbers(blog)
    rows = _rebuild_posts(blog, page_row, numbers)
    page_row.status_seq = numbers.status
    page_row.changed_at = Event.objects.get(liveblog=blog, seq=numbers.newest).at if numbers.newest else at
    after = dict(PagePost.objects.filter(page_id=blog.pk).values_list("post_id", "html"))
    if before and before != after:
        page_row.reload_seq = append(Kind.HEAD_CHANGED)
    facts = blog_facts(blog, page_row.leaves, page_row.changed_at)
    head_seq = _put_slots(page_row, page.slots(facts), append)
    _put_frame(page_row, blog, facts, whole=True)
    page_row.changed_seq = max(page_row.changed_seq, numbers.newest, page_row.reload_seq, head_seq or Seq(0))
    _save(page_row, stood)
    project_title(blog.publisher)
    return rows


def _rebuild_posts(blog: LiveBlog, page_row: Page, numbers: "_Numbers") -> int:
    posts = Post.objects.filter(liveblog=blog, pk__in=numbers.shown)
    order = sorted(posts, key=lambda post: numbers.shown[post.pk])
    leaves = Leaves((post.first_published_at, post.pk) for post in order if post.first_published_at)
    PagePost.objects.filter(page_id=blog.pk).delete()
    history.forget(blog.pk)
    versions.forget(blog.pk)
    title_index.forget(blog.pk)
    title_index.put_topics(blog)
    for post in order:
        _add_post(blog, post, numbers.changed[post.pk], leaves.leaf[post.pk], numbers.shown[post.pk])
    page_row.leaves = leaves.sealed
    return len(order)
