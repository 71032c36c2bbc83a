"""The addresses of the intake: in a table, for signed messages alone, whoever is signed in."""

import pytest
from tests.people import People
from tests.security.addresses import METHODS, SAFE, django_routes, filled
from tests.security.cast import WHO, Scene, all_rows, sent
from tests.security.expectations import INTAKE, WEBSUB

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def test_every_address_stands_in_a_table() -> None:
    elsewhere = {
        route
        for route in django_routes()
        if not route.startswith(("/desk/", "/api/", "/audience/", "/cards/"))
    }
    assert elsewhere == {*INTAKE, *WEBSUB}, "say in tests/security/expectations.py who may use it"


@pytest.mark.parametrize("who", WHO)
def test_no_session_and_no_role_opens_them(who: str, people: People) -> None:
    on = Scene(people)
    browser = on.browser(who, csrf=True)
    before = all_rows()
    for route in INTAKE:
        path = filled(route, {"key": "k" * 20})  # the key of the scene's mail channel
        unsigned = INTAKE[route]
        for method in METHODS:
            answer = sent(browser, method, path, {"text": "Hello"})
            expected = unsigned if method not in (*SAFE, "PUT", "PATCH", "DELETE") else 405
            assert answer.status_code == expected, (method, path, answer.status_code)
            assert answer.headers["Cache-Control"] == "no-store, private"
    assert all_rows() == before
