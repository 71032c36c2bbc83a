"""The desk's pages are packed for browsers that take it; the API's answers, whose ETags are exact, are not."""

import gzip

import pytest
from tests.desk.visitor import visitor
from tests.people import People

pytestmark = pytest.mark.django_db


def test_a_page_is_packed_for_who_takes_it(people: People) -> None:
    someone = visitor(people("editor"))
    packed = someone.page("/desk/new/", **{"Accept-Encoding": "gzip", "Accept": "text/html"})
    assert packed["Content-Encoding"] == "gzip"
    assert b"<!doctype html>" in gzip.decompress(packed.content)
    assert "Accept-Encoding" in packed["Vary"]
    plain = someone.page("/desk/new/", Accept="text/html")
    assert "Content-Encoding" not in plain


def test_the_api_is_not_packed(people: People) -> None:
    someone = visitor(people("editor"))
    answer = someone.page("/api/v1/openapi.json", **{"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in answer
