"""Where the files of pictures are kept: `{media id}/{width}.{suffix}`. In a folder, or in a bucket (`bucket.py`).

Called by `liveblogs/actions/upload_media.py`, exports and backups; the edge reads the same places by itself.
May import `lib` and this room. No Django.
"""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Protocol

from stoppress.liveblogs.pictures.credits import with_packet
from stoppress.liveblogs.pictures.metadata import credit_packet

_READABLE = 0o644  # the edge may run as another user


class StoreDown(OSError):
    """The store of pictures does not answer, or not as it should; the message is a sentence."""


class PictureStore(Protocol):
    """The files of pictures. Every method raises OSError: the disk refuses, or `StoreDown`."""

    def write(self, media_id: str, files: Iterable[tuple[str, bytes]]) -> None:
        """Keep each (name, bytes) of a picture, all safely when this returns; none when it raises."""

    def read(self, media_id: str, name: str) -> bytes | None:
        """The file, or None when there is none."""

    def names(self, media_id: str) -> list[str]:
        """Its files' names, in order."""

    def remove(self, media_id: str) -> None:
        """Take a picture's files away; one that is not there is fine."""


class FolderStore:
    """One folder per picture. Files are written whole or not at all."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def write(self, media_id: str, files: Iterable[tuple[str, bytes]]) -> None:
        """A folder that a killed process left is taken over."""
        folder = self._root / media_id
        is_new = not folder.exists()
        folder.mkdir(parents=True, exist_ok=True)
        try:
            for name, data in files:
                _write_file(folder / name, data)
            _sync_folder(folder)
            _sync_folder(folder.parent)
        except BaseException:
            if is_new:
                self.remove(media_id)
            raise

    def read(self, media_id: str, name: str) -> bytes | None:
        """See `PictureStore`."""
        try:
            return (self._root / media_id / name).read_bytes()
        except FileNotFoundError:
            return None

    def names(self, media_id: str) -> list[str]:
        """See `PictureStore`. A part that a killed process left is none."""
        return sorted(path.name for path in (self._root / media_id).glob("[!.]*.*"))

    def remove(self, media_id: str) -> None:
        """See `PictureStore`."""
        shutil.rmtree(self._root / media_id, ignore_errors=True)


def rewrite_credit(store: PictureStore, media_id: str, credit: str, origin: str) -> None:
    """Put a new credit line into each file of a picture, in place of the one it carries."""
    packet = credit_packet(credit, origin)
    files = [(name, store.read(media_id, name)) for name in store.names(media_id)]
    store.write(
        media_id,
        [(name, with_packet(name.rpartition(".")[2], data, packet)) for name, data in files if data],
    )


def _write_file(path: Path, data: bytes) -> None:
    """Replace `path` in one step: after a power cut it holds the old bytes or the new, never a part."""
    with NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".part", delete=False) as part:
        try:
            part.write(data)
            part.flush()
            os.fchmod(part.fileno(), _READABLE)
            os.fsync(part.fileno())
            Path(part.name).replace(path)
        except BaseException:
            Path(part.name).unlink(missing_ok=True)
            raise


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
