"""`serve --edges 2`: what several processes tell as one, and a bad day: an edge dies, the desk dies, a new release is
installed under readers. Nobody loses a change.
"""

import re
import secrets
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import Any

import httpx
import pytest
from tests.e2e.reporter import sign_in
from tests.e2e.server import EMAIL, NAME, PASSWORD, Newsroom, Server, ServerError
from tests.edge.client import LiveReader
from tests.edge.test_beside import numbers
from tests.faults.crew import PATIENCE_SECONDS, Follower, children, desk_of, edges_of, following, kill, until
from tests.faults.release import NEXT_RENDERER, advance, installed

pytestmark = pytest.mark.faults

SLUG, BO = "surge", "bo@example.org"
READERS = 16  # all on one of two edges by chance: once in 30,000 runs


@dataclass(frozen=True, slots=True)
class Site:
    """A newsroom served by a crew, from an installation of its own; two of its staff have PASSWORD."""

    server: Server
    installation: Path
    newsroom: Newsroom

    @property
    def url(self) -> str:
        return self.server.url


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One for the file."""
    folder = tmp_path_factory.mktemp("crew")
    installation = installed(folder / "lib")
    server = Server(folder / "data", options=("--edges", "2"), variables={"PYTHONPATH": str(installation)})
    with server:
        newsroom = Newsroom.at(server, server.add_staff())
        bo = ("staff", "add", BO, "--role", "reporter", "--name", "Bo", "--password-stdin")
        server.run(*bo, stdin=PASSWORD)
        with newsroom.client:
            yield Site(server, installation, newsroom)


@pytest.fixture
def crew(shared: Site) -> Site:
    """The same at work, whatever the test before did to it; each test opens a live blog of its own."""
    if shared.server.process is None or shared.server.process.poll() is not None:
        shared.server.start()
    return shared


def publish(newsroom: Newsroom, slug: str, text: str) -> int:
    """A post, sent again with its key until it is answered, as a good client does; returns its number."""
    key = {"Idempotency-Key": secrets.token_hex()}

    def sent() -> int | None:
        with suppress(httpx.TransportError):
            answer = newsroom.client.post(f"/liveblogs/{slug}/posts", json={"markdown": text}, headers=key)
            return int(answer.json()["seq"]) if answer.is_success else None
        return None

    return until(sent, "an answer of the desk")


def everybody_has(readers: list[Follower], seq: int) -> None:
    until(lambda: all((reader.at or 0) >= seq for reader in readers), f"all readers at {seq}")
    for reader in readers:
        assert reader.seqs == sorted(set(reader.seqs)), "a change came twice or out of order"
        assert set(reader.seqs) >= set(readers[0].seqs) & set(range(reader.seqs[0], seq + 1))


def lose_an_edge(server: Server, newsroom: Newsroom, readers: list[Follower]) -> None:
    before = edges_of(server)
    victim = min(before)
    kill(victim)
    everybody_has(readers, publish(newsroom, SLUG, "Published while an edge is dead."))
    back = [reader for reader in readers if reader.came_back]
    assert back, "nobody read through the edge that died"
    assert len(back) < len(readers), "readers of the other edge had to come back too"
    until(lambda: len(edges_of(server) - {victim}) == 2, "another edge in its place")


def lose_the_desk(server: Server, newsroom: Newsroom, readers: list[Follower]) -> None:
    came_back = [reader.came_back for reader in readers]
    desk = desk_of(server)
    assert desk is not None
    kill(desk)
    assert httpx.get(f"{server.url}/live/{SLUG}").status_code == 200
    seq = publish(newsroom, SLUG, "Sent while the desk is dead: it waits for the next one.")
    everybody_has(readers, seq)
    assert [reader.came_back for reader in readers] == came_back, "a reader noticed"
    assert desk_of(server) != desk


def replace_all(server: Server, newsroom: Newsroom, readers: list[Follower]) -> None:
    before = set(children(server.pid))
    refused: list[object] = []
    stop = Event()
    knocking = Thread(target=keep_knocking, args=(server, refused, stop), daemon=True)
    knocking.start()
    server.tell(signal.SIGHUP)
    number = 0
    while before & set(children(server.pid)):
        number += 1
        last = publish(newsroom, SLUG, f"Published during the upgrade, {number}.")
        stop.wait(0.1)
    stop.set()
    knocking.join()
    assert not refused
    everybody_has(readers, last)
    until(lambda: len(edges_of(server)) == 2 and desk_of(server), "the new crew")


def keep_knocking(server: Server, refused: list[object], stop: Event) -> None:
    """Ask for the page again and again, each time on a new connection; once more when it closes, as browsers do."""
    with httpx.Client(timeout=PATIENCE_SECONDS) as client:
        while not stop.wait(0.05):
            answer = knock(client, server)
            if answer != 200 and (again := knock(client, server)) != 200:
                refused.append((answer, again))


def knock(client: httpx.Client, server: Server) -> object:
    try:
        return client.get(f"{server.url}/live/{SLUG}", headers={"Connection": "close"}).status_code
    except (httpx.ReadError, httpx.RemoteProtocolError) as closed:  # not one that could not be opened
        return closed


def install_the_next_release(site: Site, readers: list[Follower]) -> None:
    """Over the one at work, as an operator does; then SIGHUP. Old and new are at work at once meanwhile."""
    advance(site.installation)
    replace_all(site.server, site.newsroom, readers)
    assert f'data-build="{NEXT_RENDERER}-' in httpx.get(f"{site.url}/live/{SLUG}").text
    whole = httpx.get(f"{site.url}/live/{SLUG}/print").text
    assert "Published while an edge is dead." in whole
    assert "Published during the upgrade, 1." in whole
    until(lambda: all(reader.reloads for reader in readers), "word to open pages to fetch themselves anew")


@pytest.mark.timeout(1200)
def test_whoever_dies_or_is_replaced_by_the_next_release_no_reader_loses_a_change(crew: Site) -> None:
    server, newsroom = crew.server, crew.newsroom
    newsroom.open(SLUG)
    with following(server.port, SLUG, READERS) as readers:
        everybody_has(readers, publish(newsroom, SLUG, "All is well."))
        lose_an_edge(server, newsroom, readers)
        lose_the_desk(server, newsroom, readers)
        install_the_next_release(crew, readers)
    everyone = set(children(server.pid))
    server.stop()
    assert server.process is not None
    assert server.process.returncode == 0, server.words()
    assert not [pid for pid in everyone if Path(f"/proc/{pid}").exists()]
    refused_by_the_release_before(server)


def refused_by_the_release_before(server: Server) -> None:
    """The one under test, on the folder that the next one has worked in."""
    before = Server(server.data, options=server.options)
    with pytest.raises(
        ServerError, match=r"was written by a newer version of Stoppress \(this is 0\."
    ) as refused:
        before.start()
    assert "install the newer version, or restore a backup made with this one" in str(refused.value)


def test_any_edge_tells_the_numbers_of_every_process(crew: Site) -> None:
    crew.newsroom.open("counted")
    with following(crew.server.port, "counted", READERS) as readers:
        everybody_has(readers, publish(crew.newsroom, "counted", "Counted."))
        told = [numbers(httpx.get(f"{crew.url}/metrics").text) for _ in range(4)]  # of either edge, by chance
    for found in told:
        processes = {process for name, process, _ in found if name == "stoppress_process_up"}
        assert processes == {"desk", "edge-1", "edge-2"}
        assert total(found, "stoppress_readers") == READERS
        assert total(found, "stoppress_process_up") == 3
        assert total(found, "stoppress_delivery_delay_seconds_bucket", "+Inf") >= 1
        assert found["stoppress_workers", "desk", ""] >= 1  # one that was replaced just now still counts


def total(found: dict[tuple[str, str, str], float], name: str, bucket: str = "") -> float:
    return sum(value for (one, _, le), value in found.items() if (one, le) == (name, bucket))


def test_the_desks_own_stream_comes_through_edges(crew: Site) -> None:
    """Each of two people signed in sees the other come, and a post of theirs as soon as it is out."""
    slug = crew.newsroom.open("together")
    with listening(crew, EMAIL, slug) as nora, listening(crew, BO, slug) as bo:
        assert nora.headers["cache-control"] == "no-store, private, no-transform"
        for email, name in ((EMAIL, NAME), (BO, "Bo")):
            say_here(crew, email, slug)
            for one in (nora, bo):
                state_where(one, lambda state, name=name: name in {who["name"] for who in state["here"]})  # type: ignore[misc]  # bound for this turn
        seq = publish(crew.newsroom, slug, "It is out.")
        for one in (nora, bo):
            state_where(one, lambda state: state["seq"] >= seq)
    stranger = httpx.get(f"{crew.url}/desk/live/{slug}/newsroom/events/")
    assert "text/event-stream" not in stranger.headers["content-type"]


@contextmanager
def listening(site: Site, email: str, slug: str) -> Iterator[LiveReader]:
    """Their window's stream, with the session of a real sign-in, through whichever edge takes the connection."""
    cookies = "; ".join(f"{one['name']}={one['value']}" for one in sign_in(site.url, email))
    with socket.create_connection(("127.0.0.1", site.server.port), PATIENCE_SECONDS) as connection:
        yield LiveReader(connection).open(f"/desk/live/{slug}/newsroom/events/", f"Cookie: {cookies}")


