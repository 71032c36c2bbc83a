"""`stoppress export --format site`: a live blog as a folder of files that any web server can serve, without a program.

Called by `exporting.py`. The copy is made of what readers get: it asks the edge for the live blog's pages, one after
another, follows their links, and writes each answer to a file. So there is one renderer, and nothing can be in a copy
that readers cannot see.
"""

import asyncio
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path

from stoppress.bus.memory import MemoryBus
from stoppress.cli.newsroom import Failed
from stoppress.cli.server import store_for
from stoppress.cli.site_links import (
    SEEDS,
    addresses_in,
    addresses_in_styles,
    as_copy,
    file_for,
    is_live_page,
    place_of,
    styles_as_copy,
)
from stoppress.config.env import Environment
from stoppress.edge.app import Edge
from stoppress.edge.asgi import App, Message, Scope
from stoppress.edge.store import Store

Tell = Callable[[int, int], None]  # how many files are written, how many are known of
_TRIES = 3  # of a live blog that is being written to


class Moved(Exception):
    """The live blog changed while it was copied."""


@dataclass(frozen=True, slots=True)
class Served:
    """What is copied from: the edge on its store, and where the public reaches it."""

    edge: App
    store: Store
    public_url: str


def serve(environment: Environment) -> Served:
    """The edge of a newsroom, for this process alone."""
    store = store_for(environment)
    edge = Edge(
        store=store,
        bus=MemoryBus(),
        media_root=environment.media_bucket or environment.media_root,
        public_url=environment.public_url,
    )
    return Served(edge, store, environment.public_url)


def export_site(served: Served, slug: str, folder: Path, tell: Tell) -> int:
    """Write the live blog's pages to `folder`, all or none; returns how many files.

    Raises: Failed (no such live blog, a folder that is not empty, a picture that is lost, no rest to copy it in).
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Failed(f"{folder} is there and is not empty; name a folder that is not there yet.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    for _ in range(_TRIES):
        unfinished = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            files = asyncio.run(_copied(served, slug, unfinished, tell))
            unfinished.chmod(0o755)
            if folder.exists():
                folder.rmdir()
            unfinished.rename(folder)
        except Moved:
            continue
        else:
            return files
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    raise Failed(f"{slug} changed each time while it was copied; close it, or try again in a quieter moment.")


async def _copied(served: Served, slug: str, folder: Path, tell: Tell) -> int:
    copy = Copy(served.edge, slug, served.public_url, folder, tell)
    try:
        await copy.gather()
    finally:
        await served.store.close()
    copy.link()
    return len(copy.kinds)


@dataclass(frozen=True, slots=True)
class Answered:
    """What the edge said."""

    status: int
    headers: dict[bytes, bytes]
    body: bytes


@dataclass(slots=True)
class Copy:
    """One copy under way. `names`: the file of every address asked for (None: it is in no copy)."""

    edge: App
    slug: str
    public_url: str
    folder: Path
    tell: Tell
    names: dict[str, str | None] = field(default_factory=dict)
    kinds: dict[str, bytes] = field(default_factory=dict)  # of each file
    origins: dict[str, str] = field(default_factory=dict)  # of each file the address it came from
    waiting: list[str] = field(default_factory=list)
    seq: bytes = b""
    first: str = ""  # which page of posts is the index

    async def gather(self) -> None:
        """Ask for everything, and write it as it came."""
        for seed in SEEDS:
            self._want(f"/live/{self.slug}{seed}")
        while self.waiting:
            address = self.waiting.pop(0)
            answered = await _asked(self.edge, address)
            if answered.status not in (HTTPStatus.OK, HTTPStatus.GONE):
                self._missing(address, answered.status)
                continue
            self._check(answered)
            self._keep(address, answered)
            self.tell(len(self.kinds), len(self.kinds) + len(self.waiting))

    def link(self) -> None:
        """Turn the addresses in the files into those of the copy."""
        for name, kind in self.kinds.items():
            file = self.folder / name
            if kind.startswith(b"text/html"):
                page = as_copy(file.read_text("utf-8"), name, self.public_url, self.names.get)
                file.write_text(page, "utf-8")
            elif kind.startswith(b"text/css"):
                sheet = styles_as_copy(file.read_text("utf-8"), self.origins[name], name, self.names.get)
                file.write_text(sheet, "utf-8")

    def _want(self, address: str) -> None:
        if address in self.names:
            return
        self.names[address] = file_for(self.slug, address)
        if self.names[address] or is_live_page(self.slug, address):
            self.waiting.append(address)

    def _missing(self, address: str, status: int) -> None:
        self.names[address] = None
        if address == f"/live/{self.slug}":
            raise Failed(f"There is no live blog {self.slug!r} that readers can see.")
        if address.startswith("/media/"):
            raise Failed(f"The picture {address} is not there; put its file back from a backup.")
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise Failed(f"{address} answered {status}; look at the log.")

    def _check(self, answered: Answered) -> None:
        """All pages must be of one moment."""
        seq = answered.headers.get(b"stoppress-seq", b"")
        if seq and self.seq and seq != self.seq:
            raise Moved
        self.seq = seq or self.seq

    def _keep(self, address: str, answered: Answered) -> None:
        kind = answered.headers.get(b"content-type", b"")
        if is_live_page(self.slug, address):
            self.names[address] = self._page_name(answered.body.decode())
        name = self.names[address]
        if name is None or name in self.kinds:
            return
        self.kinds[name] = kind
        self.origins[name] = address
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(answered.body)
        if kind.startswith(b"text/html"):
            for found in addresses_in(answered.body.decode(), self.public_url):
                self._want(found)
        elif kind.startswith(b"text/css"):
            for found in addresses_in_styles(answered.body.decode(), address):
                self._want(found)

    def _page_name(self, page: str) -> str:
        """The first one asked for is where reading begins; the others are called by their order and number."""
        place = place_of(page)
        self.first = self.first or place
        return "index.html" if place == self.first else f"{place}.html"


async def _asked(app: App, address: str) -> Answered:
    """One GET in this process, without encodings."""
    path, _, query = address.partition("?")
    scope: Scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": query.encode(),
        "http_version": "1.1",
        "headers": [],
    }
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    await app(scope, receive, send)
    start, whole = sent
    status, headers, body = start["status"], start["headers"], whole["body"]
    if not (isinstance(status, int) and isinstance(headers, list) and isinstance(body, bytes)):
        raise TypeError(f"The edge was expected to answer {address} at once.")
    return Answered(status, dict(headers), body)
