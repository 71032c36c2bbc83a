"""Every error the API can give, seen on the wire: `checked` in `caller.py` holds each against RFC 9457."""

import errno
from collections.abc import Callable

import pytest
from django.db import OperationalError, connection
from tests.api.caller import BASE, POSTS, Caller, Reply, caller, open_surge
from tests.people import People

from stoppress.api import door, liveblogs, posts
from stoppress.api.problems import KINDS
from stoppress.lib import limits
from stoppress.lib.pace import Pace
from stoppress.liveblogs.models import Post

pytestmark = [pytest.mark.database, pytest.mark.django_db]

Break = pytest.MonkeyPatch


@pytest.fixture
def editor(people: People) -> Caller:
    by = people("editor")
    open_surge(by)
    return caller(by)


def failing(fault: Exception) -> Callable[..., object]:
    def fail(**_named: object) -> object:
        raise fault

    return fail


def publishing(editor: Caller, monkeypatch: Break, fault: Exception) -> Reply:
    monkeypatch.setattr(posts, "publish_new_post", failing(fault))
    reply = editor.post(POSTS, {"markdown": "x"})
    assert not Post.objects.exists()
    return reply


def _full_disk(message: str = "database or disk is full") -> OperationalError:
    return OperationalError(message)


def _slow_down(editor: Caller, monkeypatch: Break) -> Reply:
    monkeypatch.setattr(door, "pace", Pace(2))
    editor.get(f"{BASE}/liveblogs")
    editor.get(f"{BASE}/liveblogs")
    return editor.get(f"{BASE}/liveblogs")


def _stale(editor: Caller, _: Break) -> Reply:
    post = editor.publish()
    return editor.patch(f"{POSTS}/{post['id']}", {"markdown": "x"}, If_Match='"9"')


def _closed(editor: Caller, _: Break) -> Reply:
    editor.patch(f"{BASE}/liveblogs/surge", {"status": "closed"})
    return editor.post(POSTS, {"markdown": "x"})


def _withdrawn(editor: Caller, _: Break) -> Reply:
    post = editor.publish(draft=True)
    return editor.post(f"{POSTS}/{post['id']}/withdraw", {"reason": "x"})


def _not_allowed(editor: Caller, _: Break) -> Reply:
    from stoppress.newsroom.models import Membership

    Membership.objects.update(role="moderator")
    return editor.post(POSTS, {"markdown": "x"})


WAYS: dict[str, Callable[[Caller, Break], Reply]] = {
    "malformed": lambda editor, _: editor.post(POSTS, b"{"),
    "not-signed-in": lambda _editor, _: Caller().get(f"{BASE}/liveblogs"),
    "not-allowed": _not_allowed,
    "not-found": lambda editor, _: editor.get(f"{BASE}/liveblogs/none"),
    "wrong-method": lambda editor, _: editor.ask("DELETE", f"{BASE}/liveblogs/surge"),
    "blog-closed": _closed,
    "wrong-state": _withdrawn,
    "length-needed": lambda editor, _: editor.post(POSTS, {"markdown": "x"}, Transfer_Encoding="chunked"),
    "stale-revision": _stale,
    "too-large": lambda editor, _: editor.post(POSTS, b" " * (limits.REQUEST_BODY_BYTES + 1)),
    "wrong-media-type": lambda editor, _: editor.post(POSTS, b"markdown=x", Content_Type="text/plain"),
    "invalid": lambda editor, _: editor.post(POSTS, {"markdown": 1}),
    "too-many-requests": _slow_down,
    "failed": lambda editor, broken: publishing(editor, broken, RuntimeError("secret words")),
    "unavailable": lambda editor, broken: publishing(editor, broken, OperationalError("database is locked")),
    "no-room": lambda editor, broken: publishing(editor, broken, _full_disk()),
}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_each_kind_of_problem(kind: object, editor: Caller, monkeypatch: Break) -> None:
    name = getattr(kind, "name", "")
    reply = WAYS[name](editor, monkeypatch)
    assert reply["type"].endswith(f"/problems/{name}")
    assert "secret words" not in reply.raw.content.decode()
    explained = Caller().get(f"{BASE}/problems/{name}")
    assert (explained.status, explained["type"], explained["status"]) == (200, reply["type"], reply.status)


def test_an_unknown_kind_is_not_there() -> None:
    assert Caller().get(f"{BASE}/problems/nonsense").status == 404


def test_headers_that_go_with_a_status(editor: Caller, monkeypatch: Break) -> None:
    assert editor.ask("DELETE", f"{BASE}/liveblogs/surge").header("Allow") == "GET, HEAD, PATCH"
    assert int(publishing(editor, monkeypatch, OperationalError("locked")).header("Retry-After")) > 0
    assert int(_slow_down(editor, monkeypatch).header("Retry-After")) in range(1, 61)


@pytest.mark.parametrize(
    "words", ["disk I/O error", "could not extend file: No space left on device (disk full)"]
)
def test_a_failing_disk_is_no_room(words: str, editor: Caller, monkeypatch: Break) -> None:
    assert publishing(editor, monkeypatch, _full_disk(words)).status == 507


def test_a_full_media_disk_is_no_room(editor: Caller, monkeypatch: Break) -> None:
    from tests.api.test_roles import upload

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    assert editor.upload({"file": upload()}).status == 507


def test_a_database_that_is_away_is_told_before_the_door_too(editor: Caller, monkeypatch: Break) -> None:
    monkeypatch.setattr(door, "staff_by_token", failing_positional(OperationalError("connection refused")))
    assert editor.get(f"{BASE}/liveblogs").status == 503


def failing_positional(fault: Exception) -> Callable[[str], object]:
    def fail(_secret: str) -> object:
        raise fault

    return fail


def test_a_failed_view_elsewhere_is_told_and_logged(
    editor: Caller, monkeypatch: Break, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(liveblogs, "create_liveblog", failing(ZeroDivisionError("secret words")))
    assert editor.post(f"{BASE}/liveblogs", {"headline": "x"}).status == 500
    assert "ZeroDivisionError" in caplog.text


def test_a_wrong_host_is_a_problem_too() -> None:
    assert Caller().get(f"{BASE}/liveblogs", Host="evil.example").status in {400, 401}


@pytest.mark.django_db(transaction=True)
def test_a_database_held_by_another_is_unavailable_and_then_once(editor: Caller) -> None:
    sqlite = connection.vendor == "sqlite"
    other = connection.copy()
    with other.cursor() as held, connection.cursor() as ours:
        held.execute("BEGIN IMMEDIATE" if sqlite else "BEGIN")
        held.execute("SELECT id FROM liveblog" if sqlite else "SELECT id FROM liveblog FOR UPDATE")
        ours.execute("PRAGMA busy_timeout = 50" if sqlite else "SET lock_timeout = 50")
        refused = editor.post(POSTS, {"markdown": "x"}, Idempotency_Key="k")
        held.execute("ROLLBACK")
        done = editor.post(POSTS, {"markdown": "x"}, Idempotency_Key="k")
    other.close()
    connection.close()  # the next test waits as long as ever
    assert (refused.status, done.status) == (503, 201)
    assert Post.objects.count() == 1


@pytest.mark.parametrize("body", [[], "x", 5])
def test_a_body_that_is_no_object_is_refused_in_words_of_ours(editor: Caller, body: object) -> None:
    reply = editor.post(POSTS, body)
    assert reply.status == 422
    assert "body should be a JSON object; " in str(reply["detail"])
