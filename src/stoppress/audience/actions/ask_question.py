"""Takes a reader's question."""

import re
from datetime import datetime

from django.db import transaction

from stoppress.audience.models import Question, QuestionState
from stoppress.audience.refusals import NoSuchThing, NotTaken, Unfit
from stoppress.lib import limits
from stoppress.lib.ids import new_post_id
from stoppress.lib.languages import later
from stoppress.liveblogs.models import LiveBlog, Status

# What a line of text may not hold: controls, and marks that turn the reading direction round (as in documents).
_LONG_QUESTION = later(
    "Your question has {came} characters and may have {chars}; shorten it and send it again."
)
_LONG_NAME = later("Your name has {came} characters and may have {chars}; shorten it and send it again.")
_UNFIT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


def ask_question(*, slug: str, text: str, name: str, at: datetime) -> str:
    """Keep a question for the newsroom and return its id. Nobody sees it until somebody passes it on.

    One row, no event. Raises: NoSuchThing, NotTaken (no questions now, or too many wait), Unfit (empty, too long).
    """
    question = _line(text, limits.QUESTION_CHARS, _LONG_QUESTION)
    asker = _line(name, limits.ASKER_CHARS, _LONG_NAME)
    if not question:
        raise Unfit(later("Your question is empty; write what you want to know and send it again."))
    with transaction.atomic():
        blog = LiveBlog.objects.select_for_update().filter(slug=slug).first()
        if blog is None or blog.status == Status.DRAFT:
            raise NoSuchThing(later("There is no such live blog here; look for it on the front page."))
        if not blog.takes_questions or blog.status == Status.CLOSED:
            raise NotTaken(later("This live blog takes no questions now."))
        if (
            Question.objects.filter(liveblog=blog, state=QuestionState.WAITING).count()
            >= limits.QUESTIONS_WAITING
        ):
            raise NotTaken(later("More questions wait than the newsroom can read; please try again later."))
        row = Question(id=new_post_id(at), liveblog=blog, text=question, name=asker, asked_at=at)
        row.save(force_insert=True)
        return row.pk


def _line(text: str, chars: int, too_long: str) -> str:
    """`text` on one line, without what cannot be shown. Raises: Unfit (too long)."""
    line = " ".join(_UNFIT.sub("", text).split())
    if len(line) > chars:
        raise Unfit(too_long, came=len(line), chars=chars)
    return line
