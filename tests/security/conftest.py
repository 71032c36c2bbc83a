"""The ground of the sweeps: names of built files without a build, and no memory of earlier tries to sign in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.cache import cache
from tests.e2e.server import Newsroom, Server
from tests.liveblogs import photos
from tests.security.wire import PUBLIC_URL

from stoppress.lib import assets

NAMES = (
    "desk.css",
    "desk.js",
    "desk-liveblog.js",
    "desk-worker.js",
    "reader.css",
    "reader.js",
    "reader-later.js",
    "reader-worker.js",
)
BUILT = {name: f"{name.replace('.', '.TEST.')}" for name in NAMES}


@pytest.fixture
def built_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """For tests that need no browser."""
    monkeypatch.setattr(assets, "_manifest", lambda: BUILT)
    monkeypatch.setattr(assets, "FOLDER", tmp_path)
    (tmp_path / BUILT["desk-worker.js"]).write_text("// the desk without a network")
    (tmp_path / BUILT["reader-worker.js"]).write_text("// the last seen copy")


@pytest.fixture(autouse=True)
def _no_tries_yet() -> Iterator[None]:
    """Every test begins with all tries, and leaves none used up."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(scope="session")
def https(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that is told that readers come by https. Only asked, never killed, never written to."""
    with Server(tmp_path_factory.mktemp("https") / "data", public_url=PUBLIC_URL) as one:
        yield one


@dataclass(frozen=True, slots=True)
class Street:
    """What stands on the `https` server: a live blog with a picture, a post and a withdrawn one; an editor's token."""

    server: Server
    token: str
    values: Mapping[str, str]


@pytest.fixture(scope="session")
def street(https: Server) -> Street:
    """The same for all tests of a session."""
    token = https.add_staff()
    newsroom = Newsroom.at(https, token)
    with newsroom.client as client:
        slug = newsroom.open("surge")
        sent = client.post(
            "/media", files={"file": ("photo.png", photos.encoded(photos.bands(20, 20), "PNG"))}
        )
        node = sent.json()["node"]
        node["attrs"]["alt"] = "Stripes"
        document = {"type": "doc", "content": [node]}
        answer = client.post(f"/liveblogs/{slug}/posts", json={"document": document, "headline": "A picture"})
        post = str(answer.json()["id"])
        gone = newsroom.publish(slug, "Taken down.")
        newsroom.withdraw(slug, gone, "Wrong.")
    return Street(
        https, token, {"slug": slug, "post_id": post, "gone": gone, "picture": str(node["attrs"]["src"])}
    )
