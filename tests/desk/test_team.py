"""The admin's pages: the team, invitations, the audit trail, everybody's tokens."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from pytest_django import Settings
from tests.desk.ground import Ground
from tests.desk.visitor import Visitor, visitor
from tests.people import People

from stoppress.accounts.models import User
from stoppress.lib import clock, limits
from stoppress.newsroom import queries
from stoppress.newsroom.models import AuditEntry, Invitation

pytestmark = [pytest.mark.database, pytest.mark.django_db]

TEAM, INVITE = "/desk/team/", "/desk/team/invite/"
PERSON = {"name": "Dee Novak", "password": "four words in a row"}


def _admin(people: People) -> Visitor:
    return visitor(people("admin", "Nora Quist"))


def _link(page: str) -> str:
    found = re.search(r"<code data-secret>http://testserver(/desk/join/[^<]+)</code>", page)
    assert found, page
    return found.group(1)


def test_the_page_names_everybody(people: People) -> None:
    people("reporter", "Ana Owner")
    page = _admin(people).page(TEAM).content.decode()
    for word in ("Nora Quist", "Ana Owner", "ana.owner@example.org", "never", "none", "2 of 2 have none"):
        assert word in page


def test_an_invitation_is_shown_once_and_lets_in_once(people: People) -> None:
    who = _admin(people)
    answer = who.client.post(INVITE, {"email": "dee@example.org", "role": "editor"})
    page = answer.content.decode()
    path = _link(page)
    assert "No mail was sent" in page
    assert mail.outbox == []
    assert path not in who.page(TEAM).content.decode()
    assert "dee@example.org" in who.page(TEAM).content.decode()
    visitor_ = Client()
    assert "invites you as editor" in visitor_.get(path).content.decode()
    assert visitor_.post(path, PERSON).headers["Location"] == "/desk/"
    assert "Dee Novak, editor" in visitor_.get("/desk/").content.decode()
    assert Client().get(path).status_code == 410
    assert Client().post(path, PERSON).status_code == 410
    assert User.objects.filter(email="dee@example.org").count() == 1


def test_an_invitation_is_mailed_where_mail_is_set_up(people: People, settings: Settings) -> None:
    settings.MAIL_IS_SENT = True
    from stoppress.newsroom.models import Publisher

    who = _admin(people)
    Publisher.objects.update(name="The Harbour\r\nBcc: eve@example.org")
    page = who.client.post(INVITE, {"email": "dee@example.org", "role": "editor"}).content.decode()
    assert "It was mailed" in page
    (sent,) = mail.outbox
    assert sent.to == ["dee@example.org"]
    assert sent.subject == "Nora Quist invites you to the desk of The Harbour Bcc: eve@example.org"
    assert _link(page) in sent.body
    assert "Bcc" not in sent.message()


def test_a_mail_server_that_is_down_costs_no_invitation(people: People, settings: Settings) -> None:
    settings.MAIL_IS_SENT = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    page = _admin(people).client.post(INVITE, {"email": "dee@example.org", "role": "editor"}).content.decode()
    assert "No mail was sent" in page
    assert Client().get(_link(page)).status_code == 200


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"password": "short"}, "at least 10"),
        ({"password": "password1234"}, "too common"),
        ({"password": "Stoppress-2026!"}, "words of this site"),
        ({"password": "dee@example.org"}, "too similar"),
        ({"name": ""}, "required"),
        ({"name": "Ana\u202eLima"}, "hidden characters"),
    ],
)
def test_a_mistake_does_not_use_the_link_up(change: dict[str, str], words: str, people: People) -> None:
    page = _admin(people).client.post(INVITE, {"email": "dee@example.org", "role": "editor"})
    path = _link(page.content.decode())
    answer = Client().post(path, {**PERSON, **change})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Client().post(path, PERSON).status_code == 302


@pytest.mark.parametrize("password", ["aaaa bbbb!", "p" * 64 + " — ünïcode", " leading and trailing "])
def test_any_characters_make_a_password(password: str, people: People) -> None:
    page = _admin(people).client.post(INVITE, {"email": "dee@example.org", "role": "editor"})
    assert Client().post(_link(page.content.decode()), {**PERSON, "password": password}).status_code == 302
    login = {"login": "dee@example.org", "password": password}
    assert Client().post("/desk/account/login/", login).headers["Location"] == "/desk/"


def test_what_cannot_be_invited_is_said_beside_the_field(people: People) -> None:
    who = _admin(people)
    for fields in (
        {"email": "none", "role": "editor"},
        {"email": "nora.quist@example.org", "role": "editor"},
    ):
        answer = who.client.post(INVITE, fields)
        assert answer.status_code == 422
        assert 'class="fault"' in answer.content.decode()
    assert who.client.post(INVITE, {"email": "dee@example.org", "role": "owner"}).status_code == 422
    assert not Invitation.objects.exists()


def test_taking_back_an_invitation(people: People) -> None:
    who = _admin(people)
    page = who.client.post(INVITE, {"email": "dee@example.org", "role": "editor"}).content.decode()
    number = Invitation.objects.get().pk
    assert who.client.post(f"/desk/team/invitations/{number}/take-back/").headers["Location"] == TEAM
    assert Client().get(_link(page)).status_code == 410
    assert who.client.post(f"/desk/team/invitations/{number}/take-back/").status_code == 404


def test_a_role_holds_from_the_next_click_on(people: People) -> None:
    who, ana = _admin(people), people("reporter", "Ana Owner")
    hers = visitor(ana)
    assert hers.page("/desk/new/").status_code == 403
    who.client.post(f"/desk/team/people/{ana.user_id}/role/", {"role": "editor"})
    assert hers.page("/desk/new/").status_code == 200
    who.client.post(f"/desk/team/people/{ana.user_id}/role/", {"role": "moderator"})
    assert hers.page("/desk/new/").status_code == 403
    assert who.client.post(f"/desk/team/people/{ana.user_id}/role/", {"role": "owner"}).status_code == 422


def test_switching_off_ends_the_session_with_the_next_request(people: People) -> None:
    who, ana = _admin(people), people("reporter", "Ana Owner")
    hers = visitor(ana)
    assert hers.page("/desk/").status_code == 200
    who.client.post(f"/desk/team/people/{ana.user_id}/switch/")
    assert hers.page("/desk/").status_code == 302
    assert "switched off" in who.page(TEAM).content.decode()
    answer = Client().post(
        "/desk/account/login/", {"login": "ana.owner@example.org", "password": "a long pass phrase"}
    )
    assert answer.headers.get("Location", "") != "/desk/"
    who.client.post(f"/desk/team/people/{ana.user_id}/switch/", {"on": "1"})
    assert visitor(ana).page("/desk/").status_code == 200


def test_the_last_admin_stays(people: People) -> None:
    who = _admin(people)
    assert who.by
    number = who.by.user_id
    answer = who.client.post(f"/desk/team/people/{number}/switch/")
    assert answer.status_code == 409
    assert "only admin" in answer.content.decode()
    assert who.client.post(f"/desk/team/people/{number}/role/", {"role": "editor"}).status_code == 409
    assert who.page(TEAM).status_code == 200


def test_the_rule_is_switched_on_and_off(people: People) -> None:
    who = _admin(people)
    assert who.by
    who.client.post("/desk/team/rules/", {"required": "1"})
    assert queries.requires_second_factor(who.by)
    assert who.page(TEAM).headers["Location"] == "/desk/me/"


def _lines(who: Visitor, query: str = "") -> str:
    page = who.page(f"/desk/team/audit/{query}").content.decode()
    return str(page).partition('<ol class="rows trail">')[2].partition("</ol>")[0]


def test_the_trail_shows_people_and_live_blogs_in_one_order(people: People) -> None:
    on, who = Ground(people).filled(), _admin(people)
    who.client.post(INVITE, {"email": "dee@example.org", "role": "editor"}, REMOTE_ADDR="198.51.100.4")
    page = _lines(who)
    for words in ("invited", "dee@example.org", "198.51.100.4", "post published", "Storm surge", "added"):
        assert words in page
    assert "Public text." not in page
    assert page.index("dee@example.org") < page.index("post published")
    assert f"/desk/live/surge/posts/{on.public.pk}/" in page


def test_the_trail_is_filtered_by_person_and_by_kind(people: People) -> None:
    Ground(people).filled()
    who = _admin(people)

    hers = _lines(who, "?who=Ana+Owner")
    assert "post published" in hers
    assert "Edith Lead" not in hers
    published = _lines(who, "?kind=post.published")
    assert "post published" in published
    assert "added" not in published
    added = _lines(who, "?kind=staff-added")
    assert "post published" not in added
    assert "Ana Owner" in added
    assert _lines(who, "?kind=nonsense") == _lines(who, "?who=nobody") == ""


def test_the_trail_is_paged_without_loss_or_repeat(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "AUDIT_ROWS", 4)
    with time_machine.travel(clock.now(), tick=False):  # every line at the same moment: the hardest order
        Ground(people).filled()
        who = _admin(people)
        for name in "abcdefg":
            who.client.post(INVITE, {"email": f"{name}@example.org", "role": "editor"})
    from stoppress.desk.audit_trail import Asked, page
    from stoppress.liveblogs.models import Event

    assert who.by
    seen, before = [], ""
    while True:
        lines, before = page(who.by, Asked(before=before))
        seen += [line.place for line in lines]
        if not before:
            break
    assert len(seen) == len(set(seen)) == AuditEntry.objects.count() + Event.objects.count()
    assert seen == sorted(seen, key=lambda place: (place.at, place.table, place.number), reverse=True)
    shown = who.page("/desk/team/audit/").content.decode()
    further = re.search(r'href="\?([^"]+)" rel="next"', shown)
    assert further
    assert who.page(f"/desk/team/audit/?{further.group(1)}".replace("&amp;", "&")).status_code == 200


@pytest.mark.parametrize("before", ["x", "2026/1/1", "2026-03-14T12:00:00/1/1", "a/b/c", "//", "9" * 400])
def test_a_page_that_is_nowhere_is_the_first(before: str, people: People) -> None:
    assert "added" in _admin(people).client.get("/desk/team/audit/", {"before": before}).content.decode()


def test_an_invitation_ends(people: People) -> None:
    who = _admin(people)
    page = who.client.post(INVITE, {"email": "dee@example.org", "role": "editor"}).content.decode()
    with time_machine.travel(clock.now() + timedelta(hours=limits.INVITATION_HOURS)):
        assert Client().get(_link(page)).status_code == 410
