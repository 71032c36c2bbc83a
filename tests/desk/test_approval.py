"""Two pairs of eyes at the desk: what each side sees, and what the composer's buttons do under the house rule."""

import pytest
from django.db import transaction
from tests.desk.ground import open_surge
from tests.desk.visitor import BLOG, POSTS, Visitor, doc, post_body, visitor
from tests.people import People

from stoppress.liveblogs.models import Post
from stoppress.newsroom.models import Publisher

pytestmark = [pytest.mark.database, pytest.mark.django_db]

RULES = "/desk/title/rules/"


@pytest.fixture
def ana(people: People) -> Visitor:
    """A reporter under the rule."""
    open_surge(people)
    visitor(people("producer")).form(RULES, two_pairs_of_eyes="on", alt_text_required="on")
    return visitor(people("reporter", "Ana Owner"))


@pytest.fixture
def edith(people: People) -> Visitor:
    return visitor(people("editor", "Edith Lead"))


def page(who: Visitor) -> str:
    return str(who.page(BLOG).content.decode())


def test_publish_becomes_submit_and_comes_back_with_a_note(ana: Visitor, edith: Visitor) -> None:
    assert ">Submit</button>" in page(ana)
    assert ">Publish</button>" in page(edith)
    written = ana.send(POSTS, post_body("The bridge is shut.")).json()
    assert (written["state"], "Waits for an editor" in written["html"]) == ("submitted", True)
    here = f"{POSTS}{written['id']}/"

    assert "Take back" in page(ana)
    for words in ("Waiting for an editor", "Ana Owner, since", "return/", "approve/", "The bridge is shut."):
        assert words in page(edith), words
    changes = edith.ask(f"{BLOG}changes/?after=1").json()
    assert "Waiting for an editor" in changes["coming"]

    returned = edith.press(f"{here}return/", note="Who says <so>?")
    assert returned.json()["message"].startswith("Returned")
    for who in (ana, edith):
        assert "Who says &lt;so&gt;?" in page(who)
    mended = post_body("The bridge is shut, the police say.", "publish")
    assert ana.send(f"{here}content/", mended).json()["state"] == "submitted"
    assert "Who says &lt;so&gt;?" in page(edith)  # the editor is reminded of it

    stale = edith.press(f"{here}approve/", revision="1")
    assert (stale.status_code, "changed after you had read it" in stale.json()["detail"]) == (412, True)
    assert edith.press(f"{here}approve/", revision="2").json()["message"] == "Approved."
    assert Post.objects.get().state == "published"
    assert "Who says" not in page(ana)


def test_the_list_of_live_blogs_says_what_waits(ana: Visitor, edith: Visitor, people: People) -> None:
    ana.publish("The bridge is shut.")
    ana.draft("Not yet.")
    for who in (ana, edith):
        assert "1 waiting" in who.page("/desk/").content.decode()
    assert "waiting" not in visitor(people("reporter", "Bo Colleague")).page("/desk/").content.decode()


def test_a_time_is_asked_for(ana: Visitor, edith: Visitor) -> None:
    body = post_body("The bridge opens.", "schedule", publish_at="2099-06-01T09:00")
    post = ana.send(POSTS, body).json()
    assert post["state"] == "submitted"
    assert "To go out" in post["html"]
    assert "Monday 1 June at 09:00 in Kyiv (EEST)" in page(edith)
    assert ">Approve</button>" in page(edith)
    edith.press(f"{POSTS}{post['id']}/approve/", revision="1")
    assert Post.objects.get().state == "scheduled"
    assert "Publish now" not in page(ana)
    assert "Call off" in page(ana)


def test_an_editor_mends_it_and_publishes(ana: Visitor, edith: Visitor) -> None:
    post = ana.publish("The brige is shut.")
    mended = post_body("The bridge is shut.", base_revision=1)
    assert edith.send(f"{POSTS}{post}/content/", mended).json()["state"] == "published"


def test_the_author_takes_it_back(ana: Visitor) -> None:
    post = ana.publish("The bridge is shut.")
    refused = ana.send(f"{POSTS}{post}/content/", post_body("Not yet.", "draft"))
    assert (refused.status_code, "take it back" in refused.json()["detail"]) == (409, True)
    assert ana.press(f"{POSTS}{post}/take-back/").json()["message"].startswith("Taken back")
    assert ana.press(f"{POSTS}{post}/submit/").json()["message"].startswith("Submitted")


