"""Reads for the desk, the API and the command line: what this person may see, and nothing written.

Views get every row through here or through `access`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery

from stoppress.archive.format import (
    Archive,
    ArchivedCorrection,
    ArchivedEvent,
    ArchivedPost,
    ArchivedRevision,
    ArchivedShift,
)
from stoppress.document.schema import Document
from stoppress.lib import limits
from stoppress.lib.ids import POST_ID
from stoppress.liveblogs import access
from stoppress.liveblogs.facts import MIXED, build_of, renderer_of
from stoppress.liveblogs.models import (
    Event,
    LiveBlog,
    Media,
    Page,
    PagePost,
    Post,
    Revision,
    Shift,
    State,
    Status,
)
from stoppress.newsroom.access import check_people
from stoppress.newsroom.models import Publisher
from stoppress.newsroom.roles import LEADING, Staff
from stoppress.render.facts import RENDERER

liveblog_for = access.blog_to_see
post_for = access.post_to_see

# Live first, then paused, drafts, closed: the order of a newsroom's attention.
_ATTENTION = {Status.LIVE: 0, Status.PAUSED: 1, Status.DRAFT: 2, Status.CLOSED: 3}


@dataclass(frozen=True, slots=True)
class ListedLiveBlog:
    """One line of the desk's list."""

    blog: LiveBlog
    on_shift: tuple[str, ...]
    last_post_at: datetime | None
    waiting: int  # posts that want an editor's eye, of those this person may see


def liveblogs_of(by: Staff) -> list[ListedLiveBlog]:
    """The publisher's live blogs: live, paused, draft, closed; within each the newest first."""
    mine = Q() if by.role in LEADING else Q(created_by_id=by.user_id)
    newest = PagePost.objects.filter(page_id=OuterRef("pk")).order_by("-first_published_at", "-post_id")
    blogs = LiveBlog.objects.filter(publisher_id=by.publisher_id).annotate(
        last_post_at=Subquery(newest.values("first_published_at")[:1])
    )
    submitted = Post.objects.filter(mine, liveblog__publisher_id=by.publisher_id, state=State.SUBMITTED)
    waiting = dict(submitted.values_list("liveblog_id").annotate(Count("pk")).order_by())
    on_shift: dict[int, list[str]] = {}
    for shift in Shift.objects.filter(liveblog__publisher_id=by.publisher_id, ended_at=None):
        on_shift.setdefault(shift.liveblog_id, []).append(shift.name)
    ordered = sorted(blogs, key=lambda blog: (_ATTENTION[Status(blog.status)], -blog.pk))
    return [
        ListedLiveBlog(blog, tuple(on_shift.get(blog.pk, ())), blog.last_post_at, waiting.get(blog.pk, 0))
        for blog in ordered
    ]


def liveblogs_page(by: Staff, before: int | None, rows: int) -> list[LiveBlog]:
    """Newest first, for the API: `before` is the row number a page ended at."""
    found = LiveBlog.objects.filter(publisher_id=by.publisher_id)
    if before is not None:
        found = found.filter(pk__lt=before)
    return list(found.order_by("-pk")[:rows])


def _seen_posts(by: Staff, blog: LiveBlog) -> QuerySet[Post]:
    """Every post this person may see: `access.may_see_post` as a query."""
    posts = Post.objects.filter(liveblog=blog).select_related("created_by", "liveblog")
    if by.role in LEADING:
        return posts
    return posts.filter(Q(state__in=(State.PUBLISHED, State.WITHDRAWN)) | Q(created_by_id=by.user_id))


def timeline(by: Staff, slug: str, rows: int = 100) -> list[Post]:
    """Published and withdrawn posts, newest first, with their corrections."""
    blog = access.blog_to_see(by, slug)
    newest = PagePost.objects.filter(page_id=blog.pk).order_by("-first_published_at", "-post_id")
    # Asked first, and then by their ids alone: SQLite would else look through all posts of the live blog for them.
    ids = list(newest.values_list("post_id", flat=True)[:rows])
    posts = Post.objects.filter(pk__in=ids).select_related("created_by", "liveblog")
    return list(posts.prefetch_related("corrections").order_by("-first_published_at", "-id"))


