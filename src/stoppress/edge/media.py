"""Pictures from the media folder. Called by `app.py`.

What was withdrawn with every post that showed it is not served; a picture that no post has shown yet is, since
the newsroom needs it to write, and its id is only known there. Only names that the newsroom gives can be asked
for, so no path leads out of the folder. Every answer has a fixed type, forbids guessing another, and may run
nothing.
"""

import asyncio
import re
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from stoppress.edge.asgi import Answer, Headers, Request, answer
from stoppress.edge.headers import MEDIA_CACHING, Protection
from stoppress.edge.kept import matches
from stoppress.edge.problems import withdrawn_picture
from stoppress.edge.store import Store, StoreUnavailable
from stoppress.lib import limits
from stoppress.lib.ids import POST_ID

_FILE = re.compile(r"[1-9][0-9]{0,4}\.webp")
_TAG_BYTES = 8


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
    """The files `{id}/{width}.webp` under `root`."""

    root: Path
    protection: Protection
    withdrawals: Withdrawals

    async def file(self, request: Request, media_id: str, name: str) -> Answer | None:
        """One rendition, or None when there is no such file. Raises: Problem (withdrawn), StoreUnavailable."""
        if not POST_ID.fullmatch(media_id) or not _FILE.fullmatch(name):
            return None
        body = await asyncio.to_thread(_read, self.root / media_id / name)
        if body is None:
            return None
        if await self.withdrawals.hold(media_id):
            raise withdrawn_picture()
        etag = f'"{blake2b(body, digest_size=_TAG_BYTES).hexdigest()}"'.encode()
        headers: Headers = [
            (b"content-type", b"image/webp"),
            (b"cache-control", MEDIA_CACHING),
            (b"etag", etag),
            *self.protection.media,
        ]
        known = request.header(b"if-none-match")
        if known and matches(known, etag):
            return answer(304, headers)
        return answer(200, headers, body)


def _read(path: Path) -> bytes | None:
    try:
        with path.open("rb") as file:
            return file.read(limits.UPLOAD_BYTES)
    except OSError:
        return None
