"""Two pairs of eyes: submit, return, submit again, publish; and nobody round it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from tests.liveblogs.newsdesk import Desk, content, open_desk
from tests.people import People

from stoppress.document.schema import EMPTY
from stoppress.liveblogs import access, queries
from stoppress.liveblogs.actions.amend_post import amend_post
from stoppress.liveblogs.actions.change_status import close_liveblog
from stoppress.liveblogs.actions.content import PostContent, Written
from stoppress.liveblogs.actions.draft_post import discard_draft, draft_post, save_draft
from stoppress.liveblogs.actions.publish_post import publish_new_post, publish_post
from stoppress.liveblogs.actions.return_post import approve_post, return_post
from stoppress.liveblogs.actions.schedule_post import schedule_new_post, schedule_post, unschedule_post
from stoppress.liveblogs.actions.submit_post import submit_new_post, submit_post, take_back_post
from stoppress.liveblogs.actions.withdraw_post import withdraw_post
from stoppress.liveblogs.models import Event, PagePost, Post, ReviewNote
from stoppress.liveblogs.refusals import (
    BlogClosed,
    InvalidInput,
    NotAllowed,
    NotFound,
    StaleRevision,
    WrongState,
)
from stoppress.newsroom.actions.change_staff import change_role
from stoppress.newsroom.actions.set_house_rules import set_house_rules
from stoppress.newsroom.house_rules import HouseRules
from stoppress.newsroom.models import AuditEntry
from stoppress.newsroom.queries import house_rules, staff_by_id
from stoppress.newsroom.refusals import ManagersOnly
from stoppress.newsroom.roles import Role, Staff
from stoppress.worker.publish_due import publish_due

pytestmark = [pytest.mark.database, pytest.mark.django_db]

LATER = timedelta(hours=3)
TWO_PAIRS = HouseRules(two_pairs_of_eyes=True, alt_text_required=True, source_required=False)
ONE_PAIR = HouseRules(two_pairs_of_eyes=False, alt_text_required=True, source_required=False)


@pytest.fixture
def desk(people: People, noon: datetime) -> Desk:
    """An editor's live blog under the house rule."""
    made = open_desk(people("editor", "Edith Lead"), noon)
    set_house_rules(by=people("producer"), rules=TWO_PAIRS, at=noon)
    return made


@pytest.fixture
def ana(people: People) -> Staff:
    return people("reporter", "Ana Owner")


def submitted(desk: Desk, by: Staff, publish_at: datetime | None = None) -> Written:
    text = content("The bridge is shut.")
    return submit_new_post(by=by, slug="surge", content=text, publish_at=publish_at, at=desk.tick())


def kinds(post_id: str) -> list[str]:
    return list(Event.objects.filter(post_id=post_id).order_by("seq").values_list("kind", flat=True))


def test_from_the_reporter_to_the_reader(desk: Desk, ana: Staff) -> None:
    written = submitted(desk, ana)
    post = Post.objects.get(pk=written.post_id)
    assert (post.state, post.submitted_at) == ("submitted", desk.at)
    assert [waiting.pk for waiting in queries.coming(desk.by, "surge")] == [post.pk]
    assert not PagePost.objects.exists()

    return_post(by=desk.by, post_id=post.pk, note="Who says so?\nName them.", at=desk.tick())
    back = queries.coming(ana, "surge")[0]
    assert (back.state, back.submitted_at) == ("draft", None)
    note = back.review_notes.get()
    assert (note.text, note.name, note.revision) == ("Who says so? Name them.", "Edith Lead", 1)

    save_draft(by=ana, post_id=post.pk, content=content("Shut, the police say."), at=desk.tick())
    submit_post(by=ana, post_id=post.pk, at=desk.tick())
    assert submit_post(by=ana, post_id=post.pk, at=desk.tick()).revision == 2  # said twice
    approve_post(by=desk.by, post_id=post.pk, base_revision=2, at=desk.tick())

    post.refresh_from_db()
    assert (post.state, post.submitted_at, post.first_published_at) == ("published", None, desk.at)
    assert "police" in PagePost.objects.get().html
    assert kinds(post.pk) == [
        *("post.drafted", "post.submitted", "post.returned", "post.draft_saved"),
        *("post.submitted", "post.published"),
    ]
    by = Event.objects.filter(post_id=post.pk).order_by("seq").values_list("by", flat=True)
    assert list(by)[-2:] == ["Ana Owner", "Edith Lead"]
    approve_post(by=desk.by, post_id=post.pk, at=desk.tick())  # pressed twice
    assert kinds(post.pk).count("post.published") == 1