def coming(by: Staff, slug: str, rows: int = 100) -> list[Post]:
    """What readers have not seen, of what this person may see: submitted, then due first, then the newest drafts."""
    blog = access.blog_to_see(by, slug)
    posts = _seen_posts(by, blog).filter(state__in=(State.DRAFT, State.SUBMITTED, State.SCHEDULED))
    return list(posts.prefetch_related("review_notes").order_by("-state", "publish_at", "-id")[:rows])


def marked_posts(blog: LiveBlog) -> list[Post]:
    """Published key events and summaries, newest first, as many as the strip shows."""
    posts = Post.objects.filter(Q(key_event=True) | Q(summary=True), liveblog=blog, state=State.PUBLISHED)
    return list(posts.order_by("-first_published_at", "-id")[: limits.KEY_EVENTS_SHOWN])


def posts_page(by: Staff, slug: str, before: str | None, rows: int) -> list[Post]:
    """Newest created first, for the API: `before` is the post id a page ended at."""
    posts = _seen_posts(by, access.blog_to_see(by, slug))
    if before is not None:
        posts = posts.filter(pk__lt=before)
    return list(posts.prefetch_related("corrections").order_by("-pk")[:rows])


def shifts_of(blog: LiveBlog) -> list[Shift]:
    """In the order of the day."""
    return list(Shift.objects.filter(liveblog=blog).select_related("user"))


def on_shift(by: Staff, blog: LiveBlog) -> bool:
    """Whether this person's shift is open."""
    return Shift.objects.filter(liveblog=blog, user_id=by.user_id, ended_at=None).exists()


def revisions_of(by: Staff, post_id: str) -> list[Revision]:
    """Every saved version, newest first."""
    post = access.post_to_see(by, post_id)
    return list(Revision.objects.filter(post=post).select_related("by").order_by("-number"))


def media_for(by: Staff, media_id: str) -> Media | None:
    """An uploaded picture of this publisher."""
    if not POST_ID.fullmatch(media_id):  # pictures have ids of the same shape as posts
        return None
    return Media.objects.filter(pk=media_id, publisher_id=by.publisher_id).first()


def due_posts(at: datetime, rows: int) -> list[Post]:
    """Scheduled posts whose time has come, in the order they are due: for the worker."""
    due = Post.objects.filter(state=State.SCHEDULED, publish_at__lte=at)
    # Asked twice a second; the rows with their live blogs cost four times as much to ask for.
    if not due.exists():
        return []
    return list(due.select_related("liveblog").order_by("publish_at", "id")[:rows])


def liveblog_ids(slug: str | None = None) -> list[tuple[int, str]]:
    """(row number, slug) of one live blog or of all: for the command line."""
    found = LiveBlog.objects.order_by("pk")
    return list((found.filter(slug=slug) if slug else found).values_list("pk", "slug"))


def stale_pages() -> list[tuple[int, str]]:
    """(row number, slug) of the live blogs whose read model is missing or was made by another build.

    One that a newer version made is not ours to make anew.
    """
    fresh: set[int] = set()
    for publisher in Publisher.objects.all():
        build = build_of(publisher)
        pages = Page.objects.filter(liveblog__publisher=publisher, build=build)
        fresh.update(pages.values_list("pk", flat=True))
    builds = Page.objects.exclude(pk__in=fresh).values_list("pk", "build")
    fresh.update(pk for pk, build in builds if renderer_of(build) > RENDERER)
    return [(pk, slug) for pk, slug in liveblog_ids() if pk not in fresh]


def mixed_pages() -> list[tuple[int, str]]:
    """(row number, slug) of the live blogs on whose pages an older version wrote after ours had made them."""
    pages = Page.objects.filter(build__startswith=f"{RENDERER}-", build__endswith=MIXED)
    return list(pages.order_by("pk").values_list("pk", "slug"))


