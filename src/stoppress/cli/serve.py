"""`stoppress serve`: the whole newsroom on one machine, in one process or in several, on SQLite in one folder."""

import os
from pathlib import Path

import click

from stoppress.cli import crew, server
from stoppress.cli.newsroom import check_port, data_option, open_newsroom
from stoppress.config import database, env, logs
from stoppress.lib import limits


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(1, 65_535), default=8000, show_default=True)
@click.option(
    "--edges",
    type=click.IntRange(0, limits.EDGES_MAX),
    default=0,
    show_default=True,
    help="Serve readers in this many processes of their own, beside one for desk, API and worker; 0: all in one.",
)
@data_option
def serve(host: str, port: int, edges: int, data: Path | None) -> None:
    """Serve readers, the desk, the API and the worker; make or migrate the newsroom first."""
    folder = Path(data or os.environ.get("STOPPRESS_DATA") or env.DEFAULT_DATA).absolute()
    taken = (
        f"Another `stoppress serve` is working in {folder}; stop it first, or name another folder with --data. "
        "For more than one machine use PostgreSQL and `stoppress edge`, `desk` and `worker`."
    )
    with database.held(folder, "serve.lock", taken):
        check_port(host, port)
        logs.configure()
        if not os.environ.get("STOPPRESS_PUBLIC_URL") and not os.environ.get("STOPPRESS_PUBLIC_URL_FILE"):
            env.remember_public_url(folder, server.public_url_for(host, port))
        started = _serve_apart(host, port, edges, folder) if edges else _serve_whole(host, port, folder)
    if not started:
        raise SystemExit(1)


def _serve_whole(host: str, port: int, folder: Path) -> bool:
    environment = open_newsroom(folder, make=True)
    server.freshen()
    server.welcome(environment)
    running = server.build_whole(environment, host=host, port=port)
    with server.worker_beside():
        running.run()
    return running.started


def _serve_apart(host: str, port: int, edges: int, folder: Path) -> bool:
    os.environ["STOPPRESS_DATA"] = str(folder)  # where the processes that are started find the newsroom
    env.read()  # what is wrong with the environment is said once, here
    return crew.run(host, port, edges)
