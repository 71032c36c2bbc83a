"""A copy made while posts pour in, and the newsroom that comes of it (FAULTS F25), on either database."""

import asyncio
import json
import shutil
import subprocess
import tarfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import cast

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from PIL import Image
from tests.e2e.server import COMMAND, environment
from tests.edge.client import ask
from tests.liveblogs.newsdesk import Desk, content, open_desk
from tests.people import People

from stoppress.backup import read
from stoppress.backup.format import MANIFEST
from stoppress.backup.made import last_backup
from stoppress.backup.write import write_backup
from stoppress.bus.memory import MemoryBus
from stoppress.edge.app import Edge
from stoppress.edge.postgres_store import PostgresStore
from stoppress.edge.sqlite_store import SqliteStore
from stoppress.lib import clock
from stoppress.lib.http_out import Outside
from stoppress.liveblogs import queries
from stoppress.liveblogs.actions.publish_post import publish_new_post
from stoppress.liveblogs.actions.rebuild_liveblog import rebuild_liveblog
from stoppress.liveblogs.actions.upload_media import upload_media
from stoppress.liveblogs.models import LiveBlog, Media, PagePost, Post
from stoppress.push.actions.read_log import read_logs
from stoppress.push.models import Alert, LogPlace, Subscription
from stoppress.websub.actions.take_over import take_deliveries, take_words
from stoppress.websub.hub import Hub

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]

BEFORE, WRITERS = 8, 3  # posts that stand before the copy begins; hands that go on meanwhile


@dataclass(slots=True)
class Pouring:
    """Writers at work, and the ledger of what they were told is published: seq → text."""

    desk: Desk
    ledger: dict[int, str] = field(default_factory=dict)
    stop: threading.Event = field(default_factory=threading.Event)
    grew: threading.Condition = field(default_factory=threading.Condition)
    faults: list[BaseException] = field(default_factory=list)
    hands: list[threading.Thread] = field(default_factory=list)

    def begin(self) -> None:
        self.hands = [threading.Thread(target=self.write, args=(hand,)) for hand in range(WRITERS)]
        for hand in self.hands:
            hand.start()

    def end(self) -> None:
        self.stop.set()
        for hand in self.hands:
            hand.join()

    def write(self, hand: int) -> None:
        number = 0
        try:
            while not self.stop.is_set():
                number += 1
                text = f"Hand {hand}, post {number}."
                done = publish_new_post(by=self.desk.by, slug="surge", content=content(text), at=clock.now())
                with self.grew:
                    self.ledger[done.seq] = text
                    self.grew.notify_all()
        except BaseException as fault:  # noqa: BLE001 (told by the test's own thread)
            self.faults.append(fault)
        finally:
            connection.close()

    def wait_for(self, posts: int) -> set[int]:
        """The numbers of the ledger once it holds so many."""
        with self.grew:
            assert self.grew.wait_for(lambda: len(self.ledger) >= posts or self.faults, timeout=120)
            return set(self.ledger)


@pytest.fixture
def pouring(people: People, noon: datetime) -> Iterator[Pouring]:
    pouring = Pouring(open_desk(people("editor", "Ed Itor"), noon))
    pouring.begin()
    try:
        yield pouring
    finally:
        pouring.end()


def picture() -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (640, 400), "navy").save(buffer, "JPEG")
    return buffer.getvalue()