def blogs_with_gaps() -> list[str]:
    """Slugs of the live blogs whose log does not count 1, 2, 3 … up to the newest number."""
    counted = LiveBlog.objects.annotate(lines=Count("events"), newest=Max("events__seq"))
    return [blog.slug for blog in counted if not blog.lines == (blog.newest or 0) == blog.last_seq]


def events_after(slug: str, after: int, rows: int) -> list[Event]:
    """The log's next lines: for `stoppress tail` and consumers with a cursor."""
    return list(Event.objects.filter(liveblog__slug=slug, seq__gt=after).order_by("seq")[:rows])


# --- archive ----------------------------------------------------------------------------------------


def _archived_post(post: Post, pinned: bool) -> ArchivedPost:  # noqa: FBT001 (one call, beside the fact it tells)
    first = post.first_published_at or post.created_at
    return ArchivedPost(
        id=post.pk,
        revisions=tuple(
            ArchivedRevision(
                number=revision.number,
                at=revision.at,
                by=str(revision.by or ""),
                document=Document.stored(revision.document),
                headline=revision.headline,
                dateline=revision.dateline,
                byline=tuple(revision.byline),
                public=revision.public,
            )
            for revision in sorted(post.revisions.all(), key=lambda row: row.number)
        ),
        first_published_at=first,
        last_changed_at=post.last_changed_at or first,
        state=State.DRAFT if post.state == State.SUBMITTED else post.state,
        key_event=post.key_event,
        summary=post.summary,
        pinned=pinned,
        publish_at=post.publish_at if post.state == State.SCHEDULED else None,
        withdrawn_at=post.withdrawn_at,
        withdrawn_reason=post.withdrawn_reason,
        corrections=tuple(
            ArchivedCorrection(note.text, note.at, note.revision) for note in post.corrections.all()
        ),
    )


def _archived_event(blog: LiveBlog) -> ArchivedEvent | None:
    event = ArchivedEvent(blog.event_name, blog.event_place, blog.event_starts_at)
    return event if event != ArchivedEvent() else None


def archive_of(by: Staff, slug: str) -> Archive:
    """The whole live blog as plain values, posts oldest first, drafts included. Pictures' files are not read here.

    Raises: NotFound, NotAllowed (drafts of others are in it).
    """
    blog = access.blog_to_see(by, slug)
    access.check_lead(by, "export a whole live blog")
    posts = Post.objects.filter(liveblog=blog).prefetch_related("revisions__by", "corrections")
    return Archive(
        headline=blog.headline,
        slug=blog.slug,
        standfirst=blog.standfirst,
        timezone=blog.timezone,
        language=blog.language,
        topics=tuple(blog.topics),
        event=_archived_event(blog),
        planned_end_at=blog.planned_end_at,
        status=blog.status,
        opened_at=blog.opened_at,
        closed_at=blog.closed_at,
        shifts=tuple(
            ArchivedShift(shift.name, shift.started_at, shift.ended_at) for shift in shifts_of(blog)
        ),
        posts=tuple(
            _archived_post(post, post.pk == blog.pinned_post_id)
            for post in sorted(posts, key=lambda post: (post.first_published_at or post.created_at, post.pk))
        ),
    )


def events_of_publisher(by: Staff) -> "QuerySet[Event]":
    """What happened in the publisher's live blogs, for the audit trail to filter. Raises: AdminsOnly."""
    check_people(by, "read the audit trail")
    return Event.objects.select_related("liveblog").filter(liveblog__publisher_id=by.publisher_id)


def changed_pages(since: datetime) -> Iterable[tuple[int, int, str]]:
    """Row number, newest number and slug of each page that readers may see and that changed since."""
    pages = Page.objects.filter(changed_at__gte=since).exclude(status=Status.DRAFT)
    return pages.values_list("pk", "changed_seq", "slug")
