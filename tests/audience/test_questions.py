"""Readers' questions: kept for the newsroom, public only in a post that answers them."""

from datetime import datetime

import pytest
from tests.liveblogs.newsdesk import Desk, open_desk
from tests.people import People

from stoppress.audience import queries
from stoppress.audience.actions.ask_question import ask_question
from stoppress.audience.actions.decide_question import decide_question
from stoppress.audience.models import Question, QuestionState
from stoppress.audience.refusals import NoSuchThing, NotTaken, Unfit
from stoppress.document.parse import parse_document
from stoppress.lib import limits
from stoppress.liveblogs.actions.change_status import close_liveblog
from stoppress.liveblogs.actions.content import PostContent
from stoppress.liveblogs.actions.publish_post import publish_new_post
from stoppress.liveblogs.actions.take_questions import take_questions
from stoppress.liveblogs.models import Event, PagePost, PageSlot
from stoppress.liveblogs.refusals import NotAllowed, NotFound

pytestmark = [pytest.mark.database, pytest.mark.django_db]

SECRET = "Is the lock-keeper at home?"


@pytest.fixture
def desk(people: People, noon: datetime) -> Desk:
    desk = open_desk(people("editor"), noon)
    take_questions(by=desk.by, slug="surge", wanted=True, at=desk.tick())
    return desk


def asked(desk: Desk, text: str = SECRET, name: str = "Marta") -> str:
    return ask_question(slug="surge", text=text, name=name, at=desk.tick())


def slot() -> str:
    return PageSlot.objects.get(name="questions").html


def test_the_form_comes_and_goes_on_open_pages(desk: Desk) -> None:
    assert "<form" in slot()
    before = Event.objects.count()
    take_questions(by=desk.by, slug="surge", wanted=True, at=desk.tick())
    assert Event.objects.count() == before  # said twice
    close_liveblog(by=desk.by, slug="surge", at=desk.tick())
    assert slot() == ""


@pytest.mark.parametrize("role", ["reporter", "moderator"])
def test_only_those_who_lead_open_it(desk: Desk, people: People, role: str) -> None:
    with pytest.raises(NotAllowed):
        take_questions(by=people(role), slug="surge", wanted=False, at=desk.tick())


def test_a_question_waits_and_is_nowhere_public(desk: Desk) -> None:
    events = Event.objects.count()
    asked(desk)
    question = Question.objects.get()
    assert (question.text, question.name, question.state) == (SECRET, "Marta", QuestionState.WAITING)
    assert Event.objects.count() == events
    assert not [html for html in PageSlot.objects.values_list("html", flat=True) if SECRET in html]


def test_words_are_made_one_clean_line(desk: Desk) -> None:
    asked(desk, " Is it\n\u202e safe\x00\t<b>? ", "  ")
    question = Question.objects.get()
    assert (question.text, question.name) == ("Is it safe <b>?", "")


@pytest.mark.parametrize("text", ["", " \n ", "x" * (limits.QUESTION_CHARS + 1)])
def test_what_is_no_question_is_refused(desk: Desk, text: str) -> None:
    with pytest.raises(Unfit):
        asked(desk, text)


def test_nobody_asks_where_nobody_listens(desk: Desk) -> None:
    with pytest.raises(NoSuchThing):
        ask_question(slug="nowhere", text=SECRET, name="", at=desk.tick())
    take_questions(by=desk.by, slug="surge", wanted=False, at=desk.tick())
    with pytest.raises(NotTaken):
        asked(desk)


def test_more_than_anybody_can_read_are_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "QUESTIONS_WAITING", 1)
    asked(desk)
    with pytest.raises(NotTaken):
        asked(desk)


@pytest.mark.parametrize("role", ["reporter", "producer"])
def test_who_does_not_moderate_sees_only_what_was_passed_on(desk: Desk, people: People, role: str) -> None:
    by = people(role)
    question_id = asked(desk)
    assert queries.questions(by, "surge", QuestionState.WAITING) == []
    assert queries.counts(by, "surge") == {}
    with pytest.raises(NotAllowed):
        decide_question(
            by=by, slug="surge", question_id=question_id, state=QuestionState.PASSED_ON, at=desk.tick()
        )
    decide_question(
        by=people("moderator"),
        slug="surge",
        question_id=question_id,
        state=QuestionState.PASSED_ON,
        at=desk.tick(),
    )
    (seen,) = queries.questions(by, "surge", QuestionState.PASSED_ON)
    assert (seen.text, seen.name, seen.answered_in) == (SECRET, "Marta", "")


def test_a_question_of_another_live_blog_is_not_found(desk: Desk, noon: datetime) -> None:
    question_id = asked(desk)
    open_desk(desk.by, noon, slug="other")
    with pytest.raises(NotFound):
        decide_question(
            by=desk.by, slug="other", question_id=question_id, state=QuestionState.PUT_AWAY, at=desk.tick()
        )


def test_a_published_post_answers_it(desk: Desk) -> None:
    question_id = asked(desk)
    decide_question(
        by=desk.by, slug="surge", question_id=question_id, state=QuestionState.PASSED_ON, at=desk.tick()
    )
    said = {"type": "paragraph", "content": [{"type": "text", "text": "She is."}]}
    attrs = {"question": SECRET, "name": "Marta", "asked": question_id}
    root = {"type": "doc", "content": [{"type": "qa", "attrs": attrs, "content": [said]}]}
    content = PostContent(document=parse_document(root))
    written = publish_new_post(by=desk.by, slug="surge", content=content, at=desk.tick())
    (seen,) = queries.questions(desk.by, "surge", QuestionState.PASSED_ON)
    assert seen.answered_in == written.post_id
    html = PagePost.objects.get(pk=written.post_id).html
    assert f"<h3>{SECRET}</h3>" in html
    assert "Asked by Marta" in html
    assert question_id not in html