def test_who_may_do_what_to_a_submitted_post(ana: Visitor, people: People) -> None:
    post = ana.publish("The bridge is shut.")
    expected = {
        "submit/": {"Ana Owner": 200, "reporter": 404, "moderator": 404, "editor": 200},
        "take-back/": {"Ana Owner": 200, "reporter": 404, "moderator": 404, "editor": 403},
        "approve/": {"Ana Owner": 403, "reporter": 404, "moderator": 404, "editor": 200},
        "return/": {"Ana Owner": 403, "reporter": 404, "moderator": 404, "editor": 200},
        "publish/": {"Ana Owner": 403, "reporter": 404, "moderator": 404, "editor": 200},
        "content/": {"Ana Owner": 409, "reporter": 404, "moderator": 404, "editor": 200},
    }
    for end, answers in expected.items():
        for who, status in answers.items():
            someone = ana if who == "Ana Owner" else visitor(people(who))
            with transaction.atomic():  # nobody finds what another changed
                if end == "content/":
                    answer = someone.send(f"{POSTS}{post}/content/", post_body("Other words.", "draft"))
                else:
                    answer = someone.press(f"{POSTS}{post}/{end}", note="No.", revision="1")
                transaction.set_rollback(True)
            assert answer.status_code == status, (end, who, answer.content)


def test_what_readers_see_is_the_editors_to_change(ana: Visitor, edith: Visitor) -> None:
    post = ana.publish("The bridge is shut.")
    edith.press(f"{POSTS}{post}/approve/", revision="1")
    refused = ana.send(f"{POSTS}{post}/content/", post_body("It is open.", "amend"))
    assert (refused.status_code, "two pairs of eyes" in refused.json()["detail"]) == (403, True)
    assert "data-edit" not in ana.ask(f"{POSTS}{post}/fragment/").json()["html"]
    assert "data-edit" in edith.ask(f"{POSTS}{post}/fragment/").json()["html"]


@pytest.mark.parametrize("revision", ["", "x", "0", "9" * 30])
def test_an_approval_says_what_was_read(ana: Visitor, edith: Visitor, revision: str) -> None:
    post = ana.publish("The bridge is shut.")
    assert edith.press(f"{POSTS}{post}/approve/", revision=revision).status_code == 422


def test_a_producer_sets_the_house_rules(people: People) -> None:
    producer = visitor(people("producer"))
    assert producer.form(RULES, source_required="on").status_code == 302
    title = Publisher.objects.get()
    assert (title.two_pairs_of_eyes, title.alt_text_required, title.source_required) == (False, False, True)
    shown = producer.page("/desk/title/").content.decode()
    assert 'name="source_required" checked' in shown
    assert 'name="alt_text_required" checked' not in shown


def test_the_rules_on_text_hold_for_what_goes_out(people: People) -> None:
    open_surge(people)
    edith = visitor(people("editor", "Edith Lead"))
    picture = {"type": "image", "attrs": {"src": "/media/m/480.webp", "alt": " ", "media": "m"}}
    bare = doc("Look.") | {"content": [*doc("Look.")["content"], picture]}  # type: ignore[misc]  # a list
    claim = {"type": "claim", "attrs": {"source": "", "state": "unverified"}}
    words = {"type": "text", "text": "It burns", "marks": [claim]}
    unsourced = {"type": "doc", "content": [{"type": "paragraph", "content": [words]}]}
    for document, rule, word in (
        (bare, "alt_text_required", "no alt text"),
        (unsourced, "source_required", "“It burns” has no source"),
    ):
        Publisher.objects.update(**{rule: True})
        refused = edith.send(POSTS, post_body(document=document))
        assert (refused.status_code, word in refused.json()["detail"]) == (422, True), refused.content
        assert edith.send(POSTS, post_body(intent="draft", document=document)).status_code == 201
        Publisher.objects.update(**{rule: False})
        assert edith.send(POSTS, post_body(document=document)).status_code == 201
