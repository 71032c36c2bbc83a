"""What must be true of a request before any view sees it."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.api.caller import BASE, POSTS, Caller, caller, open_surge
from tests.people import People

from stoppress.accounts.models import User
from stoppress.lib import limits
from stoppress.lib.pace import Pace
from stoppress.liveblogs.models import Post
from stoppress.newsroom.models import ApiToken

pytestmark = [pytest.mark.database, pytest.mark.django_db]

LIST = f"{BASE}/liveblogs"


@pytest.fixture
def editor(people: People) -> Caller:
    by = people("editor")
    open_surge(by)
    return caller(by)


def test_how_a_token_is_shown(editor: Caller) -> None:
    for good in (f"Bearer {editor.token}", f"bearer {editor.token}", f"BEARER {editor.token}"):
        assert Caller().get(LIST, Authorization=good).status == 200
    wrong = (
        editor.token,
        f"Basic {editor.token}",
        f"Token {editor.token}",
        "Bearer",
        "Bearer ",
        f"Bearer {editor.token}x",
        f"Bearer {editor.token} x",
        "Bearer \xff\xfe",
        "Bearer " + "x" * 5_000,
    )
    for bad in wrong:
        assert Caller().get(LIST, Authorization=bad).status == 401, bad
    assert Caller().get(f"{LIST}?access_token={editor.token}&token={editor.token}").status == 401


def test_a_token_that_was_revoked_or_whose_owner_left(editor: Caller) -> None:
    ApiToken.objects.update(revoked_at=datetime.now(UTC))
    assert editor.get(LIST).status == 401
    ApiToken.objects.update(revoked_at=None)
    assert editor.get(LIST).status == 200
    User.objects.update(is_active=False)
    assert editor.get(LIST).status == 401


def test_tokens_are_not_in_the_database(editor: Caller) -> None:
    row = ApiToken.objects.get()
    assert editor.token not in str(vars(row))


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"{]",
        b"not json",
        b"\xff\xfe",
        b'\xef\xbb\xbf{"markdown": "x"}',
        '{"markdown": "x"}'.encode("utf-16"),
        b'{"markdown": "\xed\xa0\x80"}',
        b'{"markdown": "\\ud800"}',
        b'{"markdown": "x", "publish_at": NaN}',
        b'{"markdown": Infinity}',
        b'{"document": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"document": {"a":' * 20_000,
        b'{"markdown": ' + b"9" * 10_000 + b"}",
        b'{"markdown": "tab\there"}',
    ],
)
def test_bodies_that_cannot_be_read(editor: Caller, body: bytes) -> None:
    reply = editor.post(POSTS, body)
    assert reply.status in {400, 422}
    assert not Post.objects.exists()


def test_no_body_at_all(editor: Caller) -> None:
    assert editor.post(POSTS, b"").status == 415
    assert editor.post(POSTS, b" ").status == 400


def test_where_the_json_breaks_is_told(editor: Caller) -> None:
    assert "line 2, column 3" in editor.post(POSTS, b'{\n  x"markdown": 1}')["detail"]


def test_whole_characters_written_as_pairs_are_taken(editor: Caller) -> None:
    assert editor.post(POSTS, b'{"markdown": "\\ud83c\\udf0a flood"}').status == 201


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("application/json", 201),
        ("application/json; charset=utf-8", 201),
        ("APPLICATION/JSON", 201),
        ("text/json", 415),
        ("text/plain", 415),
        ("application/x-www-form-urlencoded", 415),
        ("application/xml", 415),
        ("", 415),
    ],
)
def test_kinds_of_body(editor: Caller, kind: str, status: int) -> None:
    assert editor.ask("POST", POSTS, {"markdown": "x"}, Content_Type=kind).status == status


def test_size_of_the_body(editor: Caller) -> None:
    frame = len(b'{"markdown": ""}')
    fits = b'{"markdown": "' + b"x" * (limits.REQUEST_BODY_BYTES - frame) + b'"}'
    assert editor.post(POSTS, fits).status == 422  # too long for a post, not for a body
    assert editor.post(POSTS, fits + b" ").status == 413
    assert editor.ask("PATCH", f"{LIST}/surge", fits + b" ").status == 413
    assert Caller().post(POSTS, fits + b" ").status == 401


def test_pace_lets_a_replay_through_and_stops_a_runaway() -> None:
    pace, at = Pace(limits.API_REQUESTS_PER_MINUTE), datetime(2026, 3, 14, 12, 0, 30, tzinfo=UTC)
    for second in range(300):
        for _ in range(50):
            assert pace.seconds_to_wait("replay", at + timedelta(seconds=second)) == 0
    refused = 0
    for _ in range(limits.API_REQUESTS_PER_MINUTE + 5):
        refused += pace.seconds_to_wait("runaway", at) > 0
    assert refused == 5


def test_pace_slides() -> None:
    pace, at = Pace(60), datetime(2026, 3, 14, 12, 0, 50, tzinfo=UTC)
    assert [pace.seconds_to_wait("t", at) for _ in range(60)] == [0] * 60
    assert pace.seconds_to_wait("t", at) == 10
    assert pace.seconds_to_wait("other", at) == 0
    early = at + timedelta(seconds=11)  # one second into the next minute: nearly all of the last one counts
    assert [pace.seconds_to_wait("t", early) for _ in range(2)] == [0, 1]
    later = at + timedelta(seconds=40)  # half of it is forgotten
    assert sum(pace.seconds_to_wait("t", later) == 0 for _ in range(60)) in range(28, 32)
    assert pace.seconds_to_wait("t", at + timedelta(minutes=5)) == 0
