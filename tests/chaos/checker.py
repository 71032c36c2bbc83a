"""The one comparison at the end of every test: what was promised, what is stored, what every reader sees, the feeds.

`check` fills a `Verdict` and fails the test when anything is not as it must be, all faults in one message.
"""

import json
import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from xml.etree import ElementTree as ET

import httpx
from tests.chaos.crowd import Crowd
from tests.chaos.form import PATIENCE_SECONDS, SEED
from tests.chaos.ledger import Ledger
from tests.chaos.newsroom import SLUG, Newsroom
from tests.chaos.shown import shown
from tests.e2e.server import NO_CERTIFICATES
from tests.property.fold import Shown

WORD = re.compile(r"Word [\w-]+ (?:as first written|put right)\.")
NEXT = re.compile(r'\?from=([0-9a-z]{20})[^"]*" rel="next"')  # on an older page
SEALED = re.compile(r'data-from="([0-9a-z]{20})"')  # on the first one
ATOM = {"atom": "http://www.w3.org/2005/Atom"}
PAGES_MAX = 500
STEP_SECONDS = 0.05
TOLD_MAX = 8  # of each kind of fault in a message


@dataclass(slots=True)
class Verdict:
    """One row of the report. `broken`: what was done, and how often, in words."""

    fault: str
    title: str
    broken: str = ""
    acknowledged: int = 0
    kept: int = 0
    lost: int = 0
    doubled: int = 0
    readers: int = 0
    converged: float | None = None  # seconds after everything was whole again
    note: str = ""
    seconds: float = 0.0
    complaints: list[str] = field(default_factory=list)

    def complain(self, *sentences: str) -> None:
        """Something is not as it must be."""
        self.complaints += sentences

    def settle(self) -> None:
        """Fail the test when anything was found."""
        told = "\n  ".join(self.complaints)
        assert not self.complaints, f"{self.fault} {self.title} (CHAOS_SEED={SEED}):\n  {told}"


@dataclass(frozen=True, slots=True)
class Stored:
    """A post in the database: state, the words that it holds now and those it was first written with."""

    state: str
    now: str
    first: str


def check(
    newsroom: Newsroom,
    ledger: Ledger,
    verdict: Verdict,
    *,
    crowd: Crowd | None = None,
    unknown: frozenset[str] = frozenset(),
    slug: str = SLUG,
) -> None:
    """Compare everything with everything; the newsroom's processes answer, and nothing is written any more.

    `unknown`: posts whose last change was never answered. Fails the test.
    """
    site = Site(ledger)
    if crowd is not None:
        follow(newsroom, crowd, verdict, site, slug)
    posts = stored_posts(newsroom, slug)
    verdict.acknowledged = len(ledger)
    _promises(ledger, posts, unknown, verdict)
    _numbers(newsroom, slug, verdict)
    _pages(newsroom, slug, verdict, site)
    _feeds(newsroom, slug, verdict, site)
    for at, status, where in islice(ledger.unexcused(), TOLD_MAX):
        verdict.complain(
            f"{status} at {at:.1f}, when nothing was broken: {where} (faults: {ledger.faults[-3:]})"
        )
    verdict.settle()


@dataclass(frozen=True, slots=True)
class Site:
    """The public site, asked until it answers; what it answers meanwhile is noted in the ledger."""

    ledger: Ledger

    def text(self, url: str) -> str:
        """What stands at `url`."""
        until = time.monotonic() + PATIENCE_SECONDS
        while True:
            answer = httpx.get(url, timeout=PATIENCE_SECONDS, verify=NO_CERTIFICATES)
            if answer.is_success:
                return answer.text
            self.ledger.refuse(answer.status_code, url)
            assert time.monotonic() < until, f"{url} answers {answer.status_code}: {answer.text[:300]}"
            time.sleep(STEP_SECONDS)

    def page(self, url: str) -> Shown:
        """The page of a live blog at `url`."""
        return shown(self.text(url))


