"""Who may do what to which row: the only doors to a live blog or a post for somebody who wants to change it.

One condition per line, so that a test that misses a denial shows. Called by `actions/` and `queries.py`.
The table is docs/reference/roles.md.
"""

from stoppress.lib.ids import POST_ID
from stoppress.liveblogs.models import LiveBlog, Post, State, Status
from stoppress.liveblogs.refusals import BlogClosed, NotAllowed, NotFound
from stoppress.newsroom.roles import LEADING, MANAGING, WRITING, Role, Staff


def _no_blog(slug: str) -> NotFound:
    return NotFound(f"There is no live blog {slug!r} here; look at the list of live blogs for its address.")


def blog_to_see(by: Staff, slug: str) -> LiveBlog:
    """The live blog, for anybody on its publisher's staff. Raises: NotFound."""
    found = LiveBlog.objects.filter(slug=slug, publisher_id=by.publisher_id).first()
    if found is None:
        raise _no_blog(slug)
    return found


def post_to_see(by: Staff, post_id: str) -> Post:
    """The post, unless it is another's draft and this person leads nothing. Raises: NotFound."""
    missing = NotFound(f"There is no post {post_id!r} here; it may have been a draft that was discarded.")
    if not POST_ID.fullmatch(post_id):  # what can be no id never reaches the database
        raise missing
    found = (
        Post.objects.select_related("liveblog", "created_by")
        .filter(pk=post_id, liveblog__publisher_id=by.publisher_id)
        .first()
    )
    if found is None:
        raise missing
    if not may_see_post(by, found):
        raise missing
    return found


def may_see_post(by: Staff, post: Post) -> bool:
    """Published and withdrawn posts: all staff. Drafts and scheduled posts: their author and those who lead."""
    if post.state in (State.PUBLISHED, State.WITHDRAWN):
        return True
    if post.created_by_id == by.user_id:
        return True
    return by.role in LEADING


def check_lead(by: Staff, deed: str) -> None:
    """Raises: NotAllowed unless the role runs live blogs. `deed` completes "may not …"."""
    if by.role not in LEADING:
        raise NotAllowed(f"A {by.role} may not {deed}; ask an editor.")


def check_write(by: Staff) -> None:
    """Raises: NotAllowed unless the role writes posts."""
    if by.role not in WRITING:
        raise NotAllowed(f"A {by.role} may not write posts; ask an admin for the role of reporter.")


def check_manage(by: Staff, deed: str) -> None:
    """Raises: NotAllowed unless the role looks after the title. `deed` completes "may not …"."""
    if by.role not in MANAGING:
        raise NotAllowed(f"A {by.role} may not {deed}; ask a producer.")


def check_touch(by: Staff, post: Post, deed: str) -> None:
    """Own posts: whoever writes. Others' posts: those who lead. Raises: NotAllowed."""
    check_write(by)
    if post.created_by_id == by.user_id:
        return
    if by.role in LEADING:
        return
    raise NotAllowed(f"A {by.role} may not {deed} another's post; ask its author or an editor.")


def check_takes_posts(blog: LiveBlog) -> None:
    """Raises: BlogClosed."""
    if blog.status == Status.CLOSED:
        raise BlogClosed(
            f"The live blog {blog.slug!r} is closed and takes no new posts; an editor can reopen it first."
        )


def may_lead(by: Staff) -> bool:
    """Whether the desk shows the controls of a whole live blog."""
    return by.role in LEADING


def may_manage(by: Staff) -> bool:
    """Whether the desk shows the title's settings."""
    return by.role in MANAGING


def may_touch(by: Staff, post: Post) -> bool:
    """Whether the desk shows amend, correct, withdraw on this post."""
    if by.role == Role.MODERATOR:
        return False
    return post.created_by_id == by.user_id or by.role in LEADING
