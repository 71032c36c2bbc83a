"""Who may do what, at every address of the desk: the role by route matrix, made from the list of routes."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from tests.desk.ground import WHO, Ground
from tests.desk.visitor import BLOG, POSTS, Visitor, post_body
from tests.people import People

from stoppress.desk.urls import urlpatterns

pytestmark = [pytest.mark.database, pytest.mark.django_db]

Ask = Callable[[Visitor, Ground], Any]
ALL, NONE = "ok ok ok ok", "no no no no"
LEADERS, WRITERS = "no no ok no", "ok ok ok no"
MISSING = "404 404 404 404"
OWN, UNSEEN = "ok no ok no", "ok 404 ok 404"


def _public(end: str, **fields: str) -> Ask:
    return lambda who, on: who.press(f"{POSTS}{on.public.pk}/{end}", **fields)


def _draft(end: str, **fields: str) -> Ask:
    return lambda who, on: who.press(f"{POSTS}{on.draft.pk}/{end}", **fields)


NEW = {"headline": "Another", "timezone": "UTC", "status": "draft"}
# Route and what is asked of it → the request, and what owner, colleague, editor and moderator get.
ROUTES: dict[str, tuple[Ask, str]] = {
    "liveblogs": (lambda who, _: who.ask("/desk/"), ALL),
    "create_liveblog get": (lambda who, _: who.ask("/desk/new/"), LEADERS),
    "create_liveblog post": (lambda who, _: who.press("/desk/new/", **NEW), LEADERS),
    "token": (lambda who, _: who.ask("/desk/token/"), ALL),
    "me get": (lambda who, _: who.ask("/desk/me/"), ALL),
    "me post": (lambda who, _: who.press("/desk/me/", name="Another Name"), ALL),
    "end_session": (lambda who, _: who.press("/desk/me/sessions/0/end/"), MISSING),
    "end_others": (lambda who, _: who.press("/desk/me/sessions/end-others/"), ALL),
    "tokens get": (lambda who, _: who.ask("/desk/tokens/"), ALL),
    "tokens post": (lambda who, _: who.press("/desk/tokens/", name="script"), ALL),
    "revoke_token": (lambda who, _: who.press("/desk/tokens/0/revoke/"), MISSING),
    "team": (lambda who, _: who.ask("/desk/team/"), NONE),
    "audit": (lambda who, _: who.ask("/desk/team/audit/"), NONE),
    "invite": (
        lambda who, _: who.press("/desk/team/invite/", email="new@example.org", role="admin"),
        NONE,
    ),
    "take_back": (lambda who, _: who.press("/desk/team/invitations/1/take-back/"), NONE),
    "team_rules": (lambda who, _: who.press("/desk/team/rules/", required="1"), NONE),
    "give_role": (
        lambda who, on: who.press(f"/desk/team/people/{on.owner.user_id}/role/", role="admin"),
        NONE,
    ),
    "switch": (lambda who, on: who.press(f"/desk/team/people/{on.owner.user_id}/switch/"), NONE),
    "forget_factor": (
        lambda who, on: who.press(f"/desk/team/people/{on.owner.user_id}/forget-factor/"),
        NONE,
    ),
    "upload": (lambda who, _: who.press("/desk/upload/"), "422 422 422 422"),
    "unfurl": (lambda who, _: who.send("/desk/unfurl/", {"url": "http://127.0.0.1/"}), WRITERS),
    "title get": (lambda who, _: who.ask("/desk/title/"), "no no no no"),
    "house_rules": (lambda who, _: who.press("/desk/title/rules/"), "no no no no"),
    "title post": (lambda who, _: who.press("/desk/title/", embed="youtube"), "no no no no"),
    "liveblog": (lambda who, _: who.ask(BLOG), ALL),
    "settings get": (lambda who, _: who.ask(f"{BLOG}settings/"), LEADERS),
    "settings post": (lambda who, _: who.press(f"{BLOG}settings/", headline="New", timezone="UTC"), LEADERS),
    "status": (lambda who, _: who.press(f"{BLOG}status/", to="pause"), LEADERS),
    "shift": (lambda who, _: who.press(f"{BLOG}shift/", to="start"), WRITERS),
    "take_handover": (lambda who, _: who.press(f"{BLOG}handover/0/"), "404 404 404 no"),
    "promise": (lambda who, _: who.press(f"{BLOG}promises/", text="A map"), WRITERS),
    "keep_promise": (lambda who, _: who.press(f"{BLOG}promises/0/"), "404 404 404 no"),
    "unpin": (lambda who, _: who.press(f"{BLOG}unpin/"), LEADERS),
    "changes": (lambda who, _: who.ask(f"{BLOG}changes/?after=0"), ALL),
    "new_post": (lambda who, _: who.send(POSTS, post_body()), WRITERS),
    "new_post summary": (lambda who, _: who.send(POSTS, post_body(summary=True)), LEADERS),
    "post": (lambda who, on: who.ask(f"{POSTS}{on.public.pk}/"), ALL),
    "post draft": (lambda who, on: who.ask(f"{POSTS}{on.draft.pk}/"), UNSEEN),
    "content get": (lambda who, on: who.ask(f"{POSTS}{on.public.pk}/content/"), OWN),
    "content get draft": (lambda who, on: who.ask(f"{POSTS}{on.draft.pk}/content/"), UNSEEN),
    "content amend": (
        lambda who, on: who.send(f"{POSTS}{on.public.pk}/content/", post_body("New.", "amend")),
        OWN,
    ),
    "content save": (
        lambda who, on: who.send(f"{POSTS}{on.draft.pk}/content/", post_body("New.", "draft")),
        UNSEEN,
    ),
    "fragment": (lambda who, on: who.ask(f"{POSTS}{on.public.pk}/fragment/"), ALL),
    "fragment draft": (lambda who, on: who.ask(f"{POSTS}{on.draft.pk}/fragment/"), UNSEEN),
    "publish": (_draft("publish/"), UNSEEN),
    # Without the house rule of two pairs of eyes nothing waits (409); with it, see test_approval.py.
    "submit": (_draft("submit/"), "409 404 409 404"),
    "take_back_post": (_draft("take-back/"), "409 404 no 404"),
    "approve": (_draft("approve/", revision="1"), "no 404 409 404"),
    "return": (_draft("return/", note="Why?"), "no 404 409 404"),
    "unschedule": (lambda who, on: who.press(f"{POSTS}{on.scheduled.pk}/unschedule/"), UNSEEN),
    "discard": (_draft("discard/"), UNSEEN),
    "withdraw": (_public("withdraw/", reason="Wrong."), OWN),
    "pin": (_public("pin/", on="1"), LEADERS),
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


def test_every_route_stands_in_the_matrix() -> None:
    named = {pattern.name for pattern in urlpatterns} - {"setup", "join"}  # before anybody has a role
    assert named == {route.split()[0] for route in ROUTES}


@pytest.mark.parametrize("who", WHO[:4])
def test_a_post_of_another_live_blog_is_not_there(who: str, people: People) -> None:
    on = Ground(people)
    on.visitor("editor").press("/desk/new/", **NEW)
    visitor = on.visitor(who)
    for end in ("", "content/", "fragment/"):
        assert visitor.ask(f"/desk/live/another/posts/{on.public.pk}/{end}").status_code == 404
    for end in ("withdraw/", "mark/", "pin/", "publish/", "discard/", "unschedule/"):
        fields = {"reason": "Wrong.", "key_event": "1", "on": "1"}
        assert visitor.press(f"/desk/live/another/posts/{on.public.pk}/{end}", **fields).status_code == 404
    on.public.refresh_from_db()
    assert on.public.state == "published"


def test_another_publishers_live_blog_is_not_there(people: People) -> None:
    from stoppress.newsroom.models import Membership, Publisher

    on = Ground(people)
    elsewhere = people("admin", "Far Away")
    other = Publisher.objects.create(slug="other", name="Other")
    Membership.objects.filter(user_id=elsewhere.user_id).update(publisher=other)
    visitor = on.visitor("owner")
    visitor.client.force_login(
        Membership.objects.get(publisher=other).user,
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    assert visitor.ask(BLOG).status_code == 404
    assert visitor.ask(f"{POSTS}{on.public.pk}/").status_code == 404
    assert visitor.press(f"{POSTS}{on.public.pk}/withdraw/", reason="x", key=uuid4().hex).status_code == 404


@pytest.mark.parametrize("who", ["moderator", "colleague"])
def test_buttons_that_would_be_refused_are_not_shown(who: str, people: People) -> None:
    on = Ground(people).filled()
    page = on.visitor(who).page(BLOG).content.decode()
    assert "Public text." in page
    assert "Draft text." not in page
    assert "Scheduled text." not in page
    assert "Withdraw the post" not in page
    assert "Settings" not in page
    assert ("data-composer" in page) == (who == "colleague")
