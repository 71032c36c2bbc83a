"""`stoppress demo`: a made-up newsroom on a made-up day, live in the browser."""

import os
import secrets
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stoppress.cli import server
from stoppress.cli.newsroom import Failed, check_port, open_newsroom, say
from stoppress.cli.playing import Show, progress, speed_option
from stoppress.config import database, env, logs

if TYPE_CHECKING:  # both need Django to be set up
    from stoppress.demo.seed import Newsroom
    from stoppress.demo.stage import Stage
    from stoppress.edge.server import EdgeServer

HOST = "127.0.0.1"  # its passwords stand on the screen: nobody else may reach it
MARK = "demonstration"  # a file in a folder that a demonstration made
_ASTRAY = ("DATABASE_URL", "BUS_URL", "MEDIA_URL", "SECRET_KEY")  # a demonstration keeps to its own folder
_WORDS = ("tern", "kelp", "oak", "sluice", "anchor", "gull", "dyke", "mast", "brine", "pier", "heron", "buoy")
_POLL_SECONDS = 0.05


def _password() -> str:
    """New each time, and easy to type from a screen."""
    return "-".join([*(secrets.choice(_WORDS) for _ in range(3)), str(secrets.randbelow(9000) + 1000)])


@contextmanager
def _folder(data: Path | None) -> Iterator[Path]:
    """The newsroom's folder; a temporary one goes with the demonstration."""
    chosen = data or os.environ.get("STOPPRESS_DATA")
    if not chosen:
        with tempfile.TemporaryDirectory(prefix="stoppress-demo-") as temporary:
            yield Path(temporary)
        return
    folder = Path(chosen).absolute()
    if (folder / "stoppress.sqlite3").exists() and not (folder / MARK).exists():
        raise Failed(
            f"{folder} holds a newsroom that no demonstration made, and it is left alone; "
            "give --data another folder, or none for a temporary one."
        )
    yield folder


def _prepare(folder: Path, port: int) -> env.Environment:
    for name in _ASTRAY:
        os.environ.pop(f"STOPPRESS_{name}", None)
        os.environ.pop(f"STOPPRESS_{name}_FILE", None)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).touch()
    if not os.environ.get("STOPPRESS_PUBLIC_URL") and not os.environ.get("STOPPRESS_PUBLIC_URL_FILE"):
        env.remember_public_url(folder, server.public_url_for(HOST, port))
    return open_newsroom(folder, make=True)


def _welcome(newsroom: "Newsroom", slug: str, password: str) -> None:
    """Where to look, and whom to be: the result of the command, so on standard output."""
    from stoppress.demo.cast import CAST, PUBLISHER
    from stoppress.demo.seed import CLOSED

    url = newsroom.public_url
    people = "\n".join(f"  {person.email:<32} {person.role:<10} {person.name}" for person in CAST)
    click.echo(
        f"{PUBLISHER}: a demonstration. Its city, its people and this day are invented.\n\n"
        f"  Live now      {url}/live/{slug}\n"
        f"  Closed        {url}/live/{CLOSED}\n"
        f"  Front page    {url}/\n"
        f"  Desk          {url}/desk/\n\n"
        f"Sign in to the desk as any of these, password  {password}\n\n{people}\n\n"
        "Ctrl+C ends it.\n"
    )


def _play(stage: "Stage", stop: threading.Event, show: Show) -> bool:
    from stoppress.demo.perform import Played, perform

    def tell(played: Played) -> None:
        words = f"{played.deed.verb} {played.title}".strip()
        show(played.number, played.total, f"{words} – refused: {played.refused}" if played.refused else words)

    return perform(stage, wait=lambda seconds: not stop.wait(seconds), tell=tell)


@contextmanager
def _playing(stage: "Stage", running: "EdgeServer", told: Path | None) -> Iterator[None]:
    """Play the story in a thread, from when the server answers until the block ends."""
    stop = threading.Event()

    def play() -> None:
        from django.db import connection

        from stoppress.demo.perform import to_come

        try:
            while not running.started:
                if stop.wait(_POLL_SECONDS):
                    return
            with progress(len(to_come(stage))) as show:
                ended = _play(stage, stop, show)
            if ended:
                say(_after(stage, told))
        finally:
            connection.close()

    thread = threading.Thread(target=play, name="story", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _after(stage: "Stage", folder: Path | None) -> str:
    """What a visitor may do when the day is over."""
    again = f"stoppress replay {stage.slug} --into once-more --speed {stage.speed:g} --data {folder}"
    return f"The story has come to its end; its page stays as it happened. To see it again: {again}"


@click.command()
@click.option("--port", type=click.IntRange(1, 65_535), default=8000, show_default=True)
@speed_option(60)
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    help="Keep the newsroom in this folder (default: STOPPRESS_DATA, else a temporary one, removed at the end).",
)
def demo(port: int, speed: float, data: Path | None) -> None:
    """Show a made-up newsroom with one live blog under way and one closed, and people to sign in as."""
    logs.configure()
    check_port(HOST, port)
    with _folder(data) as folder, database.held(folder, "serve.lock", f"A server is working in {folder}."):
        environment = _prepare(folder, port)
        from stoppress.demo.seed import open_story, seed_newsroom
        from stoppress.lib import clock

        say("Setting up the newsroom…")
        password = _password()
        newsroom = seed_newsroom(password=password, public_url=environment.public_url, now=clock.now())
        stage = open_story(newsroom, speed=speed, now=clock.now())
        server.freshen()
        running = server.build_whole(environment, host=HOST, port=port)
        _welcome(newsroom, stage.slug, password)
        with server.worker_beside(), _playing(stage, running, folder):
            running.run()
    if not running.started:
        raise SystemExit(1)
