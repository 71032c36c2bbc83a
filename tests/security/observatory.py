"""Mozilla's Observatory sums, for one answer: what its headers and cookies are worth. Called by `test_headers.py`.

Penalties first; the extra points count only when they leave 90. Source: MDN HTTP Observatory, "Tests & scoring".
"""

from collections.abc import Iterator, Mapping, Sequence

_HALF_A_YEAR = 15_768_000
_PRIVATE = frozenset({"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"})
_ENOUGH_FOR_EXTRA = 90


def directives(policy: str) -> dict[str, list[str]]:
    """A content security policy, read."""
    parts = (part.split() for part in policy.split(";") if part.strip())
    return {words[0].lower(): [word.lower() for word in words[1:]] for words in parts}


def score(headers: Mapping[str, str], cookies: Sequence[str] = ()) -> int:
    """The points of one answer. `headers` by small names, `cookies` as in Set-Cookie."""
    points = [*_policy(headers), *_transport(headers), *_cookies(cookies), *_isolation(headers)]
    start = 100 + sum(point for point in points if point < 0)
    return start + (sum(point for point in points if point > 0) if start >= _ENOUGH_FOR_EXTRA else 0)


def _policy(headers: Mapping[str, str]) -> Iterator[int]:
    policy = directives(headers.get("content-security-policy", ""))
    if not policy:
        yield -25
        return
    scripts = policy.get("script-src", policy.get("default-src", ["*"]))
    if {"'unsafe-inline'", "*", "https:", "http:", "data:"} & set(scripts):
        yield -20
    elif "'unsafe-eval'" in scripts:
        yield -10
    else:
        yield 10 if policy.get("default-src") == ["'none'"] and "form-action" in policy else 5
    framed = policy.get("frame-ancestors")
    if framed == ["'none'"]:
        yield 5
    elif framed is None and headers.get("x-frame-options", "").lower() not in ("deny", "sameorigin"):
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
    for cookie in cookies:
        words = {word.strip().lower() for word in cookie.split(";")[1:]}
        if "secure" not in words:
            yield -40
        if "httponly" not in words:
            yield -30
        if not words & {"samesite=lax", "samesite=strict"}:
            yield -20


def _isolation(headers: Mapping[str, str]) -> Iterator[int]:
    if headers.get("referrer-policy", "").lower() in _PRIVATE:
        yield 5
    for name, strict in (
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ):
        if headers.get(name) == strict:
            yield 10
