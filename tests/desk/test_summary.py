"""Where a new summary begins: the last one, and what readers have been told since."""

import pytest
from tests.desk.ground import open_surge
from tests.desk.test_claims import claimed, path
from tests.desk.visitor import BLOG, POSTS, Visitor, doc, post_body, visitor
from tests.people import People

from stoppress.liveblogs.models import Event, Post

pytestmark = [pytest.mark.database, pytest.mark.django_db]

SUMMARY = f"{BLOG}summary/"


@pytest.fixture
def editor(people: People) -> Visitor:
    open_surge(people)
    return visitor(people("editor", "Edith Lead"))


def pointing(*posts: str) -> dict[str, object]:
    """A list whose items point at these posts."""
    items = []
    for post in posts:
        link = {"type": "link", "attrs": {"href": f"/live/surge/posts/{post}"}}
        text = {"type": "text", "text": "The gate is shut", "marks": [link]}
        items.append({"type": "list_item", "content": [{"type": "paragraph", "content": [text]}]})
    return {"type": "doc", "content": [{"type": "bullet_list", "content": items}]}


def since(who: Visitor) -> list[tuple[str, str, bool]]:
    told = who.ask(SUMMARY).json()["since"]
    return [(one["kind"], one["text"], one["in_last"]) for one in told]


def amend(who: Visitor, post: str, text: str, correction: str) -> None:
    answer = who.send(f"{POSTS}{post}/content/", post_body(text, "amend", correction=correction))
    assert answer.status_code == 200, answer.content


def test_the_first_one_begins_with_a_list_and_the_key_events(editor: Visitor) -> None:
    editor.publish("The gate is shut.", key_event=True)
    editor.publish("It rains.")
    told = editor.ask(SUMMARY).json()
    assert (told["last"], told["headline"]) == (None, "")
    assert told["document"]["content"][0]["type"] == "bullet_list"
    assert since(editor) == [("key_event", "The gate is shut.", False)]


def test_a_later_one_begins_with_the_last_and_what_has_changed(editor: Visitor) -> None:
    gate = editor.publish("The gate is shut.", key_event=True)
    said = editor.publish(document=claimed("Two were hurt", "hurt"))
    document = pointing(gate)
    last = editor.publish(headline="So far", document=document, summary=True)
    assert since(editor) == []
    editor.publish("The road is closed.", "publish", key_event=True)
    editor.press(path(said, "hurt"), state="false", base_revision="1")
    amend(editor, gate, "The gate is open.", "It was open.")
    told = editor.ask(SUMMARY).json()
    assert (told["last"]["id"], told["headline"], told["document"]) == (last, "So far", document)
    assert since(editor) == [
        ("key_event", "The road is closed.", False),
        ("claim", "Two were hurt", False),
        ("correction", "It was open.", True),
    ]
    assert told["since"][1]["state"] == "false"
    assert told["since"][2]["href"] == f"/live/surge/posts/{gate}"


def test_a_post_that_was_taken_down_is_told_without_its_words(editor: Visitor) -> None:
    gate, road = editor.publish("The gate is shut."), editor.publish("SECRETWORD", key_event=True)
    editor.publish(document=pointing(gate), summary=True)
    for post in (gate, road):
        editor.form(f"{POSTS}{post}/withdraw/", reason="Not confirmed.")
    assert since(editor) == [("withdrawn", "Not confirmed.", True)]


def test_drafts_are_no_part_of_it(editor: Visitor) -> None:
    editor.draft("SECRETWORD", key_event=True)
    editor.draft("SECRETWORD", summary=True)
    told = editor.ask(SUMMARY)
    assert b"SECRETWORD" not in told.content
    assert told.json()["last"] is None


def test_asking_writes_nothing(editor: Visitor) -> None:
    editor.publish("The gate is shut.", key_event=True)
    before = (Event.objects.count(), Post.objects.count())
    editor.ask(SUMMARY)
    assert (Event.objects.count(), Post.objects.count()) == before


def test_it_is_for_those_who_lead_and_for_live_blogs_that_take_posts(editor: Visitor, people: People) -> None:
    assert visitor(people("reporter", "Bo Colleague")).ask(SUMMARY).status_code == 403
    editor.form(f"{BLOG}status/", to="close")
    assert editor.ask(SUMMARY).status_code == 409


def test_the_desk_offers_it_and_on_closing_too(editor: Visitor, people: People) -> None:
    editor.send(POSTS, {"key": "k", "intent": "publish", "document": doc("One.")})
    page = editor.page(BLOG).content.decode()
    assert 'id="new-summary"' in page
    assert 'id="closing-summary"' in page
    colleague = visitor(people("reporter", "Bo Colleague")).page(BLOG).content.decode()
    assert "data-new-summary" not in colleague