def edge() -> Edge:
    """Readers' side of the tests' database."""
    names = connection.settings_dict
    fields = {"dbname": "NAME", "host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
    place = " ".join(f"{key}={names[name]}" for key, name in fields.items() if names[name])
    store = SqliteStore(Path(names["NAME"])) if connection.vendor == "sqlite" else PostgresStore(place)
    return Edge(
        store=store, bus=MemoryBus(), media_root=Path(settings.MEDIA_ROOT), public_url="http://testserver"
    )


async def changes(after: int) -> list[dict[str, object]]:
    site = edge()
    try:
        answer = await ask(site, f"/live/surge/changes?after={after}")
        assert answer.status == 200
        return cast("list[dict[str, object]]", json.loads(answer.text)["changes"])
    finally:
        await site._store.close()


def html() -> dict[str, str]:
    return dict(PagePost.objects.values_list("pk", "html"))


def restored(file: Path) -> None:
    """Everything away, as on a new machine, and the copy back."""
    call_command("flush", interactive=False, verbosity=0)
    shutil.rmtree(settings.MEDIA_ROOT)
    read.check(file)
    read.restore_backup(file)


def test_a_copy_made_meanwhile_is_a_prefix_of_what_was_published(pouring: Pouring, tmp_path: Path) -> None:
    before = pouring.wait_for(BEFORE)
    by, at = pouring.desk.by, clock.now()
    media = upload_media(by=by, filename="a.jpg", data=picture(), at=at)
    shown: list[tuple[int, int]] = []
    file = tmp_path / "copy.tgz"
    write_backup(file, lambda number, of, _: shown.append((number, of)))
    after = pouring.wait_for(len(pouring.ledger) + 2)  # they were never held up
    pouring.end()
    restored(file)

    assert not pouring.faults
    last = LiveBlog.objects.get().last_seq
    texts = {Post.objects.get(pk=pk).document["content"][0]["content"][0]["text"] for pk in html()}
    assert texts == {text for seq, text in pouring.ledger.items() if seq <= last}
    assert before <= {seq for seq in pouring.ledger if seq <= last}
    assert max(after) > last
    assert queries.blogs_with_gaps() == []
    assert Media.objects.get() == media
    assert all(path.stat().st_size for path in (Path(settings.MEDIA_ROOT) / media.pk).iterdir())
    assert shown == sorted(shown)
    assert shown[-1][0] == shown[-1][1]
    stood = html()
    rebuild_liveblog(blog_id=LiveBlog.objects.get().pk, by="Stoppress", at=clock.now())
    assert html() == stood
    # Somebody whose page had seen more than there is now fetches it afresh.
    assert [one["kind"] for one in asyncio.run(changes(max(after)))] == ["reload"]
    assert last_backup(settings.ENVIRONMENT.data) is not None


# It needs both databases, and only the run on PostgreSQL has both: SQLite is everywhere.
@pytest.mark.skipif(connection.vendor == "sqlite", reason="begins on PostgreSQL")  # the run there has both
def test_a_copy_comes_back_on_the_other_database_and_from_there_here(
    pouring: Pouring, tmp_path: Path
) -> None:
    pouring.wait_for(BEFORE)
    media = upload_media(by=pouring.desk.by, filename="a.jpg", data=picture(), at=clock.now())
    first, second, third = (tmp_path / f"{number}.tgz" for number in ("first", "second", "third"))
    write_backup(first)
    pouring.end()
    on_sqlite = tmp_path / "elsewhere"
    command("restore", first, on_sqlite)
    command("backup", second, on_sqlite)
    restored(second)
    write_backup(third)

    assert not pouring.faults
    kept = parts(first)
    assert f"media/{media.pk}/480.webp" in kept
    assert kept["rows/liveblogs.post.jsonl"].count(b"\n") >= BEFORE
    assert parts(second) == kept
    assert parts(third) == kept
    assert queries.blogs_with_gaps() == []
    Desk(pouring.desk.by, LiveBlog.objects.get(), clock.now()).publish("Counters go on where they stood.")


def command(name: str, file: Path, data: Path) -> None:
    """`stoppress backup` or `restore` on the newsroom in this folder."""
    words = (COMMAND, name, str(file), "--data", str(data))
    done = subprocess.run(words, env=environment(data), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def parts(file: Path) -> dict[str, bytes]:
    """What a copy holds, without what it says of itself."""
    with tarfile.open(file) as tar:
        found = {one.name: content.read() for one in tar if (content := tar.extractfile(one))}
    del found[MANIFEST]
    return found


def test_nobody_is_told_again(
    people: People, noon: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_desk(people("editor", "Ed Itor"), noon)
    for number in range(3):
        desk.publish(f"Number {number}.", key_event=True)
    device = {"endpoint": "https://push.example/1", "server_key": "k", "wants": "everything", "told_seq": 0}
    Subscription.objects.create(liveblog=desk.blog, device="d", **device)
    LogPlace.objects.create(liveblog=desk.blog, seq=0)
    write_backup(tmp_path / "copy.tgz")
    call_command("flush", interactive=False, verbosity=0)
    read.restore_backup(tmp_path / "copy.tgz")
    at = clock.now()
    monkeypatch.setattr(settings, "WEBSUB_HUB", "https://hub.example/")
    assert read_logs(at=at) == 0
    assert not Alert.objects.exists()
    assert take_words(at, 10) == []
    assert take_deliveries(at, 10) == []
    assert Hub(outside=Outside(resolve=lambda *_: pytest.fail("somebody was asked for"))).turn(at) == 0
    Desk(desk.by, LiveBlog.objects.get(), noon).publish("The first new one.")
    assert [word.row for word in take_words(clock.now(), 10)] == [desk.blog.pk]
