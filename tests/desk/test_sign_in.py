"""Signing in and out, the set-up link, and that nobody opens an account by themselves."""

import pytest
from django.test import Client
from tests.people import People

from stoppress.accounts.models import User
from stoppress.newsroom.actions.setup_link import make_setup_link
from stoppress.newsroom.queries import staff_of

pytestmark = [pytest.mark.database, pytest.mark.django_db]

PERSON = {"name": "Ana Reyes", "email": "Ana@Example.org", "password": "seven unusual words"}


def test_sign_in_leads_back_to_where_one_came_from(people: People) -> None:
    people("reporter", "Ana Owner")
    client = Client()
    page = client.get("/desk/account/login/?next=/desk/new/").content.decode()
    assert "Sign in" in page
    assert "desk.TEST.css" in page
    fields = {"login": "Ana.Owner@example.org", "password": "a long pass phrase", "next": "/desk/new/"}
    answer = client.post("/desk/account/login/", fields)
    assert answer.headers["Location"] == "/desk/new/"


def test_a_wrong_password_says_no_more_than_that(people: People) -> None:
    people("reporter", "Ana Owner")
    wrong, unknown = Client(), Client()
    one = wrong.post("/desk/account/login/", {"login": "ana.owner@example.org", "password": "nope nope nope"})
    other = unknown.post(
        "/desk/account/login/", {"login": "nobody@example.org", "password": "nope nope nope"}
    )
    assert one.status_code == other.status_code == 200
    sentence = "The e-mail address or the password is wrong, or there were too many attempts."
    assert sentence in one.content.decode()
    assert sentence in other.content.decode()


def test_no_open_redirect(people: People) -> None:
    people("reporter", "Ana Owner")
    fields = {
        "login": "ana.owner@example.org",
        "password": "a long pass phrase",
        "next": "https://evil.example/",
    }
    assert Client().post("/desk/account/login/", fields).headers["Location"] == "/desk/"


def test_signing_out_needs_a_press(people: People) -> None:
    by = people("reporter", "Ana Owner")
    client = Client()
    client.force_login(
        User.objects.get(pk=by.user_id), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    assert "Sign out" in client.get("/desk/account/logout/").content.decode()
    assert client.get("/desk/").status_code == 200
    client.post("/desk/account/logout/")
    assert client.get("/desk/").status_code == 302


@pytest.mark.parametrize(
    "path",
    [
        "/desk/account/login/",
        "/desk/account/signup/",
        "/desk/account/password/reset/",
        "/desk/account/password/reset/done/",
        "/desk/account/inactive/",
    ],
)
def test_account_pages_look_like_the_desk(path: str, db: None) -> None:  # noqa: ARG001 (opens the database)
    page = Client().get(path)
    assert page.status_code == 200
    assert "desk.TEST.css" in page.content.decode()
    assert page.headers["Cache-Control"].count("no-store") == 1


@pytest.mark.parametrize("path", ["password/change/", "email/", "reauthenticate/"])
def test_own_account_pages_look_like_the_desk(path: str, people: People) -> None:
    by = people("reporter", "Ana Owner")
    client = Client()
    client.force_login(
        User.objects.get(pk=by.user_id), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    page = client.get(f"/desk/account/{path}", follow=True)
    assert page.status_code == 200
    assert "desk.TEST.css" in page.content.decode()


def test_nobody_signs_up(db: None) -> None:  # noqa: ARG001 (opens the database)
    client = Client()
    assert "No sign-up here" in client.get("/desk/account/signup/").content.decode()
    client.post("/desk/account/signup/", {"email": "me@example.org", "password1": "seven unusual words"})
    assert User.objects.count() == 0


def test_the_set_up_link_makes_the_first_admin_once(db: None) -> None:  # noqa: ARG001 (opens the database)
    client, path = Client(), f"/desk/setup/{make_setup_link()}/"
    assert "Make the first account" in client.get(path).content.decode()
    assert User.objects.count() == 0
    answer = client.post(path, PERSON)
    assert answer.headers["Location"] == "/desk/"
    staff = staff_of(User.objects.get())
    assert staff is not None
    assert (staff.name, staff.role) == ("Ana Reyes", "admin")
    assert client.get("/desk/").status_code == 200  # signed in
    assert Client().get(path).status_code == 410
    assert Client().post(path, {**PERSON, "email": "eve@example.org"}).status_code == 410
    assert User.objects.count() == 1
    login = {"login": "ana@example.org", "password": PERSON["password"]}
    assert Client().post("/desk/account/login/", login).headers["Location"] == "/desk/"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"password": "short"}, "at least 10"),
        ({"password": "password1234"}, "too common"),
        ({"password": "ana@example.org"}, "too similar"),
        ({"email": "no address"}, "valid email"),
        ({"name": ""}, "required"),
    ],
)
def test_the_first_account_is_a_sound_one(change: dict[str, str], words: str, db: None) -> None:  # noqa: ARG001 (opens the database)
    client, path = Client(), f"/desk/setup/{make_setup_link()}/"
    answer = client.post(path, {**PERSON, **change})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert User.objects.count() == 0
    assert client.post(path, PERSON).status_code == 302  # the link is not used up by a mistake


def test_an_unknown_link_is_gone(db: None) -> None:  # noqa: ARG001 (opens the database)
    answer = Client().get("/desk/setup/unknown/")
    assert answer.status_code == 410
    assert answer.headers["Cache-Control"] == "no-store, private"
