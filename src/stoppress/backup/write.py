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

from django.conf import settings
from django.core import serializers
from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder

from stoppress import __version__
from stoppress.backup.format import (
    FORMAT,
    MANIFEST,
    MEDIA,
    TOLD_EACH,
    VERSION,
    Show,
    Summary,
    kept_models,
    name_of,
    unseen,
)
from stoppress.backup.made import note_backup
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


def _add_pictures(tar: tarfile.TarFile, show: Show) -> int:
    """The files of every picture that has a row in the snapshot. A picture's files are written before its row."""
    store, count = picture_store(), 0
    for number, media_id in enumerate(Media.objects.order_by("pk").values_list("pk", flat=True)):
        if number % TOLD_EACH == 0:
            show(number, 0, f"picture {number + 1}")
        for name in store.names(media_id):
            content = store.read(media_id, name)
            if content is not None:
                _add(tar, f"{MEDIA}{media_id}/{name}", content)
                count += 1
    return count


def _manifest(pictures: int) -> dict[str, object]:
    """What `read.check` asks for, and how many parts there are."""
    applied = MigrationRecorder(connection).applied_migrations()
    return {
        "format": FORMAT,
        "version": VERSION,
        "made_by": __version__,
        "made_at": clock.rfc3339(clock.now()),
        "pictures": pictures,
        "migrations": sorted(f"{app}.{name}" for app, name in applied),
    }


def write_backup(file: Path, show: Show = unseen) -> Summary:
    """Write the whole newsroom to `file`, which appears only when it is complete, and note when that was.

    Raises: OSError (no room, no right to write); nothing is left behind then.
    """
    unfinished = file.with_name(file.name + ".part")
    try:
        with tarfile.open(unfinished, "w:gz", compresslevel=limits.BACKUP_COMPRESSION) as tar, _snapshot():
            made_at, models_kept, shown = clock.now(), kept_models(), Media.objects.count()
            of = len(models_kept) + shown
            _add(tar, MANIFEST, json.dumps(_manifest(shown), indent=1).encode())
            rows = 0
            for number, model in enumerate(models_kept):
                show(number, of, model._meta.db_table)
                rows += _add_rows(tar, model)
            pictures = _add_pictures(tar, lambda done, _, title: show(len(models_kept) + done, of, title))
            show(of, of, "all of it")
        size = unfinished.stat().st_size
        unfinished.replace(file)
        note_backup(settings.ENVIRONMENT.data, made_at)
    finally:
        unfinished.unlink(missing_ok=True)
    return Summary(rows, pictures, size)
