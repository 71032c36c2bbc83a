"""Headers that are the same for a whole kind of answer: protection, caching. Called by `app.py` and its rooms.

Sources: RFC 9111, RFC 5861 and RFC 9213 (caching), https://www.w3.org/TR/CSP3/, https://fetch.spec.whatwg.org
(CORP, CORS).
"""

from stoppress.edge.asgi import Answer, Headers, answer
from stoppress.lib import limits
from stoppress.lib.cache_keys import SITE, live_key
from stoppress.lib.providers import frame_hosts

# Embeds are framed on a reader's press; what could be framed is exactly what the list of providers names.
_FRAMES = " ".join(f"https://{host}" for host in frame_hosts()).encode()
PAGE_POLICY = (
    b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
    b" connect-src 'self'; frame-src %b; manifest-src 'self'; form-action 'self'; base-uri 'none';"
    b" frame-ancestors 'none'" % _FRAMES
)
DATA_POLICY = b"default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
# What the readers' worker may do: ask this site, nothing else.
WORKER_POLICY = DATA_POLICY + b"; connect-src 'self'"
MEDIA_POLICY = DATA_POLICY + b"; sandbox"

_IF_ORIGIN_FAILS = f"stale-if-error={limits.STALE_ERROR_SECONDS}"


def _kept_briefly(seconds: int) -> bytes:
    # max-age=0: a browser always asks, so that it shows what is true now; a shared cache asks every `seconds`.
    return f"public, max-age=0, s-maxage={seconds}, {_IF_ORIGIN_FAILS}".encode()


def _kept_by_cdns(seconds: int) -> bytes:
    return (
        f"public, max-age={seconds}, stale-while-revalidate={limits.STALE_REVALIDATE_SECONDS},"
        f" {_IF_ORIGIN_FAILS}"
    ).encode()


PAGE_CACHING = _kept_briefly(limits.PAGE_SHARED_SECONDS)
FEED_CACHING = _kept_briefly(limits.FEED_SHARED_SECONDS)
# Only CDNs may answer from an old copy while they ask for the new one: browsers, too, would obey the words in
# Cache-Control, and show a withdrawn text again from their own copy. Together with the seconds above this stays within
# the five in which a withdrawal is gone (docs/explanation/promises.md).
_CDN_CACHING = {
    PAGE_CACHING: _kept_by_cdns(limits.PAGE_SHARED_SECONDS),
    FEED_CACHING: _kept_by_cdns(limits.FEED_SHARED_SECONDS),
}
# A cache of our own says with this line that it obeys the words and keeps them from browsers (ops/nginx). Whoever else
# says so gets a page that may be shown for those two seconds more: still within the five.
REVALIDATES, STALE_WHILE = b"stoppress-cache", b"stale-while-revalidate"
_WHILE_ASKING = {
    PAGE_CACHING: PAGE_CACHING.replace(
        _IF_ORIGIN_FAILS.encode(),
        f"stale-while-revalidate={limits.STALE_REVALIDATE_SECONDS}, {_IF_ORIGIN_FAILS}".encode(),
    )
}
CHANGES_CACHING = f"public, max-age={limits.PAGE_SHARED_SECONDS}".encode()
STREAM_CACHING = b"no-cache, no-transform"
PRIVATE_STREAM_CACHING = b"no-store, private, no-transform"
MEDIA_CACHING = (
    f"public, max-age={limits.MEDIA_CACHE_SECONDS}, s-maxage={limits.MEDIA_SHARED_SECONDS}".encode()
)
STATIC_CACHING = f"public, max-age={limits.STATIC_CACHE_SECONDS}, immutable".encode()
NEVER_KEPT = b"no-store"


def for_shared_caches(headers: Headers, slug: str) -> Headers:
    """What shared caches are told beside Cache-Control: how long CDNs may answer, and the key to purge by.

    Every answer about a live blog carries its key, `live-{slug}`; one about the whole site (`slug` "") `site`. The name
    of the header differs by vendor, so it stands under both that are in use.
    """
    key = (live_key(slug) if slug else SITE).encode()
    caching = next((value for name, value in headers if name == b"cache-control"), b"")
    cdn = [(b"cdn-cache-control", _CDN_CACHING[caching])] if caching in _CDN_CACHING else []
    return [*headers, *cdn, (b"surrogate-key", key), (b"cache-tag", key)]


def while_asking(found: Answer) -> Answer:
    """The same answer for a cache that may show it while it asks for the next one, and tells no browser so."""
    headers = [
        (name, _WHILE_ASKING.get(value, value) if name == b"cache-control" else value)
        for name, value in found.headers
        if name != b"content-length"
    ]
    return answer(found.status, headers, found.content)


class Protection:
    """The protecting headers of each kind of answer. `secure`: the public address is https."""

    def __init__(self, *, secure: bool) -> None:
        common: Headers = [
            (b"x-content-type-options", b"nosniff"),
            (b"referrer-policy", b"strict-origin-when-cross-origin"),
        ]
        if secure:
            age = f"max-age={limits.HSTS_SECONDS}; includeSubDomains".encode()
            common.append((b"strict-transport-security", age))
        ours: Headers = [
            (b"cross-origin-resource-policy", b"same-origin"),
            (b"cross-origin-opener-policy", b"same-origin"),
        ]
        anyones: Headers = [
            (b"cross-origin-resource-policy", b"cross-origin"),
            (b"access-control-allow-origin", b"*"),
        ]
        self.page: Headers = [*common, *ours, (b"content-security-policy", PAGE_POLICY)]
        self.data: Headers = [*common, *ours, (b"content-security-policy", DATA_POLICY)]
        self.feed: Headers = [*common, *anyones, (b"content-security-policy", DATA_POLICY)]
        self.media: Headers = [*common, anyones[0], (b"content-security-policy", MEDIA_POLICY)]
