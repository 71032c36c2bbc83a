"""`stoppress edge`, `desk`, `worker`: one role each, for more than one machine on one PostgreSQL."""

import os
import signal
import threading
from pathlib import Path

import click

from stoppress.cli import server
from stoppress.cli.newsroom import data_option, open_newsroom, say
from stoppress.config import env, logs


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(1, 65_535), default=8000, show_default=True)
@data_option
def edge(host: str, port: int, data: Path | None) -> None:
    """Serve readers only: pages, streams, feeds. Any number of them; they hold no state."""
    logs.configure()
    if data is not None:
        os.environ["STOPPRESS_DATA"] = str(data)
    environment = env.read()
    say(f"Readers: http://{host}:{port}/")
    server.build(environment, host=host, port=port).run()


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(1, 65_535), default=8001, show_default=True)
@data_option
def desk(host: str, port: int, data: Path | None) -> None:
    """Serve the newsroom: the desk and the API (and, for the desk's own timeline, what readers get)."""
    logs.configure()
    environment = open_newsroom(data, make=True)
    server.freshen()
    say(f"Desk: http://{host}:{port}/desk/")
    server.build_whole(environment, host=host, port=port).run()


@click.command()
@data_option
def worker(data: Path | None) -> None:
    """Publish what is scheduled, tidy up. Any number of them; each job is safe to run twice at once."""
    logs.configure()
    open_newsroom(data)
    from stoppress.worker.loop import work

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    say("Working. Stop with Ctrl+C.")
    work(stop)
