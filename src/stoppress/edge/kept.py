"""An answer kept ready in every encoding: compressed once, with its ETag, its 304 and its header lists.

Called by `pages.py`, `feeds.py` and `static.py`. Source: RFC 9110 sections 8.8.2 (Last-Modified), 8.8.3 (ETag), 12.5.3,
13.1.2, 13.1.3; RFC 8878, 9659 (zstd).
"""

import gzip
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from functools import lru_cache
from hashlib import blake2b
from http import HTTPStatus
from typing import Literal

import brotli  # type: ignore[import-untyped]  # it ships no types
import zstandard

from stoppress.edge.asgi import Answer, Headers, answer
from stoppress.edge.headers import REVALIDATES, STALE_WHILE, while_asking
from stoppress.lib import clock, limits

Coding = Literal["br", "zstd", "gzip", ""]

# In the order in which they are given at equal weight. Pages are packed once per change and read by many, so that size
# decides: of 28 KB brotli leaves 6.6 in 0.4 ms, Zstandard 7.1 in 0.2, gzip 7.3 in 0.4; of 200 KB 25, 26 and 43.
_CODINGS: tuple[Coding, ...] = ("br", "zstd", "gzip")
_BROTLI_QUALITY = 5
_ZSTD_LEVEL = 6  # its window stays below the 8 MB that RFC 9659 allows
_GZIP_LEVEL = 6
_TAG_BYTES = 6  # of the content's hash: tells apart versions of one number, of which there are a handful
# A time of whole seconds names one version only when no other can still come to bear it: a minute later, as RFC 9110
# section 8.8.2.2 has it, which is longer than any commit waits for its turn.
_SETTLED = timedelta(seconds=60)
_ACCEPTS_REMEMBERED = 256  # browsers send a few dozen different Accept-Encoding headers


@dataclass(frozen=True, slots=True)
class Content:
    """What is to be kept. `headers` are those of every encoding; `seq` only where the answer has a number.

    `modified`: when what it tells last changed; told to those who ask by time, as the ETag is exact.
    """

    body: bytes
    headers: Headers
    seq: int | None = None
    status: int = 200
    packed: bool = False  # fonts and the like: compressing them again gains nothing
    modified: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Form:
    """One encoding's messages. The 304 has the headers that a cache needs to go on (RFC 9110 section 15.4.5)."""

    etag: bytes
    modified: bytes  # as it stands in Last-Modified; b"" where that is not told (yet)
    whole: Answer
    unchanged: Answer


class Kept:
    """One answer in all its encodings, each made when first asked for."""

    __slots__ = ("_forms", "_tag", "content", "stale")

    def __init__(self, content: Content) -> None:
        self.content = content
        self.stale = False
        mark = blake2b(content.body, digest_size=_TAG_BYTES).hexdigest()
        self._tag = mark if content.seq is None else f"{content.seq}-{mark}"
        self._forms: dict[Coding, _Form] = {}

    @property
    def size(self) -> int:
        """Bytes it may come to hold: the compressed forms of a page together are about as long as the plain one."""
        return 2 * len(self.content.body)

    @property
    def _worth_compressing(self) -> bool:
        return len(self.content.body) >= limits.COMPRESS_BYTES_MIN and not self.content.packed

    @property
    def _is_settled(self) -> bool:
        modified = self.content.modified
        return modified is not None and clock.now() - modified > _SETTLED

    def answer(self, headers: Iterable[tuple[bytes, bytes]]) -> Answer:
        """What a request with these headers gets: the body in an encoding it takes, or 304."""
        accepts, known, since, asks_on = b"", b"", b"", False
        for name, value in headers:
            if name == b"accept-encoding":
                accepts = value
            elif name == b"if-none-match":
                known = known + b"," + value if known else value
            elif name == b"if-modified-since":
                since = value
            elif name == REVALIDATES:
                asks_on = value == STALE_WHILE
        coding = coding_for(accepts) if self._worth_compressing else ""
        form = self._forms.get(coding)
        if form is None or (not form.modified and self._is_settled):
            form = self._make(coding)
        found = form.whole
        if self.content.status == HTTPStatus.OK and (
            matches(known, form.etag) if known else since and since == form.modified
        ):
            found = form.unchanged
        if asks_on:
            found = while_asking(found)
        return _marked_stale(found) if self.stale else found

    def _make(self, coding: Coding) -> _Form:
        content = self.content
        body = compress(content.body, coding)
        etag = f'"{self._tag}{"-" if coding else ""}{coding}"'.encode()
        headers = [*content.headers, (b"vary", b"accept-encoding"), (b"etag", etag)]
        if content.seq is not None:
            headers.append((b"stoppress-seq", b"%d" % content.seq))
        modified = b""
        if content.modified is not None and self._is_settled:
            modified = format_datetime(content.modified, usegmt=True).encode()
            headers.append((b"last-modified", modified))
        encoded = [(b"content-encoding", coding.encode())] if coding else []
        form = _Form(etag, modified, answer(content.status, headers + encoded, body), answer(304, headers))
        self._forms[coding] = form
        return form


def compress(body: bytes, coding: Coding) -> bytes:
    """`body` in that encoding. The same bytes always give the same bytes: a strong ETag stands on it."""
    if coding == "br":
        compressed: bytes = brotli.compress(body, quality=_BROTLI_QUALITY)
        return compressed
    if coding == "zstd":
        return zstandard.ZstdCompressor(_ZSTD_LEVEL).compress(body)
    if coding == "gzip":
        return gzip.compress(body, _GZIP_LEVEL, mtime=0)
    return body


@lru_cache(_ACCEPTS_REMEMBERED)
def coding_for(accepts: bytes) -> Coding:
    """The best encoding that an Accept-Encoding header allows; at equal weight the smallest."""
    weights: dict[str, float] = {}
    for item in accepts.decode("latin-1").lower().split(","):
        name, _, parameters = item.partition(";")
        weights[name.strip()] = _weight(parameters)
    anything = weights.get("*", 0.0)
    best: Coding = ""
    weight = 0.0
    for coding in _CODINGS:
        own = weights.get(coding, anything)
        if own > weight:
            best, weight = coding, own
    return best if weight >= weights.get("identity", 0.0) else ""


def _weight(parameters: str) -> float:
    name, _, value = parameters.partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0


def matches(known: bytes, etag: bytes) -> bool:
    """Whether an If-None-Match field names `etag`: a list, `*`, weak tags compared as equal."""
    if known == etag:
        return True
    if known.strip() == b"*":
        return True
    return any(tag.strip().removeprefix(b"W/") == etag for tag in known.split(b","))


def _marked_stale(found: Answer) -> Answer:
    headers = [line for line in found.headers if line[0] != b"content-length"]
    return answer(found.status, [*headers, (b"stoppress-stale", b"1")], found.content)
