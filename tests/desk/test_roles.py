"""Who may do what where the answer hangs on what is sent. Every address by role: tests/security/expectations.py."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from tests.desk.ground import WHO, Ground
from tests.desk.visitor import POSTS, Visitor, post_body
from tests.people import People

pytestmark = [pytest.mark.database, pytest.mark.django_db, pytest.mark.long]

Ask = Callable[[Visitor, Ground], Any]
LEADERS, WRITERS = "no no ok no", "ok ok ok no"
OWN, UNSEEN = "ok no ok no", "ok 404 ok 404"


def _public(end: str, **fields: str) -> Ask:
    return lambda who, on: who.press(f"{POSTS}{on.public.pk}/{end}", **fields)


# Route and what is asked of it → the request, and what owner, colleague, editor and moderator get.
ROUTES: dict[str, tuple[Ask, str]] = {
    "new_post": (lambda who, _: who.send(POSTS, post_body()), WRITERS),
    "new_post summary": (lambda who, _: who.send(POSTS, post_body(summary=True)), LEADERS),
    "content amend": (
        lambda who, on: who.send(f"{POSTS}{on.public.pk}/content/", post_body("New.", "amend")),
        OWN,
    ),
    "content save": (
        lambda who, on: who.send(f"{POSTS}{on.draft.pk}/content/", post_body("New.", "draft")),
        UNSEEN,
    ),
    "mark key event": (_public("mark/", key_event="1"), OWN),
    "mark summary": (_public("mark/", summary="1"), LEADERS),
}


def _expected(route: str, who: str) -> set[int]:
    if who == "anonymous":
        return {401}
    if who == "stranger":
        return {403}
    word = ROUTES[route][1].split()[WHO.index(who)]
    return {"ok": {200, 201, 302}, "no": {403}}.get(word) or {int(word)}


@pytest.mark.parametrize("route", ROUTES)
def test_role_by_route(route: str, people: People) -> None:
    on = Ground(people).filled()
    visitors = {who: on.visitor(who) for who in WHO}
    wrong = []
    for who, visitor in visitors.items():
        with transaction.atomic():  # nobody finds what another changed
            answer = ROUTES[route][0](visitor, on)
            transaction.set_rollback(True)
        if answer.status_code not in _expected(route, who):
            wrong.append((who, answer.status_code, answer.content[:200]))
        assert answer.headers["Cache-Control"] == "no-store, private"
        if answer.status_code >= 400:
            assert answer.headers["Content-Type"] == "application/problem+json"
            assert answer.json()["detail"].endswith(".")
    assert not wrong
