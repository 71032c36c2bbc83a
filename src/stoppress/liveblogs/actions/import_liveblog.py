"""Brings in a whole live blog: from an archive of ours or from what a reader made of a foreign file."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from django.db import transaction

from stoppress.archive.format import Archive, ArchivedEvent, ArchivedPost, ArchivedRevision, Reading, Skipped
from stoppress.events.kinds import Kind
from stoppress.lib import limits
from stoppress.lib.ids import POST_ID, PostId, new_post_id
from stoppress.liveblogs import access
from stoppress.liveblogs.actions.content import About, CheckedContent, NewLiveBlog, PostContent, checked
from stoppress.liveblogs.actions.create_liveblog import insert_liveblog
from stoppress.liveblogs.actions.keep_words import keep_words_of
from stoppress.liveblogs.actions.rebuild_liveblog import rebuild_liveblog
from stoppress.liveblogs.actions.upload_media import restore_picture
from stoppress.liveblogs.models import Correction, Event, LiveBlog, Post, Revision, Shift, State, Status
from stoppress.liveblogs.refusals import InvalidInput
from stoppress.liveblogs.writing import lock
from stoppress.newsroom.roles import Staff


@dataclass(frozen=True, slots=True)
class Imported:
    """What came in, and everything that could not be kept."""

    slug: str
    posts: int
    skipped: tuple[Skipped, ...]


@dataclass(slots=True)
class _Rows:
    """Rows to be, gathered in memory and written in a few statements."""

    blog: LiveBlog
    by: Staff
    posts: list[Post]
    revisions: list[Revision]
    corrections: list[Correction]
    events: list[Event]
    skipped: list[Skipped]

    def event(self, kind: Kind, post: Post | None, at: datetime, revision: int | None = None) -> None:
        """Number and keep one line of the log; the counter itself is written once at the end, under the lock."""
        self.blog.last_seq += 1
        self.events.append(
            Event(
                liveblog=self.blog,
                seq=self.blog.last_seq,
                kind=kind.value,
                post_id=post.pk if post else None,
                revision=revision,
                by=self.by.name,
                at=at,
            )
        )


def _ids(posts: Iterable[ArchivedPost]) -> list[PostId]:
    """An id for each post, oldest first: its own when it is one of ours and free; else one made from its time.

    Posts of the same moment get ids in their order, because the id breaks ties on the page.
    """
    ids: list[PostId] = []
    for at, group in groupby(posts, key=lambda post: post.first_published_at):
        together = list(group)
        fresh = iter(sorted(new_post_id(at) for _ in together))
        for post in together:
            own = POST_ID.fullmatch(post.id) and not Post.objects.filter(pk=post.id).exists()
            made = next(fresh)
            ids.append(PostId(post.id) if own else made)
    return ids


def _checked(revision: ArchivedRevision, by: Staff) -> CheckedContent:
    content = PostContent(
        document=revision.document,
        headline=revision.headline,
        dateline=revision.dateline,
        byline=revision.byline,
    )
    ready = checked(content, default_name=by.name)
    if revision.byline:
        return ready
    return replace(ready, byline=[])  # a foreign post may name nobody


def _post_row(rows: _Rows, post_id: PostId, archived: ArchivedPost, newest: CheckedContent) -> Post:
    shown = archived.state in (State.PUBLISHED, State.WITHDRAWN)
    state = State.DRAFT if archived.state == State.SCHEDULED else State(archived.state)
    return Post(
        id=post_id,
        liveblog=rows.blog,
        state=state,
        headline=newest.headline,
        dateline=newest.dateline,
        byline=newest.byline,
        document=newest.document,
        revision=archived.revisions[-1].number,
        key_event=archived.key_event,
        summary=archived.summary,
        created_at=archived.revisions[0].at,
        created_by_id=rows.by.user_id,
        first_published_at=archived.first_published_at if shown else None,
        last_changed_at=archived.last_changed_at if shown else None,
        withdrawn_at=archived.withdrawn_at if state == State.WITHDRAWN else None,
        withdrawn_reason=archived.withdrawn_reason if state == State.WITHDRAWN else "",
    )


def _post_events(rows: _Rows, post: Post, archived: ArchivedPost) -> None:
    """The facts that the archive tells of one post, in order."""
    first = archived.revisions[0]
    if post.first_published_at is None:
        rows.event(Kind.POST_DRAFTED, post, first.at, first.number)
        return
    corrected = {note.revision for note in archived.corrections}
    public = [revision for revision in archived.revisions if revision.public] or [archived.revisions[-1]]
    rows.event(Kind.POST_PUBLISHED, post, post.first_published_at, public[0].number)
    for revision in public[1:]:
        kind = Kind.POST_CORRECTED if revision.number in corrected else Kind.POST_AMENDED
        rows.event(kind, post, revision.at, revision.number)
    if post.state == State.WITHDRAWN and post.withdrawn_at:
        rows.event(Kind.POST_WITHDRAWN, post, post.withdrawn_at, post.revision)


def _add_post(rows: _Rows, number: int, post_id: PostId, archived: ArchivedPost) -> None:
    """Gather one post's rows; what breaks a bound is named in `skipped` and left out."""
    try:
        contents = [_checked(revision, rows.by) for revision in archived.revisions]
    except InvalidInput as refused:
        rows.skipped.append(Skipped(f"update {number}", str(refused)))
        return
    post = _post_row(rows, post_id, archived, contents[-1])
    if archived.state == State.SCHEDULED:
        rows.skipped.append(Skipped(f"update {number}", "It was scheduled; it came in as a draft."))
    rows.posts.append(post)
    rows.blog.writers.extend(
        name for name in post.byline if name not in rows.blog.writers and post.first_published_at
    )
    for revision, content in zip(archived.revisions, contents, strict=True):
        rows.revisions.append(
            Revision(
                post=post,
                number=revision.number,
                headline=content.headline,
                dateline=content.dateline,
                byline=content.byline,
                document=content.document,
                public=revision.public and post.first_published_at is not None,
                at=revision.at,
                by_id=rows.by.user_id,
            )
        )
    for note in archived.corrections:
        text = note.text[: limits.CORRECTION_CHARS]
        rows.corrections.append(Correction(post=post, revision=note.revision, text=text, at=note.at))
    _post_events(rows, post, archived)


