"""Another state for a claim: everywhere at once, with the old one kept, and never over somebody else's change."""

import re
from datetime import datetime
from typing import Any

import pytest
from tests.liveblogs.newsdesk import Desk, open_desk
from tests.people import People

from stoppress.document.claims import claims
from stoppress.document.parse import parse_document
from stoppress.document.schema import Document
from stoppress.document.text import plain_text
from stoppress.liveblogs.actions.amend_post import amend_post
from stoppress.liveblogs.actions.change_claim import ClaimChange, change_claim
from stoppress.liveblogs.actions.change_liveblog import LiveBlogChange, change_liveblog
from stoppress.liveblogs.actions.change_status import close_liveblog
from stoppress.liveblogs.actions.content import PostContent, Written
from stoppress.liveblogs.actions.draft_post import draft_post
from stoppress.liveblogs.actions.publish_post import publish_new_post
from stoppress.liveblogs.actions.rebuild_liveblog import rebuild_liveblog
from stoppress.liveblogs.actions.withdraw_post import withdraw_post
from stoppress.liveblogs.models import Correction, Event, PageClaim, PagePost, Post, Revision
from stoppress.liveblogs.refusals import InvalidInput, NotAllowed, NotFound, StaleRevision, WrongState

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def desk(people: People, noon: datetime) -> Desk:
    return open_desk(people("editor"), noon)


def claimed(*said: tuple[str, str, str]) -> PostContent:
    """A paragraph for each claim: its words, whose it is, its name."""
    blocks = [
        {
            "type": "paragraph",
            "content": [
                {
                    "type": "text",
                    "text": text,
                    "marks": [{"type": "claim", "attrs": {"source": source, "id": name}}],
                }
            ],
        }
        for text, source, name in said
    ]
    return PostContent(document=parse_document({"type": "doc", "content": blocks}))


GATE, HURT = ("The gate is shut", "the harbour master", "gate"), ("Two are hurt", "a caller", "hurt")


def publish(desk: Desk, *said: tuple[str, str, str]) -> Written:
    return publish_new_post(
        by=desk.by, slug=desk.blog.slug, content=claimed(*said or (GATE, HURT)), at=desk.tick()
    )


def change(desk: Desk, written: Written, state: str, note: str = "", claim: str = "gate") -> Written:
    return change_claim(
        by=desk.by,
        post_id=written.post_id,
        change=ClaimChange(claim_id=claim, state=state, note=note),
        base_revision=written.revision,
        at=desk.tick(),
    )


def kinds() -> list[str]:
    return list(Event.objects.order_by("seq").values_list("kind", flat=True))


def stored() -> list[dict[str, Any]]:
    rows = PageClaim.objects.order_by("post_id", "number")
    return [
        dict(row)
        for row in rows.values("post_id", "number", "claim_id", "state", "source", "text", "since", "html")
    ]


def test_the_new_word_is_everywhere_and_the_old_one_is_kept(desk: Desk) -> None:
    first = publish(desk)
    written = change(desk, first, "confirmed")
    post, row = Post.objects.get(), PagePost.objects.get()
    assert (written.revision, written.seq) == (2, row.changed_seq)
    said = "The gate is shut (confirmed; first said by the harbour master)\nTwo are hurt (unverified, says a caller)"
    assert plain_text(Document.stored(post.document)) == said
    for form in (row.html, row.json_ld, row.atom, row.rss, row.json_feed, row.ninjs):
        assert "(confirmed; first said by the harbour master)" in form
        assert "(unverified, says a caller)" in form
    old = Document.stored(Revision.objects.get(number=1).document)
    assert [claim.state for claim in claims(old)] == ["unverified", "unverified"]
    assert re.search(r"<del>.*?unverified.*?</del>", row.history_html)
    assert re.search(r"<ins>.*?confirmed.*?</ins>", row.history_html)
    assert kinds()[-1] == "post.claim_changed"
    assert [(one["claim_id"], one["state"]) for one in stored()] == [
        ("gate", "confirmed"),
        ("hurt", "unverified"),
    ]
    assert not Correction.objects.exists()


def test_a_false_claim_may_bring_a_public_correction(desk: Desk) -> None:
    written = change(desk, publish(desk), "false", "The gate stood open all night.")
    note = Correction.objects.get()
    assert (note.text, note.revision) == ("The gate stood open all night.", 2)
    assert kinds()[-1] == "post.corrected"
    assert "The gate stood open all night." in PagePost.objects.get(pk=written.post_id).html


