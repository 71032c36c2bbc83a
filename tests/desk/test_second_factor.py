"""Authenticator app, recovery codes, the house rule. Passkeys are in tests/e2e: they need a browser."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings
from tests.desk.authenticator import code
from tests.desk.visitor import Visitor, visitor
from tests.people import People

from stoppress.lib import clock
from stoppress.lib.ids import digest
from stoppress.newsroom.actions.issue_token import issue_own_token
from stoppress.newsroom.actions.second_factor import remove_second_factor, require_second_factor
from stoppress.newsroom.deeds import Deed
from stoppress.newsroom.models import AuditEntry

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]

PASSWORD = "a long pass phrase"
LOGIN, CODE = "/desk/account/login/", "/desk/account/2fa/authenticate/"
ACTIVATE, DEACTIVATE = "/desk/account/2fa/totp/activate/", "/desk/account/2fa/totp/deactivate/"


@pytest.fixture(autouse=True)
def _no_counters() -> None:
    cache.clear()


def _confirmed(who: Visitor, path: str) -> str:
    """The page at `path`, after the password was asked for again."""
    asked = who.page(path)
    assert asked.headers["Location"].startswith("/desk/account/reauthenticate/")
    answer = who.client.post(asked.headers["Location"], {"password": PASSWORD, "next": path})
    assert answer.headers["Location"] == path
    return str(who.page(path).content.decode())


def _set_up(who: Visitor) -> tuple[str, list[str]]:
    """The authenticator's key, and the recovery codes that were shown once."""
    page = _confirmed(who, ACTIVATE)
    found = re.search(r"<code data-secret>([A-Z2-7]+)</code>", page)
    assert found
    secret = found.group(1)
    assert who.client.post(ACTIVATE, {"code": "000000"}).status_code == 200
    answer = who.client.post(ACTIVATE, {"code": code(secret)})
    codes = who.page(answer.headers["Location"]).content.decode()
    shown = re.findall(r"<li><code>(\d{10})</code>", codes)
    assert len(shown) == 10
    again = who.page(answer.headers["Location"]).content.decode()
    assert not re.search(r"\d{10}</code>", again), "recovery codes are shown once"
    return secret, shown


def _password_alone(email: str = "ana.lima@example.org") -> Client:
    client = Client()
    answer = client.post(LOGIN, {"login": email, "password": PASSWORD})
    assert answer.headers["Location"] == CODE
    assert client.get("/desk/").status_code == 302, "the password alone opened the desk"
    return client


def test_a_code_of_the_app_opens_the_desk_and_works_once(people: People) -> None:
    secret, _ = _set_up(visitor(people("editor", "Ana Lima")))
    assert secret not in repr(list(Authenticator.objects.values())), "the key is kept in clear"
    client, now = _password_alone(), code(secret, steps=1)
    assert "Incorrect code" in client.post(CODE, {"code": "123"}).content.decode()
    assert client.post(CODE, {"code": now}).headers["Location"] == "/desk/"
    assert client.get("/desk/").status_code == 200
    other = _password_alone()
    assert "Incorrect code" in other.post(CODE, {"code": now}).content.decode(), "a code worked twice"
    lines = AuditEntry.objects.order_by("id").values_list("what", "whom", "detail")
    assert (Deed.CODE_FAILED.value, "ana.lima@example.org", "") in lines
    assert (Deed.SIGNED_IN.value, "", "password and authenticator") in lines
    assert (Deed.FACTOR_ADDED.value, "", "authenticator") in lines


def test_a_recovery_code_opens_the_desk_and_works_once(people: People) -> None:
    _, codes = _set_up(visitor(people("editor", "Ana Lima")))
    assert _password_alone().post(CODE, {"code": codes[3]}).headers["Location"] == "/desk/"
    assert _password_alone().post(CODE, {"code": codes[3]}).status_code == 200
    assert _password_alone().post(CODE, {"code": codes[4]}).headers["Location"] == "/desk/"


def test_guessing_codes_ends(people: People) -> None:
    secret, _ = _set_up(visitor(people("editor", "Ana Lima")))
    client = _password_alone()
    for number in range(10):
        client.post(CODE, {"code": f"{number:06}"})
    assert client.post(CODE, {"code": code(secret, steps=1)}).status_code == 200


def test_a_change_of_factor_ends_every_other_session(people: People) -> None:
    by = people("editor", "Ana Lima")
    here, elsewhere = visitor(by), visitor(by)
    assert elsewhere.page("/desk/").status_code == 200
    _set_up(here)
    assert elsewhere.page("/desk/").status_code == 302
    assert here.page("/desk/").status_code == 200


def test_removing_the_app_takes_the_recovery_codes_along(people: People) -> None:
    who = visitor(people("editor", "Ana Lima"))
    _set_up(who)
    assert who.client.post(DEACTIVATE).headers["Location"] == "/desk/account/2fa/"
    assert not Authenticator.objects.exists()
    assert "was removed" in who.client.get("/desk/account/2fa/", follow=True).content.decode()
    assert (
        Client().post(LOGIN, {"login": "ana.lima@example.org", "password": PASSWORD}).headers["Location"]
        == "/desk/"
    )


@pytest.mark.parametrize(
    "path",
    [
        ACTIVATE,
        "/desk/account/2fa/webauthn/add/",
        "/desk/account/2fa/recovery-codes/generate/",
        "/desk/account/password/change/",
    ],
)
def test_delicate_pages_are_the_desks_own(path: str, people: People) -> None:
    who = visitor(people("editor", "Ana Lima"))
    page = who.client.get(path, follow=True).content.decode()
    assert "desk.TEST.css" in page
    if path != "/desk/account/password/change/":
        assert "Is it you?" in page


def test_an_admin_frees_somebody_who_lost_theirs(people: People) -> None:
    admin, by = people("admin"), people("editor", "Ana Lima")
    who = visitor(by)
    _set_up(who)
    remove_second_factor(by=admin, user_id=by.user_id, at=clock.now())
    assert not Authenticator.objects.exists()
    assert who.page("/desk/").status_code == 302


def test_the_house_rule_sends_everybody_to_set_one_up(people: People) -> None:
    admin, by = people("admin"), people("editor", "Ana Lima")
    secret = issue_own_token(by=by, name="script", at=clock.now())
    require_second_factor(by=admin, required=True, at=clock.now())
    who = visitor(by)
    assert who.page("/desk/").headers["Location"] == "/desk/me/"
    assert who.ask("/desk/").status_code == 403
    assert "second factor" in who.press("/desk/new/", headline="New").json()["detail"]
    assert "asks everybody for a second factor" in who.page("/desk/me/").content.decode()
    assert who.ask("/desk/token/").status_code == 200
    headers = {"Authorization": f"Bearer {secret}"}
    assert Client().get("/api/v1/liveblogs", headers=headers).status_code == 200, "tokens are not asked"
    _set_up(who)
    assert who.page("/desk/").status_code == 200
    require_second_factor(by=admin, required=False, at=clock.now())
    assert visitor(admin).page("/desk/").status_code == 200


def test_a_lost_secret_key_refuses_codes_and_breaks_nothing(people: People, settings: Settings) -> None:
    secret, _ = _set_up(visitor(people("editor", "Ana Lima")))
    settings.SECRET_KEY = digest("another")
    client = _password_alone()
    assert "Incorrect code" in client.post(CODE, {"code": code(secret, steps=1)}).content.decode()
