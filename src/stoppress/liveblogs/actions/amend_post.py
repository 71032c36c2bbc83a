"""Changes a post that readers have seen; with a public note when it was wrong."""

from datetime import datetime

from stoppress.events.kinds import Kind
from stoppress.lib import limits
from stoppress.lib.ids import PostId
from stoppress.liveblogs import access
from stoppress.liveblogs.actions.content import PostContent, Written, check_fit_to_publish, checked, line
from stoppress.liveblogs.actions.draft_post import check_revision, put_content, same_content, save_revision
from stoppress.liveblogs.models import Correction, Post, State
from stoppress.liveblogs.refusals import WrongState
from stoppress.liveblogs.writing import writing
from stoppress.newsroom.roles import Staff


def amend_post(
    *,
    by: Staff,
    post_id: str,
    content: PostContent,
    base_revision: int | None = None,
    correction: str = "",
    at: datetime,
) -> Written:
    """Replace a published post's text everywhere; a `correction` says in public what was wrong and what is right.

    One transaction: a new revision, the read model, `post.amended` or (with a correction) `post.corrected`.
    The post keeps its place and its first time. The same text without a correction is a no-op.
    Works on closed live blogs too: mistakes are put right at any time.

    Raises: NotAllowed, NotFound, WrongState, StaleRevision, InvalidInput.
    """
    seen = access.post_to_see(by, post_id)
    access.check_touch(by, seen, "amend")
    note = line("correction", correction, limits.CORRECTION_CHARS)
    with writing(seen.liveblog_id, by=by.name, at=at) as log:
        post = Post.objects.get(pk=seen.pk)
        if post.state != State.PUBLISHED:
            raise WrongState(
                f"The post is {post.state}, not published; only what readers see can be amended."
            )
        access.check_amend(by, log.blog.publisher)
        check_revision(post, base_revision)
        ready = checked(content, default_name=post.byline[0] if post.byline else by.name)
        check_fit_to_publish(ready, log.blog.publisher)
        if not note and same_content(post, ready):
            return Written(PostId(post.pk), log.stands_at(post), post.revision)
        post.revision += 1
        post.last_changed_at = at
        put_content(post, ready)
        post.save(
            update_fields=["headline", "dateline", "byline", "document", "revision", "last_changed_at"],
        )
        save_revision(post, ready, by=by, at=at, public=True)
        if note:
            Correction.objects.create(post=post, revision=post.revision, text=note, at=at, by_id=by.user_id)
        seq = log.append_visible(Kind.POST_CORRECTED if note else Kind.POST_AMENDED, post)
        return Written(PostId(post.pk), seq, post.revision)
