"""The database's own state: made, brought up to date, or refused because a newer version wrote it.

Called by the commands. Needs Django to be set up.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from stoppress import __version__

_TURN = 0x53746F7070726573  # "Stoppres": the number of our lock among others' on the PostgreSQL server


class NewsroomUnusable(RuntimeError):
    """The newsroom's data cannot be worked with. The message says why and what to do."""


class NotSetUp(NewsroomUnusable):
    """It will be possible once `stoppress serve` or `stoppress desk` has brought the database up to date."""


def _unknown_migrations() -> list[str]:
    """Steps the database has taken that this version does not know of: a newer version took them."""
    loader = MigrationLoader(connection)
    ours = {app for app, _ in loader.disk_migrations}
    return [
        f"{app}.{name}"
        for app, name in loader.applied_migrations
        if app in ours and (app, name) not in loader.disk_migrations
    ]


def pending() -> bool:
    """Whether the database lacks a step of this version."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def check_version() -> None:
    """Raises: NewsroomUnusable when a newer version of Stoppress wrote this database."""
    unknown = _unknown_migrations()
    if unknown:
        raise NewsroomUnusable(
            f"This newsroom was written by a newer version of Stoppress (this is {__version__}; it does not know "
            f"{', '.join(sorted(unknown)[:3])}); install the newer version, or restore a backup made with this one."
        )


def bring_up_to_date() -> None:
    """Make or migrate the tables. Inside `held_for_migration`, so that of several processes one does it."""
    check_version()
    if pending():
        call_command("migrate", interactive=False, verbosity=0)


def require_ready() -> None:
    """Raises: NotSetUp when there is no newsroom here yet, or it needs `stoppress serve` to migrate it."""
    check_version()
    if pending():
        raise NotSetUp(
            "There is no newsroom here, or an older version made it; start `stoppress serve` once to set it up."
        )


@contextmanager
def held(data: Path, name: str, sentence: str) -> Iterator[None]:
    """Hold the lock file `name` in the data folder for as long as the block runs; the system lets go when we die.

    Raises: NewsroomUnusable with `sentence` when another process holds it.
    """
    data.mkdir(parents=True, exist_ok=True)
    with (data / name).open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as busy:
            raise NewsroomUnusable(sentence) from busy
        yield


@contextmanager
def held_for_migration(data: Path) -> Iterator[None]:
    """Wait for the turn to change tables or to make all pages anew: one process after the other, on any machine."""
    data.mkdir(parents=True, exist_ok=True)
    with (data / "migrate.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with _turn_on_server():
            yield


@contextmanager
def _turn_on_server() -> Iterator[None]:
    """Hold our lock on the PostgreSQL server, which lets go of it when we die. SQLite's is the file beside it."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_TURN])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_TURN])
