"""Who may enter and with what: the bearer token, the pace, the size and the kind of the body.

Given to every route as its `auth` (`routes.py`); runs before the body is read. A session cookie opens nothing
here, so no request needs a CSRF token.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from django.http import HttpRequest
from ninja.security import HttpBearer

from stoppress.api.problems import REALM, Problem
from stoppress.lib import clock, limits
from stoppress.lib.ids import digest
from stoppress.newsroom.queries import staff_by_token
from stoppress.newsroom.roles import Staff

JSON = "application/json"
FORM = "multipart/form-data"
_MINUTE = 60


@dataclass(slots=True)
class _Count:
    """Requests of one token in the minute that began at `minute` and in the one before."""

    minute: int = 0
    now: int = 0
    before: int = 0


class Pace:
    """A sliding minute for each token, of this process: the last minute's requests are counted by their share."""

    def __init__(self, per_minute: int) -> None:
        self._most = per_minute
        self._counts: defaultdict[str, _Count] = defaultdict(_Count)
        self._lock = Lock()

    def seconds_to_wait(self, token: str, at: datetime) -> int:
        """0 and the request is counted; or how long until the next one may come."""
        minute, second = divmod(at.timestamp(), _MINUTE)
        with self._lock:
            count = self._counts[token]
            if count.minute != minute:
                count.before = count.now if count.minute == minute - 1 else 0
                count.minute, count.now = int(minute), 0
            if count.now + count.before * (1 - second / _MINUTE) < self._most:
                count.now += 1
                return 0
            return max(1, int(_MINUTE - second)) if count.now >= self._most else 1


pace = Pace(limits.API_REQUESTS_PER_MINUTE)


class BearerToken(HttpBearer):
    """Lets staff in by `Authorization: Bearer TOKEN` and nothing else. `kind`: the body's media type."""

    def __init__(self, kind: str = JSON, body_bytes: int = limits.REQUEST_BODY_BYTES) -> None:
        super().__init__()
        self._kind = kind
        self._body_bytes = body_bytes

    def authenticate(self, request: HttpRequest, token: str) -> Staff:
        """The person behind the token. Raises: Problem (unknown token, pace, size or kind of the body)."""
        by = staff_by_token(token)
        if by is None:
            raise Problem(
                "not-signed-in",
                "The token is unknown, revoked, or its owner was switched off; make a new one with "
                "`stoppress token EMAIL`.",
                headers={"WWW-Authenticate": f'{REALM}, error="invalid_token"'},
            )
        wait = pace.seconds_to_wait(digest(token), clock.now())
        if wait:
            raise Problem(
                "too-many-requests",
                f"A token may send {limits.API_REQUESTS_PER_MINUTE:,} requests a minute; wait {wait} seconds.",
                headers={"Retry-After": str(wait)},
            )
        if request.method in {"POST", "PATCH"}:
            self._check_body(request)
        return by

    def _check_body(self, request: HttpRequest) -> None:
        if "chunked" in request.headers.get("Transfer-Encoding", "").lower():
            raise Problem("length-needed", "The body came in chunks; send it with a Content-Length.")
        length = request.headers.get("Content-Length", "")
        if length.isdecimal() and int(length) > self._body_bytes:
            raise Problem(
                "too-large",
                f"The body may have {self._body_bytes:,} bytes; this one has {int(length):,}. Send less.",
            )
        if request.content_type != self._kind:
            came = (request.content_type or "")[: limits.FAULT_CHARS] or "no Content-Type"
            raise Problem(
                "wrong-media-type", f"{self._kind} was expected and {came} came; send {self._kind}."
            )
