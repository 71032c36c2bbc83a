"""What the desk says while its database is away or full: that nothing was saved, and never that it was our fault."""

import pytest
from django.db import OperationalError
from tests.desk.ground import Ground
from tests.people import People

from stoppress.liveblogs import queries

SCRIPT, PERSON = "application/json", "text/html"


@pytest.mark.parametrize(
    ("words", "status"),
    [("connection refused", 503), ("database is locked", 503), ("database or disk is full", 507)],
)
@pytest.mark.parametrize("accepts", [SCRIPT, PERSON])
@pytest.mark.django_db
def test_it_is_said_that_nothing_was_saved(
    people: People, monkeypatch: pytest.MonkeyPatch, accepts: str, words: str, status: int
) -> None:
    def broken(*_: object) -> None:
        raise OperationalError(words)

    monkeypatch.setattr(queries, "liveblogs_of", broken)
    client = Ground(people).visitor("owner").client
    client.raise_request_exception = False
    answer = client.get("/desk/", headers={"accept": accepts})
    assert answer.status_code == status
    assert "Nothing was saved" in answer.content.decode()
    assert (status == 503) == ("Retry-After" in answer.headers)
