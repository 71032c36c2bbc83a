"""Each test makes one of the mistakes that `stoppress doctor` knows, and reads the cure."""

import json
import os
import resource
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfoNotFoundError

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from tests.liveblogs.newsdesk import content, open_desk
from tests.people import People

from stoppress.backup.made import last_backup, note_backup
from stoppress.bus.memory import MemoryBus
from stoppress.cli import doctor
from stoppress.cli.checks import ground, site, store, work
from stoppress.cli.checks.finding import Check, Finding
from stoppress.config import database
from stoppress.config.env import Environment
from stoppress.lib import assets, clock, limits
from stoppress.lib.bucket import bucket_of
from stoppress.liveblogs.actions.draft_post import draft_post
from stoppress.liveblogs.actions.schedule_post import schedule_post
from stoppress.liveblogs.models import Event, PagePost, Post
from stoppress.liveblogs.pictures.files import StoreDown
from stoppress.newsroom.actions.pulse import beat
from stoppress.push.models import Subscription
from stoppress.worker import figures

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def env(tmp_path: Path) -> Environment:
    """A newsroom's surroundings, in order."""
    data = tmp_path / "newsroom"
    (data / "media").mkdir(parents=True)
    return replace(
        settings.ENVIRONMENT, data=data, media_root=data / "media", public_url="https://news.example"
    )


def cure(check: Check, env: Environment) -> str:
    """Of the one finding there must be."""
    (found,) = check(env)
    return found.cure


def is_content(check: Check, env: Environment) -> bool:
    return not list(check(env))


# --- the ground -------------------------------------------------------------------------------------------


def test_a_folder_of_somebody_else(env: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_content(ground.folder, env)
    monkeypatch.setattr(os, "access", lambda path, _: path.name != "media")
    assert cure(ground.folder, env).startswith("sudo chown -R ")


def test_a_full_disk(env: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_content(ground.room, env)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=3 * 2**20))
    (found,) = ground.room(env)
    assert "Only 3 MB" in found.wrong
    assert "du -sh" in found.cure


def test_a_secret_that_others_can_read_or_guess(env: Environment) -> None:
    key = env.data / "secret-key"
    key.write_text("x" * 43)
    key.chmod(0o600)
    assert is_content(ground.secret_key, env)
    key.chmod(0o644)
    assert cure(ground.secret_key, env) == f"chmod 600 {key}"
    key.chmod(0o600)
    assert "makes a new one" in cure(ground.secret_key, replace(env, secret_key="short"))


