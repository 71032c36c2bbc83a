"""Passes a reader's question on to reporters, puts it away, or puts it back among those that wait."""

from datetime import datetime

from stoppress.audience.access import question_to_decide
from stoppress.audience.models import Question, QuestionState
from stoppress.newsroom.roles import Staff


def decide_question(*, by: Staff, slug: str, question_id: str, state: QuestionState, at: datetime) -> None:
    """Give the question this state; saying it twice changes nothing. One row, no event: readers see none of it.

    Raises: NotAllowed, NotFound.
    """
    blog, question = question_to_decide(by, slug, question_id)
    Question.objects.filter(pk=question.pk, liveblog=blog).exclude(state=state).update(
        state=state, decided_at=at, decided_by_id=by.user_id
    )
