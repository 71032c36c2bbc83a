"""What `serve`, `edge`, `desk` and `demo` share: building the server from the environment, and running it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from stoppress.bus.choose import bus_for
from stoppress.bus.tallies import tallies_for
from stoppress.cli.mounted import Mounted
from stoppress.config.env import Environment
from stoppress.config.steps import steps
from stoppress.edge.app import Edge
from stoppress.edge.asgi import App
from stoppress.edge.beside import Beside
from stoppress.edge.health import Grounds, Inside
from stoppress.edge.newsroom import Source
from stoppress.edge.postgres_store import PostgresStore
from stoppress.edge.server import EdgeServer, server_for
from stoppress.edge.sqlite_store import SqliteStore
from stoppress.edge.store import Store
from stoppress.lib import limits


def store_for(environment: Environment) -> Store:
    """The edge's way to the read model."""
    path = environment.sqlite_path
    return SqliteStore(path) if path else PostgresStore(environment.database_url)


def desk_app() -> App:
    """The desk and the API, in threads of their own. Needs Django to be set up."""
    from stoppress.config.wsgi import application

    return Mounted(application, limits.DESK_THREADS)


def newsroom() -> Source:
    """What the desk's own streams tell. Needs Django to be set up."""
    from stoppress.desk.newsroom_source import NewsroomSource

    return NewsroomSource()


def _inside() -> Inside:
    """What `/metrics` tells of the newsroom as a whole. Needs Django to be set up."""
    from stoppress.worker.figures import Inside as Figures

    return Figures()


def build(
    environment: Environment,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    desk: App | None = None,
    newsroom: Source | None = None,
    listening: Callable[[int], None] = lambda _: None,
    beside: Beside | None = None,
) -> EdgeServer:
    """A server that answers readers and, with `desk`, the newsroom too; `newsroom`: its streams, where it runs here.

    `beside`: the other processes that share its port.
    """
    edge = Edge(
        store=store_for(environment),
        bus=bus_for(environment.database_url, environment.bus_url),
        media_root=environment.media_bucket or environment.media_root,
        public_url=environment.public_url,
        desk=desk,
        proxies=environment.trusted_proxies,
        newsroom=newsroom,
        hub_url=environment.websub_hub,
        tallies=tallies_for(environment.database_url, environment.bus_url),
        grounds=Grounds("desk" if newsroom else "edge", steps(), environment.data),
        inside=_inside() if newsroom else None,
        operators=environment.metrics_from,
        beside=beside,
    )
    return server_for(edge, host=host, port=port, listening=listening)


def build_whole(environment: Environment, *, host: str, port: int) -> EdgeServer:
    """A server for readers and the newsroom, all in this process. Needs Django to be set up."""
    return build(environment, host=host, port=port, desk=desk_app(), newsroom=newsroom())


def welcome(environment: Environment) -> None:
    """Say where everything is; on the first run, the one-time link that makes the first editor."""
    from stoppress.cli.newsroom import say
    from stoppress.newsroom.actions.setup_link import make_setup_link
    from stoppress.newsroom.queries import has_staff

    say(f"Readers: {environment.public_url}/")
    say(f"Desk:    {environment.public_url}/desk/")
    if not has_staff():
        secret = make_setup_link()
        say(f"First editor, once and within a day: {environment.public_url}/desk/setup/{secret}/")


@contextmanager
def worker_beside() -> Iterator[None]:
    """Run the worker's loop in a thread for as long as the block runs."""
    from stoppress.worker.loop import work

    stop = threading.Event()
    thread = threading.Thread(target=work, args=(stop,), name="worker", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(limits.STOP_SECONDS)


def freshen() -> int:
    """Make again the pages that another version or another public address left behind; returns how many.

    One process at a time: readers of each page are told to fetch it anew once.
    """
    from django.conf import settings

    from stoppress.cli.newsroom import STDERR
    from stoppress.config import database
    from stoppress.lib import clock
    from stoppress.liveblogs import queries
    from stoppress.liveblogs.actions.rebuild_liveblog import rebuild_liveblog

    with database.held_for_migration(settings.ENVIRONMENT.data):
        stale = queries.stale_pages()
        for number, (blog_id, slug) in enumerate(stale, 1):
            STDERR.print(f"Making the pages of {slug} anew ({number} of {len(stale)})…", markup=False)
            rebuild_liveblog(blog_id=blog_id, by="Stoppress", at=clock.now())
    return len(stale)


def public_url_for(host: str, port: int) -> str:
    """Where people on this machine reach a server on `host`: what is printed in links when nothing else is set."""
    shown = "127.0.0.1" if host in ("0.0.0.0", "::", "") else host  # noqa: S104 (compared, not bound)
    return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"
