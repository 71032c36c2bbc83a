"""The product's processes on one database, each started, paused and killed by its own pid.

    with Newsroom(tmp_path / "data", fresh) as newsroom:                       `stoppress serve` on SQLite
    Newsroom(folder, fresh, database_url=url)                                  the same on PostgreSQL
    Newsroom(folder, fresh, database_url=url, roles=("desk", "edge", "worker"))      apart

`fresh` is a newsroom that was set up once (`Fresh`): a folder or database to copy, a live blog, an editor's token.
"""

import fcntl
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self, cast

import httpx
import psycopg
from tests.chaos.form import PATIENCE_SECONDS
from tests.chaos.postgres import Postgres
from tests.e2e.server import (
    COMMAND,
    EMAIL,
    NAME,
    NO_CERTIFICATES,
    PASSWORD,
    ServerError,
    environment,
    free_port,
    fresh_newsroom,
)
from tests.e2e.server import Newsroom as Api
from tests.liveblogs import photos

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
SLUG = "surge"
PUBLIC_URL = "http://127.0.0.1:8000"  # printed in links; the same for all, so that no start makes pages anew
STEP_SECONDS = 0.02
STOP_SECONDS = 30
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Fresh:
    """A newsroom that holds an editor and one live blog that is live; on PostgreSQL see `Postgres.fresh`."""

    data: Path
    token: str