def test_a_reporter_shows_readers_nothing_alone(desk: Desk, ana: Staff) -> None:
    draft = draft_post(by=ana, slug="surge", content=content(), at=desk.tick()).post_id
    scheduled = schedule_new_post(
        by=desk.by, slug="surge", content=content(), publish_at=desk.at + LATER, at=desk.tick()
    ).post_id
    Post.objects.filter(pk=scheduled).update(created_by=ana.user_id)
    refused: list[Callable[[], object]] = [
        lambda: publish_new_post(by=ana, slug="surge", content=content(), at=desk.at),
        lambda: publish_post(by=ana, post_id=draft, at=desk.at),
        lambda: publish_post(by=ana, post_id=scheduled, at=desk.at),
        lambda: schedule_post(by=ana, post_id=draft, publish_at=desk.at + LATER, at=desk.at),
        lambda: schedule_new_post(
            by=ana, slug="surge", content=content(), publish_at=desk.at + LATER, at=desk.at
        ),
    ]
    for deed in refused:
        with pytest.raises(NotAllowed, match="two pairs of eyes"):
            deed()
    with pytest.raises(WrongState, match="call it off"):
        save_draft(by=ana, post_id=scheduled, content=content("Other words."), at=desk.at)
    assert not PagePost.objects.exists()
    unschedule_post(by=ana, post_id=scheduled, at=desk.tick())
    save_draft(by=ana, post_id=scheduled, content=content("Other words."), at=desk.at)


def test_what_readers_see_is_changed_by_editors(desk: Desk, ana: Staff) -> None:
    post = submitted(desk, ana).post_id
    approve_post(by=desk.by, post_id=post, at=desk.tick())
    with pytest.raises(NotAllowed, match="an editor changes what readers see"):
        amend_post(by=ana, post_id=post, content=content("Worse."), correction="Wrong.", at=desk.tick())
    amend_post(by=desk.by, post_id=post, content=content("Better."), at=desk.tick())
    withdraw_post(by=ana, post_id=post, reason="It was wrong.", at=desk.tick())


def test_nobody_approves_or_returns_their_own(desk: Desk, ana: Staff, people: People) -> None:
    post = submitted(desk, ana).post_id
    change_role(by=people("admin"), user_id=ana.user_id, role=Role.EDITOR, at=desk.at)
    promoted = staff_by_id(ana.user_id)
    assert promoted is not None
    assert not access.may_approve(promoted, Post.objects.get(pk=post))
    later = desk.at + LATER
    deeds: list[Callable[[], object]] = [
        lambda: approve_post(by=promoted, post_id=post, at=desk.at),
        lambda: publish_post(by=promoted, post_id=post, at=desk.at),
        lambda: schedule_post(by=promoted, post_id=post, publish_at=later, at=desk.at),
        lambda: return_post(by=promoted, post_id=post, note="Fine.", at=desk.at),
    ]
    for deed in deeds:
        with pytest.raises(NotAllowed, match="somebody else"):
            deed()
    assert access.may_approve(desk.by, Post.objects.get(pk=post))


@pytest.mark.parametrize("role", ["editor", "producer", "admin"])
def test_whoever_leads_decides(desk: Desk, ana: Staff, people: People, role: str) -> None:
    lead = people(role, "Second Lead")
    return_post(by=lead, post_id=submitted(desk, ana).post_id, note="No.", at=desk.tick())
    approve_post(by=lead, post_id=submitted(desk, ana).post_id, at=desk.tick())
    assert PagePost.objects.count() == 1


def test_others_neither_see_nor_decide(desk: Desk, ana: Staff, people: People) -> None:
    post = submitted(desk, ana).post_id
    deeds: list[Callable[[Staff], object]] = [
        lambda by: approve_post(by=by, post_id=post, at=desk.at),
        lambda by: return_post(by=by, post_id=post, note="No.", at=desk.at),
        lambda by: take_back_post(by=by, post_id=post, at=desk.at),
        lambda by: submit_post(by=by, post_id=post, at=desk.at),
    ]
    for other in (people("reporter", "Bo Colleague"), people("moderator")):
        assert queries.coming(other, "surge") == []
        for deed in deeds:
            with pytest.raises((NotFound, NotAllowed)):
                deed(other)
    with pytest.raises(NotAllowed):
        submit_new_post(by=people("moderator"), slug="surge", content=content(), at=desk.at)
    with pytest.raises(NotAllowed, match="author"):
        take_back_post(by=desk.by, post_id=post, at=desk.at)
    for deed in deeds[:2]:
        with pytest.raises(NotAllowed):
            deed(ana)


def test_its_author_takes_it_back_to_change_it(desk: Desk, ana: Staff) -> None:
    post = submitted(desk, ana).post_id
    with pytest.raises(WrongState, match="take it back"):
        save_draft(by=ana, post_id=post, content=content("Other words."), at=desk.tick())
    with pytest.raises(WrongState):
        discard_draft(by=ana, post_id=post, at=desk.tick())
    take_back_post(by=ana, post_id=post, at=desk.tick())
    save_draft(by=ana, post_id=post, content=content("Other words."), at=desk.tick())
    deeds: list[Callable[[], object]] = [
        lambda: approve_post(by=desk.by, post_id=post, at=desk.tick()),
        lambda: return_post(by=desk.by, post_id=post, note="No.", at=desk.tick()),
        lambda: take_back_post(by=ana, post_id=post, at=desk.tick()),
    ]
    for deed in deeds:
        with pytest.raises(WrongState, match="waits for nobody"):
            deed()
    assert kinds(post)[-2:] == ["post.taken_back", "post.draft_saved"]


