"""The desk's lists of claims: at the side of the timeline, and on a page with filters; settled by one press."""

import pytest
from tests.desk.ground import open_surge
from tests.desk.visitor import BLOG, POSTS, Visitor, visitor
from tests.people import People

from stoppress.liveblogs.models import Correction, PageClaim, Post
from stoppress.newsroom.models import Publisher

pytestmark = [pytest.mark.database, pytest.mark.django_db]

CLAIMS = f"{BLOG}claims/"


@pytest.fixture
def editor(people: People) -> Visitor:
    open_surge(people)
    return visitor(people("editor", "Edith Lead"))


def claimed(text: str, name: str, state: str = "unverified") -> dict[str, object]:
    mark = {"type": "claim", "attrs": {"source": "the <harbour> master", "state": state, "id": name}}
    said = {"type": "text", "text": text, "marks": [mark]}
    return {"type": "doc", "content": [{"type": "paragraph", "content": [said]}]}


def publish(
    who: Visitor, text: str = "The gate is shut", name: str = "gate", state: str = "unverified"
) -> str:
    return who.publish(document=claimed(text, name, state))


def path(post: str, name: str = "gate") -> str:
    return f"{POSTS}{post}/claims/{name}/"


def state(name: str = "gate") -> str:
    return PageClaim.objects.get(claim_id=name).state


def test_open_claims_stand_at_the_side(editor: Visitor) -> None:
    assert "Nothing waits to be checked." in editor.page(BLOG).content.decode()
    post = publish(editor)
    publish(editor, "Two were hurt", "hurt", "confirmed")
    page = editor.page(BLOG).content.decode()
    side = page[page.index('id="claims-head"') : page.index('id="pinned-head"')]
    assert "The gate is shut</a>" in side
    assert "says the &lt;harbour&gt; master" in side
    assert "Two were hurt" not in side
    assert path(post) in side
    assert [word in side for word in ("Confirmed</button>", "Disputed</button>", "False</button>")] == [
        True
    ] * 3


def test_one_press_settles_it_and_a_second_does_nothing_more(editor: Visitor) -> None:
    post = publish(editor)
    for _ in range(2):
        answer = editor.press(path(post), key="same", state="confirmed", base_revision="1")
        assert answer.status_code == 200, answer.content
    assert "Confirmed" in answer.json()["message"]
    assert "(confirmed; first said by" in answer.json()["html"]
    assert (state(), Post.objects.get().revision) == ("confirmed", 2)
    assert "The gate is shut" not in editor.ask(f"{BLOG}changes/?after=0").json()["side"]


def test_whoever_looked_at_an_older_version_is_told(editor: Visitor) -> None:
    post = publish(editor)
    editor.press(path(post), state="confirmed", base_revision="1")
    stale = editor.press(path(post), state="false", base_revision="1")
    assert stale.status_code == 412
    shown = editor.client.post(
        path(post), {"key": "k", "state": "false", "base_revision": "1", "back": "state=all"}, follow=True
    )
    assert shown.redirect_chain[-1][0] == f"{CLAIMS}?state=all"
    assert "revision 2 was saved meanwhile" in shown.content.decode()
    assert editor.press(path(post), state="false").status_code == 422  # no revision at all
    assert state() == "confirmed"


def test_false_with_a_correction(editor: Visitor) -> None:
    post = publish(editor)
    editor.press(path(post), state="false", note="It stood open.", base_revision="1")
    assert Correction.objects.get().text == "It stood open."
    refused = editor.press(path(post), state="disputed", note="It stood open.", base_revision="2")
    assert refused.status_code == 422
    assert refused.json()["field"] == "note"


def test_the_page_of_all_claims_has_filters(editor: Visitor) -> None:
    publish(editor)
    publish(editor, "Two were hurt", "hurt", "confirmed")

    def shown(query: str) -> list[bool]:
        page = editor.page(f"{CLAIMS}?{query}").content.decode()
        return [text in page for text in ("The gate is shut", "Two were hurt")]

    assert shown("") == [True, False]
    assert shown("state=all") == [True, True]
    assert shown("state=confirmed") == [False, True]
    assert shown("state=false") == [False, False]
    assert shown("state=nonsense") == [True, False]
    assert shown("state=all&q=harbour+TWO") == [False, True]
    assert shown("state=all&q=nobody") == [False, False]


def test_a_plain_form_comes_back_to_its_list(editor: Visitor) -> None:
    post = publish(editor)
    answer = editor.form(path(post), state="disputed", base_revision="1", back="state=all&q=gate&next=//evil")
    assert answer.status_code == 302
    assert answer.url == f"{CLAIMS}?state=all&q=gate"
    assert editor.form(path(post), state="false", base_revision="2").url == BLOG


def test_a_colleague_sees_and_does_not_settle(editor: Visitor, people: People) -> None:
    post = publish(editor)
    colleague = visitor(people("reporter", "Bo Colleague"))
    page = colleague.page(CLAIMS).content.decode()
    assert "The gate is shut" in page
    assert path(post) not in page
    assert colleague.press(path(post), state="false", base_revision="1").status_code == 403
    own = publish(colleague, name="own")
    assert path(own, "own") in colleague.page(CLAIMS).content.decode()
    assert colleague.press(path(own, "own"), state="false", base_revision="1").status_code == 200


def test_with_two_pairs_of_eyes_an_editor_settles(editor: Visitor, people: People) -> None:
    reporter = visitor(people("reporter", "Bo Colleague"))
    post = publish(reporter)
    Publisher.objects.update(two_pairs_of_eyes=True)
    assert path(post) not in reporter.page(CLAIMS).content.decode()
    assert reporter.press(path(post), state="false", base_revision="1").status_code == 403
    assert editor.press(path(post), state="false", base_revision="1").status_code == 200


def test_it_stands_in_this_live_blog_or_nowhere(editor: Visitor) -> None:
    post = publish(editor)
    assert editor.press(path("0" * 20), state="false", base_revision="1").status_code == 404
    assert editor.press(path(post, "nothing"), state="false", base_revision="1").status_code == 404
