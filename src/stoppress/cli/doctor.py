"""`stoppress doctor`: what is wrong with this newsroom, and the command or the deed that mends it."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from stoppress.cli.newsroom import STDOUT, data_option, open_newsroom
from stoppress.config.env import Environment
from stoppress.lib import assets, clock, limits

Finding = tuple[str, str]  # what is wrong, what mends it
_PROBE = "0" * 20  # no picture has this id: ids begin with their time


def _secret_key(environment: Environment) -> Iterator[Finding]:
    path = environment.data / "secret-key"
    if path.exists() and path.stat().st_mode & 0o077:
        yield f"Others on this machine can read {path}.", f"chmod 600 {path}"


def _space(environment: Environment) -> Iterator[Finding]:
    free = shutil.disk_usage(environment.data).free
    if free < limits.FREE_BYTES_MIN:
        yield f"Only {free // 2**20} MB are free where the newsroom lives.", "make room on that disk"


def _media(environment: Environment) -> Iterator[Finding]:
    if environment.media_bucket is not None:
        yield from _bucket(environment.media_bucket.name)
        return
    folder = environment.media_root
    if folder.exists() and not os.access(folder, os.W_OK):
        yield f"Pictures cannot be written to {folder}.", f"give this account the right to write in {folder}"


def _bucket(name: str) -> Iterator[Finding]:
    from stoppress.liveblogs.pictures.files import StoreDown
    from stoppress.liveblogs.pictures.store import picture_store

    store = picture_store()
    try:
        store.write(_PROBE, [("1.webp", b"probe")])
        kept = store.read(_PROBE, "1.webp")
        store.remove(_PROBE)
    except StoreDown as down:
        kept = str(down).encode()
    if kept != b"probe":
        yield (
            f"Pictures cannot be kept in the bucket {name}: {(kept or b'it forgot what it was given').decode()}",
            "check the address and the keys in STOPPRESS_MEDIA_URL, and what they may do",
        )


def _public_url(environment: Environment) -> Iterator[Finding]:
    if environment.public_url.startswith("http://") and "//127.0.0.1" not in environment.public_url:
        yield (
            f"The public address {environment.public_url} is not encrypted; passwords travel in the open.",
            "put a server with a certificate in front and set STOPPRESS_PUBLIC_URL=https://…",
        )


def _assets(_: Environment) -> Iterator[Finding]:
    try:
        assets.asset("reader.js")
    except assets.AssetsMissing as missing:
        yield str(missing), "make assets"


def _database_file(environment: Environment) -> Iterator[Finding]:
    from django.db import connection

    if environment.sqlite_path is None:
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check(1)")
        verdict = cursor.fetchone()[0]
        cursor.execute("PRAGMA journal_mode")
        journal = cursor.fetchone()[0]
    if verdict != "ok":
        yield f"The database file is damaged: {verdict}.", "stoppress restore BACKUP --data NEW-FOLDER"
    if journal != "wal":
        yield (
            "The database is not in WAL mode, so readers wait for writers.",
            "move the folder to a local disk",
        )


def _staff(_: Environment) -> Iterator[Finding]:
    from stoppress.newsroom.queries import has_staff

    if not has_staff():
        yield "Nobody can sign in to the desk.", "stoppress staff add EMAIL --role admin --password-stdin"


def _pages(_: Environment) -> Iterator[Finding]:
    from stoppress.liveblogs import queries

    for _number, slug in queries.stale_pages():
        yield (
            f"The pages of {slug} were made by another version or for another address.",
            f"stoppress rebuild {slug}",
        )


def _numbers(_: Environment) -> Iterator[Finding]:
    from stoppress.liveblogs import queries

    for slug in queries.blogs_with_gaps():
        yield (
            f"The log of {slug} has a gap in its numbers, which no version of Stoppress writes.",
            "stoppress restore BACKUP --data NEW-FOLDER, and report it",
        )


def _worker(_: Environment) -> Iterator[Finding]:
    from stoppress.liveblogs import queries

    late = queries.due_posts(clock.now() - limits.WORKER_LATE, 1)
    if late:
        yield f"Post {late[0].pk} was due at {late[0].publish_at} and is not out.", "start `stoppress worker`"


CHECKS: tuple[Callable[[Environment], Iterator[Finding]], ...] = (
    _secret_key,
    _space,
    _media,
    _public_url,
    _assets,
    _database_file,
    _staff,
    _pages,
    _numbers,
    _worker,
)


@click.command()
@data_option
def doctor(data: Path | None) -> int:
    """Look the newsroom over; exit status 1 when something is wrong."""
    environment = open_newsroom(data)
    findings = [finding for check in CHECKS for finding in check(environment)]
    for wrong, cure in findings:
        STDOUT.print(f"✗ {wrong}\n  → {cure}", markup=False)
    if not findings:
        STDOUT.print(f"✓ {len(CHECKS)} checks, nothing wrong.", markup=False)
    return 1 if findings else 0
