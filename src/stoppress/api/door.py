"""Who may enter and with what: the bearer token, the pace, the size and the kind of the body.

Given to every route as its `auth` (`routes.py`); runs before the body is read. A session cookie opens nothing
here, so no request needs a CSRF token.
"""

from datetime import datetime

from django.http import HttpRequest
from ninja.security import HttpBearer

from stoppress.api.problems import REALM, Problem
from stoppress.lib import clock, limits
from stoppress.lib.ids import digest
from stoppress.lib.pace import Pace
from stoppress.newsroom.actions.issue_token import note_token_use
from stoppress.newsroom.queries import staff_by_token
from stoppress.newsroom.roles import Staff

JSON = "application/json"
FORM = "multipart/form-data"


class Noted:
    """Which tokens this process has noted as used within the last minute, so that not every request writes."""

    def __init__(self) -> None:
        self._at: dict[str, datetime] = {}

    def use(self, token: str, at: datetime) -> None:
        """Write "last used" unless that was done just now."""
        name = digest(token)
        last = self._at.get(name)
        if last is None or (at - last).total_seconds() >= limits.TOKEN_NOTED_SECONDS:
            self._at[name] = at
            note_token_use(secret=token, at=at)


pace = Pace(limits.API_REQUESTS_PER_MINUTE)
noted = Noted()


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
        noted.use(token, clock.now())
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
