"""A newsroom behind nginx with the shipped configuration: both are real processes."""

import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from tests.e2e.server import Newsroom, Server
from tests.proxy.nginx import Nginx
from tests.servers import needs_nginx

pytestmark = [pytest.mark.faults, needs_nginx, pytest.mark.timeout(240)]

WAIT_SECONDS = 30
SEQ = re.compile(r'data-seq="(\d+)"')


@dataclass(frozen=True, slots=True)
class Site:
    """A newsroom, nginx before it, and a reader of nginx."""

    server: Server
    nginx: Nginx
    newsroom: Newsroom
    reader: httpx.Client


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One for the file; each test has its own live blog."""
    folder = tmp_path_factory.mktemp("behind")
    with Server(folder / "data") as server, Nginx(folder / "nginx", server.port) as nginx:
        newsroom = Newsroom.at(server, server.add_staff())
        with newsroom.client, httpx.Client(base_url=nginx.url, timeout=WAIT_SECONDS) as reader:
            yield Site(server, nginx, newsroom, reader)


def until(ask: Callable[[], httpx.Response], holds: Callable[[httpx.Response], bool]) -> httpx.Response:
    """Ask until the answer is as it must be."""
    end = time.monotonic() + WAIT_SECONDS
    while not holds(answer := ask()):
        assert time.monotonic() < end, f"{answer.status_code} {answer.headers} {answer.text[:200]}"
        time.sleep(0.05)
    return answer


def seq_in(page: str) -> int:
    """The number at which a page was made."""
    found = SEQ.search(page)
    assert found
    return int(found[1])


def changes(lines: Iterator[str]) -> Iterator[dict[str, object]]:
    """What a stream's data lines say."""
    return (json.loads(line.removeprefix("data: ")) for line in lines if line.startswith("data: {"))


def test_a_page_comes_from_what_nginx_keeps_compressed_and_with_its_etag(site: Site) -> None:
    site.newsroom.open("kept")
    answer = until(lambda: site.reader.get("/live/kept"), lambda got: got.headers.get("x-cache") == "HIT")
    assert answer.headers["content-encoding"] in ("zstd", "br", "gzip")
    assert "accept-encoding" in answer.headers["vary"].lower()
    assert answer.headers["cache-tag"] == "live-kept"
    again = site.reader.get("/live/kept", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
    plain = site.reader.get("/live/kept", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert "<h1" in plain.text


def test_a_page_is_shown_for_a_moment_while_it_is_asked_for_again(site: Site) -> None:
    site.newsroom.open("asked-on")
    answer = until(lambda: site.reader.get("/live/asked-on"), lambda got: got.headers["x-cache"] == "STALE")
    assert (answer.status_code, "stale-while-revalidate" in answer.headers["cache-control"]) == (200, False)
    straight = httpx.get(f"{site.server.url}/live/asked-on")
    assert answer.headers["cache-control"] == straight.headers["cache-control"]


def test_a_stream_passes_word_by_word(site: Site) -> None:
    site.newsroom.open("stream")
    with site.reader.stream("GET", "/live/stream/events") as stream:
        lines = stream.iter_lines()
        next(lines)  # it has begun
        for number in range(3):
            site.newsroom.publish("stream", f"word {number}")
            assert any(f"word {number}" in str(change.get("html")) for change in changes(lines))
        assert "x-cache" not in stream.headers


def test_what_is_withdrawn_is_gone_from_what_nginx_keeps(site: Site) -> None:
    site.newsroom.open("gone")
    post = site.newsroom.publish("gone", "the leaked name")
    paths = ["/live/gone", f"/live/gone/posts/{post}", "/live/gone/changes?after=0", "/live/gone/feed.atom"]
    for path in paths[:3]:
        until(
            lambda path=path: site.reader.get(path),  # type: ignore[misc]  # bound for this turn
            lambda got: got.headers.get("x-cache") == "HIT" and "the leaked name" in got.text,
        )
    site.newsroom.withdraw("gone", post, "It named somebody.")
    for path in paths:
        until(
            lambda path=path: site.reader.get(path),  # type: ignore[misc]  # same
            lambda got: "the leaked name" not in got.text,
        )


def test_the_newsroom_is_never_kept(site: Site) -> None:
    for path in ("/desk/", "/desk/account/login/", "/api/v1/liveblogs", "/desk/live/storm/newsroom/events/"):
        answers = [site.reader.get(path) for _ in range(3)]
        assert {answer.headers.get("x-cache") for answer in answers} == {None}
        assert all("no-store" in answer.headers["cache-control"] for answer in answers)


def test_who_has_an_old_page_is_put_right_by_the_stream(tmp_path: Path, site: Site) -> None:
    """F28: a cache that disobeys and shows a page for a minute. Whoever opens it sees the withdrawal at once."""
    site.newsroom.open("stale")
    post = site.newsroom.publish("stale", "the leaked name")
    disobeys = {
        "proxy_no_cache $stoppress_not_kept;": "proxy_ignore_headers Cache-Control; proxy_cache_valid 1m;",
    }
    cache = Nginx(tmp_path / "nginx", site.server.port, disobeys)
    with cache, httpx.Client(base_url=cache.url, timeout=WAIT_SECONDS) as reader:
        reader.get("/live/stale")
        site.newsroom.withdraw("stale", post, "It named somebody.")
        old = reader.get("/live/stale")
        assert old.headers["x-cache"] == "HIT"
        assert "the leaked name" in old.text
        after = seq_in(old.text)
        with reader.stream("GET", f"/live/stale/events?after={after}") as stream:
            change = next(changes(stream.iter_lines()))
        assert (change["kind"], change["id"]) == ("withdrawn", post)
        assert "the leaked name" not in str(change)


def test_pages_outlive_the_server_and_the_newsroom_comes_back(site: Site) -> None:
    site.newsroom.open("outlive")
    until(lambda: site.reader.get("/live/outlive"), lambda got: got.headers.get("x-cache") == "HIT")
    site.server.kill()
    try:
        answer = until(
            lambda: site.reader.get("/live/outlive"), lambda got: got.headers.get("x-cache") == "STALE"
        )
        assert answer.status_code == 200
        assert site.reader.get("/desk/").status_code == 502
    finally:
        site.server.start()
    until(
        lambda: site.reader.get("/live/outlive"), lambda got: got.headers.get("x-cache") in ("EXPIRED", "HIT")
    )