def test_without_a_note_it_is_no_correction(desk: Desk) -> None:
    change(desk, publish(desk), "false")
    assert kinds()[-1] == "post.claim_changed"


@pytest.mark.parametrize("state", ["confirmed", "disputed", "unverified"])
def test_a_note_is_for_what_is_false(desk: Desk, state: str) -> None:
    with pytest.raises(InvalidInput, match="a correction, for a claim that is false"):
        change(desk, publish(desk), state, "So it is.")


def test_the_state_it_has_changes_nothing(desk: Desk) -> None:
    first = publish(desk)
    before = kinds()
    assert change(desk, first, "unverified") == first
    assert kinds() == before
    assert Revision.objects.count() == 1


def test_whoever_comes_second_is_told(desk: Desk) -> None:
    first = publish(desk)
    change(desk, first, "confirmed")
    with pytest.raises(StaleRevision) as stale:
        change(desk, first, "false", claim="hurt")
    assert stale.value.current == 2
    assert [one["state"] for one in stored()] == ["confirmed", "unverified"]


def test_what_is_no_claim_of_the_post_is_refused(desk: Desk) -> None:
    first = publish(desk)
    with pytest.raises(NotFound, match="no such claim"):
        change(desk, first, "false", claim="nothing")
    with pytest.raises(InvalidInput, match="A claim is one of unverified, confirmed"):
        change(desk, first, "perhaps")


def test_only_what_readers_see(desk: Desk) -> None:
    kept = draft_post(by=desk.by, slug="surge", content=claimed(GATE), at=desk.tick())
    assert not PageClaim.objects.exists()
    with pytest.raises(WrongState, match="draft, not published"):
        change(desk, kept, "false")


def test_who_may(desk: Desk, people: People) -> None:
    written = publish(desk)
    for role in ("reporter", "moderator"):
        with pytest.raises(NotAllowed):
            change(Desk(people(role), desk.blog, desk.at), written, "false")
    mine = Desk(people("reporter"), desk.blog, desk.at)
    assert change(mine, publish(mine), "false").revision == 2


def test_a_closed_live_blog_is_put_right_too(desk: Desk) -> None:
    written = publish(desk)
    close_liveblog(by=desk.by, slug="surge", at=desk.tick())
    assert change(desk, written, "false").revision == 2


def test_the_list_tells_since_when_and_what_was_before(desk: Desk) -> None:
    first = publish(desk)
    second = change(desk, first, "disputed")
    reworded = claimed(("The north gate is shut", "the harbour master", "gate"), HURT)
    other = Document.stored(Post.objects.get().document)
    assert [claim.state for claim in claims(other)] == ["disputed", "unverified"]
    amend_post(
        by=desk.by, post_id=first.post_id, content=reworded, base_revision=second.revision, at=desk.tick()
    )
    row = PageClaim.objects.get(claim_id="gate")
    assert (row.state, row.text) == ("unverified", "The north gate is shut")
    assert row.html.count("<time") == 4
    assert "Before: unverified since " in row.html
    assert "disputed since " in row.html
    assert f'href="/live/surge/posts/{first.post_id}"' in row.html
    assert "<strong>Unverified</strong>, says the harbour master" in row.html


def test_a_withdrawn_post_claims_nothing(desk: Desk) -> None:
    written = change(desk, publish(desk), "disputed")
    withdraw_post(by=desk.by, post_id=written.post_id, reason="Not so.", at=desk.tick())
    assert not PageClaim.objects.exists()


def test_rebuilt_is_stored(desk: Desk) -> None:
    one = change(desk, publish(desk), "disputed")
    change(desk, one, "false", "It stood open.")
    gone = publish(desk)
    withdraw_post(by=desk.by, post_id=gone.post_id, reason="Not so.", at=desk.tick())
    publish(desk, ("Roads are dry", "", ""))
    before = stored()
    assert len(before) == 3
    rebuild_liveblog(blog_id=desk.blog.pk, by="Stoppress", at=desk.tick())
    assert stored() == before


def test_another_zone_is_told_in_the_list(desk: Desk) -> None:
    publish(desk)
    change_liveblog(by=desk.by, slug="surge", change=LiveBlogChange(timezone="Asia/Tokyo"), at=desk.tick())
    assert all("JST" in row.html for row in PageClaim.objects.all())