def follow(newsroom: Newsroom, crowd: Crowd, verdict: Verdict, site: Site, slug: str = SLUG) -> None:
    """Wait until every reader shows what a fresh page shows; note how long it took."""
    began = time.monotonic()
    verdict.readers = crowd.count
    while True:
        fresh = site.page(f"{newsroom.edge_url}/live/{slug}")
        differing = [page for page in crowd.pages() if page != fresh]
        if not differing:
            break
        if time.monotonic() - began > PATIENCE_SECONDS:
            how = _difference(differing[0], fresh)
            verdict.complain(f"{len(differing)} of {crowd.count} readers never saw the fresh page: {how}")
            verdict.complain(crowd.stands())
            break
        time.sleep(STEP_SECONDS)
    if verdict.converged is None:
        verdict.converged = time.monotonic() - began
    verdict.complain(*crowd.faults()[:TOLD_MAX])


def _difference(page: Shown | None, fresh: Shown) -> str:
    if page is None:
        return "it shows nothing"
    if page.seq != fresh.seq:
        return f"it is at {page.seq}, the page at {fresh.seq}"
    if page.status != fresh.status:
        return f"it is {page.status}, the page {fresh.status}"
    slots = [name for name in fresh.slots if fresh.slots[name] != page.slots.get(name)]
    if slots:
        return (
            f"slots {slots} differ: {page.slots.get(slots[0], '')[:200]!r}, {fresh.slots[slots[0]][:200]!r}"
        )
    ids, wanted = [post for post, _ in page.posts], [post for post, _ in fresh.posts]
    if ids == wanted:
        return "a post's bytes differ"
    first = next(
        (at for at, (one, other) in enumerate(zip(ids, wanted, strict=False)) if one != other),
        min(len(ids), len(wanted)),
    )
    strays, missing = [one for one in ids if one not in wanted], [one for one in wanted if one not in ids]
    return (
        f"of its {len(ids)} posts, {len(wanted)} wanted, number {first} is the first to differ: "
        f"{ids[first : first + 3]}, not {wanted[first : first + 3]}; "
        f"{len(strays)} too many {strays[:3]}, {len(missing)} missing {missing[:3]}"
    )


def stored_posts(newsroom: Newsroom, slug: str = SLUG) -> dict[str, Stored]:
    """Every post of the live blog, read past the product."""
    rows = newsroom.rows(
        "SELECT post.id, post.state, CAST(post.document AS text), CAST(revision.document AS text) FROM post"
        " JOIN liveblog ON liveblog.id = post.liveblog_id"
        " JOIN revision ON revision.post_id = post.id AND revision.number = 1 WHERE liveblog.slug = ?",
        slug,
    )
    return {str(post): Stored(str(state), _words(now), _words(first)) for post, state, now, first in rows}


def _words(document: object) -> str:
    found = WORD.search(str(document))
    return found[0] if found else ""


def _promises(ledger: Ledger, posts: dict[str, Stored], unknown: frozenset[str], verdict: Verdict) -> None:
    """Every promise is kept, and no key had an effect twice."""
    lost: list[str] = []
    standing = ledger.standing()
    for one in ledger.of("publish"):
        post = posts.get(one.post)
        if post is None or post.first != one.text:
            lost.append(f"lost: {one}")
    for post_id, text in standing.items():
        post = posts.get(post_id)
        if post is None or post_id in unknown:
            continue
        if (post.state == "withdrawn") != (not text) or (text and post.now != text):
            lost.append(f"lost: {post_id} should say {text!r} and is {post}")
    firsts = Counter(post.first for post in posts.values() if post.first)
    doubled = [text for text, times in firsts.items() if times > 1]
    verdict.lost, verdict.doubled = len(lost), len(doubled)
    verdict.kept = verdict.acknowledged - len(lost)
    verdict.complain(*lost[:TOLD_MAX], *(f"twice: {text}" for text in doubled[:TOLD_MAX]))


