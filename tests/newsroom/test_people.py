"""People come, change and go: invitations, roles, switching off, tokens, sessions, and the trail of it all."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.backends.db import SessionStore
from tests.people import People

from stoppress.accounts.models import DeskSession, User
from stoppress.lib import limits
from stoppress.newsroom import queries
from stoppress.newsroom.actions.change_staff import change_role, switch_off, switch_on
from stoppress.newsroom.actions.desk_sessions import (
    Visit,
    end_other_sessions,
    end_session,
    keep_session,
)
from stoppress.newsroom.actions.invite import accept_invitation, invite, withdraw_invitation
from stoppress.newsroom.actions.issue_token import issue_own_token, note_token_use, revoke_token
from stoppress.newsroom.actions.own_account import change_name
from stoppress.newsroom.actions.record import network_of
from stoppress.newsroom.actions.second_factor import forget_second_factor, require_second_factor
from stoppress.newsroom.deeds import Deed
from stoppress.newsroom.models import ApiToken, AuditEntry, Invitation
from stoppress.newsroom.refusals import AdminsOnly, NewsroomRefused, NotHere, WouldLockOut
from stoppress.newsroom.roles import Role, Staff

pytestmark = [pytest.mark.database, pytest.mark.django_db]

HERE = "203.0.113.7"
WORDS = "four words in a row"


def _trail(*, of: Deed) -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(what=of.value).order_by("id"))


def _visit(by: Staff, noon: datetime) -> Visit:
    session = SessionStore()
    session["_auth_user_id"] = str(by.user_id)
    session.create()
    visit = Visit(by.user_id, str(session.session_key), HERE, "Firefox on Linux")
    assert keep_session(visit=visit, at=noon)
    return visit


def test_an_invitation_lets_one_person_in_once(people: People, noon: datetime) -> None:
    by = people("admin")
    secret = invite(by=by, email=" Dee@Example.org", role=Role.EDITOR, at=noon, address=HERE)
    assert secret not in repr(list(Invitation.objects.values()))
    later = noon + timedelta(hours=limits.INVITATION_HOURS - 1)
    user = accept_invitation(secret=secret, name="Dee  Novak", password=WORDS, at=later, address=HERE)
    staff = queries.staff_of(user)
    assert staff is not None
    assert (staff.name, staff.role, user.email) == ("Dee Novak", Role.EDITOR, "dee@example.org")
    assert user.check_password(WORDS)
    with pytest.raises(NewsroomRefused, match="used"):
        accept_invitation(secret=secret, name="Eve", password=WORDS, at=later)
    assert [(line.by, line.whom, line.detail, line.address) for line in _trail(of=Deed.INVITED)] == [
        ("Admin One", "dee@example.org", "editor", HERE)
    ]
    assert [line.by for line in _trail(of=Deed.JOINED)] == ["Dee Novak"]


def test_an_invitation_ends_by_time_by_another_and_by_hand(people: People, noon: datetime) -> None:
    by = people("admin")
    first = invite(by=by, email="dee@example.org", role=Role.EDITOR, at=noon)
    second = invite(by=by, email="dee@example.org", role=Role.REPORTER, at=noon)
    late = noon + timedelta(hours=limits.INVITATION_HOURS)
    assert queries.invitation_open(first, noon) is None
    assert queries.invitation_open(second, noon) is not None
    assert queries.invitation_open(second, late) is None
    with pytest.raises(NewsroomRefused, match="too old"):
        accept_invitation(secret=second, name="Dee", password=WORDS, at=late)
    invitation = queries.invitations(by, noon)[0]
    withdraw_invitation(by=by, invitation_id=invitation.pk, at=noon)
    assert queries.invitation_open(second, noon) is None
    with pytest.raises(NotHere):
        withdraw_invitation(by=by, invitation_id=invitation.pk, at=noon)
    assert not User.objects.filter(email="dee@example.org").exists()


@pytest.mark.parametrize("email", ["", "no address", "admin.one@example.org", "ADMIN.ONE@example.org"])
def test_whom_one_cannot_invite(email: str, people: People, noon: datetime) -> None:
    by = people("admin")
    with pytest.raises(NewsroomRefused):
        invite(by=by, email=email, role=Role.EDITOR, at=noon)
    assert not Invitation.objects.exists()


def test_invitations_are_bounded(people: People, noon: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "INVITATIONS_OPEN", 2)
    by = people("admin")
    for name in ("a", "b"):
        invite(by=by, email=f"{name}@example.org", role=Role.EDITOR, at=noon)
    with pytest.raises(NewsroomRefused, match="take some back"):
        invite(by=by, email="c@example.org", role=Role.EDITOR, at=noon)


@pytest.mark.parametrize("role", ["reporter", "editor", "producer", "moderator"])
def test_only_admins_look_after_people(role: str, people: People, noon: datetime) -> None:
    by, other = people(role), people("admin")
    deeds: tuple[Callable[[], object], ...] = (
        lambda: invite(by=by, email="x@example.org", role=Role.ADMIN, at=noon),
        lambda: withdraw_invitation(by=by, invitation_id=1, at=noon),
        lambda: change_role(by=by, user_id=by.user_id, role=Role.ADMIN, at=noon),
        lambda: switch_off(by=by, user_id=other.user_id, at=noon),
        lambda: switch_on(by=by, user_id=other.user_id, at=noon),
        lambda: require_second_factor(by=by, required=False, at=noon),
        lambda: queries.people(by),
        lambda: queries.invitations(by, noon),
        lambda: queries.audit_entries(by),
    )
    for deed in deeds:
        with pytest.raises(AdminsOnly, match=f"A {role} may not"):
            deed()


def test_a_role_holds_from_the_next_look_on(people: People, noon: datetime) -> None:
    by, ana = people("admin"), people("reporter", "Ana Lima")
    change_role(by=by, user_id=ana.user_id, role=Role.EDITOR, at=noon, address=HERE)
    change_role(by=by, user_id=ana.user_id, role=Role.EDITOR, at=noon, address=HERE)
    now = queries.staff_by_id(ana.user_id)
    assert now is not None
    assert now.role is Role.EDITOR
    assert [(line.whom, line.detail) for line in _trail(of=Deed.ROLE_CHANGED)] == [
        ("Ana Lima", "reporter → editor")
    ]


def test_who_is_switched_off_is_out_of_everything(people: People, noon: datetime) -> None:
    by, ana = people("admin"), people("reporter", "Ana Lima")
    visit, secret = _visit(ana, noon), issue_own_token(by=ana, name="script", at=noon)
    switch_off(by=by, user_id=ana.user_id, at=noon)
    assert queries.staff_by_id(ana.user_id) is None
    assert queries.staff_by_token(secret) is None
    assert not SessionStore().exists(visit.key)
    assert not DeskSession.objects.exists()
    switch_on(by=by, user_id=ana.user_id, at=noon)
    assert queries.staff_by_id(ana.user_id) == ana
    assert queries.staff_by_token(secret) is None, "a token came back"


def test_an_admin_always_remains(people: People, noon: datetime) -> None:
    by = people("admin")
    deeds: tuple[Callable[[], None], ...] = (
        lambda: change_role(by=by, user_id=by.user_id, role=Role.EDITOR, at=noon),
        lambda: switch_off(by=by, user_id=by.user_id, at=noon),
    )
    for deed in deeds:
        with pytest.raises(WouldLockOut, match="only admin"):
            deed()
    other = people("admin", "Second Admin")
    switch_off(by=by, user_id=other.user_id, at=noon)
    with pytest.raises(WouldLockOut):
        change_role(by=by, user_id=by.user_id, role=Role.EDITOR, at=noon)
    switch_on(by=by, user_id=other.user_id, at=noon)
    User.objects.filter(pk=other.user_id).update(password="!")  # one who cannot sign in is no rescue
    with pytest.raises(WouldLockOut):
        switch_off(by=by, user_id=by.user_id, at=noon)


def test_people_of_another_publisher_are_not_there(people: People, noon: datetime) -> None:
    from stoppress.newsroom.models import Membership, Publisher

    by, far = people("admin"), people("reporter", "Far Away")
    secret = issue_own_token(by=far, name="theirs", at=noon)
    other = Publisher.objects.create(slug="other", name="Other")
    Membership.objects.filter(user_id=far.user_id).update(publisher=other)
    with pytest.raises(NotHere):
        change_role(by=by, user_id=far.user_id, role=Role.ADMIN, at=noon)
    with pytest.raises(NotHere):
        switch_off(by=by, user_id=far.user_id, at=noon)
    with pytest.raises(NotHere):
        revoke_token(by=by, token_id=ApiToken.objects.get().pk, at=noon)
    assert [person.user.pk for person in queries.people(by)] == [by.user_id]
    assert queries.tokens(by) == []
    assert queries.staff_by_token(secret) is not None


def test_tokens_are_ones_own(people: People, noon: datetime) -> None:
    by, ana = people("admin"), people("editor", "Ana Lima")
    secret = issue_own_token(by=by, name=" election script ", at=noon)
    token = ApiToken.objects.get()
    assert token.name == "election script"
    assert queries.tokens(ana) == []
    with pytest.raises(NotHere):
        revoke_token(by=ana, token_id=token.pk, at=noon)
    theirs = issue_own_token(by=ana, name="hers", at=noon)
    assert len(queries.tokens(by)) == 2
    revoke_token(by=by, token_id=queries.tokens(ana)[0].pk, at=noon)
    assert queries.staff_by_token(theirs) is None
    assert queries.staff_by_token(secret) == by
    assert [line.detail for line in _trail(of=Deed.TOKEN_REVOKED)] == ["of Ana Lima"]


def test_tokens_have_names_and_a_bound(
    people: People, noon: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "TOKENS_PER_PERSON", 1)
    by = people("reporter")
    with pytest.raises(NewsroomRefused, match="name"):
        issue_own_token(by=by, name=" ", at=noon)
    issue_own_token(by=by, name="one", at=noon)
    with pytest.raises(NewsroomRefused, match="revoke"):
        issue_own_token(by=by, name="two", at=noon)


def test_the_use_of_a_token_is_noted_once_a_minute(people: People, noon: datetime) -> None:
    secret = issue_own_token(by=people("reporter"), name="one", at=noon)
    for seconds, noted in ((0, 0), (30, 0), (61, 61)):
        note_token_use(secret=secret, at=noon + timedelta(seconds=seconds))
        assert ApiToken.objects.get().last_used_at == noon + timedelta(seconds=noted)


def test_a_session_ends_idle_or_old(people: People, noon: datetime) -> None:
    by = people("reporter")
    idle = timedelta(seconds=limits.SESSION_IDLE_SECONDS)
    visit = _visit(by, noon)
    assert keep_session(visit=visit, at=noon + idle)
    assert not keep_session(visit=visit, at=noon + 2 * idle + timedelta(seconds=1))
    assert not SessionStore().exists(visit.key)
    visit, at = _visit(by, noon), noon
    end = noon + timedelta(seconds=limits.SESSION_SECONDS)
    while at + idle <= end:
        at += idle
        assert keep_session(visit=visit, at=at)
    assert not keep_session(visit=visit, at=end + timedelta(seconds=1))
    assert queries.sessions_of(by) == []


def test_one_ends_ones_own_sessions_and_no_others(people: People, noon: datetime) -> None:
    by, other = people("reporter"), people("editor")
    here, phone, office = (_visit(by, noon) for _ in range(3))
    theirs = _visit(other, noon)
    rows = {row.session_key: row.pk for row in DeskSession.objects.all()}
    end_session(by=by, session_id=rows[phone.key], at=noon)
    with pytest.raises(NotHere):
        end_session(by=by, session_id=rows[theirs.key], at=noon)
    assert {row.session_key for row in queries.sessions_of(by)} == {here.key, office.key}
    assert end_other_sessions(by=by, key=here.key, at=noon) == 1
    assert SessionStore().exists(here.key)
    assert not SessionStore().exists(office.key)
    assert SessionStore().exists(theirs.key)
    assert len(_trail(of=Deed.SESSION_ENDED)) == len(_trail(of=Deed.SESSIONS_ENDED)) == 1


def test_a_session_that_is_gone_is_not_listed(people: People, noon: datetime) -> None:
    by = people("reporter")
    SessionStore(_visit(by, noon).key).delete()
    assert queries.sessions_of(by) == []


def test_the_command_line_frees_the_only_admin(people: People, noon: datetime) -> None:
    by = people("admin")
    assert not forget_second_factor(email="admin.one@example.org", at=noon)
    Authenticator.objects.create(user_id=by.user_id, type="totp", data={"secret": "x"})
    assert forget_second_factor(email="Admin.One@example.org", at=noon)
    assert not Authenticator.objects.exists()
    assert [line.by for line in _trail(of=Deed.FACTOR_REMOVED)] == ["the command line"]
    with pytest.raises(NewsroomRefused, match="Nobody"):
        forget_second_factor(email="nobody@example.org", at=noon)


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("", "needed"),
        ("  ", "needed"),
        ("x" * (limits.NAME_CHARS + 1), "characters"),
        ("Ana\u202e Lima", "hidden"),
        ("A\x00na", "hidden"),
    ],
)
def test_a_name_that_cannot_be_printed(name: str, fault: str, people: People, noon: datetime) -> None:
    with pytest.raises(NewsroomRefused, match=fault):
        change_name(by=people("reporter"), name=name, at=noon)


def test_a_name_changes_and_the_trail_keeps_both(people: People, noon: datetime) -> None:
    by = people("reporter", "Ana Lima")
    assert change_name(by=by, name=" Ana\u0301  Reyes ", at=noon) == "Aná Reyes"
    line = _trail(of=Deed.NAME_CHANGED)[0]
    assert (line.by, line.detail) == ("Ana Lima", "→ Aná Reyes")


def test_the_trail_is_never_changed(people: People) -> None:
    people("reporter")
    line = AuditEntry.objects.get()
    with pytest.raises(TypeError, match="never changed"):
        AuditEntry.objects.update(by="Eve")
    with pytest.raises(TypeError, match="never cut"):
        AuditEntry.objects.filter(pk=line.pk).delete()
    assert line.by == "the command line"


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2::9", "2001:db8:1:2::"),
        ("unknown", ""),
        ("", ""),
    ],
)
def test_what_attempts_are_counted_by(address: str, network: str) -> None:
    assert network_of(address) == network
