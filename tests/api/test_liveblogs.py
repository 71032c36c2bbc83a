"""Live blogs over the API: made, looked at, changed."""

import json

import pytest
from tests.api.caller import BASE, Caller, caller, open_surge
from tests.people import People

from stoppress.liveblogs.models import Event, LiveBlog, Page

pytestmark = [pytest.mark.database, pytest.mark.django_db]

PATH = f"{BASE}/liveblogs"
SURGE = f"{PATH}/surge"


@pytest.fixture
def editor(people: People) -> Caller:
    return caller(people("editor"))


@pytest.fixture
def surge(people: People, editor: Caller) -> Caller:
    open_surge(people("editor"))
    return editor


def test_a_live_blog_is_made_and_open(editor: Caller) -> None:
    reply = editor.post(PATH, {"headline": "Storm surge"})
    assert reply.status == 201
    assert reply.json == {
        "slug": "storm-surge",
        "url": "http://testserver/live/storm-surge",
        "seq": LiveBlog.objects.get().last_seq,
    }
    assert reply.header("Location") == f"http://testserver{PATH}/storm-surge"
    assert Page.objects.get().status == "live"


def test_with_everything_said(editor: Caller) -> None:
    body = {
        "headline": "Storm surge",
        "standfirst": "What we know.",
        "slug": "surge",
        "timezone": "Europe/Kyiv",
        "language": "uk",
        "status": "draft",
        "event": {"name": "Spring tide", "place": "Port Verrin", "starts_at": "2026-11-22T16:05:00Z"},
        "planned_end_at": "2026-11-23T00:00:00Z",
    }
    assert editor.post(PATH, body)["slug"] == "surge"
    told = editor.get(SURGE)
    assert {name: told[name] for name in body} == body
    assert (told["pinned_post"], told["opened_at"], told["closed_at"]) == (None, None, None)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "headline"),
        ({"headline": ""}, "headline"),
        ({"headline": "x" * 201}, "headline"),
        ({"headline": "x", "standfirst": "x" * 1001}, "standfirst"),
        ({"headline": "x", "slug": "Not A Slug"}, "slug"),
        ({"headline": "x", "slug": "../up"}, "slug"),
        ({"headline": "x", "slug": "taken"}, "slug"),
        ({"headline": "x", "timezone": "Mars/Olympus"}, "timezone"),
        ({"headline": "x", "timezone": "../../etc/passwd"}, "timezone"),
        ({"headline": "x", "language": "klingon!"}, "language"),
        ({"headline": "x", "status": "closed"}, "status"),
        ({"headline": "x", "publisher": 2}, "publisher"),
        ({"headline": "x", "last_seq": 9}, "last_seq"),
        ({"headline": "x", "event": {"name": "x" * 201}}, "event_name"),
        ({"headline": "x", "event": {"place": "a\nb"}}, "event_place"),
        ({"headline": "x", "event": {"starts_at": "2026-11-22T18:05:00"}}, "event.starts_at"),
        ({"headline": "x", "event": {"starts_at": "0001-01-01T00:00:00Z"}}, "event_starts_at"),
        ({"headline": "x", "event": {"venue": "x"}}, "event.venue"),
        ({"headline": "x", "planned_end_at": "9999-12-31T23:59:59Z"}, "planned_end_at"),
        ({"headline": "x", "planned_end_at": 1}, "planned_end_at"),
    ],
)
def test_values_that_cannot_be_taken(editor: Caller, body: dict[str, object], field: str) -> None:
    editor.post(PATH, {"headline": "First", "slug": "taken"})
    reply = editor.post(PATH, body)
    assert reply.status == 422
    assert field in [fault["field"] for fault in reply["errors"]]
    assert LiveBlog.objects.count() == 1


def test_the_same_key_is_one_live_blog(editor: Caller) -> None:
    first = editor.post(PATH, {"headline": "Storm"}, Idempotency_Key="k")
    again = editor.post(PATH, {"headline": "Storm"}, Idempotency_Key="k")
    assert first.json == again.json
    assert LiveBlog.objects.count() == 1


def test_head_and_status(surge: Caller) -> None:
    changed = surge.patch(
        SURGE, {"headline": "New head", "standfirst": "New words", "timezone": "Europe/Kyiv"}
    )
    assert (changed.status, changed["headline"], changed["standfirst"]) == (200, "New head", "New words")
    assert changed["timezone"] == "Europe/Kyiv"
    for status in ("paused", "live", "closed", "live", "paused", "closed", "closed"):
        told = surge.patch(SURGE, {"status": status})
        assert (told.status, told["status"]) == (200, status)
        assert Page.objects.get().status == status
    assert told["closed_at"] is not None
    assert surge.patch(SURGE, {"status": "paused"}).status == 409
    assert surge.patch(SURGE, {"status": "draft"}).status == 409
    assert surge.patch(SURGE, {"status": "gone"}).status == 422


