"""One process of `stoppress serve --edges N`, started by `crew.py` as `python -m stoppress.cli.child`; not by people.

It takes over a listening socket, says when it is ready, and ends when whoever started it has gone.
"""

import os
import signal
import socket
import threading
from pathlib import Path

import click

from stoppress.cli import main, server
from stoppress.cli.newsroom import open_newsroom
from stoppress.config import env, logs
from stoppress.edge.beside import Beside
from stoppress.edge.headers import Protection
from stoppress.edge.next_door import NextDoor, from_next_door
from stoppress.edge.server import EdgeServer


def _end_with_parent(lifeline: int) -> None:
    """Nothing is ever written into this pipe; it ends when the process that holds its other end does."""

    def wait() -> None:
        os.read(lifeline, 1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, name="lifeline", daemon=True).start()


def _edge(ready: int, desk: Path, beside: Beside | None = None) -> EdgeServer:
    """Readers only; what is the desk's is passed on."""
    environment = env.read()
    door = NextDoor(desk, Protection(secure=environment.public_url.startswith("https://")))
    return server.build(environment, desk=door, listening=lambda _: _say_ready(ready), beside=beside)


def _desk(ready: int, beside: Beside | None) -> EdgeServer:
    """The desk and the API, behind the edges."""
    environment = open_newsroom(None, make=True)
    server.freshen()
    server.welcome(environment)
    mounted = from_next_door(server.desk_app())
    return server.build(
        environment,
        desk=mounted,
        newsroom=server.newsroom(),
        listening=lambda _: _say_ready(ready),
        beside=beside,
    )


def _place(beside: Path | None) -> Beside | None:
    return None if beside is None else Beside(beside)


def _say_ready(ready: int) -> None:
    os.write(ready, b"1")
    os.close(ready)


@click.command()
@click.argument("listener", type=int)
@click.argument("ready", type=int)
@click.argument("lifeline", type=int)
@click.option(
    "--desk", type=click.Path(path_type=Path), help="Be an edge, in front of the desk at this socket."
)
@click.option(
    "--beside", type=click.Path(path_type=Path), help="Tell the other processes numbers at this socket."
)
def child(listener: int, ready: int, lifeline: int, desk: Path | None, beside: Path | None) -> None:
    """Not for people. The numbers are those of inherited descriptors.

    A parent of the version before starts it, too, in an upgrade: what is new on this line may be left out.
    """
    signal.signal(signal.SIGHUP, signal.SIG_IGN)  # it means the whole crew
    logs.configure()
    _end_with_parent(lifeline)
    sockets = [socket.socket(fileno=listener)]
    if desk is not None:
        running = _edge(ready, desk, _place(beside))
        running.run(sockets=sockets)
    else:
        running = _desk(ready, _place(beside))
        with server.worker_beside():
            running.run(sockets=sockets)
    if not running.started:
        raise SystemExit(1)


if __name__ == "__main__":
    main.run(child)
