"""Pictures from the media folder. Called by `app.py`.

Only names that the newsroom gives can be asked for, so no path leads out of the folder. Every answer has a fixed
type, forbids guessing another, and may run nothing.
"""

import asyncio
import re
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from stoppress.edge.asgi import Answer, Headers, Request, answer
from stoppress.edge.headers import MEDIA_CACHING, Protection
from stoppress.edge.kept import matches
from stoppress.lib import limits
from stoppress.lib.ids import POST_ID

_FILE = re.compile(r"[1-9][0-9]{0,4}\.webp")
_TAG_BYTES = 8


@dataclass(frozen=True, slots=True)
class MediaFiles:
    """The files `{id}/{width}.webp` under `root`."""

    root: Path
    protection: Protection

    async def file(self, request: Request, media_id: str, name: str) -> Answer | None:
        """One rendition, or None when there is no such file."""
        if not POST_ID.fullmatch(media_id) or not _FILE.fullmatch(name):
            return None
        body = await asyncio.to_thread(_read, self.root / media_id / name)
        if body is None:
            return None
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
