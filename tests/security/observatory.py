"""Mozilla's Observatory, for one answer: what its headers, cookies and scripts are worth. Called by `test_headers.py`.

Penalties first; the extra points count only when they leave 90. What only a scan of a whole site can see (that plain
http is redirected, which the proxy does, and that browsers know the host beforehand) is not asked here.
Source: MDN HTTP Observatory, "Tests & scoring".
"""

import re
from collections.abc import Iterator, Mapping, Sequence

_HALF_A_YEAR = 15_768_000
_PRIVATE = frozenset({"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"})
_ENOUGH_FOR_EXTRA = 90
_BROAD = frozenset({"'unsafe-inline'", "*", "https:", "http:", "data:"})
_GRADES = (
    *((100, "A+"), (90, "A"), (85, "A-"), (80, "B+"), (70, "B"), (65, "B-")),
    *((60, "C+"), (50, "C"), (45, "C-"), (40, "D+"), (30, "D"), (25, "D-")),
)
_SCRIPT = re.compile(r"<script\b([^>]*)\bsrc=[\"']?([^\s\"'>]+)([^>]*)>", re.IGNORECASE)


def directives(policy: str) -> dict[str, list[str]]:
    """A content security policy, read."""
    parts = (part.split() for part in policy.split(";") if part.strip())
    return {words[0].lower(): [word.lower() for word in words[1:]] for words in parts}


def grade(points: int) -> str:
    """The letter for a sum."""
    return next((letter for least, letter in _GRADES if points >= least), "F")


def score(headers: Mapping[str, str], cookies: Sequence[str] = (), body: str = "") -> int:
    """The points of one answer. `headers` by small names, `cookies` as in Set-Cookie, `body` if it is a page."""
    points = [
        *_policy(headers),
        *_framing(headers),
        *_transport(headers),
        *_cookies(cookies),
        *_isolation(headers),
        *_scripts(body),
    ]
    start = 100 + sum(point for point in points if point < 0)
    return max(0, start + (sum(point for point in points if point > 0) if start >= _ENOUGH_FOR_EXTRA else 0))


def _policy(headers: Mapping[str, str]) -> Iterator[int]:
    policy = directives(headers.get("content-security-policy", ""))
    if not policy:
        yield -25
        return
    default = policy.get("default-src", ["*"])
    scripts, objects = policy.get("script-src", default), policy.get("object-src", default)
    if _is_broad(scripts) or _is_broad(objects):
        yield -20
    elif "'unsafe-eval'" in scripts:
        yield -10
    elif _is_broad(policy.get("style-src", default)):
        yield 0
    else:
        yield 10 if default == ["'none'"] and "form-action" in policy else 5


def _is_broad(sources: Sequence[str]) -> bool:
    """Whether anybody's words could run: a nonce or a hash makes browsers ignore 'unsafe-inline'."""
    named = any(source.startswith(("'nonce-", "'sha256-", "'sha384-", "'sha512-")) for source in sources)
    return bool((_BROAD - {"'unsafe-inline'"} if named else _BROAD) & set(sources))


def _framing(headers: Mapping[str, str]) -> Iterator[int]:
    framed = directives(headers.get("content-security-policy", "")).get("frame-ancestors")
    if framed is not None and not _BROAD & set(framed):
        yield 5
    elif headers.get("x-frame-options", "").lower() not in ("deny", "sameorigin"):
        yield -20


def _transport(headers: Mapping[str, str]) -> Iterator[int]:
    told = headers.get("strict-transport-security", "")
    seconds = int(told.partition("max-age=")[2].split(";")[0] or 0)
    if not told:
        yield -20
    elif seconds < _HALF_A_YEAR:
        yield -10
    if headers.get("x-content-type-options", "").lower() != "nosniff":
        yield -5
    if headers.get("access-control-allow-origin") and headers.get("access-control-allow-credentials"):
        yield -50


def _cookies(cookies: Sequence[str]) -> Iterator[int]:
    found = []
    for cookie in cookies:
        words = {word.strip().lower() for word in cookie.split(";")[1:]}
        if "secure" not in words:
            found.append(-40)
        if "httponly" not in words:
            found.append(-30)
        if not words & {"samesite=lax", "samesite=strict"}:
            found.append(-20)
    yield from found
    if cookies and not found:
        yield 5


def _isolation(headers: Mapping[str, str]) -> Iterator[int]:
    if headers.get("referrer-policy", "").lower() in _PRIVATE:
        yield 5
    for name, strict in (
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("cross-origin-embedder-policy", "require-corp"),
    ):
        if headers.get(name) == strict:
            yield 10


def _scripts(body: str) -> Iterator[int]:
    """Scripts of others: by plain http, or without a hash of what they must be."""
    for before, address, after in _SCRIPT.findall(body):
        if address.startswith("http:"):
            yield -50
        elif address.startswith(("https:", "//")) and "integrity=" not in before + after:
            yield -5
