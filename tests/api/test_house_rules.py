"""The house rules hold over the API too: a token can do what its owner can do, no more."""

from datetime import timedelta

import pytest
from tests.api.caller import BASE, POSTS, Caller, caller, open_surge
from tests.people import People

from stoppress.lib import clock
from stoppress.liveblogs.actions.submit_post import submit_post
from stoppress.liveblogs.models import PagePost, Post
from stoppress.newsroom.models import Publisher
from stoppress.newsroom.roles import Staff

pytestmark = [pytest.mark.database, pytest.mark.django_db]

PICTURE = {"type": "image", "attrs": {"src": "/media/m/480.webp", "alt": "", "media": "m"}}
CLAIM = {"type": "claim", "attrs": {"source": " ", "state": "unverified"}}


@pytest.fixture
def editor(people: People) -> Caller:
    by = people("editor")
    open_surge(by)
    Publisher.objects.update(two_pairs_of_eyes=True)
    return caller(by)


@pytest.fixture
def ana(people: People) -> Staff:
    return people("reporter", "Ana Owner")


def test_a_reporters_token_keeps_drafts(editor: Caller, ana: Staff) -> None:
    reporter = caller(ana)
    later = (clock.now() + timedelta(hours=2)).isoformat()
    for body in ({"markdown": "Now."}, {"markdown": "Later.", "publish_at": later}):
        refused = reporter.post(POSTS, body)
        assert refused.status == 403
        assert "two pairs of eyes" in refused["detail"]
    draft = reporter.post(POSTS, {"markdown": "Kept.", "draft": True})["id"]
    for change in ({"draft": False}, {"publish_at": later}):
        assert reporter.ask("PATCH", f"{POSTS}/{draft}", change).status == 403
    assert not PagePost.objects.exists()
    assert editor.ask("PATCH", f"{POSTS}/{draft}", {"draft": False}).status == 200
    amended = reporter.ask("PATCH", f"{POSTS}/{draft}", {"markdown": "Changed."})
    assert (amended.status, "an editor changes" in amended["detail"]) == (403, True)
    assert reporter.post(f"{POSTS}/{draft}/withdraw", {"reason": "Wrong."}).status == 200


def test_a_submitted_post(editor: Caller, ana: Staff) -> None:
    reporter = caller(ana)
    post = reporter.post(POSTS, {"markdown": "Kept.", "draft": True})["id"]
    submit_post(by=ana, post_id=post, at=clock.now())
    assert reporter.look(post)["state"] == "submitted"
    refused = reporter.ask("PATCH", f"{POSTS}/{post}", {"markdown": "Changed."})
    assert (refused.status, "take it back" in refused["detail"]) == (409, True)
    assert editor.ask("PATCH", f"{POSTS}/{post}", {"markdown": "Mended."})["state"] == "submitted"
    assert editor.ask("PATCH", f"{POSTS}/{post}", {"draft": False})["state"] == "published"
    assert "Mended." in PagePost.objects.get().html


@pytest.mark.parametrize(
    ("rule", "document", "words"),
    [
        ("alt_text_required", {"type": "doc", "content": [PICTURE]}, "no alt text"),
        (
            "source_required",
            {
                "type": "doc",
                "content": [
                    {"type": "paragraph", "content": [{"type": "text", "text": "It burns", "marks": [CLAIM]}]}
                ],
            },
            "has no source",
        ),
    ],
)
def test_what_no_post_goes_out_without(
    editor: Caller, rule: str, document: dict[str, object], words: str
) -> None:
    Publisher.objects.update(**{rule: True})
    later = (clock.now() + timedelta(hours=2)).isoformat()
    headline = {"headline": "Look", "document": document}
    for body in (headline, {**headline, "publish_at": later}):
        refused = editor.post(POSTS, body)
        assert (refused.status, words in refused["detail"]) == (422, True), refused.json
    draft = editor.post(POSTS, {**headline, "draft": True})
    assert draft.status == 201
    assert editor.ask("PATCH", f"{POSTS}/{draft['id']}", {"draft": False}).status == 422
    good = editor.post(POSTS, {"markdown": "Words."})["id"]
    assert editor.ask("PATCH", f"{POSTS}/{good}", {"document": document}).status == 422
    Publisher.objects.update(**{rule: False})
    assert editor.post(POSTS, headline).status == 201
    assert Post.objects.filter(state="published").count() == 2
    assert editor.ask("GET", f"{BASE}/liveblogs/surge").status == 200
