"""A real `stoppress serve` on a folder of its own, and what an editor can do to it from outside.

Called by `conftest.py` and `bench/`. Knows the product by its commands and its API, as a stranger would.
"""

import fcntl
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import Self, cast

import httpx

import stoppress

COMMAND = str(Path(sys.executable).with_name("stoppress"))
START_SECONDS = 120  # first start migrates; a busy machine takes its time
STOP_SECONDS = 15
KEPT_SECONDS = 3_600  # a fresh newsroom of another state of the code may still be copied from
_MADE = "-made"
# For plain HTTP on this machine. Without it each new client reads the world's certificates: 20 ms of CPU.
NO_CERTIFICATES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
EMAIL, PASSWORD, NAME = "nora@example.org", "harbour-lights-at-four", "Nora Quist"


class ServerError(RuntimeError):
    """The server did not do what was asked; its last words are in the message."""


def free_port() -> int:
    """A loopback port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def environment(data: Path) -> dict[str, str]:
    """Ours, without what would lead the server elsewhere, and with the data folder."""
    astray = ("STOPPRESS_", "DJANGO_SETTINGS_MODULE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(astray)}
    return kept | {"STOPPRESS_DATA": str(data)}


@cache
def fresh_newsroom() -> Path:
    """The folder of a newsroom that was started once and holds nothing, for others to copy.

    Made once for each state of the code, by whichever process is first: making it is mostly migrations.
    """
    kept = Path(sys.prefix) / "fresh-newsrooms"
    kept.mkdir(exist_ok=True)
    folder = kept / _state_of_the_code()
    with (kept / "lock").open("a") as lock, tempfile.TemporaryDirectory(dir=kept) as making:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            first = Server(Path(making) / "data", is_first=True)
            first.start()
            first.stop()
            for old in kept.glob(f"*{_MADE}"):
                if time.time() - old.stat().st_mtime > KEPT_SECONDS:
                    shutil.rmtree(old)
            first.data.rename(folder)
    return folder


def _state_of_the_code() -> str:
    """A name that differs when any file of the package does."""
    package = Path(stoppress.__file__).parent
    files = (path for path in sorted(package.rglob("*")) if path.is_file() and path.suffix != ".pyc")
    facts = [(str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in files]
    return blake2b(repr(facts).encode(), digest_size=16).hexdigest() + _MADE


@dataclass(slots=True)
class Server:
    """One server process on `data`. Use as a context manager: it is killed at the end, by its pid.

    A folder that is not there yet begins as a copy of a fresh newsroom; `is_first` lets the server make it.
    """

    data: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    public_url: str = ""  # where readers find it, when that is not `url`
    is_first: bool = False
    options: tuple[str, ...] = ()  # of `stoppress serve`
    variables: dict[str, str] = field(default_factory=dict)  # of its environment

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    @property
    def url(self) -> str:
        """Where it answers, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        """Of the process under way."""
        if self.process is None:
            raise ServerError("Expected a running server; start() it first.")
        return self.process.pid

    def start(self) -> None:
        """Start it and wait until it answers."""
        if not self.data.exists() and not self.is_first:
            shutil.copytree(fresh_newsroom(), self.data)
        self.data.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                (
                    *(COMMAND, "serve", "--data", str(self.data), "--host", "127.0.0.1"),
                    *("--port", str(self.port), *self.options),
                ),
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until and self.process.poll() is None:
            if self._answers():
                return
            time.sleep(0.05)
        self.kill()  # one that came up late would stay for good, and make the next one later still
        raise ServerError(f"The server did not start. Its last words:\n{self.words()}")

    def _environment(self) -> dict[str, str]:
        told = {"STOPPRESS_PUBLIC_URL": self.public_url} if self.public_url else {}
        return environment(self.data) | told | self.variables

    @property
    def log(self) -> Path:
        """What the process printed, over all its starts."""
        return self.data.with_name(self.data.name + ".log")

    def words(self) -> str:
        """The end of the log."""
        return self.log.read_text(errors="replace")[-4000:]

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.url}/healthz", timeout=2, verify=NO_CERTIFICATES).is_success
        except httpx.TransportError:
            return False

    def kill(self) -> None:
        """End it as a power cut would."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ask it to end, and wait until it has."""
        self._end(signal.SIGTERM)

    def tell(self, word: signal.Signals) -> None:
        """Send it a signal."""
        os.kill(self.pid, word)

    def _end(self, word: signal.Signals) -> None:
        if self.process is None or self.process.poll() is not None:
            return
        if word == signal.SIGKILL:
            os.killpg(self.process.pid, word)  # its children (picture work) go with it
        else:
            self.process.send_signal(word)
        self.process.wait(STOP_SECONDS)

    def run(self, *arguments: str, stdin: str = "") -> str:
        """Run another `stoppress` command on the same folder; returns what it printed."""
        done = subprocess.run(
            (COMMAND, *arguments, "--data", str(self.data)),
            env=self._environment(),
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise ServerError(f"stoppress {arguments[0]} ended with {done.returncode}: {done.stderr}")
        return done.stdout

    def add_staff(self, *, role: str = "editor", email: str = EMAIL, name: str = NAME) -> str:
        """A member of staff with PASSWORD; returns an API token of theirs."""
        self.run("staff", "add", email, "--role", role, "--name", name, "--password-stdin", stdin=PASSWORD)
        return self.run("token", email).split()[-1]


@dataclass(frozen=True, slots=True)
class Newsroom:
    """The API as an editor's script uses it. A request that is refused raises ServerError with its words."""

    client: httpx.Client

    @classmethod
    def at(cls, server: Server, token: str) -> Self:
        """A newsroom's API with this token."""
        headers = {"Authorization": f"Bearer {token}"}
        address = f"{server.url}/api/v1"
        return cls(httpx.Client(base_url=address, headers=headers, timeout=60, verify=NO_CERTIFICATES))

    def ask(self, method: str, path: str, **fields: object) -> dict[str, object]:
        """One request; `fields` are its JSON body."""
        answer = self.client.request(method, path, json=fields or None)
        if not answer.is_success:
            raise ServerError(f"{method} {path} answered {answer.status_code}: {answer.text[:500]}")
        return cast("dict[str, object]", answer.json()) if answer.content else {}

    def open(self, slug: str, **fields: object) -> str:
        """A live blog that is live; returns its slug."""
        fields = {"headline": f"Storm reaches the harbour ({slug})", "timezone": "Europe/Kyiv"} | fields
        return str(self.ask("POST", "/liveblogs", slug=slug, status="live", **fields)["slug"])

    def change(self, slug: str, **fields: object) -> None:
        """Headline, standfirst, status or pinned post."""
        self.ask("PATCH", f"/liveblogs/{slug}", **fields)

    def publish(self, slug: str, markdown: str, **fields: object) -> str:
        """A new post that readers see; returns its id."""
        return str(self.ask("POST", f"/liveblogs/{slug}/posts", markdown=markdown, **fields)["id"])

    def amend(self, slug: str, post: str, markdown: str, **fields: object) -> None:
        """New text for a post; with `correction` in public."""
        self.ask("PATCH", f"/liveblogs/{slug}/posts/{post}", markdown=markdown, **fields)

    def withdraw(self, slug: str, post: str, reason: str) -> None:
        """Take a post down everywhere."""
        self.ask("POST", f"/liveblogs/{slug}/posts/{post}/withdraw", reason=reason)