def _numbers(newsroom: Newsroom, slug: str, verdict: Verdict) -> None:
    """The log has every number from 1 on, once."""
    rows = newsroom.rows(
        "SELECT event.seq, liveblog.last_seq FROM event JOIN liveblog ON liveblog.id = event.liveblog_id"
        " WHERE liveblog.slug = ? ORDER BY event.seq",
        slug,
    )
    seqs = [row[0] for row in rows]
    last = rows[-1][1] if rows else 0
    if seqs != list(range(1, len(seqs) + 1)) or last != len(seqs):
        gaps = [seq for seq, wanted in zip(seqs, range(1, len(seqs) + 1), strict=True) if seq != wanted]
        verdict.complain(
            f"the log has gaps: {len(seqs)} events, the newest {last}, first out of place {gaps[:3]}"
        )


def _pages(newsroom: Newsroom, slug: str, verdict: Verdict, site: Site) -> None:
    """All pages together hold every post that readers may see, once, in the database's order, at every edge."""
    rows = newsroom.rows(
        "SELECT page_post.post_id FROM page_post JOIN page ON page.liveblog_id = page_post.page_id"
        " WHERE page.slug = ? ORDER BY first_published_at DESC, post_id DESC",
        slug,
    )
    wanted = [str(row[0]) for row in rows]
    seen = newsroom.rows(
        "SELECT COUNT(*) FROM post JOIN liveblog ON liveblog.id = post.liveblog_id"
        " WHERE liveblog.slug = ? AND post.state IN ('published', 'withdrawn')",
        slug,
    )
    if seen[0][0] != len(wanted):
        verdict.complain(f"{seen[0][0]} posts are public and {len(wanted)} are in the read model")
    for part in newsroom.reading:
        found = [post for page in served_pages(site, part.url, slug) for post, _ in page.posts]
        if found != wanted:
            verdict.complain(
                f"{part.role} {part.port} serves {len(found)} posts, {len(set(found))} different ones, of "
                f"{len(wanted)}; missing {[post for post in wanted if post not in found][:3]}"
            )


def served_pages(site: Site, url: str, slug: str = SLUG) -> Iterator[Shown]:
    """Every page of a live blog, from the newest down, as a reader walks."""
    address = f"{url}/live/{slug}?order=newest"
    for _ in range(PAGES_MAX):
        html = site.text(address)
        page = shown(html)
        yield page
        older = NEXT.search(html) if page.leaf else SEALED.search(page.slots["older"])
        if older is None:
            return
        address = f"{url}/live/{slug}?from={older[1]}&order=newest"
    raise AssertionError(
        f"A live blog of more than {PAGES_MAX} pages, or one whose pages go round in a circle."
    )


def _feeds(newsroom: Newsroom, slug: str, verdict: Verdict, site: Site) -> None:
    """The feeds are of the newest number: they hold the newest posts, and nothing that was withdrawn."""
    rows = newsroom.rows(
        "SELECT post_id, withdrawn FROM page_post JOIN page ON page.liveblog_id = page_post.page_id"
        " WHERE page.slug = ? ORDER BY first_published_at DESC, post_id DESC LIMIT 10",
        slug,
    )
    wanted = [str(post) for post, withdrawn in rows if not withdrawn]
    for part in newsroom.reading:
        address = f"{part.url}/live/{slug}"
        in_json = [str(item["url"]) for item in json.loads(site.text(f"{address}/feed.json"))["items"]]
        atom = ET.fromstring(site.text(f"{address}/feed.atom"))  # noqa: S314 (our own)
        in_atom = [link.get("href", "") for link in atom.findall("atom:entry/atom:link", ATOM)]
        for name, found in (("feed.json", in_json), ("feed.atom", in_atom)):
            missing = [post for post in wanted if not any(post in url for url in found)]
            if missing:
                verdict.complain(f"{name} lacks {missing[:3]}; it holds {len(found)}")
