"""The media folder: one folder per picture, one WebP file per width. Written whole or not at all.

Called by `liveblogs/actions/upload_media.py`; read by the edge. May import `lib`. No Django.
"""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from tempfile import NamedTemporaryFile

from stoppress.liveblogs.pictures.metadata import credit_packet

_RIFF_HEAD = 12
_CHUNK_HEAD = 8
_READABLE = 0o644  # the edge may run as another user


def write_pictures(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write each (name, bytes) into `folder`, all safely on disk when this returns.

    A folder that a killed process left is taken over. Raises OSError when the disk refuses; then a folder that
    was not there before is not there after.
    """
    is_new = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        for name, data in files:
            _write_file(folder / name, data)
        _sync_folder(folder)
        _sync_folder(folder.parent)
    except BaseException:
        if is_new:
            remove_pictures(folder)
        raise


def remove_pictures(folder: Path) -> None:
    """Take a picture's files away; a folder that is not there is fine."""
    shutil.rmtree(folder, ignore_errors=True)


def rewrite_credit(folder: Path, credit: str) -> None:
    """Put a new credit line into each file of `folder`, in place of the one it carries."""
    for file in sorted(folder.glob("*.webp")):
        _write_file(file, with_credit(file.read_bytes(), credit))
    _sync_folder(folder)


def with_credit(webp: bytes, credit: str) -> bytes:
    """`webp` with its XMP chunk replaced by one that names `credit`.

    The file must have an extended header, as `child.py` writes it (RFC 9649, section 2.7).
    """
    chunks = [(name, payload) for name, payload in _chunks(webp) if name != b"XMP "]
    chunks.append((b"XMP ", credit_packet(credit)))
    body = b"".join(_chunk(name, payload) for name, payload in chunks)
    return b"RIFF" + (len(body) + 4).to_bytes(4, "little") + b"WEBP" + body


def _chunks(webp: bytes) -> list[tuple[bytes, bytes]]:
    found = []
    at = _RIFF_HEAD
    while at + _CHUNK_HEAD <= len(webp):
        size = int.from_bytes(webp[at + 4 : at + 8], "little")
        found.append((webp[at : at + 4], webp[at + _CHUNK_HEAD : at + _CHUNK_HEAD + size]))
        at += _CHUNK_HEAD + size + size % 2
    return found


def _chunk(name: bytes, payload: bytes) -> bytes:
    return name + len(payload).to_bytes(4, "little") + payload + b"\0" * (len(payload) % 2)


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
