"""`stoppress edge`, `desk`, `worker`: one role each, for more than one machine on one PostgreSQL."""

import os
import signal
import threading
from pathlib import Path

import click

from stoppress.cli import server
from stoppress.cli.newsroom import check_port, data_option, open_newsroom, say
from stoppress.config import env, logs
from stoppress.lib import limits


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(1, 65_535), default=8000, show_default=True)
@data_option
def edge(host: str, port: int, data: Path | None) -> None:
    """Serve readers only: pages, streams, feeds. Any number of them; they hold no state."""
    check_port(host, port)
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
    check_port(host, port)
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
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    if _is_set_up(data, stop):
        from stoppress.worker.loop import work

        say("Working. Stop with Ctrl+C.")
        work(stop)


def _is_set_up(data: Path | None, stop: threading.Event) -> bool:
    """Wait until a desk has made or migrated the tables; the order of starting does not matter. False: told to stop."""
    from stoppress.config.database import NotSetUp

    is_said = False
    while not stop.is_set():
        try:
            open_newsroom(data)
        except NotSetUp:
            if not is_said:
                say("Waiting for a `stoppress desk` or `serve` to bring the database up to date.")
            is_said = True
            stop.wait(limits.WORKER_LOOK_SECONDS)
        else:
            return True
    return False
