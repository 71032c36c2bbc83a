"""The OpenAPI document tells the truth: every answer to any request made from it is as it says."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from tests.api.caller import BASE, Caller, caller, open_surge
from tests.api.test_claims import claimed
from tests.api.test_roles import ROUTES, upload
from tests.people import People

from stoppress.api.problems import KINDS
from stoppress.config.wsgi import application

schema = schemathesis.openapi.from_wsgi(f"{BASE}/openapi.json", application)
OPERATIONS = {
    each.label: each
    for found in schema.get_all_operations()
    if isinstance(found, Ok)
    for each in [found.ok()]
}
# What is sent from the document must be answered as the document says.
HELD = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
]


def document() -> Any:
    return json.loads(Client().get(f"{BASE}/openapi.json").content)


def test_it_is_public() -> None:
    answer = Client().get(f"{BASE}/openapi.json")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json")
    assert document()["openapi"] == "3.1.0"


def test_every_route_every_status_and_every_text_is_told() -> None:
    told = document()
    routes = {
        f"{method.upper()} {path.removeprefix(BASE)}" for path, on in told["paths"].items() for method in on
    }
    assert routes == set(ROUTES) | {"GET /problems/{name}"}
    statuses = {
        status for on in told["paths"].values() for each in on.values() for status in each["responses"]
    }
    assert {str(kind.status) for kind in KINDS} - statuses == {"405"}
    for path, on in told["paths"].items():
        for method, each in on.items():
            assert each["summary"], (path, method)
            assert each["description"], (path, method)
            if method == "post":
                assert "Idempotency-Key" in json.dumps(each["parameters"])
            if method != "get" and path != f"{BASE}/problems/{{name}}":
                assert {"400", "401", "403", "413", "415", "422", "429", "503", "507"} <= set(
                    each["responses"]
                )


def test_its_schemas_are_schemas() -> None:
    for shape in document()["components"]["schemas"].values():
        Draft202012Validator.check_schema(shape)


@contextmanager
def one_connection() -> Iterator[None]:
    """Requests that do not come from Django's test client would close the test's own connection."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


@pytest.mark.long
@pytest.mark.database
@pytest.mark.django_db
@pytest.mark.parametrize("label", OPERATIONS)
def test_any_request_is_answered_as_it_says(label: str, people: People) -> None:
    by = people("editor")
    open_surge(by)
    who: Caller = caller(by)
    there = {
        "slug": "surge",
        "post_id": who.publish(markdown=None, document=claimed(("The gate is shut.", "said")))["id"],
        "claim_id": "said",
        "media_id": who.upload({"file": upload()})["id"] if "media_id" in label else "",
        "name": "invalid",
    }

    @settings(
        max_examples=20,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=OPERATIONS[label].as_strategy(), real=st.booleans())
    def ask(case: Case[Any], real: bool) -> None:  # noqa: FBT001 (hypothesis calls it)
        if real:
            case.path_parameters = {name: there[name] for name in case.path_parameters or {}}
        answer = case.call(headers={"Authorization": f"Bearer {who.token}"})
        case.validate_response(answer, checks=HELD)

    with one_connection():
        ask()
