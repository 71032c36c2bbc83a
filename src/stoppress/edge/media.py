"""Pictures from the media folder, or from a bucket (`bucket.py`). Called by `app.py`.

What was withdrawn with every post that showed it is not served; a picture that no post has shown yet is, since
the newsroom needs it to write, and its id is only known there. Only names that the newsroom gives can be asked
for, so no path leads out of the folder. Every answer has a fixed type, forbids guessing another, and may run
nothing.
"""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Final, Protocol

from stoppress.edge.asgi import Answer, Headers, Request, answer
from stoppress.edge.headers import MEDIA_CACHING, Protection
from stoppress.edge.kept import matches
from stoppress.edge.problems import no_pictures, withdrawn_picture
from stoppress.edge.store import Store, StoreUnavailable
from stoppress.lib import limits
from stoppress.lib.bucket import Bucket
from stoppress.lib.ids import POST_ID

_FILE = re.compile(r"[1-9][0-9]{0,4}\.(avif|webp|jpg)")
_TYPES: Final[Mapping[str, bytes]] = {"avif": b"image/avif", "webp": b"image/webp", "jpg": b"image/jpeg"}
_TAG_BYTES = 8


class PicturesUnavailable(Exception):
    """The place where pictures are kept does not answer."""


class Pictures(Protocol):
    """Where the files are."""

    def read(self, media_id: str, name: str) -> bytes | None:
        """A file's bytes, or None; called in a thread. Raises: PicturesUnavailable."""


@dataclass(frozen=True, slots=True)
class FolderPictures:
    """The files `{id}/{width}.{suffix}` under `root`."""

    root: Path

    def read(self, media_id: str, name: str) -> bytes | None:
        """See `Pictures`."""
        try:
            with (self.root / media_id / name).open("rb") as file:
                return file.read(limits.UPLOAD_BYTES)
        except OSError:
            return None


def pictures_in(place: Path | Bucket) -> Pictures:
    """In a folder, or in a bucket."""
    if isinstance(place, Path):
        return FolderPictures(place)
    # An edge without a bucket does not pay for loading the client.
    from stoppress.edge.bucket import BucketPictures  # noqa: PLC0415

    return BucketPictures(place)


@dataclass(slots=True)
class Withdrawals:
    """Which pictures were withdrawn, asked again after every change of the database."""

    store: Store
    _known: dict[str, tuple[int, bool]] = field(default_factory=dict)

    async def hold(self, media_id: str) -> bool:
        """Whether this picture is among them; while the database does not answer, what it last said.

        Raises: StoreUnavailable (it was never asked).
        """
        known = self._known.get(media_id)
        try:
            generation = self.store.generation()
            if known is not None and known[0] == generation:
                return known[1]
            found = await self.store.is_withdrawn(media_id)
        except StoreUnavailable:
            if known is None:
                raise
            return known[1]
        self._known[media_id] = (generation, found)
        if len(self._known) > limits.MEDIA_ANSWERS:
            self._known.pop(next(iter(self._known)))
        return found


@dataclass(frozen=True, slots=True)
class MediaFiles:
    """The files `{id}/{width}.{suffix}`."""

    pictures: Pictures
    protection: Protection
    withdrawals: Withdrawals

    async def file(self, request: Request, media_id: str, name: str) -> Answer | None:
        """One rendition, or None when there is no such file.

        Raises: Problem (withdrawn, or the bucket does not answer), StoreUnavailable.
        """
        known_name = _FILE.fullmatch(name)
        if not POST_ID.fullmatch(media_id) or known_name is None:
            return None
        try:
            body = await asyncio.to_thread(self.pictures.read, media_id, name)
        except PicturesUnavailable:
            raise no_pictures() from None
        if body is None:
            return None
        if await self.withdrawals.hold(media_id):
            raise withdrawn_picture()
        etag = f'"{blake2b(body, digest_size=_TAG_BYTES).hexdigest()}"'.encode()
        headers: Headers = [
            (b"content-type", _TYPES[known_name[1]]),
            (b"cache-control", MEDIA_CACHING),
            (b"etag", etag),
            *self.protection.media,
        ]
        known = request.header(b"if-none-match")
        if known and matches(known, etag):
            return answer(304, headers)
        return answer(200, headers, body)
