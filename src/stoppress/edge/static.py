"""The built browser files, from memory. Called by `app.py`.

Their names carry a hash of their content, so caches may keep them for good. A name that is not known makes the
folder be read again: in development it is rebuilt while the server runs.
"""

import asyncio
import mimetypes
import re
from pathlib import Path

from stoppress.edge.headers import PAGE_CACHING, STATIC_CACHING, Protection
from stoppress.edge.kept import Content, Kept

_TYPES = {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2", ".svg": "image/svg+xml"}
_TEXTS = frozenset({".js", ".css", ".svg", ".json", ".txt"})
_HASHED = re.compile(r"[.-][A-Za-z0-9]{8}\.[a-z0-9]+$")


class StaticFiles:
    """The files under `root`, found by name only: nothing that is not listed there can be asked for."""

    def __init__(self, root: Path, protection: Protection) -> None:
        self._root = root
        self._protection = protection
        self._kept: dict[str, Kept] = {}

    async def file(self, name: str) -> Kept | None:
        """One file, or None. Only names that will never mean anything else are kept."""
        if name in self._kept:
            return self._kept[name]
        if name not in await asyncio.to_thread(self._names):
            return None
        kept = Kept(await asyncio.to_thread(self._content, name))
        if _HASHED.search(name):
            self._kept[name] = kept
        return kept

    def _names(self) -> frozenset[str]:
        if not self._root.is_dir():
            return frozenset()
        return frozenset(
            path.relative_to(self._root).as_posix() for path in self._root.rglob("*") if path.is_file()
        )

    def _content(self, name: str) -> Content:
        path = self._root / name
        kind = _TYPES.get(path.suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
        charset = "; charset=utf-8" if path.suffix in _TEXTS else ""
        caching = STATIC_CACHING if _HASHED.search(name) else PAGE_CACHING
        headers = [
            (b"content-type", f"{kind}{charset}".encode()),
            (b"cache-control", caching),
            *self._protection.data,
        ]
        return Content(path.read_bytes(), headers, packed=path.suffix not in _TEXTS)
