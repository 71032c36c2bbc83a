"""Debian's nginx as a peer: its Nchan module for streams, its static files for pages. One worker each.

Called by the parts of the bench. Raises `NotMeasured` where nginx is not at hand (`make servers` fetches it).
"""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.compiled import NotMeasured
from bench.crowd import most_streams
from bench.processes import wait_for
from tests import servers
from tests.e2e.server import free_port

_CONNECTIONS = 25_000
_STOP_SECONDS = 10

_CONF = """{user}worker_processes 1;
daemon off;
pid {folder}/pid;
error_log {folder}/error.log;
worker_rlimit_nofile {files};
{modules}
events {{ worker_connections {connections}; }}
http {{
    access_log off;
    default_type application/octet-stream;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 100000000;
    open_file_cache max=100;
    server {{
        listen 127.0.0.1:{port} backlog=4096;
        {locations}
    }}
}}
"""
_NCHAN = """
        location = /events { nchan_subscriber eventsource; nchan_channel_id bench; }
        location = /publish { nchan_publisher; nchan_channel_id bench; nchan_message_buffer_length 100; }
"""


@contextmanager
def nchan(folder: Path) -> Iterator[tuple[int, int]]:
    """`GET /events` is a stream, `POST /publish` goes to all; yields (port, pid)."""
    module = servers.nchan_module()
    if module is None:
        raise NotMeasured("no nginx with Nchan here; do: make servers")
    with _nginx(folder, modules=f"load_module {module};", locations=_NCHAN) as there:
        yield there


@contextmanager
def static(folder: Path, files: dict[str, bytes]) -> Iterator[tuple[int, int]]:
    """Serves `files` (path without its slash → bytes), as they are; yields (port, pid)."""
    root = folder / "files"
    root.mkdir(parents=True)
    for name, content in files.items():
        (root / name).write_bytes(content)
    with _nginx(folder, modules="", locations=f"location / {{ root {root}; }}") as there:
        yield there


@contextmanager
def _nginx(folder: Path, *, modules: str, locations: str) -> Iterator[tuple[int, int]]:
    binary = servers.nginx()
    if binary is None:
        raise NotMeasured("no nginx here; do: make servers")
    folder.mkdir(parents=True, exist_ok=True)
    port, files = free_port(), most_streams(_CONNECTIONS)
    conf = _CONF.format(
        user="user root;\n" if os.geteuid() == 0 else "",  # else it may not read the bench's own folder
        folder=folder,
        files=files,
        connections=files,
        modules=modules,
        port=port,
        locations=locations,
    )
    (folder / "nginx.conf").write_text(conf)
    command = (
        str(binary),
        "-p",
        str(folder),
        "-c",
        str(folder / "nginx.conf"),
        "-e",
        str(folder / "error.log"),
    )
    process = subprocess.Popen(command, start_new_session=True, stdin=subprocess.DEVNULL)
    try:
        wait_for(process, port, (folder / "error.log").read_text)
        yield port, process.pid
    finally:
        process.terminate()  # its worker goes with it
        process.wait(_STOP_SECONDS)
