"""Publishes a live blog again, post by post, in the gaps it once had: `stoppress replay`, and load tests.

Called by `cli/replay.py` and tests. Writes only through the real actions.

A replay keeps its place in the event log and nowhere else. Every step appends one event, in the same
transaction as what it does, and acts under a name that is made of the steps themselves. So however it was cut,
its events say which steps are done, and the events of a replay of anything else are told apart.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from stoppress.archive.format import Archive, ArchivedPost, ArchivedRevision, Skipped
from stoppress.demo.perform import Wait
from stoppress.document.schema import Document
from stoppress.document.text import first_words
from stoppress.events.kinds import Kind
from stoppress.lib import clock, limits
from stoppress.liveblogs.actions.amend_post import amend_post
from stoppress.liveblogs.actions.change_status import close_liveblog, open_liveblog
from stoppress.liveblogs.actions.content import (
    CheckedContent,
    Marks,
    NewLiveBlog,
    PostContent,
    check_says_something,
    checked,
)
from stoppress.liveblogs.actions.create_liveblog import create_liveblog
from stoppress.liveblogs.actions.pin_post import pin_post
from stoppress.liveblogs.actions.publish_post import publish_new_post
from stoppress.liveblogs.actions.upload_media import restore_picture
from stoppress.liveblogs.models import Event, LiveBlog, Post, State, Status
from stoppress.liveblogs.refusals import InvalidInput, WrongState
from stoppress.liveblogs.writing import lock
from stoppress.newsroom.roles import Staff

_STEP_KINDS = (Kind.POST_PUBLISHED, Kind.POST_AMENDED, Kind.POST_CORRECTED)
_TICK = timedelta(milliseconds=1)  # ids sort by time: two posts never share a moment
_DIGEST_CHARS = 12


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do again. `post`: which post of the archive; `version`: 0 when it appears, then its changes."""

    at: datetime
    post: int
    version: int
    content: PostContent
    marks: Marks
    correction: str = ""

    @property
    def title(self) -> str:
        """A few words for whoever watches."""
        return self.content.headline or first_words(self.content.document, limits.TITLE_CHARS)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a replay of one archive does, in order, and what it cannot do."""

    archive: Archive
    steps: tuple[Step, ...]
    skipped: tuple[Skipped, ...]

    @property
    def name(self) -> str:
        """Under which the steps are logged: the same for the same steps, another for any others."""
        told = "\n".join(
            f"{step.at.isoformat()} {step.post} {step.version} {step.correction} {step.content}"
            for step in self.steps
        )
        return f"Replay {hashlib.sha256(told.encode()).hexdigest()[:_DIGEST_CHARS]}"


def plan(archive: Archive, *, credit: str) -> Plan:
    """The steps of a replay, by time. `credit` is printed over posts that name nobody.

    Drafts were never public; of withdrawn posts nothing may be shown again: both are left out.
    """
    steps: list[Step] = []
    skipped: list[Skipped] = []
    for number, post in enumerate(archive.posts):
        why = _left_out(post)
        if why:
            skipped.append(Skipped(f"post {number + 1}", why))
            continue
        try:
            steps += _steps_of(post, number, credit)
        except InvalidInput as refused:
            skipped.append(Skipped(f"post {number + 1}", str(refused)))
    return Plan(archive, tuple(sorted(steps, key=lambda step: step.at)), tuple(skipped))


def _left_out(post: ArchivedPost) -> str:
    if post.state == "withdrawn":
        return "It was withdrawn, and what is withdrawn is not shown again."
    if post.state != "published":
        return "It was never published."
    return ""


def _steps_of(post: ArchivedPost, number: int, credit: str) -> Iterator[Step]:
    """The first public version, then each that says something else. Raises: InvalidInput."""
    corrections = {note.revision: note.text for note in reversed(post.corrections)}
    public = [revision for revision in post.revisions if revision.public] or [post.revisions[-1]]
    stands: CheckedContent | None = None
    at, version = post.first_published_at, 0
    for revision in public:
        content = _content(revision, credit)
        ready = checked(content, default_name=credit)
        check_says_something(ready)
        note = corrections.get(revision.number, "") if stands else ""
        if stands != ready or note:
            at = max(at, revision.at) if stands else at
            marks = Marks(key_event=post.key_event, summary=post.summary)
            yield Step(at, number, version, content, marks, note[: limits.CORRECTION_CHARS])
            version += 1
        stands = ready


def _content(revision: ArchivedRevision, credit: str) -> PostContent:
    return PostContent(
        document=Document.stored(revision.document.root),
        headline=revision.headline,
        dateline=revision.dateline,
        byline=revision.byline or (credit,),
    )


@dataclass(frozen=True, slots=True)
class Replayed:
    """One step that has been done, for whoever watches."""

    step: Step
    number: int
    total: int


class Replay:
    """A plan being carried out in one live blog."""

    def __init__(self, plan: Plan, *, by: Staff, into: str) -> None:
        self._plan, self._slug = plan, into
        self._by = replace(by, name=plan.name)
        self._posts: dict[
            int, str
        ] = {}  # post of the archive → post of this newsroom, in order of appearance
        self._last: datetime | None = None

    def begin(self, *, at: datetime) -> int:
        """Make the live blog, or find the place in it; returns how many steps are done.

        Raises: WrongState (the live blog is there and no replay of this made it), InvalidInput, NotAllowed.
        """
        for picture in self._plan.archive.pictures:
            restore_picture(by=self._by, picture=picture, at=at)
        blog = LiveBlog.objects.filter(slug=self._slug, publisher_id=self._by.publisher_id).first()
        if blog is None:
            create_liveblog(by=self._by, details=self._details(), at=at)
            return 0
        appeared = [event.post_id for event in self._events(blog).filter(kind=Kind.POST_PUBLISHED)]
        if not appeared and Post.objects.filter(liveblog=blog).exists():
            raise WrongState(
                f"The live blog {self._slug!r} is there already and holds other posts; give --into another slug, "
                "or the file it was begun with."
            )
        if blog.status == Status.DRAFT:
            open_liveblog(by=self._by, slug=self._slug, at=at)
        order = [step.post for step in self._plan.steps if step.version == 0]
        self._posts = {post: str(post_id) for post, post_id in zip(order, appeared, strict=False)}
        return len(self._plan.steps) - len(self._left(blog))

    def run(self, *, speed: float, wait: Wait, tell: Callable[[Replayed], None]) -> bool:
        """Do what is left, each step as long after the one before as it once was, divided by `speed`.

        Returns whether it came to the end; it does not when `wait` says stop. Raises: WrongState (another replay
        of the same is at work), BlogClosed (somebody closed the live blog), and whatever the actions raise.
        """
        blog = LiveBlog.objects.get(slug=self._slug, publisher_id=self._by.publisher_id)
        left, began = self._left(blog), clock.now()
        total = len(self._plan.steps)
        for number, step in enumerate(left, total - len(left) + 1):
            due = began + (step.at - left[0].at) / speed
            if not wait(max(0.0, (due - clock.now()).total_seconds())):
                return False
            self._do(blog, step)
            tell(Replayed(step, number, total))
        self._end()
        return True

    def _details(self) -> NewLiveBlog:
        archive = self._plan.archive
        return NewLiveBlog(
            headline=archive.headline,
            standfirst=archive.standfirst,
            slug=self._slug,
            timezone=archive.timezone,
            language=archive.language,
            status=Status.LIVE,
        )

    def _events(self, blog: LiveBlog) -> QuerySet[Event]:
        """Ours in this live blog: one for each step that is done."""
        kinds = [kind.value for kind in _STEP_KINDS]
        return Event.objects.filter(liveblog=blog, by=self._plan.name, kind__in=kinds).order_by("seq")

    def _left(self, blog: LiveBlog) -> list[Step]:
        """What is not done. A post's events are its versions so far."""
        versions = Counter(self._events(blog).values_list("post_id", flat=True))
        return [step for step in self._plan.steps if step.version >= versions[self._posts.get(step.post, "")]]

    def _do(self, blog: LiveBlog, step: Step) -> None:
        """One step, once whoever else is at it: the lock, the count and the step are one transaction."""
        with transaction.atomic():
            lock(blog.pk)
            if step.version == 0:
                self._check_alone(self._events(blog).filter(kind=Kind.POST_PUBLISHED), len(self._posts))
                self._publish(step)
            elif self._stands(self._posts[step.post]):
                self._check_alone(self._events(blog).filter(post_id=self._posts[step.post]), step.version)
                self._amend(step)

    def _check_alone(self, done: QuerySet[Event], expected: int) -> None:
        if done.count() != expected:
            raise WrongState(f"Another replay is writing into {self._slug!r}; stop one of the two.")

    def _stands(self, post_id: str) -> bool:
        """Whether readers see the post; the desk may have withdrawn it."""
        return Post.objects.filter(pk=post_id, state=State.PUBLISHED).exists()

    def _publish(self, step: Step) -> None:
        written = publish_new_post(
            by=self._by, slug=self._slug, content=step.content, marks=step.marks, at=self._moment()
        )
        self._posts[step.post] = written.post_id

    def _amend(self, step: Step) -> None:
        amend_post(
            by=self._by,
            post_id=self._posts[step.post],
            content=step.content,
            correction=step.correction,
            at=self._moment(),
        )

    def _moment(self) -> datetime:
        now = clock.now()
        self._last = max(now, self._last + _TICK) if self._last else now
        return self._last

    def _end(self) -> None:
        """What stands once all is told; doing it twice changes nothing."""
        archive = self._plan.archive
        for number, post in enumerate(archive.posts):
            if post.pinned and number in self._posts and self._stands(self._posts[number]):
                pin_post(by=self._by, post_id=self._posts[number], at=self._moment())
        if archive.status == Status.CLOSED:
            close_liveblog(by=self._by, slug=self._slug, at=self._moment())