def _write(rows: _Rows, archive: Archive) -> None:
    Post.objects.bulk_create(rows.posts)
    keep_words_of(rows.posts)
    Revision.objects.bulk_create(rows.revisions)
    Correction.objects.bulk_create(rows.corrections)
    for shift in archive.shifts:
        name = shift.name[: limits.NAME_CHARS]
        Shift.objects.create(
            liveblog=rows.blog, name=name, started_at=shift.started_at, ended_at=shift.ended_at
        )
        rows.event(Kind.SHIFT_STARTED, None, shift.started_at)
        if shift.ended_at:
            rows.event(Kind.SHIFT_ENDED, None, shift.ended_at)
    Event.objects.bulk_create(rows.events)
    blog = rows.blog
    blog.writers = blog.writers[: limits.WRITERS_PER_LIVEBLOG]
    pinned = next((post for post, old in zip(rows.posts, archive.posts, strict=False) if old.pinned), None)
    blog.pinned_post = pinned if pinned and pinned.state == State.PUBLISHED else None
    blog.save()


def _check(by: Staff, reading: Reading, status: str) -> None:
    access.check_lead(by, "import live blogs")
    if status not in (Status.DRAFT, Status.LIVE, Status.CLOSED):
        raise InvalidInput("status", f"An imported live blog is draft, live or closed, not {status[:40]!r}.")
    if len(reading.archive.posts) > limits.IMPORT_POSTS:
        raise InvalidInput(
            "posts",
            f"The file has {len(reading.archive.posts)} posts and may have {limits.IMPORT_POSTS}; split it.",
        )


def _about(archive: Archive) -> About:
    event = archive.event or ArchivedEvent()
    return About(
        event_name=event.name,
        event_place=event.place,
        event_starts_at=event.starts_at,
        planned_end_at=archive.planned_end_at,
    )


def _times(blog: LiveBlog, archive: Archive, at: datetime) -> None:
    """Opened and closed as the archive says; a coverage time that the posts contradict gives way to them."""
    shown = [
        post.first_published_at for post in archive.posts if post.state in (State.PUBLISHED, State.WITHDRAWN)
    ]
    if blog.status != Status.DRAFT:
        blog.opened_at = min([archive.opened_at or at, *shown])
    if blog.status == Status.CLOSED:
        blog.closed_at = max([archive.closed_at or blog.opened_at or at, *shown])


def import_liveblog(
    *, by: Staff, reading: Reading, slug: str = "", status: str = "", at: datetime
) -> Imported:
    """Write a whole live blog with its history, in one transaction: all of it or nothing.

    Events: `liveblog.created`, what the archive tells of each post and shift at its own time, then the status.
    Empty `slug`: the archive's own, or one from the headline; empty `status`: the archive's own.
    Raises: NotAllowed, InvalidInput.
    """
    archive = reading.archive
    wanted = status or archive.status or Status.CLOSED
    wanted = Status.LIVE if wanted == Status.PAUSED else Status(wanted) if wanted in Status.values else wanted
    _check(by, reading, wanted)
    for picture in archive.pictures:  # each by itself: drawing them takes longer than a transaction may last
        restore_picture(by=by, picture=picture, at=at)
    with transaction.atomic():
        details = NewLiveBlog(
            headline=archive.headline,
            standfirst=archive.standfirst,
            slug=slug,
            timezone=archive.timezone,
            language=archive.language,
            topics=archive.topics,
            about=_about(archive),
        )
        created = insert_liveblog(by=by, details=details, at=at, preferred_slug=archive.slug)
        rows = _Rows(lock(created.pk), by, [], [], [], [], list(reading.skipped))
        rows.blog.status = wanted
        rows.event(Kind.LIVEBLOG_CREATED, None, at)
        for number, (post_id, post) in enumerate(zip(_ids(archive.posts), archive.posts, strict=True), 1):
            _add_post(rows, number, post_id, post)
        _times(rows.blog, archive, at)
        if wanted != Status.DRAFT:
            rows.event(Kind.LIVEBLOG_OPENED, None, rows.blog.opened_at or at)
        if wanted == Status.CLOSED:
            rows.event(Kind.LIVEBLOG_CLOSED, None, rows.blog.closed_at or at)
        _write(rows, archive)
        rebuild_liveblog(blog_id=rows.blog.pk, by=by.name, at=at)
    return Imported(rows.blog.slug, len(rows.posts), tuple(rows.skipped))