@dataclass(slots=True)
class Part:
    """One process in one role. `starts` counts its lives."""

    role: str
    data: Path
    variables: Mapping[str, str]
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    starts: int = 0
    limits: Sequence[tuple[int, int]] = ()  # resource.RLIMIT_… and its soft bound, set before it starts
    program: tuple[str, ...] = ()  # instead of `stoppress ROLE`

    @property
    def url(self) -> str:
        """Where it answers, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        """Of the process under way."""
        if self.process is None or self.process.poll() is not None:
            raise ServerError(f"Expected a running {self.role}; start() it first. {self.words()}")
        return self.process.pid

    @property
    def log(self) -> Path:
        """What it printed, over all its lives."""
        return self.data.with_name(f"{self.data.name}-{self.role}-{self.port}.log")

    def words(self) -> str:
        """The end of its log."""
        return self.log.read_text(errors="replace")[-4000:] if self.log.exists() else ""

    def begin(self) -> None:
        """Start it; it does not answer at once."""
        listens = () if self.role == "worker" else ("--host", "127.0.0.1", "--port", str(self.port))
        command = self.program or (COMMAND, self.role, "--data", str(self.data), *listens)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=environment(self.data) | dict(self.variables),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.starts += 1

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.begin()
        self.wait()

    def wait(self) -> None:
        """Until it answers; a worker, until it has said that it works."""
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until and self.process and self.process.poll() is None:
            if self.answers():
                return
            time.sleep(STEP_SECONDS)
        self.kill()
        raise ServerError(f"The {self.role} did not start. Its last words:\n{self.words()}")

    def answers(self) -> bool:
        """Whether it takes requests now."""
        if self.role == "worker":
            return self.log.read_text(errors="replace").count("Working") >= self.starts
        with suppress(httpx.TransportError):
            return httpx.get(f"{self.url}/healthz", timeout=2, verify=NO_CERTIFICATES).is_success
        return False

    def kill(self) -> None:
        """End it, and what it started, at one moment."""
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def stop(self) -> int:
        """Ask it to end, wait until it has; returns its exit status."""
        if self.process is None:
            return 0
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(STOP_SECONDS)

    def pause(self) -> None:
        """Stop it in its tracks (SIGSTOP): its connections stay open, and nothing answers."""
        os.kill(self.pid, signal.SIGSTOP)

    def go_on(self) -> None:
        """After `pause`."""
        os.kill(self.pid, signal.SIGCONT)


class Newsroom:
    """All processes of one newsroom. Use as a context manager: they are killed at the end, by their pids."""

    def __init__(
        self,
        data: Path,
        fresh: Fresh,
        *,
        database_url: str = "",
        roles: Sequence[str] = ("serve",),
        variables: Mapping[str, str] | None = None,
    ) -> None:
        self.data = data
        self.database_url = database_url
        self.token = fresh.token
        if not data.exists():
            shutil.copytree(fresh.data, data)
        told = {"STOPPRESS_PUBLIC_URL": PUBLIC_URL, "PYTHONUNBUFFERED": "1"}
        if database_url:
            told["STOPPRESS_DATABASE_URL"] = database_url
        self.variables = told | dict(variables or {})
        self.parts = [Part(role, data, self.variables) for role in roles]

    def __enter__(self) -> Self:
        try:
            first, *rest = self.parts
            first.start()  # the one that may migrate
            for part in rest:
                part.begin()
            for part in rest:
                part.wait()
        except BaseException:
            self.kill()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    def kill(self) -> None:
        """End every process."""
        for part in self.parts:
            part.kill()

    def named(self, role: str) -> list[Part]:
        """The parts in this role."""
        return [part for part in self.parts if part.role == role]

    @property
    def writing(self) -> Part:
        """The part that takes writes."""
        return (self.named("serve") + self.named("desk"))[0]

    @property
    def reading(self) -> list[Part]:
        """The parts that readers are sent to."""
        return self.named("edge") or [self.writing]

    @property
    def edge_url(self) -> str:
        """Where the first of them answers."""
        return self.reading[0].url

    @contextmanager
    def api(self) -> Iterator[Api]:
        """An editor's script at work."""
        headers = {"Authorization": f"Bearer {self.token}"}
        address = f"{self.writing.url}/api/v1"
        with httpx.Client(
            base_url=address, headers=headers, timeout=PATIENCE_SECONDS, verify=NO_CERTIFICATES
        ) as client:
            yield Api(client)

    def rows(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        """What stands in the database, read past the product. `?` marks a value."""
        if self.database_url:
            with psycopg.connect(self.database_url, autocommit=True) as connection:
                return connection.execute(statement.replace("?", "%s").encode(), values).fetchall()
        address = f"{(self.data / 'stoppress.sqlite3').as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, uri=True, timeout=PATIENCE_SECONDS)) as file:
            return cast("list[tuple[object, ...]]", file.execute(statement, values).fetchall())

    def words(self) -> str:
        """The ends of all logs."""
        return "\n".join(f"── {part.role} {part.port}\n{part.words()}" for part in self.parts)


def fresh(folder: Path, server: Postgres | None = None) -> Fresh:
    """A newsroom on SQLite, or in a database of `server`, for others to copy: set up in `folder` by whoever is first.

    The workers of pytest share `folder`; each has a `server` of its own, which takes what the first one's holds.
    """
    folder.mkdir(parents=True, exist_ok=True)
    token, dump = folder / "token", folder / "dump"
    with (folder / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not token.exists():
            url = server.new_database() if server else ""
            made = _set_up(folder / "data", url)
            if server:
                server.dump(url, dump)
            token.write_text(made)
    if server:
        server.fresh = server.restored(dump)
    return Fresh(folder / "data", token.read_text())


def _set_up(data: Path, url: str) -> str:
    """Make the newsroom; returns its editor's token."""
    shutil.rmtree(data, ignore_errors=True)  # of somebody who did not come to the end
    if url:
        data.mkdir()
    else:
        shutil.copytree(fresh_newsroom(), data)
    with Newsroom(data, Fresh(data, ""), database_url=url, roles=("desk",)) as newsroom:
        people(newsroom)
        newsroom.writing.stop()
    return newsroom.token


def people(newsroom: Newsroom) -> None:
    """Give an empty newsroom that runs an editor, their token and a live blog."""
    variables = environment(newsroom.data) | dict(newsroom.variables)
    _run(variables, PASSWORD, "staff", "add", EMAIL, "--role", "editor", "--name", NAME, "--password-stdin")
    newsroom.token = _run(variables, "", "token", EMAIL).split()[-1]
    with newsroom.api() as api:
        api.open(SLUG)


def _run(variables: Mapping[str, str], stdin: str, *arguments: str) -> str:
    done = subprocess.run(
        (COMMAND, *arguments), env=variables, input=stdin, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise ServerError(f"stoppress {arguments[0]} ended with {done.returncode}: {done.stderr}")
    return done.stdout


def python(*arguments: str) -> tuple[str, ...]:
    """A program of the tests' own, for `Part.program`."""
    return (sys.executable, *arguments)


def upload(newsroom: Newsroom, width: int, height: int, key: str = "") -> httpx.Response:
    """A picture sent over the API; again when this machine was too slow to read it in the time it may take."""
    until = time.monotonic() + PATIENCE_SECONDS
    headers = {"Authorization": f"Bearer {newsroom.token}"} | ({"Idempotency-Key": key} if key else {})
    while True:
        answer = httpx.post(
            f"{newsroom.writing.url}/api/v1/media",
            headers=headers,
            files={"file": ("a.jpg", photos.encoded(photos.bands(width, height)), "image/jpeg")},
            data={"alt": "A harbour in the evening."},
            timeout=2 * PATIENCE_SECONDS,
        )
        if answer.status_code != httpx.codes.UNPROCESSABLE_ENTITY or time.monotonic() > until:
            return answer


@contextmanager
def signed_in(newsroom: Newsroom) -> Iterator[httpx.Client]:
    """A reporter's browser at the desk, signed in."""
    with httpx.Client(
        base_url=newsroom.writing.url,
        timeout=PATIENCE_SECONDS,
        headers={"Accept": "text/html"},
        verify=NO_CERTIFICATES,
    ) as desk:
        form = desk.get("/desk/account/login/")
        token = TOKEN.search(form.text)
        fields = {"login": EMAIL, "password": PASSWORD, "csrfmiddlewaretoken": token[1] if token else ""}
        answer = desk.post("/desk/account/login/", data=fields)
        if answer.status_code != httpx.codes.FOUND:
            raise ServerError(f"Signing in answered {answer.status_code}: {answer.text[:500]}")
        yield desk
