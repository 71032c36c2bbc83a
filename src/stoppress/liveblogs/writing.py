"""One transaction on one live blog: the lock, the numbers, the read model, the word to the edges.

Every action opens its transaction here and nowhere else, so that order of numbers = order of commits (law 2):
the live blog's row is locked first, and stays locked until commit.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connection, transaction

from stoppress.events.kinds import Kind
from stoppress.lib import limits
from stoppress.lib.ids import BlogId, PostId, Seq
from stoppress.liveblogs import plain_rows, projection
from stoppress.liveblogs.actions.note_promises import note_promises
from stoppress.liveblogs.announce import announce
from stoppress.liveblogs.models import LiveBlog, PagePost, Post, State
from stoppress.liveblogs.stored_text import document_of
from stoppress.newsroom.models import Publisher
from stoppress.render.pictures import pictures

_NEW_WORDS = {Kind.POST_PUBLISHED, Kind.POST_AMENDED, Kind.POST_CORRECTED, Kind.POST_WITHDRAWN}
_NEXT_SEQ = "UPDATE liveblog SET last_seq = last_seq + 1 WHERE id = %s RETURNING last_seq"
_BLOG = "SELECT * FROM liveblog WHERE id = %s"
_PUBLISHER = "SELECT * FROM publisher WHERE id = %s"
# The newest post that readers see, if the clock stood later when it was published than it stands now.
_AHEAD = """
SELECT post_id, first_published_at FROM page_post WHERE page_id = %s AND first_published_at > %s
    ORDER BY first_published_at DESC, post_id DESC LIMIT 1
"""


@dataclass(slots=True)
class Writing:
    """The open transaction. `blog` is locked and fresh; `seq` is the newest number given out in it."""

    blog: LiveBlog
    by: str
    at: datetime
    touched: projection.Touched = field(default_factory=projection.Touched)

    @property
    def seq(self) -> Seq:
        """The newest event's number."""
        return Seq(self.blog.last_seq)

    def stands_at(self, post: Post) -> Seq:
        """The number at which readers last saw `post` change; for one they never saw, the newest of all."""
        shown = PagePost.objects.filter(pk=post.pk).values_list("changed_seq", flat=True).first()
        return Seq(shown or self.blog.last_seq)

    def shown_at(self) -> datetime:
        """The time of a post that is published now: `at`, or a moment after the newest post when that lies later.

        A clock was set back, another server's runs ahead, or this writer waited long for its turn: readers find
        what is new above what is older all the same. Call it under the lock.
        """
        now = connection.ops.adapt_datetimefield_value(self.at)
        for ahead in plain_rows.read(PagePost, _AHEAD, [self.blog.pk, now]):
            if ahead.first_published_at - self.at <= limits.CLOCK_SET_BACK:
                return ahead.first_published_at + timedelta(milliseconds=1)
        return self.at

    def append(self, kind: Kind, post: Post | None = None) -> Seq:
        """Add one line to the log and return its number."""
        ((self.blog.last_seq,),) = plain_rows.ask(_NEXT_SEQ, [self.blog.pk])
        plain_rows.insert(
            "event",
            {
                "liveblog_id": self.blog.pk,
                "seq": self.blog.last_seq,
                "kind": kind.value,
                "post_id": post.pk if post else None,
                "revision": post.revision if post else None,
                '"by"': self.by,
                "at": self.at,
            },
        )
        return Seq(self.blog.last_seq)

    def append_visible(self, kind: Kind, post: Post) -> Seq:
        """The same, and readers see `post` differently from this number on."""
        seq = self.append(kind, post)
        self.touched.posts[PostId(post.pk)] = (post, seq)
        if kind is Kind.POST_PUBLISHED:
            self.touched.shown.add(post.pk)
        self._credit(post)
        self._choose_picture(post)
        if kind in _NEW_WORDS:
            note_promises(self.blog, post, is_new=kind is Kind.POST_PUBLISHED, at=self.at)
        return seq

    def _credit(self, post: Post) -> None:
        """Whoever is printed over a post is in the live blog's byline from then on."""
        new = [name for name in post.byline if name not in self.blog.writers]
        if new and len(self.blog.writers) + len(new) <= limits.WRITERS_PER_LIVEBLOG:
            self.blog.writers = [*self.blog.writers, *new]
            self.blog.save(update_fields=["writers"])

    def _choose_picture(self, post: Post) -> None:
        """The first picture that readers saw stands on cards, until its post is withdrawn or loses it."""
        chosen = self.blog.picture_post_id
        has_one = post.state == State.PUBLISHED and any(
            picture.own for picture in pictures(document_of(post))
        )
        if (not chosen and has_one) or (chosen == post.pk and not has_one):
            self.blog.picture_post_id = post.pk if has_one else ""
            self.blog.save(update_fields=["picture_post_id"])

    def append_status(self, kind: Kind) -> Seq:
        """The same, and readers see the live blog's new status from this number on."""
        seq = self.append(kind)
        self.touched.status_seq = seq
        return seq

    def append_whole(self, kind: Kind) -> Seq:
        """The same, and the whole page is different from this number on: readers fetch it afresh."""
        seq = self.append(kind)
        self.touched.whole_seq = seq
        return seq


def lock(blog_id: int) -> LiveBlog:
    """The live blog's row, fresh, held until the transaction ends. SQLite's transaction holds the whole file."""
    held = " FOR UPDATE" if connection.features.has_select_for_update else ""
    for blog in plain_rows.read(LiveBlog, _BLOG + held, [blog_id]):
        (blog.publisher,) = plain_rows.read(Publisher, _PUBLISHER, [blog.publisher_id])
        return blog
    raise LiveBlog.DoesNotExist(f"There is no live blog with the id {blog_id}; it was there a moment ago.")


@contextmanager
def writing(blog_id: int, *, by: str, at: datetime) -> Iterator[Writing]:
    """One transaction: what the caller writes, its events and the read model, all or nothing; then the bus hears.

    Raises whatever the caller raises, with everything rolled back.
    """
    with transaction.atomic():
        current = Writing(blog=lock(blog_id), by=by, at=at)
        yield current
        projection.project(current.blog, current.touched, at=at, append=current.append)
        blog, seq = BlogId(current.blog.pk), current.seq
        transaction.on_commit(lambda: announce(blog, seq), robust=True)