def test_a_database_file_on_a_network(
    env: Environment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_file = replace(env, database_url=f"sqlite:///{env.data}/stoppress.sqlite3")
    assert is_content(ground.database_place, on_file)
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nfiler:/x {env.data} nfs4 rw 0 0\n")
    monkeypatch.setattr(ground, "MOUNTS", mounts)
    assert "local disk" in cure(ground.database_place, on_file)
    assert is_content(ground.database_place, replace(on_file, database_url="postgresql://h/n"))


def test_pictures_that_cannot_be_written(env: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_content(ground.pictures, env)
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert "chown" in cure(ground.pictures, env)


def test_a_bucket_that_does_not_answer(env: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(*_: object) -> None:
        raise StoreDown("It does not answer.")

    monkeypatch.setattr(
        "stoppress.liveblogs.pictures.store.picture_store", lambda: SimpleNamespace(write=down)
    )
    bucket = bucket_of("s3://KEY:SECRET@store.example/pictures")
    assert "STOPPRESS_MEDIA_URL" in cure(ground.pictures, replace(env, media_bucket=bucket))


def test_browser_files_that_were_not_built(
    env: Environment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assets, "FOLDER", tmp_path)
    assets._manifest.cache_clear()
    try:
        assert "make assets" in cure(ground.browser_files, env)
    finally:
        assets._manifest.cache_clear()


def test_an_address_without_encryption(env: Environment) -> None:
    assert is_content(ground.public_url, env)
    assert is_content(ground.public_url, replace(env, public_url="http://127.0.0.1:8000"))
    assert "https://" in cure(ground.public_url, replace(env, public_url="http://news.example"))


def test_too_few_open_files(env: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _: (1024, 1024))
    (found,) = ground.open_files(env)
    assert (found.grave, "LimitNOFILE=" in found.cure) == (False, True)
    monkeypatch.setattr(resource, "getrlimit", lambda _: (10**6, 10**6))
    assert is_content(ground.open_files, env)


def test_no_time_zones(env: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ZoneInfoNotFoundError(name)

    assert is_content(ground.time_zones, env)
    monkeypatch.setattr(ground, "ZoneInfo", missing)
    assert cure(ground.time_zones, env) == "apt-get install tzdata"


# --- the database -----------------------------------------------------------------------------------------


def test_no_newsroom_here(env: Environment) -> None:
    nowhere = replace(env, database_url=f"sqlite:///{env.data}/stoppress.sqlite3")
    assert cure(store.reachable, nowhere).startswith(f"stoppress serve --data {env.data}")


@pytest.fixture
def there(env: Environment) -> Environment:
    """The same with the tests' own database, whichever that is."""
    if env.sqlite_path is None:
        return env
    return replace(env, database_url=f"sqlite:///{connection.settings_dict['NAME']}")


def test_migrations_that_are_missing_and_a_newer_version(
    there: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert is_content(store.reachable, there)
    monkeypatch.setattr(database, "pending", lambda: True)
    assert "stoppress serve" in cure(store.reachable, there)
    monkeypatch.setattr(database, "_unknown_migrations", lambda: ["liveblogs.9999_future"])
    assert "newer version" in cure(store.reachable, there)


def test_a_database_that_is_away(there: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(database, "check_version", away)
    (found,) = store.reachable(there)
    assert "connection refused" in found.wrong
    assert "STOPPRESS_DATABASE_URL" in found.cure


def test_the_tests_own_database_is_sound(there: Environment) -> None:
    for check in (store.sqlite_file, store.clocks, store.pages, store.numbers, store.texts):
        assert is_content(check, there)
    off = {found.cure.split()[5] for found in store.postgres_settings(there)}
    assert off <= set(store._DURABLE)


def test_an_old_postgresql_and_one_that_forgets() -> None:
    assert [
        found.cure for found in store._judged("150004", {"fsync": "on", "synchronous_commit": "local"})
    ] == []
    old, forgetful = store._judged("120009", {"fsync": "off"})
    assert "13 or newer" in old.wrong
    assert forgetful.cure == 'psql -c "ALTER SYSTEM SET fsync = on" -c "SELECT pg_reload_conf()"'


def test_clocks_that_differ(there: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    if there.sqlite_path is None:
        later = clock.now() + timedelta(minutes=2)
        monkeypatch.setattr(clock, "now", lambda: later)
        assert "timedatectl" in cure(store.clocks, there)


def test_nobody_on_the_staff_and_nobody_who_leads(there: Environment, people: People) -> None:
    assert "--role admin" in cure(store.staff, there)
    people("editor")
    (found,) = store.staff(there)
    assert "no admin" in found.wrong
    people("admin")
    assert is_content(store.staff, there)


def test_pages_that_do_not_show_what_was_published(
    there: Environment, people: People, noon: datetime
) -> None:
    desk = open_desk(people("editor"), noon)
    post = desk.publish("Water is rising.")
    assert is_content(store.pages, there)
    PagePost.objects.filter(pk=post.post_id).delete()
    assert cure(store.pages, there) == "stoppress rebuild surge"


def test_a_gap_in_the_log(there: Environment, people: People, noon: datetime) -> None:
    open_desk(people("editor"), noon).publish()
    Event.objects.filter(seq=2).delete()
    assert "restore" in cure(store.numbers, there)


def test_a_stored_text_that_rotted(there: Environment, people: People, noon: datetime) -> None:
    post = open_desk(people("editor"), noon).publish("Water is rising.")
    Post.objects.filter(pk=post.post_id).update(document={"type": "doc", "content": [{"type": "hologram"}]})
    (found,) = store.texts(there)
    assert f"{post.post_id} in surge" in found.wrong
    assert "rising" not in found.wrong


# --- what runs beside -------------------------------------------------------------------------------------


def test_no_worker_a_silent_one_and_one_that_fails(
    there: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "stoppress worker" in cure(work.worker, there)
    now = clock.now()
    beat(name="worker 7 on harbour", version="1", since=now, jobs={}, at=now)
    assert is_content(work.worker, there)
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(minutes=5))
    (found,) = work.worker(there)
    assert "Worker 7 on harbour has given no sign of life for 300 seconds." in found.wrong
    jobs = {"notify": {"done_at": "", "failures": 9}}
    beat(name="worker 7 on harbour", version="1", since=now, jobs=jobs, at=clock.now())
    assert "job=notify" in cure(work.worker, there)


def test_a_scheduled_post_that_did_not_come(
    there: Environment, people: People, noon: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_desk(people("editor"), noon)
    draft = draft_post(by=desk.by, slug="surge", content=content("Later."), at=noon)
    schedule_post(by=desk.by, post_id=draft.post_id, publish_at=noon + timedelta(minutes=5), at=noon)
    monkeypatch.setattr(clock, "now", lambda: noon)
    assert is_content(work.scheduled, there)
    monkeypatch.setattr(clock, "now", lambda: noon + timedelta(minutes=7))
    assert "stoppress worker" in cure(work.scheduled, there)


def test_a_queue_that_is_stuck(there: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_content(work.queues, there)
    monkeypatch.setattr(figures, "queues", lambda _: [figures.Queue("push", 80, 3_600.0)])
    (found,) = work.queues(there)
    assert "80 in the queue push wait since 60 minutes." in found.wrong


def test_a_bus_that_carries_nothing(there: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_content(work.bus, replace(there, bus_url="memory:"))
    monkeypatch.setattr(limits, "BUS_ECHO_SECONDS", 0.05)
    monkeypatch.setattr(MemoryBus, "announce", lambda *_: None)
    assert "STOPPRESS_BUS_URL" in cure(work.bus, replace(there, bus_url="memory:"))


def test_no_mail_and_a_mail_server_that_is_away(there: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    (found,) = work.mail(replace(there, mail_url=""))
    assert (found.grave, "STOPPRESS_MAIL_URL" in found.cure) == (False, True)

    def away(**_: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.get_connection", away)
    (found,) = work.mail(replace(there, mail_url="smtp://desk:secret@mail.example:587"))
    assert found.grave
    assert "secret" not in found.wrong + found.cure


def test_devices_that_know_another_key(there: Environment, people: People, noon: datetime) -> None:
    blog = open_desk(people("editor"), noon).blog
    Subscription.objects.create(
        liveblog=blog,
        device="d",
        endpoint="https://push.example/1",
        server_key="former",
        wants="everything",
        told_seq=0,
    )
    assert "secret key back" in cure(work.push_keys, there)


def test_backups_that_were_never_made_and_that_are_old(there: Environment, people: People) -> None:
    assert is_content(work.backups, there)
    people("admin")
    now = clock.now()
    assert is_content(work.backups, there)  # it is new
    with pytest.MonkeyPatch.context() as later:
        later.setattr(clock, "now", lambda: now + timedelta(days=9))
        assert cure(work.backups, there).startswith("stoppress backup ")
        note_backup(there.data, now)
        (found,) = work.backups(there)
        assert "9 days old" in found.wrong
        note_backup(there.data, clock.now())
        assert is_content(work.backups, there)
    assert last_backup(there.data) == now + timedelta(days=9)


# --- the public address -----------------------------------------------------------------------------------


@contextmanager
def proxy(answers: dict[str, bytes]) -> Iterator[str]:
    """Something at an address of its own that answers each path as told, and nothing to others."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            while True:
                try:
                    line, _ = listener.accept()
                except OSError:
                    return
                with line:
                    path = line.recv(4096).split(b" ")[1].decode()
                    line.sendall(answers.get(path, b"HTTP/1.1 404 Not Found\r\n\r\n"))

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        listener.shutdown(socket.SHUT_RDWR)
    thread.join()


OK = b"HTTP/1.1 200 OK\r\n"
SITE: list[tuple[Check, dict[str, bytes], str]] = [
    (site.answers, {"/healthz": OK + b'\r\n{"live": true, "ready": true}'}, ""),
    (site.answers, {"/healthz": OK + b'\r\n{"live": true, "ready": false}'}, "healthz says why"),
    (site.answers, {"/healthz": OK + b"\r\n<h1>Welcome to nginx</h1>"}, "STOPPRESS_PUBLIC_URL"),
    (site.answers, {"/healthz": b"220 mail.example ESMTP\r\n\r\n"}, "the proxy"),
    (site.desk, {"/desk/account/login/": OK + b"cache-control: private, no-store\r\n\r\n"}, ""),
    (
        site.desk,
        {"/desk/account/login/": OK + b"cache-control: no-store\r\nAge: 9\r\n\r\n"},
        "cache nothing below /desk/",
    ),
    (
        site.desk,
        {"/desk/account/login/": OK + b"cache-control: no-store\r\nX-Cache: HIT\r\n\r\n"},
        "cache nothing",
    ),
    (site.desk, {"/desk/account/login/": OK + b"cache-control: max-age=60\r\n\r\n"}, "cache nothing"),
    (site.stream, {"/live/surge/events": OK + b"\r\nretry: 1000\n\n"}, ""),
    (
        site.stream,
        {"/live/surge/events": OK + b"transfer-encoding: chunked\r\n\r\nf\r\nretry: 1000\n\n\r\n"},
        "",
    ),
    (site.stream, {"/live/surge/events": OK + b"\r\n"}, "proxy_buffering off;"),
    (site.stream, {"/live/surge/events": b"HTTP/1.1 503 Busy\r\n\r\n"}, ""),
]


@pytest.fixture
def surge(people: People, noon: datetime) -> None:
    """A live blog whose stream can be asked for."""
    open_desk(people("editor"), noon)


@pytest.mark.usefixtures("surge")
@pytest.mark.parametrize(("check", "answers", "expected"), SITE)
def test_what_a_proxy_does(
    there: Environment, check: Check, answers: dict[str, bytes], expected: str
) -> None:
    with proxy(answers) as url:
        found = list(check(replace(there, public_url=url)))
    assert [one for one in found if expected not in one.cure] == []
    assert bool(found) == bool(expected)


def test_nothing_at_the_public_address(there: Environment) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        free = listener.getsockname()[1]
    assert "stoppress serve" in cure(site.answers, replace(there, public_url=f"http://127.0.0.1:{free}"))


@pytest.mark.parametrize(
    ("status", "location", "well"),
    [(301, "https://news.example/", True), (200, "", False), (302, "http://news.example/x", False)],
)
def test_the_way_from_http_to_https(
    there: Environment, monkeypatch: pytest.MonkeyPatch, status: int, location: str, *, well: bool
) -> None:
    came = site._Came(status, {"location": location}, b"")
    monkeypatch.setattr(site, "_ask", lambda *_: came)
    assert is_content(site.encrypted, there) is well


# --- the command ------------------------------------------------------------------------------------------


def looked(env: Environment, *only: str, checks: dict[str, Check] | None = None) -> list[doctor.Looked]:
    with pytest.MonkeyPatch.context() as patch:
        if checks:
            patch.setattr(doctor, "WITHIN", checks)
        return list(doctor.look_over(env, only, ask_site=False))


def test_one_check_alone(there: Environment) -> None:
    assert [one.check for one in looked(there, "worker")] == ["worker"]


def test_without_a_database_the_rest_is_still_looked_at(env: Environment) -> None:
    nowhere = replace(env, database_url=f"sqlite:///{env.data}/stoppress.sqlite3")
    seen = {one.check: one.findings for one in looked(nowhere)}
    assert seen["secret key"] == ()
    assert seen["database"]
    assert all(seen[name] is None for name in doctor.WITHIN)


def test_a_check_that_breaks_is_a_finding_and_the_others_go_on(there: Environment) -> None:
    def broken(_: Environment) -> Iterator[Finding]:
        yield Finding("One thing.", "mend it")
        raise ZeroDivisionError("nobody thought of this")

    seen = {one.check: one.findings for one in looked(there, checks={"odd": broken, "people": store.staff})}
    assert next(found.wrong for found in seen["odd"] or ()) == "One thing."
    assert "ZeroDivisionError" in (seen["odd"] or ())[1].wrong
    assert seen["people"]


def test_the_same_for_machines() -> None:
    seen = [
        doctor.Looked("disk", ()),
        doctor.Looked("mail", (Finding("a", "b", grave=False),)),
        doctor.Looked("bus", None),
    ]
    told = json.loads(doctor._as_json(seen, grave=0))
    assert (told["ok"], [one["looked"] for one in told["checks"]]) == (True, [True, True, False])
    assert told["checks"][1]["findings"] == [{"wrong": "a", "cure": "b", "grave": False}]