def test_what_it_is_about_is_told_to_search_engines_and_may_change(surge: Caller) -> None:
    def told() -> tuple[object, object]:
        page = json.loads(Page.objects.get().json_ld)
        return page.get("about"), page.get("coverageEndTime")

    final = {"name": "Cup final", "place": "Verrin Stadium", "starts_at": "2126-11-22T20:05:00+02:00"}
    changed = surge.patch(SURGE, {"event": final, "timezone": "Europe/Kyiv"})
    assert (changed.status, changed["planned_end_at"]) == (200, None)
    assert changed["event"] == final | {"starts_at": "2126-11-22T18:05:00Z"}
    seq = changed["seq"]
    assert surge.patch(SURGE, {"planned_end_at": "2126-11-23T00:00:00+02:00"})["event"] == changed["event"]
    assert Event.objects.filter(seq__gt=seq).get().kind == "liveblog.changed"
    place = {"@type": "Place", "name": "Verrin Stadium", "address": "Verrin Stadium"}
    start = "2126-11-22T20:05:00+02:00"
    about = {"@type": "Event", "name": "Cup final", "startDate": start, "location": place}
    assert told() == (about, "2126-11-22T22:00:00Z")
    assert surge.patch(SURGE, {"headline": "Cup final: live"})["event"] == changed["event"]
    assert surge.patch(SURGE, {"event": {"name": "Cup final"}})["event"]["place"] == ""
    assert told() == ({"@type": "Event", "name": "Cup final"}, "2126-11-22T22:00:00Z")
    assert surge.patch(SURGE, {"event": None, "planned_end_at": None})["event"] is None
    assert told() == (None, None)


def test_a_draft_is_opened(editor: Caller) -> None:
    editor.post(PATH, {"headline": "Storm", "slug": "surge", "status": "draft"})
    assert editor.patch(SURGE, {"status": "draft"})["status"] == "draft"
    assert editor.patch(SURGE, {"status": "closed"}).status == 409
    assert editor.patch(SURGE, {"status": "live"})["status"] == "live"


def test_pins(surge: Caller) -> None:
    one, two = surge.publish()["id"], surge.publish()["id"]
    draft = surge.publish(draft=True)["id"]
    assert surge.patch(SURGE, {"pinned_post": one})["pinned_post"] == one
    assert surge.patch(SURGE, {"pinned_post": two})["pinned_post"] == two
    assert surge.patch(SURGE, {"headline": "New"})["pinned_post"] == two
    assert surge.patch(SURGE, {"pinned_post": None})["pinned_post"] is None
    assert surge.patch(SURGE, {"pinned_post": None}).status == 200
    assert surge.patch(SURGE, {"pinned_post": draft}).status == 409
    assert surge.patch(SURGE, {"pinned_post": "0" * 20}).status == 404
    assert surge.patch(SURGE, {"pinned_post": "nul\u0000"}).status == 422
    surge.post(PATH, {"headline": "Other", "slug": "other"})
    assert surge.patch(f"{PATH}/other", {"pinned_post": one}).status == 404


def test_all_of_a_change_or_nothing(surge: Caller) -> None:
    refused = surge.patch(SURGE, {"headline": "New", "status": "paused", "pinned_post": "0" * 20})
    assert refused.status == 404
    told = surge.get(SURGE)
    assert (told["headline"], told["status"]) == ("Storm surge reaches the harbour", "live")


def test_lists_in_parts(editor: Caller) -> None:
    slugs = [editor.post(PATH, {"headline": f"Blog {number}"})["slug"] for number in range(5)][::-1]
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        part = editor.get(f"{PATH}?limit=2&cursor={cursor}")
        seen += [blog["slug"] for blog in part["items"]]
        cursor = part["next_cursor"]
    assert seen == slugs
    for query in ("limit=0", "limit=101", "cursor=x", "cursor=9999999999999999999"):
        assert editor.get(f"{PATH}?{query}").status == 422, query


def test_head_is_get_without_a_body(surge: Caller) -> None:
    head = surge.ask("HEAD", SURGE)
    assert (head.status, head.raw.content) == (200, b"")
    assert int(head.header("Content-Length")) == len(surge.get(SURGE).raw.content)
