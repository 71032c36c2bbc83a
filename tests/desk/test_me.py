"""One's own page: name, password, sessions, tokens; and how long a session lasts."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from tests.desk.visitor import Visitor, visitor
from tests.people import People

from stoppress.accounts.models import DeskSession, User
from stoppress.lib import clock, limits
from stoppress.newsroom.deeds import Deed
from stoppress.newsroom.models import AuditEntry
from stoppress.newsroom.queries import staff_by_token

pytestmark = [pytest.mark.database, pytest.mark.django_db]

PASSWORD = "a long pass phrase"
ME, TOKENS, LOGIN = "/desk/me/", "/desk/tokens/", "/desk/account/login/"
PHONE = "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36"


def _signed_in(agent: str = "", address: str = "203.0.113.7") -> Client:
    client = Client(REMOTE_ADDR=address, headers={"User-Agent": agent})
    answer = client.post(LOGIN, {"login": "ana.lima@example.org", "password": PASSWORD})
    assert answer.headers["Location"] == "/desk/"
    return client


def _ana(people: People) -> Visitor:
    return visitor(people("reporter", "Ana Lima"))


def test_the_name_is_ones_own(people: People) -> None:
    who = _ana(people)
    assert who.client.post(ME, {"name": "Ana  Reyes"}).headers["Location"] == ME
    assert "Ana Reyes, reporter" in who.page("/desk/").content.decode()
    answer = who.client.post(ME, {"name": "Ana\u2066Reyes"})
    assert answer.status_code == 422
    assert "hidden characters" in answer.content.decode()


def test_sessions_are_listed_and_ended(people: People) -> None:
    people("reporter", "Ana Lima")
    phone, laptop = _signed_in(PHONE, "198.51.100.9"), _signed_in("Mozilla/5.0 (X11; Linux) Firefox/140.0")
    page = laptop.get(ME).content.decode()
    for words in ("Chrome on Android", "198.51.100.9", "Firefox on Linux", "this browser"):
        assert words in page
    for key in DeskSession.objects.values_list("session_key", flat=True):
        assert key not in page
    row = DeskSession.objects.get(device="Chrome on Android")
    assert laptop.post(f"/desk/me/sessions/{row.pk}/end/").headers["Location"] == ME
    assert phone.get("/desk/").status_code == 302
    assert laptop.get("/desk/").status_code == 200


def test_signing_out_everywhere_else(people: People) -> None:
    people("reporter", "Ana Lima")
    others, here = [_signed_in() for _ in range(3)], _signed_in()
    here.post("/desk/me/sessions/end-others/")
    assert [one.get("/desk/").status_code for one in others] == [302, 302, 302]
    assert "Signed out of 3 other browsers" in here.get(ME).content.decode()


def test_a_new_key_at_sign_in_and_none_after_sign_out(people: People) -> None:
    people("reporter", "Ana Lima")
    client = Client()
    session = client.session
    session["planted"] = "by somebody"
    session.save()
    planted = session.session_key
    client.cookies["stoppress"] = str(planted)
    client.post(LOGIN, {"login": "ana.lima@example.org", "password": PASSWORD})
    assert client.session.session_key != planted
    kept = client.cookies["stoppress"].value
    client.post("/desk/account/logout/")
    client.cookies["stoppress"] = kept
    assert client.get("/desk/").status_code == 302
    assert AuditEntry.objects.filter(what=Deed.SIGNED_OUT.value, by="Ana Lima").count() == 1


@pytest.mark.parametrize(
    ("hours", "visits", "status"), [(11, 1, 200), (13, 1, 302), (11, 29, 200), (11, 31, 302)]
)
def test_how_long_a_session_lasts(hours: int, visits: int, status: int, people: People) -> None:
    people("reporter", "Ana Lima")
    start = clock.now()
    with time_machine.travel(start, tick=False) as traveller:
        client = _signed_in()
        answer = None
        for number in range(1, visits + 1):
            traveller.move_to(start + timedelta(hours=hours * number))
            answer = client.get("/desk/")
        assert answer is not None
        assert answer.status_code == status


def test_a_new_password_ends_every_other_session(people: People) -> None:
    people("reporter", "Ana Lima")
    other, here = _signed_in(), _signed_in()
    fields = {
        "oldpassword": PASSWORD,
        "password1": "five more unusual words",
        "password2": "five more unusual words",
    }
    assert here.post("/desk/account/password/change/", fields).status_code == 302
    assert other.get("/desk/").status_code == 302
    assert here.get("/desk/").status_code == 200
    assert DeskSession.objects.count() >= 1
    assert AuditEntry.objects.filter(what=Deed.PASSWORD_CHANGED.value, by="Ana Lima").count() == 1
    page = here.get(ME).content.decode()
    assert page.count("this browser") == 1


def test_a_weak_new_password_is_refused(people: People) -> None:
    who = _ana(people)
    fields = {"oldpassword": PASSWORD, "password1": "password1234", "password2": "password1234"}
    assert "too common" in who.client.post("/desk/account/password/change/", fields).content.decode()
    assert User.objects.get(email="ana.lima@example.org").check_password(PASSWORD)


def test_a_token_is_made_after_the_password_and_shown_once(people: People) -> None:
    who = _ana(people)
    asked = who.client.post(TOKENS, {"name": "election script"})
    assert asked.headers["Location"].startswith("/desk/account/reauthenticate/")
    wrong = who.client.post(asked.headers["Location"], {"password": "not this one", "next": TOKENS})
    assert "not your password" in wrong.content.decode()
    made = who.client.post(asked.headers["Location"], {"password": PASSWORD, "next": TOKENS})
    found = re.search(r"<code data-secret>(spt_[\w-]+)</code>", made.content.decode())
    assert found
    assert staff_by_token(found.group(1)) == who.by
    page = who.page(TOKENS).content.decode()
    assert "election script" in page
    assert found.group(1) not in page
    assert (
        Client().get("/api/v1/liveblogs", headers={"Authorization": f"Bearer {found.group(1)}"}).status_code
        == 200
    )
    assert "just now" in who.page(TOKENS).content.decode()


def test_a_token_is_revoked_at_once(people: People) -> None:
    from stoppress.newsroom.actions.issue_token import issue_own_token
    from stoppress.newsroom.models import ApiToken

    who = _ana(people)
    assert who.by
    secret = issue_own_token(by=who.by, name="old", at=clock.now())
    number = ApiToken.objects.get().pk
    assert who.client.post(f"/desk/tokens/{number}/revoke/").headers["Location"] == TOKENS
    assert staff_by_token(secret) is None
    assert who.client.post(f"/desk/tokens/{number}/revoke/").status_code == 404


def test_only_admins_see_others_tokens(people: People) -> None:
    from stoppress.newsroom.actions.issue_token import issue_own_token

    issue_own_token(by=people("editor", "Bo Lind"), name="bo's script", at=clock.now())
    assert "bo&#x27;s script" not in _ana(people).page(TOKENS).content.decode()
    assert "bo&#x27;s script" in visitor(people("admin")).page(TOKENS).content.decode()


@pytest.mark.parametrize(
    "path", ["/desk/account/email/", "/desk/account/2fa/", "/desk/account/2fa/webauthn/"]
)
def test_pages_that_this_one_stands_for(path: str, people: People) -> None:
    who = _ana(people)
    assert who.page(path).headers["Location"] == ME
    assert who.client.post(path, {"email": "other@example.org", "action_add": ""}).headers["Location"] == ME


def test_the_limits_are_those_of_the_security_statement() -> None:
    assert (limits.SESSION_IDLE_SECONDS, limits.SESSION_SECONDS) == (12 * 3600, 14 * 86_400)
