"""Brings a newsroom back from one file into an empty place."""

import io
import json
import re
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.core import serializers
from django.core.management.color import no_style
from django.core.serializers.base import DeserializationError
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from stoppress.backup.format import (
    FORMAT,
    MANIFEST,
    MEDIA,
    TOLD_EACH,
    VERSION,
    Show,
    Summary,
    UnreadableBackup,
    kept_models,
    name_of,
    unseen,
)
from stoppress.liveblogs.models import Page
from stoppress.liveblogs.pictures.store import picture_store
from stoppress.newsroom.models import Publisher
from stoppress.websub.models import Published

_PICTURE = re.compile(rf"{MEDIA}[0-9a-z]{{20}}/[0-9]{{1,5}}\.(avif|webp|jpg)")


@contextmanager
def _opened(file: Path) -> Iterator[tarfile.TarFile]:
    """The file as a tar. Raises: UnreadableBackup, also when it turns out damaged on the way."""
    try:
        with tarfile.open(file, "r:gz") as tar:
            yield tar
    except (tarfile.TarError, EOFError, zlib.error, OSError) as fault:
        raise UnreadableBackup(
            f"{file} was expected to be a backup written by `stoppress backup`; it cannot be read to its end ({fault})."
        ) from fault


def _manifest(tar: tarfile.TarFile, file: Path) -> dict[str, object]:
    member = tar.next()
    content = tar.extractfile(member) if member and member.name == MANIFEST else None
    try:
        manifest = json.loads(content.read()) if content else {}
    except ValueError:
        manifest = {}
    if manifest.get("format") != FORMAT:
        raise UnreadableBackup(
            f"{file} was expected to be a backup written by `stoppress backup`; it is not one."
        )
    return dict(manifest)


def check(file: Path) -> None:
    """Read `file` to its end and compare it with this version; changes nothing.

    Raises: UnreadableBackup (no backup, damaged, or made by a newer version).
    """
    with _opened(file) as tar:
        manifest = _manifest(tar, file)
        steps = manifest.get("migrations")
        if manifest.get("version") != VERSION or not isinstance(steps, list):
            raise UnreadableBackup(
                f"{file} has version {manifest.get('version')!r} of the format; this Stoppress reads {VERSION}."
            )
        known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
        unknown = sorted(set(map(str, steps)) - known)
        if unknown:
            raise UnreadableBackup(
                f"{file} was made by a newer version ({manifest.get('made_by')}); restore it with that version."
            )
        for member in tar:
            content = tar.extractfile(member)
            while content and content.read(1 << 20):
                pass  # reading to the end proves the checksum


def _load_rows(content: IO[bytes]) -> int:
    count = 0
    try:
        for row in serializers.deserialize("jsonl", io.TextIOWrapper(content, encoding="utf-8")):
            row.save()
            count += 1
    except DeserializationError as fault:
        raise UnreadableBackup(f"A row of the backup does not fit this version's tables: {fault}.") from fault
    return count


def _load_picture(content: IO[bytes], name: str) -> None:
    media_id, _, file = name.removeprefix(MEDIA).partition("/")
    picture_store().write(media_id, [(file, content.read())])


def _tell_nobody() -> None:
    """A hub of others (`STOPPRESS_WEBSUB_HUB`) hears of the next change, not of all that came back."""
    pages = Page.objects.values_list("pk", "changed_seq")
    Published.objects.bulk_create(Published(liveblog_id=pk, told_seq=seq) for pk, seq in pages)


def restore_backup(file: Path, show: Show = unseen) -> Summary:
    """Fill the empty newsroom that Django is set up on. Rows come in one transaction: all or none.

    Nobody is told of what comes back: who was to be told is not in a backup.
    Raises: UnreadableBackup.
    """
    if Publisher.objects.exists():
        raise UnreadableBackup(
            "The newsroom to restore into has content already; name an empty folder or database."
        )
    tables = {name_of(model) for model in kept_models()}
    rows = pictures = 0
    with _opened(file) as tar, transaction.atomic():
        stated = _manifest(tar, file).get("pictures")
        of, seen = len(tables) + (stated if isinstance(stated, int) else 0), set[str]()
        for member in tar:
            seen.add(member.name if member.name in tables else member.name.rpartition("/")[0])
            if member.name in tables or pictures % TOLD_EACH == 0:
                show(min(len(seen), of), of, member.name)
            content = tar.extractfile(member)
            if content and member.name in tables:
                rows += _load_rows(content)
            elif content and _PICTURE.fullmatch(member.name):
                _load_picture(content, member.name)
                pictures += 1
        _tell_nobody()
        for statement in connection.ops.sequence_reset_sql(no_style(), kept_models()):
            with connection.cursor() as cursor:
                cursor.execute(statement)
    return Summary(rows, pictures, file.stat().st_size)