def say_here(site: Site, email: str, slug: str) -> None:
    """As their window does every few seconds."""
    with httpx.Client(base_url=site.url, timeout=PATIENCE_SECONDS) as window:
        for one in sign_in(site.url, email):
            window.cookies.set(one["name"], one["value"])
        page = window.get(f"/desk/live/{slug}/").text
        token = re.search(r'name="csrf" content="(\w+)"', page)
        assert token, page[:2_000]
        answer = window.post(
            f"/desk/live/{slug}/newsroom/here/",
            json={"tab": "aa", "writing": []},
            headers={"X-CSRFToken": token[1]},
        )
        assert answer.is_success, answer.text


def state_where(stream: LiveReader, holds: Callable[[dict[str, Any]], bool]) -> None:
    """Read on until the newsroom is so."""
    while True:
        [told] = stream.until(1)
        if "here" in told and holds(told):
            return


@pytest.mark.timeout(1200)
def test_new_code_that_does_not_start_leaves_the_old_at_work_and_nobody_outlives_the_parent(
    tmp_path: Path,
) -> None:
    sender = tmp_path / "sender"
    sender.write_text("desk@example.org")
    variables = {"STOPPRESS_MAIL_FROM_FILE": str(sender)}
    with Server(tmp_path / "data", options=("--edges", "2"), variables=variables) as server:
        until(lambda: "SIGHUP replaces" in server.words(), "the crew")
        before = set(children(server.pid))
        sender.write_text("nobody")
        server.tell(signal.SIGHUP)
        until(lambda: "the old ones go on" in server.words(), "word of it in the log")
        assert set(children(server.pid)) == before
        assert httpx.get(f"{server.url}/desk/account/login/").status_code == 200
        kill(server.pid)
        until(lambda: not [pid for pid in before if is_running(pid)], "the end of all")


def is_running(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
