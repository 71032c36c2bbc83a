"""What is another's is not there: every address that takes an id, with ids that lead elsewhere, by desk and by API.

The answer for what one may not see is, to the letter, the answer for what does not exist.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from tests.liveblogs.newsdesk import content
from tests.people import People
from tests.security.addresses import api_routes, desk_routes, filled
from tests.security.cast import BACKEND, CLAIM, Scene, sent
from tests.security.expectations import API, DESK, Line, lines
from tests.security.requests import body_of

from stoppress.accounts.models import User
from stoppress.lib import clock
from stoppress.liveblogs.actions.content import NewLiveBlog
from stoppress.liveblogs.actions.create_liveblog import create_liveblog
from stoppress.liveblogs.actions.draft_post import discard_draft, draft_post
from stoppress.newsroom.actions.issue_token import issue_token
from stoppress.newsroom.models import Membership, Publisher
from stoppress.newsroom.queries import staff_of
from stoppress.newsroom.roles import Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("built_files")]

NOBODYS = "01m0000000zzzzzzzzzz"  # shaped as an id, and none
SHAPES = (
    NOBODYS,
    NOBODYS.upper(),
    "0",
    "-1",
    "1",
    "None",
    "surge",
    "a" * 20,
    "a" * 300,
    "%00",
    "..%2f..",
    "'--",
)
_MADE_ANEW = re.compile(r'(name="csrfmiddlewaretoken" value|name="csrf" content)="\w+"')


class Outside:
    """An admin of another publisher, signed in and with a token."""

    def __init__(self) -> None:
        other = Publisher.objects.create(slug="other", name="Other")
        self.user = User.objects.create_user("far@example.org", "a long pass phrase", name="Far Away")
        Membership.objects.create(user=self.user, publisher=other, role=Role.ADMIN)
        self.client = Client(raise_request_exception=False)
        self.client.force_login(self.user, backend=BACKEND)
        self.headers = {"Authorization": f"Bearer {issue_token(email=self.user.email)}"}


def _tried(client: Client, row: Line, path: str, **headers: str) -> Any:
    body, more = body_of(row.method, row.route)
    cache.clear()
    with transaction.atomic():
        answer = sent(client, row.method, f"{path}?after=0", body, **more, **headers)
        transaction.set_rollback(True)
    return answer


def _said(answer: Any, *names: str) -> str:
    """What was answered, less the ids and names that were asked for."""
    text = _MADE_ANEW.sub("", answer.content.decode())
    for name in (name for name in names if len(name) > 2):  # a small number stands in every page
        text = text.replace(name, "ID")
    return f"{answer.status_code} {sorted(answer.headers)} {text}"


def _with_ids(table: str) -> Iterator[Line]:
    return (
        row
        for row in lines(table)
        if "<" in row.route and not {"<secret>", "<name>", "<key>", "<kind>"} & set(_names(row))
    )


def _names(row: Line) -> list[str]:
    return re.findall("<[a-z_0-9]+>", row.route)


def _faults(
    table: str, client: Client, there: dict[str, str], not_there: dict[str, str], **headers: str
) -> list[str]:
    """Addresses that answer for `there` otherwise than for `not_there`, or otherwise than with 404."""
    wrong = []
    for row in _with_ids(table):
        one = _tried(client, row, filled(row.route, there), **headers)
        other = _tried(client, row, filled(row.route, not_there), **headers)
        if one.status_code != 404:
            wrong.append(f"{row.method} {row.route}: {one.status_code}")
        elif "<user_id>" in row.route:
            assert other.status_code == 404, row
        elif _said(one, *there.values()) != _said(other, *not_there.values()):
            wrong.append(f"{row.method} {row.route}: tells what is there from what is not")
    return wrong


def _nowhere(on: Scene, **more: str) -> dict[str, str]:
    return (
        {name: "999999" if name.endswith("_id") and name != "media_id" else NOBODYS for name in on.values}
        | {"slug": "nowhere"}
        | more
    )


def test_another_publishers_things_are_not_there(people: People) -> None:
    on, outside = Scene(people), Outside()
    assert not _faults(DESK, outside.client, on.values, _nowhere(on))
    assert not _faults(API, Client(), on.values, _nowhere(on), **outside.headers)


def test_posts_of_another_publisher_are_not_in_ones_own_live_blog(people: People) -> None:
    on, outside = Scene(people), Outside()
    by = staff_of(outside.user)
    assert by is not None
    create_liveblog(by=by, details=NewLiveBlog(headline="Mine", slug="mine"), at=clock.now())
    mine = on.values | {"slug": "mine"}
    rows = [
        row
        for row in (*_with_ids(DESK), *_with_ids(API))
        if any(n in row.route for n in ("<public>", "<draft>", "<submitted>", "<scheduled>", "<media_id>"))
    ]
    for row in rows:
        headers = outside.headers if row.route.startswith("/api/") else {}
        assert _tried(outside.client, row, filled(row.route, mine), **headers).status_code == 404, row


@pytest.mark.parametrize("who", ["owner", "reporter", "editor", "admin"])
def test_a_post_is_only_in_its_own_live_blog(who: str, people: People) -> None:
    on = Scene(people)
    create_liveblog(
        by=on.staff("editor"), details=NewLiveBlog(headline="Second", slug="second"), at=clock.now()
    )
    client, headers = on.browser(who), {"Authorization": f"Bearer {on.token(who)}"}
    elsewhere, nowhere = on.values | {"slug": "second"}, _nowhere(on, slug="second")
    for table, more in ((DESK, {}), (API, headers)):
        for row in _with_ids(table):
            if {"<public>", "<draft>", "<submitted>", "<scheduled>"} & set(_names(row)):
                one = _tried(client, row, filled(row.route, elsewhere), **more)
                other = _tried(client, row, filled(row.route, nowhere), **more)
                assert one.status_code == 404, row
                assert one.status_code == other.status_code


@pytest.mark.parametrize("who", ["reporter", "moderator"])
def test_drafts_of_others_and_discarded_ones_are_like_none(who: str, people: People) -> None:
    on = Scene(people)
    client, headers = on.browser(who), {"Authorization": f"Bearer {on.token(who)}"}
    gone = draft_post(by=on.staff("owner"), slug="surge", content=content("Gone."), at=clock.now()).post_id
    discard_draft(by=on.staff("owner"), post_id=gone, at=clock.now())
    for hidden in (on.values["draft"], on.values["submitted"], on.values["scheduled"], gone):
        for table, more in ((DESK, {}), (API, headers)):
            for row in _with_ids(table):
                if not {"<public>", "<draft>", "<submitted>", "<scheduled>"} & set(_names(row)):
                    continue
                posts = ("public", "draft", "submitted", "scheduled")
                there = {"slug": "surge", "claim_id": CLAIM, **dict.fromkeys(posts, hidden)}
                one = _tried(client, row, filled(row.route, there), **more)
                other = _tried(
                    client, row, filled(row.route, dict.fromkeys(there, NOBODYS) | {"slug": "surge"}), **more
                )
                assert _said(one, hidden) == _said(other, NOBODYS), row
                assert one.status_code == 404, row


@pytest.mark.database
def test_no_shape_of_an_id_breaks_anything(people: People) -> None:
    on = Scene(people)
    client, headers = on.browser("admin"), {"Authorization": f"Bearer {on.token('admin')}"}
    for row in (*_with_ids(DESK), *_with_ids(API)):
        for shape in SHAPES:
            values = dict.fromkeys(on.values, shape) | {"slug": "surge"}
            if values["user_id"] == "1":
                values["user_id"] = "2147483648"  # 1 is somebody
            if not set(_names(row)) - {"<slug>"}:
                values["slug"] = shape.replace("surge", "nowhere")
            path = filled(row.route, values)
            answer = _tried(client, row, path, **(headers if row.route.startswith("/api/") else {}))
            # A text under way is named by its own device: throwing away what never came is done already.
            known = (404, 301, 422, 200) if "<copy>" in row.route else (404, 301)
            assert answer.status_code in known, (row.method, path, answer.status_code)


def test_every_route_with_an_id_was_asked() -> None:
    asked = {
        re.sub("<(public|draft|submitted|scheduled)>", "<post_id>", row.route)
        for row in (*_with_ids(DESK), *_with_ids(API))
    }
    there = {route for route in (*desk_routes(), *api_routes()) if "<" in route}
    assert {route for route in there - asked if "/desk/account/" not in route} == {
        "/desk/setup/<secret>/",
        "/desk/join/<secret>/",
        "/desk/title/policies/<kind>/",  # of a fixed list, and the title's own
        "/desk/answers/<key>/",  # a key is its writer's own word: "unknown" is the answer
        "/api/v1/problems/<name>",
    }