def test_an_editor_approves_the_text_that_was_read(desk: Desk, ana: Staff) -> None:
    post = submitted(desk, ana).post_id
    save_draft(by=desk.by, post_id=post, content=content("With a comma,"), at=desk.tick())
    with pytest.raises(StaleRevision):
        approve_post(by=desk.by, post_id=post, base_revision=1, at=desk.tick())
    assert Post.objects.get(pk=post).state == "submitted"
    approve_post(by=desk.by, post_id=post, base_revision=2, at=desk.tick())


def test_a_time_that_was_asked_for(desk: Desk, ana: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    at = desk.at + LATER
    post = submitted(desk, ana, publish_at=at).post_id
    assert Post.objects.get(pk=post).publish_at == at
    approve_post(by=desk.by, post_id=post, at=desk.tick())
    row = Post.objects.get(pk=post)
    assert (row.state, row.publish_at, row.submitted_at) == ("scheduled", at, None)
    monkeypatch.setattr("stoppress.lib.clock.now", lambda: at)
    assert publish_due() == 1  # in the name of the editor who approved it
    late = submitted(desk, ana, publish_at=at + LATER).post_id
    desk.at = at + LATER + LATER
    approve_post(by=desk.by, post_id=late, at=desk.at)  # too late for it: at once
    assert Post.objects.get(pk=late).first_published_at == desk.at


def test_a_post_scheduled_before_the_rule_waits_for_somebody(
    people: People, noon: datetime, ana: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_desk(people("editor", "Edith Lead"), noon)
    post = schedule_new_post(
        by=ana, slug="surge", content=content(), publish_at=noon + LATER, at=desk.tick()
    ).post_id
    set_house_rules(by=people("producer"), rules=TWO_PAIRS, at=noon)
    monkeypatch.setattr("stoppress.lib.clock.now", lambda: noon + LATER)
    assert publish_due() == 0
    assert Post.objects.get(pk=post).state == "draft"


def test_what_cannot_be_submitted(desk: Desk, ana: Staff, people: People) -> None:
    with pytest.raises(InvalidInput, match="empty"):
        submit_new_post(by=ana, slug="surge", content=PostContent(document=EMPTY), at=desk.tick())
    with pytest.raises(InvalidInput, match="has passed"):
        submitted(desk, ana, publish_at=desk.at - LATER)
    post = submitted(desk, ana).post_id
    with pytest.raises(InvalidInput, match="note is empty"):
        return_post(by=desk.by, post_id=post, note=" \n ", at=desk.tick())
    published = publish_new_post(by=desk.by, slug="surge", content=content(), at=desk.tick()).post_id
    with pytest.raises(WrongState, match="only a draft"):
        submit_post(by=desk.by, post_id=published, at=desk.tick())
    close_liveblog(by=desk.by, slug="surge", at=desk.tick())
    with pytest.raises(BlogClosed):
        approve_post(by=desk.by, post_id=post, at=desk.tick())
    return_post(by=desk.by, post_id=post, note="We are closed.", at=desk.tick())
    set_house_rules(by=people("producer"), rules=ONE_PAIR, at=desk.at)
    with pytest.raises((WrongState, BlogClosed)):
        submit_post(by=ana, post_id=post, at=desk.tick())


def test_without_the_rule_a_reporter_publishes_what_waited(desk: Desk, ana: Staff, people: People) -> None:
    post = submitted(desk, ana).post_id
    set_house_rules(by=people("producer"), rules=ONE_PAIR, at=desk.at)
    publish_post(by=ana, post_id=post, at=desk.tick())
    with pytest.raises(WrongState, match="does not ask"):
        submit_new_post(by=ana, slug="surge", content=content(), at=desk.tick())


def test_a_discarded_draft_takes_its_notes_along(desk: Desk, ana: Staff) -> None:
    post = submitted(desk, ana).post_id
    return_post(by=desk.by, post_id=post, note="No.", at=desk.tick())
    discard_draft(by=ana, post_id=post, at=desk.tick())
    assert not ReviewNote.objects.exists()


def test_a_producer_sets_the_rules(people: People, noon: datetime) -> None:
    admin = people("admin")
    assert house_rules(admin) == ONE_PAIR
    set_house_rules(by=people("producer", "Pru Dent"), rules=TWO_PAIRS, at=noon)
    set_house_rules(by=people("producer", "Pru Dent"), rules=TWO_PAIRS, at=noon)
    assert house_rules(admin) == TWO_PAIRS
    entry = AuditEntry.objects.get(what="house-rule")
    assert (entry.by, entry.detail) == ("Pru Dent", "two pairs of eyes: on")
    for role in ("reporter", "editor", "moderator"):
        with pytest.raises(ManagersOnly):
            set_house_rules(by=people(role), rules=ONE_PAIR, at=noon)
