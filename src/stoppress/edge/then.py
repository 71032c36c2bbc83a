"""A live blog as it was known at a past time: the page, its way through time, and the moments as JSON.

Called by `app.py`. Joins stored parts through `shelf.py`, as `pages.py` does. Each minute has one address; a page at it
says the same for ever, unless a post on it is withdrawn or put right, which makes it another page with another ETag.
"""

import json
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime

from stoppress.edge import moments
from stoppress.edge.headers import FEED_CACHING, PAGE_CACHING, Protection
from stoppress.edge.kept import Content, Kept
from stoppress.edge.problems import Problem
from stoppress.edge.shelf import Shelf
from stoppress.edge.store import Store
from stoppress.edge.then_page import then_bytes
from stoppress.edge.then_store import Course, course, then
from stoppress.lib import clock, limits

_HTML = (b"content-type", b"text/html; charset=utf-8")
_JSON = (b"content-type", b"application/json")
# Of a closed live blog. Every cache may keep the page for ever, and asks before it shows it: a post can be withdrawn at
# any time. Until then the answer is that nothing changed. Whoever purges by the page's key may keep it unasked.
_CLOSED_CACHING = f"public, max-age=0, s-maxage={limits.THEN_SHARED_SECONDS}".encode()


class Elsewhere(Exception):
    """What was asked for stands at another address. `for_good`: it always will."""

    def __init__(self, address: str, *, for_good: bool = False) -> None:
        super().__init__(address)
        self.address = address
        self.for_good = for_good


def address(slug: str, at: datetime) -> str:
    """The one address of a minute."""
    return f"/live/{slug}/at/{moments.written(at)}"


@dataclass(frozen=True, slots=True)
class Then:
    """Pages at past times. `public_url` has no trailing slash."""

    store: Store
    shelf: Shelf
    protection: Protection
    public_url: str
    _courses: OrderedDict[str, Course] = field(
        default_factory=OrderedDict
    )  # the last ones asked for, by slug

    async def page(self, slug: str, said: str, number: int) -> Kept | None:
        """Page `number` of what was known at the time `said`. Raises: Problem, Elsewhere."""
        at = moments.moment_of(said)
        if at is None:
            raise no_time(slug, said)
        if at > clock.now():
            raise not_yet(slug)
        path = address(slug, at) + (f"?page={number}" if number else "")
        if moments.written(at) != said:
            raise Elsewhere(path, for_good=True)

        async def make() -> Content | None:
            rows = await self.store.ask(then(slug, at, number, self._courses.get(slug)))
            if rows is None:
                return None
            self._keep(rows.course)
            _check(rows.course, at)
            if rows.leaf is None:
                raise no_leaf(slug, at)
            caching = _CLOSED_CACHING if rows.course.blog.status == "closed" else PAGE_CACHING
            headers = [_HTML, (b"cache-control", caching), *self.protection.page]
            return Content(then_bytes(rows, at, self.public_url), headers)

        return await self.shelf.get(path, slug, make)

    async def way_in(self, slug: str, said: str | None) -> str | None:
        """The address of a time told by the event's clock ("2026-11-22T18:05"), or of the newest that is known.

        In a live blog's first minute, which has no past yet, its own. Raises: Problem.
        """
        whole = await self._course(slug)
        if whole is None:
            return None
        first, last = _first(whole), _last(whole)
        at = last if said is None else moments.moment_there(said, whole.timezone) or moments.moment_of(said)
        if at is None:
            raise no_time(slug, said or "")
        return address(slug, min(max(at, first), last)) if first <= last else f"/live/{slug}"

    async def moments(self, slug: str) -> Kept | None:
        """When something changed, as JSON."""

        async def make() -> Content | None:
            whole = await self._course(slug)
            if whole is None:
                return None
            headers = [_JSON, (b"cache-control", FEED_CACHING), *self.protection.feed]
            return Content(_moments(whole), headers)

        return await self.shelf.get(f"/live/{slug}/moments.json", slug, make)

    async def _course(self, slug: str) -> Course | None:
        whole = await self.store.ask(course(slug, self._courses.get(slug)))
        if whole is not None:
            self._keep(whole)
        return whole

    def _keep(self, whole: Course) -> None:
        """A replay asks for one page after the other: what they share is read once."""
        self._courses[whole.blog.slug] = whole
        self._courses.move_to_end(whole.blog.slug)
        while len(self._courses) > limits.THEN_COURSES:
            self._courses.popitem(last=False)


def _first(whole: Course) -> datetime:
    """The first minute of which there is a page."""
    return moments.minute_after(whole.began or whole.blog.changed_at)


def _last(whole: Course) -> datetime:
    """The newest minute that says anything new; while a live blog runs, the present one."""
    now = moments.minute_of(clock.now())
    return min(moments.minute_after(whole.blog.changed_at), now) if whole.blog.status == "closed" else now


def _check(whole: Course, at: datetime) -> None:
    slug = whole.blog.slug
    if at < _first(whole):
        raise too_early(slug, _first(whole))
    if at > max(_first(whole), _last(whole)):
        raise Elsewhere(address(slug, _last(whole)))


def _moments(whole: Course) -> bytes:
    """Minutes from the first one, each once, the newest as far as limits.THEN_MOMENTS allow."""
    first = _first(whole)
    changed = [post.shown_at for post in whole.posts]
    changed += [version.until for post in whole.posts for version in post.before]
    changed += [turn.at for turn in whole.turns]
    last = _last(whole)
    found = {
        "from": moments.written(first),
        "to": moments.written(max(first, last)),
        "zone": whole.timezone,
        "minutes": _minutes(first, last, changed)[-limits.THEN_MOMENTS :],
        "key_events": _minutes(
            first, last, [post.shown_at for post in whole.posts if post.key_event and not post.withdrawn]
        ),
    }
    return json.dumps(found, separators=(",", ":")).encode()


def _minutes(first: datetime, last: datetime, changed: list[datetime]) -> list[int]:
    whole = (moments.minute_after(at) for at in changed)
    return sorted({max(0, moments.minutes_between(first, at)) for at in whole if at <= last})


# --- problems -------------------------------------------------------------------------------------------


def no_time(slug: str, said: str) -> Problem:
    """404 for what is no time."""
    detail = f"A time like 2026-11-22T18:05:00Z was expected, and {said[:40]!r} came."
    return Problem(404, "No such time", detail, "Choose a time of this live blog", f"/live/{slug}/at")


def not_yet(slug: str) -> Problem:
    """404 for a time to come."""
    detail = "Nobody knows yet what will be known then."
    return Problem(404, "That time has not come", detail, "Go to the live blog as it stands", f"/live/{slug}")


def too_early(slug: str, first: datetime) -> Problem:
    """404 for a time before readers saw anything."""
    detail = f"This live blog began later, at {moments.written(first)}."
    return Problem(404, "Before the beginning", detail, "See how it began", address(slug, first))


def no_leaf(slug: str, at: datetime) -> Problem:
    """404 for a page that there was not."""
    detail = "The live blog had fewer pages then."
    return Problem(404, "No such page", detail, "See the newest posts of that time", address(slug, at))
