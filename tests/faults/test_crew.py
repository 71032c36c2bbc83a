"""`serve --edges 2` on a bad day: an edge dies, the desk dies, everything is replaced. Nobody loses a change."""

import secrets
import signal
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

import httpx
import pytest
from tests.e2e.server import Newsroom, Server
from tests.faults.crew import PATIENCE_SECONDS, Follower, children, desk_of, edges_of, following, kill, until

pytestmark = pytest.mark.faults

READERS = 16  # all on one of two edges by chance: once in 30,000 runs


@pytest.fixture
def crew(tmp_path: Path) -> Server:
    return Server(tmp_path / "data", options=("--edges", "2"))


def publish(newsroom: Newsroom, text: str) -> int:
    """A post, sent again with its key until it is answered, as a good client does; returns its number."""
    key = {"Idempotency-Key": secrets.token_hex()}

    def sent() -> int | None:
        with suppress(httpx.TransportError):
            answer = newsroom.client.post("/liveblogs/surge/posts", json={"markdown": text}, headers=key)
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
    everybody_has(readers, publish(newsroom, "Published while an edge is dead."))
    back = [reader for reader in readers if reader.came_back]
    assert back, "nobody read through the edge that died"
    assert len(back) < len(readers), "readers of the other edge had to come back too"
    until(lambda: len(edges_of(server) - {victim}) == 2, "another edge in its place")


def lose_the_desk(server: Server, newsroom: Newsroom, readers: list[Follower]) -> None:
    came_back = [reader.came_back for reader in readers]
    desk = desk_of(server)
    assert desk is not None
    kill(desk)
    assert httpx.get(f"{server.url}/live/surge").status_code == 200
    seq = publish(newsroom, "Sent while the desk is dead: it waits for the next one.")
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
        last = publish(newsroom, f"Published during the upgrade, {number}.")
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
        return client.get(f"{server.url}/live/surge", headers={"Connection": "close"}).status_code
    except (httpx.ReadError, httpx.RemoteProtocolError) as closed:  # not one that could not be opened
        return closed


@pytest.mark.timeout(1200)
def test_whoever_dies_or_is_replaced_no_reader_loses_a_change(crew: Server) -> None:
    with crew as server:
        newsroom = Newsroom.at(server, server.add_staff())
        newsroom.open("surge")
        with following(server.port, "surge", READERS) as readers:
            everybody_has(readers, publish(newsroom, "All is well."))
            lose_an_edge(server, newsroom, readers)
            lose_the_desk(server, newsroom, readers)
            replace_all(server, newsroom, readers)
        newsroom.client.close()
        everyone = set(children(server.pid))
        server.stop()
        assert server.process is not None
        assert server.process.returncode == 0, server.words()
        assert not [pid for pid in everyone if Path(f"/proc/{pid}").exists()]


@pytest.mark.timeout(1200)
def test_new_code_that_does_not_start_leaves_the_old_at_work_and_nobody_outlives_the_parent(
    crew: Server, tmp_path: Path
) -> None:
    sender = tmp_path / "sender"
    sender.write_text("desk@example.org")
    crew.variables["STOPPRESS_MAIL_FROM_FILE"] = str(sender)
    with crew as server:
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
