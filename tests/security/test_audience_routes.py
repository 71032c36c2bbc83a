"""What readers send: open to everybody alike, told apart by nothing, and only for what a form of ours holds."""

import pytest
from tests.people import People
from tests.security.addresses import METHODS, django_routes, filled
from tests.security.cast import WHO, Scene, all_rows
from tests.security.expectations import AUDIENCE, PUSH

from stoppress.audience import views
from stoppress.document.parse import parse_document
from stoppress.lib import clock, limits
from stoppress.lib.pace import Pace
from stoppress.liveblogs.actions.content import PostContent
from stoppress.liveblogs.actions.publish_post import publish_new_post
from stoppress.liveblogs.actions.take_questions import take_questions

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def test_every_address_stands_in_a_table() -> None:
    ours = {route for route in django_routes() if route.startswith("/audience/")}
    assert ours == {*AUDIENCE, *PUSH}, "say in tests/security/expectations.py who may use it"


@pytest.mark.parametrize("who", WHO)
def test_everybody_is_the_same_reader(who: str, people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "pace", Pace(limits.AUDIENCE_PER_MINUTE))
    monkeypatch.setattr(views, "question_pace", Pace(limits.QUESTIONS_PER_MINUTE))
    on = Scene(people)
    take_questions(by=on.staff("editor"), slug="surge", wanted=True, at=clock.now())
    options = [{"id": name, "text": name} for name in "ab"]
    poll = {"type": "poll", "attrs": {"id": "k3v9x0q2m1za", "question": "Who?", "options": options}}
    content = PostContent(document=parse_document({"type": "doc", "content": [poll]}))
    post_id = publish_new_post(by=on.staff("owner"), slug="surge", content=content, at=clock.now()).post_id
    browser = on.browser(who, csrf=True)
    for route, taken in AUDIENCE.items():
        path = filled(route, {"slug": "surge", "post_id": post_id, "poll_id": "k3v9x0q2m1za"})
        for method in METHODS:
            before = all_rows()
            answer = browser.generic(
                method, path, "option=a&question=Why", content_type=views.FORM, HTTP_ACCEPT="application/json"
            )
            assert answer.status_code == (taken if method == "POST" else 405), (method, path)
            assert answer.headers["Cache-Control"] == "no-store, private"
            assert "Vary" not in answer.headers or "Cookie" not in answer.headers["Vary"]
            assert not answer.cookies
            assert (all_rows() == before) == (method != "POST")
