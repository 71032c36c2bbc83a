"""Headers that are the same for a whole kind of answer: protection, caching. Called by `app.py` and its rooms.

Sources: RFC 9111 and RFC 5861 (caching), https://www.w3.org/TR/CSP3/, https://fetch.spec.whatwg.org (CORP, CORS).
"""

from stoppress.edge.asgi import Headers
from stoppress.lib import limits
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

_IF_ORIGIN_FAILS = (
    f"stale-while-revalidate={limits.STALE_REVALIDATE_SECONDS}, stale-if-error={limits.STALE_ERROR_SECONDS}"
)
# max-age=0: a reader's own reload always asks, so it shows what is true now; a shared cache asks once a second.
PAGE_CACHING = f"public, max-age=0, s-maxage={limits.PAGE_SHARED_SECONDS}, {_IF_ORIGIN_FAILS}".encode()
FEED_CACHING = f"public, max-age=0, s-maxage={limits.FEED_SHARED_SECONDS}, {_IF_ORIGIN_FAILS}".encode()
CHANGES_CACHING = f"public, max-age={limits.PAGE_SHARED_SECONDS}".encode()
STREAM_CACHING = b"no-cache, no-transform"
PRIVATE_STREAM_CACHING = b"no-store, private, no-transform"
MEDIA_CACHING = (
    f"public, max-age={limits.MEDIA_CACHE_SECONDS}, s-maxage={limits.MEDIA_SHARED_SECONDS}".encode()
)
STATIC_CACHING = f"public, max-age={limits.STATIC_CACHE_SECONDS}, immutable".encode()
NEVER_KEPT = b"no-store"


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
