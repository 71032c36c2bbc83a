"""A live blog over a wire: whoever goes on from `seq` has in the end what readers have, and never a word more."""

import json

import pytest
from tests.api.caller import BASE, Caller, caller, open_surge
from tests.people import People
from tests.render.test_ninjs import VALIDATOR

from stoppress.liveblogs.models import Page
from stoppress.render.addresses import entry_id

pytestmark = [pytest.mark.database, pytest.mark.django_db]

SURGE = f"{BASE}/liveblogs/surge"
WIRE = f"{SURGE}/ninjs"


@pytest.fixture
def surge(people: People) -> Caller:
    open_surge(people("editor"))
    return caller(people("editor"))


def test_everything_in_parts_then_only_what_changes(surge: Caller) -> None:
    posts = [surge.publish(markdown=f"Post {number}.")["id"] for number in range(5)]
    held: dict[str, str] = {}
    after, more = 0, True
    while more:
        part = surge.get(f"{WIRE}?after={after}&limit=2")
        VALIDATOR.validate(part["ninjs"])
        items = part["ninjs"]["associations"]
        assert len(items) <= 2
        held |= {item["uri"]: item["pubStatus"] for item in items}
        after, more = part["seq"], part["more"]
    assert list(held) == [entry_id(post) for post in posts]
    assert after == Page.objects.get().changed_seq
    nothing = surge.get(f"{WIRE}?after={after}")
    assert (nothing["ninjs"]["associations"], nothing["seq"], nothing["more"]) == ([], after, False)
    surge.patch(f"{SURGE}/posts/{posts[1]}", {"markdown": "Better words."})
    surge.post(f"{SURGE}/posts/{posts[3]}/withdraw", {"reason": "Wrong."})
    surge.patch(SURGE, {"headline": "Surge falls"})
    news = surge.get(f"{WIRE}?after={after}")["ninjs"]
    VALIDATOR.validate(news)
    assert (news["title"], news["representationType"]) == ("Surge falls", "partial")
    assert [(item["uri"], item["pubStatus"]) for item in news["associations"]] == [
        (entry_id(posts[1]), "usable"),
        (entry_id(posts[3]), "canceled"),
    ]
    assert "Post 3." not in json.dumps(surge.get(WIRE).json)


def test_only_what_readers_see(surge: Caller) -> None:
    surge.publish(markdown="Drafted words.", draft=True)
    assert surge.get(WIRE)["ninjs"]["associations"] == []
    surge.post(f"{BASE}/liveblogs", {"headline": "Later", "slug": "later", "status": "draft"})
    assert surge.get(f"{BASE}/liveblogs/later/ninjs").status == 404
    assert surge.get(f"{BASE}/liveblogs/nowhere/ninjs").status == 404


@pytest.mark.parametrize("query", ["after=-1", "after=x", "after=9999999", "limit=0", "limit=101"])
def test_numbers_that_cannot_be(surge: Caller, query: str) -> None:
    assert surge.get(f"{WIRE}?{query}").status == 422
