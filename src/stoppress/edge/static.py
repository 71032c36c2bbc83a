"""The built browser files, from memory. Called by `app.py`.

Their names carry a hash of their content, so caches may keep them for good. A name that is not known makes the
folder be read again: in development it is rebuilt while the server runs. During an upgrade a page that one version
made may ask an edge of the other for its script: it gets the one that is here, and nobody keeps that.
"""

import asyncio
import mimetypes
import re
from pathlib import Path

from stoppress.edge.headers import NEVER_KEPT, PAGE_CACHING, STATIC_CACHING, Protection
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
        names = await asyncio.to_thread(self._names)
        if name not in names:
            same = _of_another_version(name, names)
            return None if same is None else Kept(await asyncio.to_thread(self._content, same, NEVER_KEPT))
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

    def _content(self, name: str, caching: bytes | None = None) -> Content:
        path = self._root / name
        kind = _TYPES.get(path.suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
        charset = "; charset=utf-8" if path.suffix in _TEXTS else ""
        caching = caching or (STATIC_CACHING if _HASHED.search(name) else PAGE_CACHING)
        headers = [
            (b"content-type", f"{kind}{charset}".encode()),
            (b"cache-control", caching),
            *self._protection.data,
        ]
        return Content(path.read_bytes(), headers, packed=path.suffix not in _TEXTS)


def _of_another_version(name: str, names: frozenset[str]) -> str | None:
    """The script or style sheet of that name with another hash; None unless there is just one."""
    found = _HASHED.search(name)
    if found is None or not name.endswith((".js", ".css")):
        return None
    stem, suffix = name[: found.start()], name.rpartition(".")[2]
    same = [one for one in names if (is_like := _HASHED.search(one)) and one[: is_like.start()] == stem]
    same = [one for one in same if one.endswith(f".{suffix}")]
    return same[0] if len(same) == 1 else None
