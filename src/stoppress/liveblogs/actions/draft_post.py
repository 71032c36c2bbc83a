"""Keeps what a reporter writes before anybody reads it."""

from datetime import datetime

from stoppress.events.kinds import Kind
from stoppress.lib import limits
from stoppress.lib.ids import PostId, new_post_id
from stoppress.liveblogs import access, plain_rows
from stoppress.liveblogs.actions.content import CheckedContent, Marks, PostContent, Written, checked
from stoppress.liveblogs.actions.keep_words import keep_words
from stoppress.liveblogs.models import LiveBlog, Post, Revision, State
from stoppress.liveblogs.refusals import InvalidInput, StaleRevision, WrongState
from stoppress.liveblogs.stored_text import put_document
from stoppress.liveblogs.writing import Writing, writing
from stoppress.newsroom.roles import Staff


def save_revision(post: Post, content: CheckedContent, *, by: Staff, at: datetime, public: bool) -> None:
    """Add the revision row that `post.revision` names. Called by every action that saves text."""
    plain_rows.insert_row(
        Revision(
            post=post,
            number=post.revision,
            headline=content.headline,
            dateline=content.dateline,
            byline=content.byline,
            document=content.document,
            public=public,
            at=at,
            by_id=by.user_id,
        )
    )
    keep_words(post)


def check_revision(post: Post, base_revision: int | None) -> None:
    """Raises: StaleRevision when the writer started from another revision. None: they did not say."""
    if base_revision is not None and base_revision != post.revision:
        raise StaleRevision(
            f"You wrote on revision {base_revision}, and revision {post.revision} was saved meanwhile; "
            "look at it and decide what stands.",
            current=post.revision,
        )


def put_content(post: Post, content: CheckedContent) -> None:
    """Set the columns that a revision holds."""
    post.headline, post.dateline = content.headline, content.dateline
    post.byline = content.byline
    put_document(post, content.text)


# How many posts each live blog held when they were counted last, and at which number that was.
_counted: dict[int, tuple[int, int]] = {}


def _is_full(blog: LiveBlog) -> bool:
    """Whether it holds as many posts as it may. Counted only when it could: every post has an event of its own."""
    posts, seq = _counted.get(blog.pk, (0, 0))
    if seq <= blog.last_seq < limits.POSTS_PER_LIVEBLOG + seq - posts:
        return False
    ((posts,),) = plain_rows.ask("SELECT COUNT(*) FROM post WHERE liveblog_id = %s", [blog.pk])
    _counted[blog.pk] = (posts, blog.last_seq)
    return int(posts) >= limits.POSTS_PER_LIVEBLOG


def new_post(
    log: Writing, content: CheckedContent, marks: Marks, *, by: Staff, shown_at: datetime | None = None
) -> Post:
    """Insert a post with its first revision: a draft, or with `shown_at` one that readers see at once.

    The caller appends the event. Raises: BlogClosed, NotAllowed, InvalidInput (too many posts).
    """
    access.check_takes_posts(log.blog)
    if marks.summary:
        access.check_lead(by, "mark summaries")
    if _is_full(log.blog):
        raise InvalidInput("posts", f"A live blog holds {limits.POSTS_PER_LIVEBLOG} posts; open a new one.")
    post = Post(
        id=new_post_id(log.at),
        liveblog=log.blog,
        created_at=log.at,
        created_by_id=by.user_id,
        key_event=marks.key_event,
        summary=marks.summary,
        state=State.PUBLISHED if shown_at else State.DRAFT,
        first_published_at=shown_at,
        last_changed_at=shown_at,
    )
    put_content(post, content)
    plain_rows.insert_row(post)
    save_revision(post, content, by=by, at=log.at, public=shown_at is not None)
    return post


def draft_post(
    *, by: Staff, slug: str, content: PostContent, marks: Marks | None = None, at: datetime
) -> Written:
    """Keep a new post that only its author and those who lead can see. Event `post.drafted`.

    Raises: NotAllowed, NotFound, BlogClosed, InvalidInput.
    """
    blog_id = access.blog_id_to_see(by, slug)
    access.check_write(by)
    ready = checked(content, default_name=by.name)
    with writing(blog_id, by=by.name, at=at) as log:
        post = new_post(log, ready, marks or Marks(), by=by)
        return Written(PostId(post.pk), log.append(Kind.POST_DRAFTED, post), post.revision)


def save_draft(
    *, by: Staff, post_id: str, content: PostContent, base_revision: int | None = None, at: datetime
) -> Written:
    """Save a newer version of a draft, or of a post that waits for an editor or for its time.

    Event `post.draft_saved`; unchanged text saves nothing.

    Raises: NotAllowed, NotFound, WrongState, StaleRevision, InvalidInput.
    """
    seen = access.post_to_see(by, post_id)
    access.check_touch(by, seen, "change")
    with writing(seen.liveblog_id, by=by.name, at=at) as log:
        post = Post.objects.get(pk=seen.pk)
        if post.state not in (State.DRAFT, State.SUBMITTED, State.SCHEDULED):
            raise WrongState(f"The post is {post.state}, no longer a draft; amend it instead.")
        access.check_keep(by, log.blog.publisher, post)
        check_revision(post, base_revision)
        ready = checked(content, default_name=post.byline[0] if post.byline else by.name)
        if same_content(post, ready):
            return Written(PostId(post.pk), log.stands_at(post), post.revision)
        post.revision += 1
        put_content(post, ready)
        post.save(update_fields=["headline", "dateline", "byline", "document", "revision"])
        save_revision(post, ready, by=by, at=at, public=False)
        return Written(PostId(post.pk), log.append(Kind.POST_DRAFT_SAVED, post), post.revision)


def same_content(post: Post, content: CheckedContent) -> bool:
    """Whether saving `content` would change nothing."""
    return (post.headline, post.dateline, post.byline, post.document) == (
        content.headline,
        content.dateline,
        content.byline,
        content.document,
    )


def discard_draft(*, by: Staff, post_id: str, at: datetime) -> None:
    """Delete a draft nobody was shown, with its revisions. Event `post.discarded`, which keeps its id for the record.

    Raises: NotAllowed, NotFound, WrongState.
    """
    seen = access.post_to_see(by, post_id)
    access.check_touch(by, seen, "discard")
    with writing(seen.liveblog_id, by=by.name, at=at) as log:
        post = Post.objects.get(pk=seen.pk)
        if post.state != State.DRAFT:
            raise WrongState(f"The post is {post.state}; only a draft can be discarded. Withdraw it instead.")
        log.append(Kind.POST_DISCARDED, post)
        Revision.objects.filter(post=post).delete()
        post.delete()
