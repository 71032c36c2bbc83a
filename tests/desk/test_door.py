"""The door of the desk: sign-in, refusals, headers. Methods, CSRF and GET that changes nothing: tests/security."""

import json

import pytest
from django.test import Client
from tests.desk.ground import Ground
from tests.desk.visitor import BACKEND, BLOG, JSON, POSTS, post_body
from tests.people import People

from stoppress.accounts.models import User

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def test_head_answers_where_get_does(people: People) -> None:
    visitor = Ground(people).visitor("owner")
    assert visitor.client.head(BLOG).status_code == 200
    assert visitor.client.head(f"{BLOG}status/").status_code == 405


@pytest.mark.parametrize("path", ["/desk/", BLOG, f"{BLOG}settings/"])
def test_nobody_is_sent_to_sign_in_and_back(path: str, people: People) -> None:
    Ground(people)
    answer = Client().get(path)
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/desk/account/login/?next={path}"


def test_after_a_write_signing_in_leads_to_the_list(people: People) -> None:
    Ground(people)
    answer = Client().post(f"{BLOG}status/", {"to": "close"})
    assert answer.headers["Location"] == "/desk/account/login/?next=/desk/"


def test_a_stranger_reads_why(people: People) -> None:
    answer = Ground(people).visitor("stranger").page("/desk/")
    assert answer.status_code == 403
    assert "not on the staff" in answer.content.decode()


def test_somebody_switched_off_is_out_at_once(people: People) -> None:
    on = Ground(people)
    visitor = on.visitor("owner")
    assert visitor.page("/desk/").status_code == 200
    User.objects.filter(pk=on.owner.user_id).update(is_active=False)
    assert visitor.page("/desk/").status_code == 302
    assert visitor.send(POSTS, post_body()).status_code == 401


def _checking(on: Ground) -> Client:
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.get(pk=on.owner.user_id), backend=BACKEND)
    return client


def test_the_script_gets_the_token_and_writes(people: People) -> None:
    client = _checking(Ground(people))
    token = client.get("/desk/token/", headers=JSON).json()["token"]
    body = json.dumps(post_body()).encode()
    headers = {**JSON, "X-CSRFToken": token}
    answer = client.post(POSTS, body, content_type="application/json", headers=headers)
    assert answer.status_code == 201


def test_answers_carry_the_policy(people: People) -> None:
    answer = Ground(people).visitor("owner").page(BLOG)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store, private"


def test_refusals_are_pages_for_people_and_problems_for_the_script(people: People) -> None:
    on = Ground(people)
    visitor = on.visitor("colleague")
    page = visitor.form(f"{POSTS}{on.public.pk}/withdraw/", reason="Mine now.")
    assert page.status_code == 403
    assert "may not withdraw" in page.content.decode()
    problem = visitor.press(f"{POSTS}{on.public.pk}/withdraw/", reason="Mine now.")
    assert problem.headers["Content-Type"] == "application/problem+json"
    assert problem.json()["status"] == 403


def test_what_is_not_there(people: People) -> None:
    owner = Ground(people).visitor("owner")
    for path in ("/desk/nowhere/", "/desk/live/absent/", "/desk/live/surge/posts/absent/"):
        answer = owner.page(path)
        assert answer.status_code == 404
        assert "Stoppress" in answer.content.decode()
        assert answer.headers["Cache-Control"] == "no-store, private"
