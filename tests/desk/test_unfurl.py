"""A pasted address becomes a card or an embed, for those who write."""

import pytest
from tests.desk.ground import Ground
from tests.desk.visitor import POSTS, post_body
from tests.people import People
from tests.unfurl.outsides import Answers

from stoppress.desk.views import unfurl
from stoppress.lib import limits
from stoppress.lib.pace import Pace
from stoppress.newsroom.models import Publisher

pytestmark = [pytest.mark.database, pytest.mark.django_db]

STORY = "https://paper.example/storm"
FILM = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


@pytest.fixture(autouse=True)
def outside(monkeypatch: pytest.MonkeyPatch) -> Answers:
    """The outside world of these tests, and a fresh count of who asked."""
    answers = Answers(pages={STORY: "<title>The storm</title><meta name=description content='Gates shut.'>"})
    monkeypatch.setattr(unfurl, "OUTSIDE", answers)
    monkeypatch.setattr(unfurl, "pace", Pace(limits.UNFURLS_PER_MINUTE))
    return answers


def test_a_card_that_a_post_takes(people: People) -> None:
    owner = Ground(people).visitor("owner")
    answer = owner.send("/desk/unfurl/", {"url": STORY})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store, private"
    found = answer.json()
    assert found == {
        "block": {
            "type": "link_card",
            "attrs": {
                "url": STORY,
                "title": "The storm",
                "description": "Gates shut.",
                "site": "paper.example",
            },
        },
        "note": "",
    }
    document = {"type": "doc", "content": [found["block"]]}
    assert owner.send(POSTS, post_body(document=document)).status_code == 201


def test_an_embed_and_its_card_where_the_site_is_off(people: People) -> None:
    owner = Ground(people).visitor("owner")
    assert owner.send("/desk/unfurl/", {"url": FILM}).json()["block"]["type"] == "embed"
    Publisher.objects.update(embed_providers=["x"])
    block = owner.send("/desk/unfurl/", {"url": FILM}).json()["block"]
    assert block == {
        "type": "link_card",
        "attrs": {"url": FILM, "title": "Video on YouTube", "site": "YouTube"},
    }


def test_what_cannot_be_reached_is_a_plain_card_and_says_so(people: People) -> None:
    found = (
        Ground(people).visitor("owner").send("/desk/unfurl/", {"url": "https://paper.example/gone"}).json()
    )
    assert found["block"]["attrs"] == {"url": "https://paper.example/gone", "site": "paper.example"}
    assert found["note"] == "example.org answered 404 instead of the page."


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"{", b"[]", b"[" * 100_000, {}, {"url": 5}, {"url": ""}, {"url": "javascript:alert(1)"}),
        *(
            {"url": "https://user@example.org/"},
            {"url": "file:///etc/passwd"},
            {"url": "https://2130706433/"},
        ),
    ],
)
def test_what_is_no_address(body: object, people: People, outside: Answers) -> None:
    answer = Ground(people).visitor("owner").send("/desk/unfurl/", body)
    assert answer.status_code == 422
    assert answer.json()["field"] == "url"
    assert outside.asked == []


def test_only_by_post_with_a_token_of_the_form(people: People, outside: Answers) -> None:
    from django.test import Client

    owner = Ground(people).visitor("owner")
    assert owner.ask(f"/desk/unfurl/?url={STORY}").status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = owner.client.cookies
    answer = strict.post("/desk/unfurl/", {"url": STORY}, content_type="application/json")
    assert answer.status_code == 403
    assert outside.asked == []


def test_a_bound_by_the_minute(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    on = Ground(people)
    monkeypatch.setattr(unfurl, "pace", Pace(2))
    owner = on.visitor("owner")
    answers = [owner.send("/desk/unfurl/", {"url": STORY}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert on.visitor("editor").send("/desk/unfurl/", {"url": STORY}).status_code == 200


def test_slow_sites_do_not_hold_the_desk(people: People) -> None:
    owner = Ground(people).visitor("owner")
    for _ in range(limits.UNFURLS_AT_ONCE):
        assert unfurl._turns.acquire(blocking=False)
    try:
        assert owner.send("/desk/unfurl/", {"url": STORY}).status_code == 503
    finally:
        unfurl._turns.release(limits.UNFURLS_AT_ONCE)
    assert owner.send("/desk/unfurl/", {"url": STORY}).status_code == 200
