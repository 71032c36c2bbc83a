"""Who may decide what becomes of readers' questions. Called by `actions/` and `queries.py`; docs/reference/roles.md."""

from stoppress.audience.models import Question
from stoppress.liveblogs.access import blog_to_see
from stoppress.liveblogs.models import LiveBlog
from stoppress.liveblogs.refusals import NotAllowed, NotFound
from stoppress.newsroom.roles import Role, Staff

MODERATING = frozenset({Role.MODERATOR, Role.EDITOR, Role.ADMIN})


def may_moderate(by: Staff) -> bool:
    """Whether the desk shows what readers asked before anybody has passed it on."""
    return by.role in MODERATING


def check_moderate(by: Staff) -> None:
    """Raises: NotAllowed unless the role looks after what readers send."""
    if by.role not in MODERATING:
        raise NotAllowed(f"A {by.role} may not pass questions on; ask a moderator or an editor.")


def question_to_decide(by: Staff, slug: str, question_id: str) -> tuple[LiveBlog, Question]:
    """The question of this very live blog. Raises: NotAllowed, NotFound."""
    blog = blog_to_see(by, slug)
    check_moderate(by)
    found = Question.objects.filter(pk=question_id, liveblog=blog).first()
    if found is None:
        raise NotFound("There is no such question in this live blog; look at the list again.")
    return blog, found
