"""Copies a running newsroom into one file.

All rows come from one snapshot of the database: the newsroom as it was at one moment, between two commits.
"""

import io
import json
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core import serializers
from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder

from stoppress import __version__
from stoppress.backup.format import FORMAT, MANIFEST, MEDIA, VERSION, Summary, kept_models, name_of
from stoppress.lib import clock, limits
from stoppress.liveblogs.models import Media
from stoppress.liveblogs.pictures.store import picture_store


@contextmanager
def _snapshot() -> Iterator[None]:
    """One consistent view of the database that keeps no writer waiting."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")  # in WAL mode a reader's view stands still, and writers go on
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    member.mtime = int(clock.now().timestamp())
    tar.addfile(member, io.BytesIO(content))


def _add_rows(tar: tarfile.TarFile, model: type[models.Model]) -> int:
    """Write one table through a temporary file, a row at a time; returns how many."""
    with tempfile.TemporaryFile() as raw:
        lines = io.TextIOWrapper(raw, encoding="utf-8", write_through=True)
        rows = model._base_manager.order_by("pk").iterator(chunk_size=limits.BACKUP_ROWS)
        serializers.serialize("jsonl", rows, stream=lines)
        lines.detach()  # else it would close the file with itself
        member = tarfile.TarInfo(name_of(model))
        member.size = raw.tell()
        raw.seek(0)
        count = sum(1 for _ in raw)
        raw.seek(0)
        tar.addfile(member, raw)
    return count


def _add_pictures(tar: tarfile.TarFile) -> int:
    """The files of every picture that has a row in the snapshot. A picture's files are written before its row."""
    store, count = picture_store(), 0
    for media_id in Media.objects.order_by("pk").values_list("pk", flat=True):
        for name in store.names(media_id):
            content = store.read(media_id, name)
            if content is not None:
                _add(tar, f"{MEDIA}{media_id}/{name}", content)
                count += 1
    return count


def write_backup(file: Path) -> Summary:
    """Write the whole newsroom to `file`, which appears only when it is complete.

    Raises: OSError (no room, no right to write); nothing is left behind then.
    """
    unfinished = file.with_name(file.name + ".part")
    try:
        with tarfile.open(unfinished, "w:gz", compresslevel=limits.BACKUP_COMPRESSION) as tar, _snapshot():
            migrations = sorted(
                f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()
            )
            manifest = {
                "format": FORMAT,
                "version": VERSION,
                "made_by": __version__,
                "made_at": clock.rfc3339(clock.now()),
                "migrations": migrations,
            }
            _add(tar, MANIFEST, json.dumps(manifest, indent=1).encode())
            rows = sum(_add_rows(tar, model) for model in kept_models())
            pictures = _add_pictures(tar)
        size = unfinished.stat().st_size
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)
    return Summary(rows, pictures, size)
