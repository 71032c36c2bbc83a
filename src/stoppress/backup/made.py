"""When the last backup was made from this data folder, for `stoppress doctor`. A file, for backups only read rows."""

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from stoppress.lib import clock

NOTE = "last-backup"


def note_backup(data: Path, at: datetime) -> None:
    """Write it down; a folder that cannot be written to is somebody else's trouble."""
    with suppress(OSError):
        (data / NOTE).write_text(clock.rfc3339(at) + "\n", encoding="utf-8")


def last_backup(data: Path) -> datetime | None:
    """When that was; None when never, or when the note is no time."""
    try:
        return datetime.fromisoformat((data / NOTE).read_text(encoding="utf-8").strip())
    except (OSError, ValueError):
        return None
