"""`stoppress serve`: the whole newsroom in one process, on SQLite in one folder."""

import os
from pathlib import Path

import click

from stoppress.cli import server
from stoppress.cli.newsroom import data_option, open_newsroom, say
from stoppress.config import database, env, logs
from stoppress.config.env import Environment


def _welcome(environment: Environment) -> None:
    """Say where everything is; on the first run, the one-time link that makes the first editor."""
    from stoppress.newsroom.actions.setup_link import make_setup_link
    from stoppress.newsroom.queries import has_staff

    say(f"Readers: {environment.public_url}/")
    say(f"Desk:    {environment.public_url}/desk/")
    if not has_staff():
        secret = make_setup_link()
        say(f"First editor, once and within a day: {environment.public_url}/desk/setup/{secret}/")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(1, 65_535), default=8000, show_default=True)
@data_option
def serve(host: str, port: int, data: Path | None) -> None:
    """Serve readers, the desk, the API and the worker; make or migrate the newsroom first."""
    logs.configure()
    folder = Path(data or os.environ.get("STOPPRESS_DATA") or "stoppress-data").absolute()
    taken = (
        f"Another `stoppress serve` is working in {folder}; stop it first, or name another folder with --data. "
        "For more than one machine use PostgreSQL and `stoppress edge`, `desk` and `worker`."
    )
    with database.held(folder, "serve.lock", taken):
        if not os.environ.get("STOPPRESS_PUBLIC_URL") and not os.environ.get("STOPPRESS_PUBLIC_URL_FILE"):
            env.remember_public_url(folder, server.public_url_for(host, port))
        environment = open_newsroom(data, make=True)
        server.freshen()
        _welcome(environment)
        running = server.build(environment, host=host, port=port, desk=server.desk_app())
        with server.worker_beside():
            running.run()
    if not running.started:
        raise SystemExit(1)
