"""A real nginx on loopback with the configuration that we ship, in a folder of its own; ended by its pid.

Called by the tests beside it. Of the shipped file only what belongs to a machine is replaced: where it listens,
where Stoppress runs, where the cache lies.
"""

import os
import signal
import socket
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from tests import servers
from tests.e2e.server import free_port

OPS = Path(__file__).resolve().parents[2] / "ops"
SHIPPED = OPS / "nginx/stoppress.conf"
UPSTREAMS = OPS / "nginx/stoppress-upstreams.conf"
START_SECONDS = 30

_AROUND = """\
worker_processes 1;
daemon off;
pid {folder}/pid;
error_log {folder}/error.log info;
{user}
events {{ worker_connections 512; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/conf.d/*.conf;
}}
"""


class NginxError(RuntimeError):
    """nginx did not do what was asked; its words are in the message."""


def placed(words: str, places: dict[str, str]) -> str:
    """A shipped file with each of these words replaced; every one of them must stand in it."""
    for before, after in places.items():
        if before not in words:
            raise NginxError(f"Expected {before!r} in a shipped file; it is not there.")
        words = words.replace(before, after)
    return words


@dataclass(slots=True)
class Nginx:
    """One nginx before the server at `upstream` (a port). Use as a context manager."""

    folder: Path
    upstream: int
    more: dict[str, str] = field(default_factory=dict)  # what else to replace
    also: int | None = None  # the port of a second edge
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it answers, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    def write(self) -> Path:
        """The configuration for this folder. Returns the outer file's path."""
        inside = self.folder / "conf.d"
        inside.mkdir(parents=True, exist_ok=True)
        places = {
            "    listen 80;\n    listen [::]:80;": f"    listen 127.0.0.1:{self.port};",
            "/var/cache/nginx/stoppress": f"{self.folder}/kept",
        }
        (inside / SHIPPED.name).write_text(placed(SHIPPED.read_text(), places | self.more))
        here = {"127.0.0.1:8000": f"127.0.0.1:{self.upstream}"}
        if self.also is not None:
            here["    least_conn;\n"] = f"    least_conn;\n    server 127.0.0.1:{self.also} max_fails=0;\n"
        (inside / UPSTREAMS.name).write_text(placed(UPSTREAMS.read_text(), here))
        outer = self.folder / "nginx.conf"
        # As root it would give up its rights to an account that cannot read this folder.
        user = "user root;" if os.geteuid() == 0 else ""
        outer.write_text(_AROUND.format(folder=self.folder, user=user))
        return outer

    def check(self) -> str:
        """`nginx -t`: what it says. Raises: NginxError when it does not take the file."""
        done = subprocess.run(
            [*self._command(), "-t", "-c", str(self.write())], capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise NginxError(done.stderr)
        return done.stderr

    def __enter__(self) -> Self:
        outer = self.write()
        with (self.folder / "words").open("ab") as words:
            self.process = subprocess.Popen(
                [*self._command(), "-c", str(outer)],
                stdin=subprocess.DEVNULL,
                stdout=words,
                stderr=words,
                start_new_session=True,
            )
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until and self.process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return self
            time.sleep(0.02)
        self._end()
        raise NginxError(f"nginx did not start: {(self.folder / 'words').read_text()}")

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def _command(self) -> list[str]:
        return [str(servers.nginx()), "-p", str(self.folder), "-e", str(self.folder / "error.log")]

    def _end(self) -> None:
        if self.process is None:
            return
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)  # its workers with it
        self.process.wait(START_SECONDS)
