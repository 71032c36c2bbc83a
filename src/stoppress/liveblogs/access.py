"""Who may do what to which row: the only doors to a live blog or a post for somebody who wants to change it.

One condition per line, so that a test that misses a denial shows. Called by `actions/` and `queries.py`.
The table is docs/reference/roles.md.
"""

from stoppress.lib.ids import POST_ID
from stoppress.liveblogs import plain_rows
from stoppress.liveblogs.models import LiveBlog, Post, State, Status
from stoppress.liveblogs.refusals import BlogClosed, NotAllowed, NotFound, WrongState
from stoppress.newsroom.models import Publisher
from stoppress.newsroom.roles import LEADING, MANAGING, WRITING, Role, Staff

_BLOG_ID = "SELECT id FROM liveblog WHERE slug = %s AND publisher_id = %s"


def _no_blog(slug: str) -> NotFound:
    return NotFound(f"There is no live blog {slug!r} here; look at the list of live blogs for its address.")


def blog_to_see(by: Staff, slug: str) -> LiveBlog:
    """The live blog, for anybody on its publisher's staff. Raises: NotFound."""
    found = LiveBlog.objects.filter(slug=slug, publisher_id=by.publisher_id).first()
    if found is None:
        raise _no_blog(slug)
    return found


def blog_id_to_see(by: Staff, slug: str) -> int:
    """Its id alone, for an action that reads the row anew under its lock. Raises: NotFound."""
    for (found,) in plain_rows.ask(_BLOG_ID, [slug, by.publisher_id]):
        return int(found)
    raise _no_blog(slug)


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


def must_submit(by: Staff, title: Publisher) -> bool:
    """Whether somebody else must look at this person's posts before readers see them."""
    if not title.two_pairs_of_eyes:
        return False
    return by.role not in LEADING


def submits(by: Staff) -> bool:
    """The same, of the title that this person works for."""
    return by.role not in LEADING and must_submit(by, Publisher.objects.get(pk=by.publisher_id))


def check_show(by: Staff, title: Publisher, post: Post | None = None) -> None:
    """Raises: NotAllowed when the house rule wants another's eyes on the post first. None: a new post of theirs."""
    if must_submit(by, title):
        raise NotAllowed(
            "This title wants two pairs of eyes on every post. Keep it as a draft and submit it on the desk: "
            "an editor publishes it or returns it with a note."
        )
    if not title.two_pairs_of_eyes or post is None:
        return
    if post.state == State.SUBMITTED and post.created_by_id == by.user_id:
        raise NotAllowed("You wrote this post: somebody else must publish it, or take it back first.")


def check_submit(title: Publisher) -> None:
    """Raises: WrongState unless the house rule is two pairs of eyes: else nobody looks at what is submitted."""
    if not title.two_pairs_of_eyes:
        raise WrongState("This title does not ask for a second pair of eyes; publish the post yourself.")


def check_own(by: Staff, post: Post, deed: str) -> None:
    """Raises: NotAllowed unless the post is this person's own. `deed` completes "may …"."""
    check_write(by)
    if post.created_by_id != by.user_id:
        raise NotAllowed(f"Only its author may {deed} this post.")


def check_others(by: Staff, post: Post, deed: str) -> None:
    """Raises: NotAllowed when the post is this person's own. `deed` completes "must …"."""
    if post.created_by_id == by.user_id:
        raise NotAllowed(f"You wrote this post: somebody else must {deed} it, or take it back.")


def check_keep(by: Staff, title: Publisher, post: Post) -> None:
    """Raises: WrongState when the text must stand as it is until an editor has decided, or as one decided.

    An editor reads what is going out: its author takes it back before changing it.
    """
    if post.state == State.SUBMITTED and post.created_by_id == by.user_id:
        raise WrongState(
            "The post waits for an editor, who is reading it; take it back before you change it."
        )
    if post.state == State.SCHEDULED and must_submit(by, title):
        raise WrongState("An editor has approved this text for its time; call it off before you change it.")


def check_amend(by: Staff, title: Publisher) -> None:
    """Raises: NotAllowed when the house rule leaves changes of what readers see to those who lead."""
    if must_submit(by, title):
        raise NotAllowed(
            "This title wants two pairs of eyes: an editor changes what readers see. "
            "Ask one, or withdraw the post."
        )


def may_amend(by: Staff, post: Post) -> bool:
    """Whether this person may change what readers see of a published post, such as how a claim in it stands."""
    return may_touch(by, post) and not must_submit(by, post.liveblog.publisher)


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


def may_approve(by: Staff, post: Post) -> bool:
    """Whether the desk shows Publish and Return on a submitted post."""
    if post.state != State.SUBMITTED:
        return False
    if post.created_by_id == by.user_id:
        return False
    return by.role in LEADING


def may_touch(by: Staff, post: Post) -> bool:
    """Whether the desk shows amend, correct, withdraw on this post."""
    if by.role == Role.MODERATOR:
        return False
    return post.created_by_id == by.user_id or by.role in LEADING
