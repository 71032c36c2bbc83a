"""Who may do what, at every address: role by route, and what belongs to another publisher is not there."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.api.caller import BASE, POSTS, Caller, Reply, caller, open_surge
from tests.api.test_claims import claimed
from tests.liveblogs import photos
from tests.people import People

from stoppress.accounts.models import User
from stoppress.api.routes import api
from stoppress.newsroom.models import Membership, Publisher
from stoppress.newsroom.queries import staff_of
from stoppress.newsroom.roles import Role

pytestmark = [pytest.mark.database, pytest.mark.django_db, pytest.mark.long]

SURGE = f"{BASE}/liveblogs/surge"
PICTURE = photos.encoded(photos.bands(20, 20), "PNG")


class Ground:
    """One live blog with a post of each kind and a picture, all by an editor."""

    def __init__(self, people: People) -> None:
        by = people("editor", "Owner")
        open_surge(by)
        self.owner = caller(by)
        self.post: str = self.owner.publish()["id"]
        self.draft: str = self.owner.publish(draft=True)["id"]
        self.claim: str = self.owner.publish(markdown=None, document=claimed(("Shut.", "said")))["id"]
        self.picture: str = self.owner.upload({"file": upload()})["id"]


def upload() -> object:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile("photo.png", PICTURE, "image/png")


Call = Callable[[Caller, Ground], Reply]
# Every route (method and path as the OpenAPI document has them) → a request that an editor may make.
ROUTES: dict[str, Call] = {
    "GET /liveblogs": lambda who, _: who.get(f"{BASE}/liveblogs"),
    "POST /liveblogs": lambda who, _: who.post(f"{BASE}/liveblogs", {"headline": "Another"}),
    "GET /liveblogs/{slug}": lambda who, _: who.get(SURGE),
    "PATCH /liveblogs/{slug}": lambda who, _: who.patch(SURGE, {"headline": "New"}),
    "GET /liveblogs/{slug}/posts": lambda who, _: who.get(POSTS),
    "POST /liveblogs/{slug}/posts": lambda who, _: who.post(POSTS, {"markdown": "Text."}),
    "GET /liveblogs/{slug}/posts/{post_id}": lambda who, on: who.get(f"{POSTS}/{on.post}"),
    "PATCH /liveblogs/{slug}/posts/{post_id}": lambda who, on: who.patch(
        f"{POSTS}/{on.post}", {"markdown": "New."}
    ),
    "POST /liveblogs/{slug}/posts/{post_id}/withdraw": lambda who, on: who.post(
        f"{POSTS}/{on.post}/withdraw", {"reason": "Wrong."}
    ),
    "GET /liveblogs/{slug}/claims": lambda who, _: who.get(f"{SURGE}/claims"),
    "GET /liveblogs/{slug}/ninjs": lambda who, _: who.get(f"{SURGE}/ninjs"),
    "PATCH /liveblogs/{slug}/posts/{post_id}/claims/{claim_id}": lambda who, on: who.patch(
        f"{POSTS}/{on.claim}/claims/said", {"state": "false"}
    ),
    "POST /media": lambda who, _: who.upload({"file": upload()}),
    "GET /media/{media_id}": lambda who, on: who.get(f"{BASE}/media/{on.picture}"),
    "PATCH /media/{media_id}": lambda who, on: who.patch(f"{BASE}/media/{on.picture}", {"alt": "A gate"}),
}
READING = {route for route in ROUTES if route.startswith("GET")}
# What a reporter may do with a colleague's things, and with a live blog of the newsroom.
REPORTING = READING | {"POST /liveblogs/{slug}/posts", "POST /media"}
ALLOWED = {
    "reporter": REPORTING,
    "editor": set(ROUTES),
    "producer": set(ROUTES),
    "moderator": READING,
    "admin": set(ROUTES),
}


def test_every_route_is_in_the_matrix() -> None:
    routes = {
        f"{method} /{(bound.prefix + path).strip('/').replace('slug:', '')}"
        for bound in api._get_bound_routers()
        for path, view in bound.path_operations.items()
        for operation in view.operations
        for method in operation.methods
    }
    assert routes == set(ROUTES) | {"GET /problems/{name}"}


@pytest.mark.parametrize("role", ALLOWED)
def test_role_by_route(role: str, people: People) -> None:
    ground = Ground(people)
    who = caller(people(role, "Somebody Else"))
    for route, call in ROUTES.items():
        reply = call(who, ground)
        if route in ALLOWED[role]:
            assert reply.status in {200, 201}, (route, reply.json)
        else:
            assert reply.status == 403, (route, reply.json)


def test_reporters_run_their_own_posts_only(people: People) -> None:
    ground = Ground(people)
    who = caller(people("reporter"))
    own = f"{POSTS}/{who.publish()['id']}"
    assert who.patch(own, {"markdown": "Better.", "key_event": True}).status == 200
    assert who.patch(own, {"summary": True}).status == 403
    assert who.post(POSTS, {"markdown": "So far.", "summary": True}).status == 403
    assert who.post(f"{own}/withdraw", {"reason": "Wrong."}).status == 200
    assert who.patch(f"{POSTS}/{ground.draft}", {"markdown": "Mine."}).status == 404
    assert who.patch(SURGE, {"status": "closed"}).status == 403
    assert who.patch(SURGE, {"pinned_post": ground.post}).status == 403
    assert who.patch(SURGE, {"pinned_post": None}).status == 403


@pytest.fixture
def stranger(people: People) -> Caller:
    """An admin of another publisher."""
    people("admin")
    elsewhere = Publisher.objects.create(slug="elsewhere", name="Elsewhere")
    user = User.objects.create_user("stranger@example.org", name="Stranger")
    Membership.objects.create(user=user, publisher=elsewhere, role=Role.ADMIN)
    by = staff_of(user)
    assert by is not None
    return caller(by)


def test_what_belongs_to_others_is_not_there(people: People, stranger: Caller) -> None:
    ground = Ground(people)
    for route, call in ROUTES.items():
        if "{" in route:
            assert call(stranger, ground).status == 404, route
    assert stranger.get(f"{BASE}/liveblogs")["items"] == []
    mine = stranger.post(f"{BASE}/liveblogs", {"headline": "Mine"})["slug"]
    pin = stranger.patch(f"{BASE}/liveblogs/{mine}", {"pinned_post": ground.post})
    assert pin.status == 404


def test_nobody_gets_in_without_a_token(people: People) -> None:
    ground = Ground(people)
    for route, call in ROUTES.items():
        for who in (Caller(), Caller("spt_wrong")):
            reply = call(who, ground)
            assert reply.status == 401, route
            assert reply.header("WWW-Authenticate").startswith("Bearer"), route


def test_a_session_gives_nothing(people: People) -> None:
    ground = Ground(people)
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.get(name="Owner"))
    for route, call in ROUTES.items():
        assert call(Caller(client=client), ground).status == 401, route


def test_slashes_and_cases_open_nothing(people: People) -> None:
    ground = Ground(people)
    reporter = caller(people("reporter"))
    for path in (
        f"{SURGE}/",
        "/api/v1/LIVEBLOGS/surge",
        "/api/v1//liveblogs/surge",
        f"{SURGE}/posts/",
        "/api/v1/",
        "/api/",
        "/api/v2/liveblogs",
    ):
        for method in ("GET", "PATCH", "OPTIONS", "DELETE"):
            reply = reporter.ask(method, path, {"headline": "x"})
            assert reply.status in {404, 405}, (method, path)
    assert ground.owner.get(SURGE)["headline"] == "Storm surge reaches the harbour"
