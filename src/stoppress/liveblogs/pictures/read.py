"""Turns an upload into renditions without ever decoding it in this process.

Called by `liveblogs/actions/upload_media.py`. May import `lib`. No Django.
"""

import json
import logging
import os
import subprocess
import sys
from dataclasses import dataclass
from tempfile import TemporaryFile
from threading import BoundedSemaphore
from typing import IO

from stoppress.lib import limits
from stoppress.liveblogs.pictures.kinds import InvalidPicture, Kind, kind_of


class PicturesBusy(RuntimeError):
    """Too many pictures are being read already; the message is a sentence for the reporter."""


@dataclass(frozen=True, slots=True)
class Rendition:
    """One file of a picture. `suffix`: avif, webp or jpg."""

    suffix: str
    width: int
    height: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Picture:
    """An upload that was read: its files, and what it said of itself.

    Renditions stand from narrow to wide within each format, the format that everybody reads (JPEG) last. `wide`: one
    more, for no page, of which the shapes for structured data are cut; None where a rendition is as large.
    """

    renditions: tuple[Rendition, ...]
    caption: str
    credit: str
    alt: str
    origin: str = ""  # see lib.origins
    wide: Rendition | None = None


_CHILD = "stoppress.liveblogs.pictures.child"
_PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR")  # of our environment; never a secret
_log = logging.getLogger(__name__)
_turns = BoundedSemaphore(limits.PICTURES_AT_ONCE)


def read_picture(filename: str, data: bytes) -> Picture:
    """Check `data` and make its renditions in a process of its own; takes up to some seconds.

    Raises InvalidPicture (sentence for the reporter) and PicturesBusy. Never call it inside a transaction.
    """
    kind = kind_of(filename, data)
    if not _turns.acquire(timeout=limits.PICTURE_WAIT_SECONDS):
        raise PicturesBusy("Many pictures are being read just now. Wait a few seconds and upload it again.")
    try:
        return _read_apart(kind, data)
    finally:
        _turns.release()


def _read_apart(kind: Kind, data: bytes) -> Picture:
    command = [sys.executable, "-I", "-m", _CHILD, kind.value]
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    # One malloc arena: with one per thread the bound on address space would bite on big machines.
    environment["MALLOC_ARENA_MAX"] = "1"
    # The answer goes through a file and not a pipe, so that the bound on its length is the system's.
    with TemporaryFile() as answer:
        try:
            ended = subprocess.run(  # noqa: S603 (our own module, no shell)
                command,
                input=data,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                env=environment,
                timeout=limits.PICTURE_WALL_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise InvalidPicture(_took_too_much("time")) from None
        if ended.returncode != 0:
            _log.warning("The process that reads pictures ended with status %d", ended.returncode)
            raise InvalidPicture(_took_too_much("time or memory"))
        answer.seek(0)
        return _picture(answer)


def _picture(answer: IO[bytes]) -> Picture:
    facts = json.loads(answer.readline())
    if "refused" in facts:
        raise InvalidPicture(facts["refused"])
    files = [
        Rendition(suffix, width, height, answer.read(length))
        for suffix, width, height, length in facts["files"]
    ]
    shown = facts["renditions"]
    return Picture(
        renditions=tuple(files[:shown]),
        wide=next(iter(files[shown:]), None),
        caption=facts["caption"],
        credit=facts["credit"],
        alt=facts["alt"],
        origin=facts["origin"],
    )


def _took_too_much(what: str) -> str:
    return (
        f"Reading the picture took more {what} than one upload may have. "
        "Save it again as a smaller JPEG or PNG and upload that."
    )
