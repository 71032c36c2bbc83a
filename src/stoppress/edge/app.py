"""The public site: every address the edge answers, in one table, and the wiring of its rooms.

Built by `cli`; served by `server.py`. `desk`, when given, is the newsroom's own application, to which `/desk` and
`/api` are passed on as they are.
"""

import asyncio
import ipaddress
import json
import logging
import re
from collections.abc import Awaitable, Callable, Iterable, Sequence
from http import HTTPStatus
from pathlib import Path
from typing import TypeAlias, cast

from stoppress.bus.base import Bus
from stoppress.bus.tally import Tallies
from stoppress.edge import problems
from stoppress.edge.address import Addresses, Networks
from stoppress.edge.admission import Ticket
from stoppress.edge.asgi import NO_BODY, Answer, App, Message, Receive, Request, Scope, Send, answer
from stoppress.edge.asked import FIELDS, asked
from stoppress.edge.beside import Beside
from stoppress.edge.crowd import Crowd
from stoppress.edge.embed import EmbedFiles, Embeds
from stoppress.edge.embed import asked as embed_asked
from stoppress.edge.feeds import Feeds
from stoppress.edge.headers import NEVER_KEPT, Protection
from stoppress.edge.health import Grounds, Health, Inside
from stoppress.edge.hub import Gone, Hub
from stoppress.edge.installed import Installed
from stoppress.edge.kept import Kept
from stoppress.edge.media import MediaFiles, Withdrawals, pictures_in
from stoppress.edge.metrics import CONTENT_TYPE, Metrics, together
from stoppress.edge.newsroom import NewsroomHub, Source, is_newsroom_events
from stoppress.edge.oembed import OEmbed
from stoppress.edge.order import order_named
from stoppress.edge.pages import Pages
from stoppress.edge.past import Past
from stoppress.edge.problems import Problem
from stoppress.edge.routes import Routes
from stoppress.edge.shelf import Shelf
from stoppress.edge.sitemaps import Sitemaps
from stoppress.edge.static import StaticFiles
from stoppress.edge.store import Store, StoreUnavailable
from stoppress.edge.stream import Connection, stream_headers
from stoppress.edge.then import Elsewhere, Then
from stoppress.edge.title_pages import TitlePages
from stoppress.edge.turns import Turns
from stoppress.edge.whole import Whole
from stoppress.events import reach
from stoppress.lib import assets, limits, numbered
from stoppress.lib.bucket import Bucket
from stoppress.lib.gauges import Gauge
from stoppress.lib.ids import POST_ID, PostId, Seq

logger = logging.getLogger(__name__)

CONNECTION = (
    "stoppress.connection"  # where in the scope's state the server puts a connection it can hand over
)

_READ = "GET, HEAD, OPTIONS"
_REACH = reach.HEADER.lower().encode()
_NUMBER = numbered.HEADER.lower().encode()
_OURS = frozenset({_REACH, _NUMBER})  # what a browser says there is not passed on
_SLUG = re.compile(rf"[A-Za-z0-9_-]{{1,{limits.SLUG_CHARS}}}")
_NAME = re.compile(r"[^\W_]+(-[^\W_]+)*")
_CURSOR = re.compile(r"[0-9]{1,19}")
_LEAF = re.compile(r"[1-9][0-9]{0,4}")
_LEAF = re.compile(r"[1-9][0-9]{0,5}")
_ROBOTS = b"""User-agent: *
Disallow: /desk/
Disallow: /api/
Disallow: /live/*/events
Disallow: /live/*/changes
Disallow: /live/*/since
"""
_DESKS = ("/desk/", "/api/", "/intake/", "/audience/", "/cards/")
_FORWARDED = frozenset({b"forwarded", b"x-forwarded-for", b"x-real-ip", b"via"})
_UPLOADS = (b"multipart/form-data", b"application/offset+octet-stream", b"image/", b"message/rfc822")


