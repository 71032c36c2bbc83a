"""The hub's door: the same for everybody, without a session, and no way to reach another server unasked."""

import pytest
from tests.people import People
from tests.security.addresses import METHODS
from tests.security.cast import WHO, Scene, all_rows
from tests.security.expectations import WEBSUB

from stoppress.lib import limits
from stoppress.lib.pace import Pace
from stoppress.websub import views

pytestmark = [pytest.mark.database, pytest.mark.django_db]

FIELDS = "hub.mode=subscribe&hub.topic=http://testserver/live/surge/feed.atom&hub.callback=https://a.example/"


@pytest.mark.parametrize("who", WHO)
def test_everybody_is_the_same_subscriber(who: str, people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "pace", Pace(limits.WEBSUB_PER_MINUTE))
    browser = Scene(people).browser(who, csrf=True)
    for path, taken in WEBSUB.items():
        for method in METHODS:
            before = all_rows()
            answer = browser.generic(method, path, FIELDS, content_type=views.FORM)
            assert answer.status_code == (taken if method == "POST" else 405), (method, path)
            assert answer.headers["Cache-Control"] == "no-store, private"
            assert "Vary" not in answer.headers or "Cookie" not in answer.headers["Vary"]
            assert not answer.cookies
            assert (all_rows() == before) == (method != "POST")
