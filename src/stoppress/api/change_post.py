"""One PATCH of a post as the actions it asks for, in one transaction. Called by `posts.py`."""

from django.db import transaction

from stoppress.api.answered import PostWritten, post_unchanged, post_written
from stoppress.api.asked import PostChangeAsked
from stoppress.api.revisions import check_expected
from stoppress.document.schema import Document
from stoppress.lib import clock
from stoppress.lib.ids import Seq
from stoppress.liveblogs import queries
from stoppress.liveblogs.actions.amend_post import amend_post
from stoppress.liveblogs.actions.content import PostContent, Written
from stoppress.liveblogs.actions.draft_post import save_draft
from stoppress.liveblogs.actions.mark_post import mark_post
from stoppress.liveblogs.actions.publish_post import publish_post
from stoppress.liveblogs.actions.schedule_post import schedule_post, unschedule_post
from stoppress.liveblogs.models import Post, State
from stoppress.liveblogs.refusals import InvalidInput, NotFound, WrongState
from stoppress.liveblogs.writing import lock
from stoppress.newsroom.roles import Staff

_UNSEEN = (State.DRAFT, State.SUBMITTED, State.SCHEDULED)
_CONTENT = ("headline", "markdown", "document", "language", "dateline", "byline", "correction")


def post_of(by: Staff, slug: str, post_id: str) -> Post:
    """The post, which must be in this live blog. Raises: NotFound."""
    post = queries.post_for(by, post_id)
    if post.liveblog.slug != slug:
        raise NotFound(f"There is no post {post_id!r} in the live blog {slug!r}; look at its list of posts.")
    return post


def change_post(
    by: Staff, slug: str, post_id: str, asked: PostChangeAsked, expected: frozenset[str] | None
) -> PostWritten:
    """Do everything that `asked` names, or nothing. Raises: Refused, InvalidDocument."""
    with transaction.atomic():
        # The live blog's row first, as every action does: what is checked now still holds when they run.
        blog = lock(post_of(by, slug, post_id).liveblog_id)
        post = post_of(by, slug, post_id)
        check_expected(post, expected)
        steps = (_text, _marks, _time, _publication)
        done = [written for step in steps if (written := step(by, post, asked)) is not None]
        if not done:
            return post_unchanged(slug, post, Seq(blog.last_seq))
        return post_written(slug, done[-1], post_of(by, slug, post_id).state)


def _text(by: Staff, post: Post, asked: PostChangeAsked) -> Written | None:
    if not asked.sent(*_CONTENT):
        return None
    stands = PostContent(
        document=Document.stored(post.document),
        headline=post.headline,
        dateline=post.dateline,
        byline=tuple(post.byline),
    )
    content, at = asked.content(stands), clock.now()
    if post.state not in _UNSEEN:
        return amend_post(by=by, post_id=post.pk, content=content, correction=asked.correction, at=at)
    if asked.correction:
        raise InvalidInput(
            "correction",
            f"The post is {post.state}: readers saw nothing wrong yet; change it without a correction.",
        )
    return save_draft(by=by, post_id=post.pk, content=content, at=at)


def _marks(by: Staff, post: Post, asked: PostChangeAsked) -> Written | None:
    if not asked.sent("key_event", "summary"):
        return None
    return mark_post(
        by=by,
        post_id=post.pk,
        key_event=asked.key_event if asked.sent("key_event") else None,
        summary=asked.summary if asked.sent("summary") else None,
        at=clock.now(),
    )


def _time(by: Staff, post: Post, asked: PostChangeAsked) -> Written | None:
    if not asked.sent("publish_at"):
        return None
    if asked.publish_at is not None:
        return schedule_post(by=by, post_id=post.pk, publish_at=asked.publish_at, at=clock.now())
    if post.state != State.SCHEDULED:
        return None  # nothing was to come out
    return unschedule_post(by=by, post_id=post.pk, at=clock.now())


def _publication(by: Staff, post: Post, asked: PostChangeAsked) -> Written | None:
    if not asked.sent("draft"):
        return None
    if not asked.draft:
        return publish_post(by=by, post_id=post.pk, at=clock.now())
    if post.state in _UNSEEN:
        return None
    raise WrongState(
        f"The post is {post.state}: readers have seen it, so it cannot be a draft; withdraw it instead."
    )