class Edge:
    """The read side as one ASGI application."""

    def __init__(  # noqa: PLR0913 (the wiring: each is a part that tests and roles replace)
        self,
        *,
        store: Store,
        bus: Bus,
        media_root: Path | Bucket,
        public_url: str,
        static_root: Path = assets.FOLDER,
        desk: App | None = None,
        newsroom: Source | None = None,
        proxies: Networks = (),
        hub_url: str = "",
        tallies: Tallies | None = None,
        grounds: Grounds | None = None,
        inside: Inside | None = None,
        operators: Networks = (),
        beside: Beside | None = None,
    ) -> None:
        """`newsroom` comes with `desk`: what its own streams tell. `hub_url`: of a hub of others, instead of ours.

        `inside` also comes with `desk`: numbers about the newsroom as a whole. `operators`: who may read numbers.
        `beside`: the processes whose numbers are told with our own.
        """
        self.protection = Protection(secure=public_url.startswith("https://"))
        self.metrics = Metrics()
        self.hub = Hub(store, bus, self.protection, self.metrics)
        self._crowd = Crowd(self.hub, tallies, is_desk=newsroom is not None)
        self.newsroom = (
            NewsroomHub(newsroom, bus, self.protection, self.metrics, self._crowd.reach) if newsroom else None
        )
        self._health = Health(store, self.hub, grounds or Grounds(), inside)
        self._inside = inside
        self._operators = operators
        self._beside = beside
        self.addresses = Addresses(proxies)
        self._turns = Turns()
        self._store = store
        self._desk = desk
        self._shelf = Shelf(store)
        self._pages = Pages(store, self._shelf, self.protection, public_url)
        self._whole = Whole(store, self._shelf, self.protection, public_url)
        self._past = Past(store, self._shelf, self.protection, public_url)
        self._then = Then(store, self._shelf, self.protection, public_url)
        self._sitemaps = Sitemaps(store, self._shelf, self.protection, public_url)
        self._feeds = Feeds(
            store, self._shelf, self.protection, public_url, hub_url or f"{public_url}/websub"
        )
        self._installed = Installed(store, self._shelf, self.protection)
        self._title = TitlePages(store, self._shelf, self.protection, public_url, self.addresses)
        self._media = MediaFiles(pictures_in(media_root), self.protection, Withdrawals(store))
        self._static = StaticFiles(static_root, self.protection)
        self._embeds = Embeds(store, self._shelf, self.protection, public_url)
        self._embed_files = EmbedFiles(self.protection)
        self._oembed = OEmbed(store, self.protection, public_url)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live_and_die(receive, send)
            return
        match = ROUTES.match(scope["path"])
        if match is None and self._desk is not None and is_desks(scope["path"]):
            await self._pass_on(self._desk, scope, receive, send)
            return
        request = Request(scope, match[1] if match else ())
        handler = match[0] if match else Edge.nothing
        found = await self._answer(handler, request)
        self.metrics.answered(handler.__name__, found.status if found else 200)
        if found is not None:
            await send(found.start)
            await send(NO_BODY if scope["method"] == "HEAD" else found.body)

    def ready(self, key: str, headers: Iterable[tuple[bytes, bytes]]) -> Answer | None:
        """The answer to a GET, at once, when it is kept and still true; None: call the app.

        `key`: path and query as they came. Only the one spelling under which an answer is kept finds it.
        """
        found = self.kept(key, headers)
        if found is not None:
            self.metrics.answered("kept", found.status)
        return found

    def kept(self, key: str, headers: Iterable[tuple[bytes, bytes]]) -> Answer | None:
        """The same, not counted: whoever sends it counts it."""
        kept = self._shelf.ready(key)
        return kept.answer(headers) if kept is not None else None

    async def _answer(self, handler: "Handler", request: Request) -> Answer | None:
        """What `handler` answers, or the problem it met; None when the connection has become a stream."""
        try:
            if request.scope["method"] not in ("GET", "HEAD"):
                return self._not_read(handler, request)
            return await handler(self, request)
        except Problem as problem:
            return await self._told(problem, request)
        except StoreUnavailable:
            return await self._told(problems.unavailable(), request)
        except Exception:
            number = numbered.new()
            logger.exception("%s failed.", handler.__name__, extra={numbered.FIELD: number})
            return await self._told(problems.broken(number), request)

    async def _told(self, problem: Problem, request: Request) -> Answer:
        """The problem under the title's masthead; after a fault of ours, the one known last: no more is asked then."""
        around = None
        if problems.wants_page(request):
            around = await self._title.around(ask=problem.status < HTTPStatus.INTERNAL_SERVER_ERROR)
        return problems.problem_answer(problem, request, self.protection, around)

    def _not_read(self, handler: "Handler", request: Request) -> Answer:
        if handler is Edge.nothing:
            raise problems.no_page()
        if request.scope["method"] == "OPTIONS":
            return answer(204, [(b"allow", _READ.encode()), *self.protection.data])
        raise problems.wrong_method(request.scope["method"], _READ)

    async def _live_and_die(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self.hub.start()
                self._crowd.start()
                if self._beside:
                    await self._beside.start(self._numbers)
                if self.newsroom:
                    self.newsroom.start()
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                if self._beside:
                    self._beside.stop()
                await self._crowd.stop()
                await self.hub.stop()
                if self.newsroom:
                    await self.newsroom.stop()
                await self._store.close()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _pass_on(self, desk: App, scope: Scope, receive: Receive, send: Send) -> None:
        send = self._counted(scope["path"], send)
        request = Request(scope)
        bytes_max = _body_bytes_max(request.header(b"content-type"))
        length = request.header(b"content-length")
        if length.isdigit() and int(length) > bytes_max:
            await self._refuse(problems.too_large(bytes_max), request, send)
            return
        if self.newsroom and is_newsroom_events(scope["path"]):
            connection = scope.get("state", {}).get(CONNECTION)
            await self.newsroom.open(desk, connection, (scope, receive, send))
            return

        async def go(receive: Receive) -> None:
            await desk(self._with_reach(scope), receive, send)

        try:
            await self._turns.pass_on(request, _bounded(receive, bytes_max), go)
        except Problem as problem:
            await self._refuse(problem, request, send)

    async def _refuse(self, problem: Problem, request: Request, send: Send) -> None:
        refusal = await self._told(problem, request)
        await send(refusal.start)
        await send(NO_BODY if request.scope["method"] == "HEAD" else refusal.body)

    def _counted(self, path: str, send: Send) -> Send:
        """`send`, which counts the answer that goes through it."""
        kind = path.split("/", 2)[1]  # one of _DESKS

        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                self.metrics.answered(kind, int(str(message["status"])))
            await send(message)

        return counted

    def _with_reach(self, scope: Scope) -> Scope:
        """The request with its number and, for the one screen that shows it, who reads what; never a browser's word."""
        headers = [(name, value) for name, value in scope["headers"] if name not in _OURS]
        headers.append((_NUMBER, numbered.new().encode()))
        if scope["path"] == "/desk/":
            headers.append((_REACH, reach.written(self._crowd.readers()).encode()))
        return {**scope, "headers": headers}

    # --- pages ------------------------------------------------------------------------------------------

    async def front(self, request: Request) -> Answer:
        """Live and recent live blogs."""
        page = await self._pages.front()
        if page is None:
            raise problems.no_page()
        return page.answer(request.scope["headers"])

    async def live(self, request: Request) -> Answer:
        """Where reading a live blog begins, or the page with the post named by `?from=`; `?order=` turns it round."""
        slug = _slug(request)
        from_post = request.query("from")
        order = order_named(request.query("order"))
        page = await self._pages.live(slug, None if from_post is None else _post_id(slug, from_post), order)
        if page is None:
            raise problems.no_liveblog() if from_post is None else problems.no_post(slug)
        return page.answer(request.scope["headers"])

    async def whole(self, request: Request) -> Answer:
        """All posts on one page, oldest first; or from the one named by `?from=` on."""
        slug = _slug(request)
        from_post = request.query("from")
        page = await self._whole.page(slug, None if from_post is None else _post_id(slug, from_post))
        if page is None:
            raise problems.no_liveblog() if from_post is None else problems.no_post(slug)
        return page.answer(request.scope["headers"])

    async def post(self, request: Request) -> Answer:
        """One post on its own page; 410 with its tombstone when it is withdrawn."""
        slug = _slug(request)
        page = await self._pages.post(slug, _post_id(slug, request.parts[1]))
        if page is None:
            raise problems.no_post(slug)
        return page.answer(request.scope["headers"])

    async def history(self, request: Request) -> Answer:
        """What was changed in one post; 410 with its tombstone when it is withdrawn."""
        slug = _slug(request)
        page = await self._past.history(slug, _post_id(slug, request.parts[1]))
        if page is None:
            raise problems.no_post(slug)
        return page.answer(request.scope["headers"])

    async def annotations(self, request: Request) -> Answer:
        """The same as Web Annotations."""
        slug = _slug(request)
        annotations = await self._past.annotations(slug, _post_id(slug, request.parts[1]))
        if annotations is None:
            raise problems.no_post(slug)
        return annotations.answer(request.scope["headers"])

    async def corrections(self, request: Request) -> Answer:
        """The correction log of a live blog."""
        page = await self._past.corrections(_slug(request))
        if page is None:
            raise problems.no_liveblog()
        return page.answer(request.scope["headers"])

    async def claims(self, request: Request) -> Answer:
        """What is claimed in a live blog, and how it stands."""
        page = await self._past.claims(_slug(request))
        if page is None:
            raise problems.no_liveblog()
        return page.answer(request.scope["headers"])

    async def at(self, request: Request) -> Answer:
        """A live blog as it was known at the time in the path; `?page=` older posts of that time."""
        slug = _slug(request)
        try:
            page = await self._then.page(slug, request.parts[1], _leaf(request.query("page")))
        except Elsewhere as other:
            return self._moved(other)
        if page is None:
            raise problems.no_liveblog()
        return page.answer(request.scope["headers"])

    async def at_which(self, request: Request) -> Answer:
        """To the newest time, or to the one in `?t=`, by the event's clock."""
        address = await self._then.way_in(_slug(request), request.query("t"))
        if address is None:
            raise problems.no_liveblog()
        return self._moved(Elsewhere(address))

    async def moments(self, request: Request) -> Answer:
        """When something changed in a live blog, as JSON."""
        moments = await self._then.moments(_slug(request))
        if moments is None:
            raise problems.no_liveblog()
        return moments.answer(request.scope["headers"])

    def _moved(self, other: Elsewhere) -> Answer:
        caching = f"public, max-age={limits.MEDIA_CACHE_SECONDS}".encode() if other.for_good else NEVER_KEPT
        headers = [(b"location", other.address.encode()), (b"cache-control", caching)]
        return answer(308 if other.for_good else 302, [*headers, *self.protection.data])

    # --- the title's own pages --------------------------------------------------------------------------

    async def author(self, request: Request) -> Answer:
        """Who somebody is, and their latest posts."""
        return _found(await self._title.author(_name(request)), request)

    async def topic(self, request: Request) -> Answer:
        """The live blogs about something."""
        return _found(await self._title.topic(_name(request)), request)

    async def search(self, request: Request) -> Answer:
        """Posts by their words, live blog, author, day."""
        wanted = asked({name: request.query(name) or "" for name in FIELDS})
        return _found(await self._title.search(request, wanted), request)

    async def policies(self, request: Request) -> Answer:
        """What the newsroom says of itself."""
        return _found(await self._title.policies(), request)

    async def policy(self, request: Request) -> Answer:
        """One policy of the newsroom."""
        return _found(await self._title.policy(request.parts[0]), request)

    async def machine_text(self, request: Request) -> Answer:
        """security.txt, trust.txt."""
        return _found(await self._title.machine_text(request.scope["path"]), request)

    # --- feeds ------------------------------------------------------------------------------------------

    async def feed(self, request: Request) -> Answer:
        """A feed, by the last word of its path; its older entries by `?page=`."""
        name = request.scope["path"].rpartition("/")[2]
        page = _leaf(request.query("page"))
        feed = await self._feeds.feed(_slug(request), name, page)
        if feed is None:
            raise problems.no_page() if page else problems.no_liveblog()
        return feed.answer(request.scope["headers"])

    # --- changes ----------------------------------------------------------------------------------------

    async def changes(self, request: Request) -> Answer:
        """What changed after `?after=`, as JSON."""
        slug = _slug(request)
        after = _after(request)
        changes = await self._pages.changes(slug, after)
        if changes is None:
            raise problems.no_liveblog()
        return changes.answer(request.scope["headers"])

    async def since(self, request: Request) -> Answer:
        """What happened after `?after=`, in numbers and titles, as JSON."""
        slug = _slug(request)
        after = _after(request)
        since = await self._pages.since(slug, after)
        if since is None:
            raise problems.no_liveblog()
        return since.answer(request.scope["headers"])

    async def events(self, request: Request) -> Answer | None:
        """The stream, after Last-Event-ID or `?after=`, or from now on."""
        slug = _slug(request)
        known = request.header(b"last-event-id").decode("latin-1") or request.query("after")
        after = _cursor(known)
        number = await self._shelf.number(slug)
        if number is None:
            raise problems.no_liveblog()
        if request.scope["method"] == "HEAD":
            return answer(200, stream_headers(self.protection))
        if self.hub.draining or self.hub.is_full:
            self.metrics.refused.inc()
            raise problems.too_many_streams(slug)
        # Only the server puts something there; asking what it is would cost a tenth of opening the stream.
        connection = cast("Connection | None", request.scope.get("state", {}).get(CONNECTION))
        if connection is None:
            raise problems.no_streams_here(slug)
        address = self.addresses.counted(self.addresses.of(request))
        if not self.hub.places.take(address):
            self.metrics.refused.inc()
            raise problems.too_many_streams(slug)
        with Ticket(self.hub.places, address, connection) as ticket:
            try:
                await self.hub.join(number, after, ticket)
            except Gone:
                raise problems.no_liveblog() from None
        return None

    # --- in pages of other sites ------------------------------------------------------------------------

    async def embed(self, request: Request) -> Answer:
        """A live blog, or one post of it, for a frame in another site's page."""
        wanted = embed_asked(request)
        slug = request.parts[0]
        page = await self._embeds.page(slug, wanted) if _SLUG.fullmatch(slug) else None
        return page.answer(request.scope["headers"]) if page else self._embeds.missing(wanted)

    async def embed_script(self, request: Request) -> Answer:
        """The script that makes such a frame."""
        return self._embed_files.script().answer(request.scope["headers"])

    async def oembed(self, request: Request) -> Answer:
        """What another site needs to embed what an address of ours names."""
        return (await self._oembed.answer(request)).answer(request.scope["headers"])

    async def theme(self, request: Request) -> Answer:
        """The style sheet that its address describes."""
        sheet = self._embed_files.theme(request.parts[0])
        if sheet is None:
            raise problems.no_page()
        return sheet.answer(request.scope["headers"])

    # --- files ------------------------------------------------------------------------------------------

    async def media(self, request: Request) -> Answer:
        """One rendition of a picture."""
        media_id, name = request.parts
        picture = await self._media.file(request, media_id, name)
        if picture is None:
            raise problems.no_page()
        return picture

    async def static(self, request: Request) -> Answer:
        """A built browser file."""
        file = await self._static.file(request.parts[0])
        if file is None:
            raise problems.no_page()
        return file.answer(request.scope["headers"])

    async def worker(self, request: Request) -> Answer:
        """The readers' service worker."""
        return (await self._installed.worker()).answer(request.scope["headers"])

    async def manifest(self, request: Request) -> Answer:
        """The web app manifest."""
        manifest = await self._installed.manifest()
        if manifest is None:
            raise problems.no_page()
        return manifest.answer(request.scope["headers"])

    async def offline(self, request: Request) -> Answer:
        """What a device shows for a page that it neither reaches nor keeps."""
        page = await self._installed.offline()
        if page is None:
            raise problems.no_page()
        return page.answer(request.scope["headers"])

    async def robots(self, request: Request) -> Answer:  # noqa: ARG002 (a handler)
        """What search engines need not read, and where they find what they may."""
        site = self._sitemaps.public_url.encode()
        named = b"Sitemap: %b/sitemap.xml\nSitemap: %b/sitemap-news.xml\n" % (site, site)
        headers = [(b"content-type", b"text/plain; charset=utf-8"), *self.protection.data]
        return answer(200, headers, _ROBOTS + named)

    async def sitemap(self, request: Request) -> Answer:
        """The index of sitemaps."""
        return _found(await self._sitemaps.index(), request)

    async def sitemap_of_live_blogs(self, request: Request) -> Answer:
        """One file of live blogs, by `?page=`."""
        page = _leaf(request.query("page"))
        return _found(await self._sitemaps.live(page or 1), request)

    async def sitemap_of_news(self, request: Request) -> Answer:
        """Live blogs that were first published within two days."""
        return _found(await self._sitemaps.news(), request)

    async def favicon(self, request: Request) -> Answer:  # noqa: ARG002 (a handler)
        """None: pages name their own icon."""
        caching = (b"cache-control", f"public, max-age={limits.MEDIA_CACHE_SECONDS}".encode())
        return answer(204, [caching, *self.protection.data])

    # --- for operators ----------------------------------------------------------------------------------

    async def health(self, request: Request) -> Answer:
        """Live: the process answers. Ready: so does the database, and the process is not about to stop."""
        ready, report = await self._health.report()
        told = report if self._may_look(request) else {"live": True, "ready": ready}
        headers = [
            (b"content-type", b"application/json"),
            (b"cache-control", NEVER_KEPT),
            *self.protection.data,
        ]
        return answer(200 if ready else 503, headers, json.dumps(told).encode())

    async def numbers(self, request: Request) -> Answer:
        """Prometheus' numbers, for this machine and the networks of operators."""
        if not self._may_look(request):
            raise problems.only_local()
        headers = [(b"content-type", CONTENT_TYPE), (b"cache-control", NEVER_KEPT), *self.protection.data]
        text = await self._numbers()
        if self._beside:
            told = {**await self._beside.others(), self._beside.name: text}
            text = await asyncio.to_thread(together, dict(sorted(told.items())))
        return answer(200, headers, text)

    async def _numbers(self) -> bytes:
        """This process's own, and where the desk is, the newsroom's."""
        return self.metrics.text(await self._whole_newsroom())

    async def _whole_newsroom(self) -> Sequence[Gauge]:
        """What only the database knows. Without it the process's own numbers are still told."""
        if self._inside is None:
            return ()
        try:
            return await asyncio.to_thread(self._inside.gauges)
        except Exception:
            self.metrics.failures.inc()
            logger.exception("The newsroom's numbers cannot be read.")
            return ()

    def _may_look(self, request: Request) -> bool:
        """Whether the question comes from this machine or an operator's network, and through no proxy."""
        client = request.scope.get("client")
        if not client or any(name in _FORWARDED for name, _ in request.scope["headers"]):
            return False
        try:
            address = ipaddress.ip_address(client[0])
        except ValueError:
            return False
        return address.is_loopback or any(address in network for network in self._operators)

    async def nothing(self, request: Request) -> Answer:  # noqa: ARG002 (a handler)
        """What is said at every other address."""
        raise problems.no_page()


Handler: TypeAlias = Callable[[Edge, Request], Awaitable[Answer | None]]

ROUTES: Routes[Handler] = Routes(
    {
        "/": Edge.front,
        "/live/{slug}": Edge.live,
        "/live/{slug}/events": Edge.events,
        "/live/{slug}/changes": Edge.changes,
        "/live/{slug}/since": Edge.since,
        "/live/{slug}/print": Edge.whole,
        "/live/{slug}/posts/{post_id}": Edge.post,
        "/live/{slug}/posts/{post_id}/history": Edge.history,
        "/live/{slug}/posts/{post_id}/annotations.json": Edge.annotations,
        "/live/{slug}/at": Edge.at_which,
        "/live/{slug}/at/{time}": Edge.at,
        "/live/{slug}/moments.json": Edge.moments,
        "/live/{slug}/corrections": Edge.corrections,
        "/live/{slug}/claims": Edge.claims,
        "/live/{slug}/feed.atom": Edge.feed,
        "/live/{slug}/feed.rss": Edge.feed,
        "/live/{slug}/feed.json": Edge.feed,
        "/live/{slug}/ninjs.json": Edge.feed,
        "/embed/{slug}": Edge.embed,
        "/embed.js": Edge.embed_script,
        "/oembed": Edge.oembed,
        "/theme/{file}": Edge.theme,
        "/by/{name}": Edge.author,
        "/topic/{name}": Edge.topic,
        "/search": Edge.search,
        "/about": Edge.policies,
        "/about/{kind}": Edge.policy,
        "/.well-known/security.txt": Edge.machine_text,
        "/trust.txt": Edge.machine_text,
        "/media/{media_id}/{file}": Edge.media,
        "/static/{file}": Edge.static,
        "/worker.js": Edge.worker,
        "/manifest.webmanifest": Edge.manifest,
        "/offline": Edge.offline,
        "/robots.txt": Edge.robots,
        "/sitemap.xml": Edge.sitemap,
        "/sitemap-live.xml": Edge.sitemap_of_live_blogs,
        "/sitemap-news.xml": Edge.sitemap_of_news,
        "/favicon.ico": Edge.favicon,
        "/healthz": Edge.health,
        "/metrics": Edge.numbers,
    }
)


# --- what came ------------------------------------------------------------------------------------------


def _after(request: Request) -> Seq:
    """The number that must be given as `?after=`."""
    after = _cursor(request.query("after"))
    if after is None:
        raise problems.bad_cursor("")
    return after


def _slug(request: Request) -> str:
    """The first value of the path, if it can be a slug at all: nothing else reaches the database."""
    slug = request.parts[0]
    if not _SLUG.fullmatch(slug):
        raise problems.no_liveblog()
    return slug


def _post_id(slug: str, text: str) -> PostId:
    if not POST_ID.fullmatch(text):
        raise problems.no_post(slug)
    return PostId(text)


def _cursor(text: str | None) -> Seq | None:
    """A number of events, or None when none was given."""
    if not text:
        return None
    if not _CURSOR.fullmatch(text) or int(text) > limits.CURSOR_MAX:
        raise problems.bad_cursor(text)
    return Seq(int(text))


def _leaf(text: str | None) -> int:
    """Which page of older posts, or which file; 0 when none is named."""
    if text is None:
        return 0
    if not _LEAF.fullmatch(text):
        raise problems.no_page()
    return int(text)


def _name(request: Request) -> str:
    """The last value of the path, if it can name anything: words in any script, joined by hyphens."""
    name = request.parts[-1]
    if len(name) > limits.SLUG_CHARS or not _NAME.fullmatch(name):
        raise problems.no_page()
    return name


def _found(kept: Kept | None, request: Request) -> Answer:
    if kept is None:
        raise problems.no_page()
    return kept.answer(request.scope["headers"])


def is_desks(path: str) -> bool:
    """Whether the newsroom's own application answers at this address."""
    return path in ("/desk", "/api", "/websub") or path.startswith(_DESKS)


def _body_bytes_max(content_type: bytes) -> int:
    """Pictures, files to import and mails with pictures may be large, nothing else."""
    if content_type.lower().startswith(_UPLOADS):
        return max(limits.UPLOAD_BYTES, limits.IMPORT_BYTES) + limits.REQUEST_BODY_BYTES
    return limits.REQUEST_BODY_BYTES


def _bounded(receive: Receive, bytes_max: int) -> Receive:
    """`receive`, which hangs up on a body that is longer than it may be (and did not say so beforehand)."""
    came = 0

    async def bounded() -> Message:
        nonlocal came
        message = await receive()
        body = message.get("body", b"")
        came += len(body) if isinstance(body, bytes) else 0
        return {"type": "http.disconnect"} if came > bytes_max else message

    return bounded
