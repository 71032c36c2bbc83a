"""`desk`, `edge` and `worker` apart on one PostgreSQL, started in any order; what one writes, every edge serves.

Then the next release comes, a process at a time.
"""

import asyncio
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, aclosing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from tests import postgres
from tests.bus.redis_server import RedisServer
from tests.e2e.server import (
    COMMAND,
    EMAIL,
    NAME,
    NO_CERTIFICATES,
    PASSWORD,
    STOP_SECONDS,
    environment,
    free_port,
)
from tests.faults.crew import PATIENCE_SECONDS, Follower, following, until
from tests.faults.release import NEXT_RENDERER, advance, installed
from tests.servers import redis_server

from stoppress.bus.tallies import tallies_for
from stoppress.lib import clock

pytestmark = pytest.mark.faults


@dataclass(slots=True)
class Role:
    """One process on a machine of its own, so to speak: its data folder is shared with nobody."""

    role: str
    folder: Path
    variables: dict[str, str]
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    told: bool = False  # to stop

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        """What it said."""
        return self.folder.with_suffix(".log")

    @contextmanager
    def running(self) -> Iterator["Role"]:
        """As long as the block runs; then told to stop, which it must do in good order."""
        words = [COMMAND, self.role]
        if self.role != "worker":
            words += ["--port", str(self.port)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                words,
                env=environment(self.folder) | self.variables,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        try:
            yield self
            self.stop()
        finally:
            self.process.kill()
            self.process.wait()

    def tell(self) -> None:
        """Tell it to stop, once."""
        assert self.process is not None
        if not self.told:
            self.process.terminate()
        self.told = True

    def stop(self) -> None:
        """The same, and wait."""
        self.tell()
        assert self.process is not None
        assert self.process.wait(4 * STOP_SECONDS) == 0, self.log.read_text()

    def ask(self, *words: str, stdin: str = "") -> str:
        """Another command with the same environment."""
        return subprocess.run(
            (COMMAND, *words),
            env=environment(self.folder) | self.variables,
            input=stdin,
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    def is_ready(self) -> bool:
        """Whether it says so itself."""
        with suppress(httpx.TransportError):
            return httpx.get(f"{self.url}/healthz", timeout=20, verify=NO_CERTIFICATES).is_success
        return False


@contextmanager
def bus() -> Iterator[dict[str, str]]:
    """Redis where there is one; else the database carries the bus, as `tests/bus` shows at length."""
    if redis_server() is None:
        yield {}
        return
    server = RedisServer()
    server.start()
    try:
        yield {"STOPPRESS_BUS_URL": server.url}
    finally:
        server.stop()


@contextmanager
def newsroom(folder: Path) -> Iterator[dict[str, Role]]:
    """Everybody is started before there is a table, the two desks at the same moment; then all are ready."""
    with ExitStack() as stack:
        variables = {
            "STOPPRESS_DATABASE_URL": stack.enter_context(postgres.running()),
            "STOPPRESS_SECRET_KEY": "s" * 40,
            "STOPPRESS_MEDIA_URL": f"file://{folder}/media",
            **stack.enter_context(bus()),
        }
        roles = {
            name: Role(name.rstrip("12"), folder / name, variables)
            for name in ("edge", "worker", "desk1", "desk2")
        }
        for name in ("edge", "worker"):
            stack.enter_context(roles[name].running())
        until(lambda: "Waiting for" in roles["worker"].log.read_text(), "a worker that waits")
        assert not roles["edge"].is_ready()
        for name in ("desk1", "desk2"):
            stack.enter_context(roles[name].running())
        until(lambda: all(roles[name].is_ready() for name in ("desk1", "desk2", "edge")), "all ready")
        until(lambda: "Working" in roles["worker"].log.read_text(), "a worker at work")
        yield roles
        for role in roles.values():  # all at once: each then takes its time beside the others
            role.tell()


def everybody_at(readers: list[Follower], seq: int) -> None:
    until(lambda: all((one.at or 0) >= seq for one in readers), f"all readers at {seq}")


async def tallied(variables: dict[str, str], slug_readers: int) -> None:
    """Until an edge has told that so many read."""
    tallies = tallies_for(variables["STOPPRESS_DATABASE_URL"], variables.get("STOPPRESS_BUS_URL", ""))
    assert tallies is not None
    async with aclosing(tallies.hear()) as heard, asyncio.timeout(PATIENCE_SECONDS):
        async for tally in heard:
            if sum(one.readers for one in tally.read.values()) == slug_readers:
                return


@contextmanager
def upgraded(folder: Path, before: Role) -> Iterator[tuple[Role, Role]]:
    """A desk of the next release, which takes the database's steps, and an edge of it, beside all that is at work."""
    installation = installed(folder)
    advance(installation)
    variables = before.variables | {"PYTHONPATH": str(installation)}
    with Role("desk", folder / "newer-desk", variables).running() as desk:
        until(desk.is_ready, "the newer desk")
        with Role("edge", folder / "newer-edge", variables).running() as edge:
            until(edge.is_ready, "the newer edge")
            yield desk, edge
            desk.tell()


@pytest.mark.timeout(1200)
def test_three_roles_and_one_newsroom_and_the_next_release_beside_them(tmp_path: Path) -> None:
    with newsroom(tmp_path) as roles:
        desk, other, edge = roles["desk1"], roles["desk2"], roles["edge"]
        desk.ask(
            "staff", "add", EMAIL, "--role", "editor", "--name", NAME, "--password-stdin", stdin=PASSWORD
        )
        headers = {"Authorization": f"Bearer {desk.ask('token', EMAIL).split()[-1]}"}
        with httpx.Client(headers=headers, timeout=60) as client:

            def post(at: Role, path: str, **fields: object) -> dict[str, object]:
                answer = client.post(f"{at.url}/api/v1/liveblogs{path}", json=fields)
                assert answer.status_code == 201, answer.text
                found: dict[str, object] = answer.json()
                return found

            post(desk, "", slug="surge", headline="Storm", timezone="Europe/Kyiv", status="live")
            until(lambda: httpx.get(f"{edge.url}/live/surge").status_code == 200, "the page at the edge")
            with following(edge.port, "surge", 3) as readers:
                for at in (desk, other):
                    seq = int(str(post(at, "/surge/posts", markdown=f"By {at.folder.name}.")["seq"]))
                    everybody_at(readers, seq)
                due = clock.rfc3339(clock.now() + timedelta(seconds=1))
                post(desk, "/surge/posts", markdown="By the worker.", publish_at=due)
                everybody_at(readers, seq + 1)
                asyncio.run(tallied(edge.variables, 3))
                assert not [one.came_back for one in readers if one.came_back]
                assert httpx.get(f"{edge.url}/desk/").status_code == 404, "an edge has no desk"
                assert httpx.get(f"{other.url}/desk/account/login/").status_code == 200
                with upgraded(tmp_path / "next", edge) as (newer_desk, newer_edge):
                    assert edge.is_ready(), "newer tables are fine"
                    for at in (newer_desk, desk):
                        seq = int(
                            str(
                                post(at, "/surge/posts", markdown=f"By {at.folder.name}, side by side.")[
                                    "seq"
                                ]
                            )
                        )
                        everybody_at(readers, seq)
                    due = clock.rfc3339(clock.now() + timedelta(seconds=1))
                    post(newer_desk, "/surge/posts", markdown="By the older worker.", publish_at=due)
                    everybody_at(readers, seq + 1)
                    for one in readers:
                        one.port = newer_edge.port  # as a balancer does: the older edge is going
                    edge.stop()
                    seq = int(str(post(desk, "/surge/posts", markdown="While readers move.")["seq"]))
                    everybody_at(readers, seq)
                    for one in readers:
                        assert one.seqs == sorted(set(one.seqs)), "a change came twice or out of order"
                        assert len(one.seqs) == len(readers[0].seqs), "somebody lost a change"
                    page = httpx.get(f"{newer_edge.url}/live/surge").text
        told = ("By desk1.", "By desk2.", "By the worker.", "side by side.", "older worker.", "readers move.")
        assert [words for words in told if words not in page] == []
        assert f'data-build="{NEXT_RENDERER}-' in page
    for role in roles.values():
        said = role.log.read_text()
        assert "Traceback" not in said, said
        password = role.variables["STOPPRESS_DATABASE_URL"].split(":")[2].split("@")[0]
        assert password not in said
