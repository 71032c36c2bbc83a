"""The screen of readers' questions by role, and what the desk shows of a poll."""

import pytest
from tests.audience.test_polls import POLL, poll
from tests.desk.ground import Ground
from tests.desk.visitor import BLOG, Visitor
from tests.people import People

from stoppress.audience.actions.ask_question import ask_question
from stoppress.audience.models import Question
from stoppress.lib import clock
from stoppress.liveblogs.actions.publish_post import publish_new_post
from stoppress.liveblogs.actions.show_results import Counted, show_results
from stoppress.liveblogs.models import LiveBlog

pytestmark = [pytest.mark.database, pytest.mark.django_db]

PAGE = f"{BLOG}questions/"


@pytest.fixture
def ground(people: People) -> Ground:
    ground = Ground(people)
    LiveBlog.objects.update(takes_questions=True)
    ask_question(slug="surge", text="Is <it> safe?", name="Marta", at=clock.now())
    return ground


def decide(somebody: Visitor, state: str) -> int:
    path = f"{PAGE}{Question.objects.get().pk}/decide/"
    return int(somebody.form(path, to=state, **{"from": "waiting"}).status_code)


def test_a_moderator_reads_and_decides(ground: Ground) -> None:
    moderator = ground.visitor("moderator")
    page = moderator.page(PAGE).content.decode()
    assert "Is &lt;it&gt; safe?" in page
    assert "Let readers ask" not in page  # that is an editor's
    assert decide(moderator, "passed_on") == 302
    assert Question.objects.get().decided_by_id is not None
    assert "Is &lt;it&gt; safe?" in moderator.page(f"{PAGE}?state=passed_on").content.decode()
    assert decide(moderator, "gone") == 422


def test_a_reporter_sees_and_answers_what_was_passed_on(ground: Ground) -> None:
    reporter = ground.visitor("owner")
    for path in (PAGE, f"{PAGE}?state=waiting", f"{PAGE}?state=put_away"):
        assert "safe?" not in reporter.page(path).content.decode()
    assert reporter.ask(PAGE).json() == {"questions": []}
    assert decide(reporter, "passed_on") == 403
    decide(ground.visitor("editor"), "passed_on")
    question = Question.objects.get()
    assert f"{BLOG}#answer-{question.pk}" in reporter.page(PAGE).content.decode()
    asked = {"id": question.pk, "text": "Is <it> safe?", "name": "Marta"}
    assert reporter.ask(PAGE).json() == {"questions": [asked]}


def test_an_editor_opens_and_shuts_the_form(ground: Ground) -> None:
    editor = ground.visitor("editor")
    assert editor.form(f"{PAGE}form/", to="shut").status_code == 302
    assert not LiveBlog.objects.get().takes_questions
    assert editor.form(f"{PAGE}form/", to="open").status_code == 302
    assert LiveBlog.objects.get().takes_questions
    assert ground.visitor("moderator").form(f"{PAGE}form/", to="shut").status_code == 403


def test_the_timeline_shows_what_was_counted(ground: Ground) -> None:
    written = publish_new_post(by=ground.owner, slug="surge", content=poll(), at=ground.at)
    show_results(
        post_id=written.post_id, results={POLL: Counted({"a": 3, "b": 1}, ended=False)}, at=clock.now()
    )
    page = ground.visitor("owner").page(BLOG).content.decode()
    assert "75% (3 votes)" in page
    assert "/audience/" not in page  # nobody votes on the desk
