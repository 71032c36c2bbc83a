"""What the desk asks of this room. Called by `desk/views/questions.py` and the desk's template tags."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, TextField
from django.db.models.functions import Cast

from stoppress.audience.access import may_moderate
from stoppress.audience.models import Question, QuestionState
from stoppress.document.schema import Document
from stoppress.document.structured import answered_questions
from stoppress.lib import limits
from stoppress.liveblogs.access import blog_to_see
from stoppress.liveblogs.models import LiveBlog, Post, State
from stoppress.newsroom.roles import Staff


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the desk shows it. `answered_in`: the published post that answers it, or ""."""

    id: str
    text: str
    name: str
    state: str
    asked_at: datetime
    answered_in: str


def questions(by: Staff, slug: str, state: QuestionState) -> list[Asked]:
    """Newest first. Those that nobody has passed on are for moderators only: others get none. Raises: NotFound."""
    blog = blog_to_see(by, slug)
    if state != QuestionState.PASSED_ON and not may_moderate(by):
        return []
    rows = Question.objects.filter(liveblog=blog, state=state).order_by("-asked_at", "-id")
    answers = _answers(blog) if state == QuestionState.PASSED_ON else {}
    return [
        Asked(row.pk, row.text, row.name, row.state, row.asked_at, answers.get(row.pk, ""))
        for row in rows[: limits.QUESTIONS_SHOWN]
    ]


def counts(by: Staff, slug: str) -> dict[str, int]:
    """How many questions stand in each state, as far as this person may know of them. Raises: NotFound."""
    rows = Question.objects.filter(liveblog=blog_to_see(by, slug))
    if not may_moderate(by):
        rows = rows.filter(state=QuestionState.PASSED_ON)
    return dict(rows.order_by("state").values_list("state").annotate(count=Count("id")))


def _answers(blog: LiveBlog) -> dict[str, str]:
    """Which published post answers which question."""
    posts = Post.objects.filter(liveblog=blog, state=State.PUBLISHED).annotate(
        json=Cast("document", TextField())
    )
    found = posts.filter(json__contains='"qa"').values_list("pk", "document")
    return {asked: pk for pk, root in found for asked in answered_questions(Document.stored(root))}
