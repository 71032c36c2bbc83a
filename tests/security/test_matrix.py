"""Role by route by method, each address also disguised: every cell of `expectations.py`, from the lists of routes.

In the same sweep: reading changes no row, and nothing that was made for a person may be kept by a cache.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from tests.people import People
from tests.security.addresses import (
    METHODS,
    SAFE,
    api_routes,
    desk_routes,
    edge_routes,
    filled,
)
from tests.security.cast import WHO, Scene, all_rows, sent
from tests.security.expectations import (
    API,
    API_NOWHERE,
    DESK,
    EDGE,
    Line,
    generic,
    lines,
    sign_in_lines,
)
from tests.security.requests import body_of

# Who may is decided before a database is asked, and so are disguises and CSRF refused. What those who may do more than
# others ask for is asked of both databases.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("built_files")]

TOKENS = ("none", "wrong", "session", "owner", "reporter", "moderator", "editor", "producer", "admin")
FURTHEST = ("anonymous", "none", "owner", "admin")
LOGIN = "/desk/account/login/"


@dataclass(frozen=True, slots=True)
class Cell:
    """One request and what must come of it: a status, `in` or `off`."""

    method: str
    route: str
    expected: str


def on_both(columns: tuple[str, ...]) -> list[object]:
    """Columns of a table: all of them on SQLite, those of `FURTHEST` on PostgreSQL, too."""
    return [
        pytest.param(one, marks=[pytest.mark.database] if one in FURTHEST else [], id=one) for one in columns
    ]


def _answer_is(answer: Any, expected: str) -> bool:
    there = answer.headers.get("Location", "")
    if expected == "in":
        return answer.status_code in (302, 303) and there.startswith(LOGIN)
    if expected == "off":
        return answer.status_code in (302, 303)
    return str(answer.status_code) == expected


def _cells(table: str, column: str, routes: list[str]) -> Iterator[Cell]:
    """Every method at every route; several lines of the table may speak of one."""
    rows = [*lines(table)]
    heads = {row.route for row in rows if row.method == "HEAD"}
    rows += [
        Line(row.route, "HEAD", row.answers) for row in rows if row.method == "GET" and row.route not in heads
    ]
    for route in routes:
        of_route = [row for row in rows if generic(row.route) == route]
        for method in METHODS:
            asked = [row for row in of_route if row.method == method]
            for row in asked:
                yield Cell(method, row.route, row.answers[column])
            if not asked:
                yield Cell(method, of_route[0].route, "405")


def _desk_cells(who: str) -> list[Cell]:
    known = {generic(row.route) for row in lines(DESK)}
    cells = list(_cells(DESK, who, [route for route in desk_routes() if route in known]))
    column = "nobody" if who == "anonymous" else "somebody"
    for route, one, answers in sign_in_lines():
        if one == column:
            cells += [Cell(method, route, answers[method]) for method in METHODS]
    return cells


def _api_cells(column: str) -> list[Cell]:
    routes = [route for route in api_routes() if route not in API_NOWHERE]
    cells = list(_cells(API, column, routes))
    return cells + [Cell(method, route, "404") for route in sorted(API_NOWHERE) for method in METHODS]


def _disguises(path: str) -> Iterator[str]:
    """The same address as it might slip past a check that compares words."""
    yield path.removesuffix("/") if path.endswith("/") else f"{path}/"
    yield path.upper()
    yield path.replace("/desk/", "/desk//", 1).replace("/api/v1/", "/api/v1//", 1)
    yield f"{path}%00"
    yield f"{path};format=json"
    yield f"{path.rstrip('/')}.json"


def _is_taken(cell: Cell) -> bool:
    """By this method the true address does something: else asking it by GET has shown that nothing is there."""
    return cell.method in ("POST", "PATCH") and cell.expected != "405"


def _tried(client: Client, cell: Cell, path: str, **headers: str) -> Any:
    """The request; what it wrote is forgotten when it may write at all."""
    body, more = body_of(cell.method, cell.route)
    cache.clear()
    if cell.method in SAFE:
        return sent(client, cell.method, path, body, **more, **headers)
    with transaction.atomic():
        answer = sent(client, cell.method, path, body, **more, **headers)
        transaction.set_rollback(True)
    return answer


def _faults(client: Client, cells: list[Cell], values: Mapping[str, str], **headers: str) -> list[str]:
    """What is not as the table says, or may be kept, in words."""
    wrong = []
    for cell in cells:
        path = filled(cell.route, values)
        ways = (f"{path}?after=0", f"{path}?after=0&format=json")
        for shown in ways if cell.method in ("GET", "POST") else ways[:1]:
            answer = _tried(client, cell, shown, **headers)
            if not _answer_is(answer, cell.expected):
                wrong.append(f"{cell.method} {cell.route} {shown}: {answer.status_code}, not {cell.expected}")
            if "no-store" not in answer.headers.get("Cache-Control", ""):
                wrong.append(f"{cell.method} {shown}: may be kept")
    return wrong


def _disguised(client: Client, cells: list[Cell], values: Mapping[str, str], **headers: str) -> list[str]:
    """Which disguised addresses do anything but lead nowhere (or, without its slash, to the true one)."""
    wrong = []
    for cell in (cell for cell in cells if cell.method == "GET" or _is_taken(cell)):
        path = filled(cell.route, values)
        for other in _disguises(path):
            answer = _tried(client, cell, other, **headers)
            straightened = answer.status_code == 301 and unquote(answer.headers["Location"]) == unquote(
                f"{other}/"
            )
            if answer.status_code not in (404, 405) and not straightened:
                wrong.append(f"{cell.method} {other}: {answer.status_code}")
    return wrong


def _none(faults: list[str]) -> None:
    """Every fault in a line of its own."""
    if faults:
        pytest.fail("\n".join(["Not as expectations.py says:", *faults]), pytrace=False)


def _values(on: Scene) -> dict[str, str]:
    return {**on.values, "secret": "unknown", "key": "unknown", "uidb36": "1", "name": "invalid", "pk": "1"}


@pytest.mark.parametrize("who", on_both(WHO))
def test_the_desk_answers_as_the_table_says(who: str, people: People) -> None:
    on = Scene(people)
    client = on.browser(who)
    before = all_rows()
    _none(_faults(client, _desk_cells(who), _values(on)))
    assert all_rows() == before, "reading changed a row"


@pytest.mark.parametrize("who", ["anonymous", "reporter", "admin"])
def test_no_disguise_opens_the_desk(who: str, people: People) -> None:
    on = Scene(people)
    _none(_disguised(on.browser(who), _desk_cells(who), _values(on)))


def _caller(on: Scene, column: str) -> tuple[Client, dict[str, str]]:
    if column == "session":
        return on.browser("admin", csrf=True), {}
    token = (
        {"none": "", "wrong": "spt_wrong"}.get(column) if column in ("none", "wrong") else on.token(column)
    )
    return Client(raise_request_exception=False), {"Authorization": f"Bearer {token}"} if token else {}


@pytest.mark.parametrize("column", on_both(TOKENS))
def test_the_api_answers_as_the_table_says(column: str, people: People) -> None:
    on = Scene(people)
    client, headers = _caller(on, column)
    before = all_rows()
    _none(_faults(client, _api_cells(column), _values(on), **headers))
    assert all_rows() == before, "reading changed a row"


@pytest.mark.parametrize("column", ["none", "reporter", "admin"])
def test_no_disguise_opens_the_api(column: str, people: People) -> None:
    on = Scene(people)
    client, headers = _caller(on, column)
    cells = [cell for cell in _api_cells(column) if cell.route not in API_NOWHERE]
    _none(_disguised(client, cells, _values(on), **headers))


def test_every_route_stands_in_a_table() -> None:
    desk = {generic(row.route) for row in lines(DESK)} | {route for route, _, _ in sign_in_lines()}
    api = {generic(row.route) for row in lines(API)} | API_NOWHERE
    advice = "say in tests/security/expectations.py who may use it"
    assert set(desk_routes()) == desk, advice
    assert set(api_routes()) == api, advice
    assert set(edge_routes()) == set(EDGE), advice


@pytest.mark.parametrize("who", ["anonymous", "stranger", "admin"])
def test_every_write_of_the_desk_needs_the_csrf_token(who: str, people: People) -> None:
    on = Scene(people)
    client = on.browser(who, csrf=True)
    before = all_rows()
    for cell in _desk_cells(who):
        if cell.method in SAFE:
            continue
        body, more = body_of(cell.method, cell.route)
        answer = sent(client, cell.method, filled(cell.route, _values(on)), body, **more)
        assert answer.status_code in (403, 405), cell
        assert answer.status_code == 403 or cell.expected == "405", cell
    assert all_rows() == before
