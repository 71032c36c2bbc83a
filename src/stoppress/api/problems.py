"""Every error of the API: `application/problem+json` (RFC 9457), one named kind for each thing that can go wrong.

`routes.py` registers `HANDLERS`; `middleware.py` uses `problem_answer` for what never reached a view.
"""

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from json import JSONDecodeError
from typing import TypeAlias

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from ninja.errors import AuthenticationError, HttpError, ValidationError

from stoppress.document.parse import InvalidDocument
from stoppress.lib import limits, numbered
from stoppress.liveblogs.database_faults import is_full
from stoppress.liveblogs.refusals import (
    BlogClosed,
    Busy,
    InvalidInput,
    NoRoom,
    NotAllowed,
    NotFound,
    Refused,
    StaleRevision,
    WrongState,
)

MEDIA_TYPE = "application/problem+json"
REALM = 'Bearer realm="stoppress"'

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kind:
    """One thing that can go wrong. `name` ends its address, `title` is the same each time, `cure` says what to do."""

    name: str
    status: int
    title: str
    cure: str


@dataclass(frozen=True, slots=True)
class Fault:
    """One field of the request and what is wrong with it."""

    field: str
    detail: str


KINDS = (
    Kind("malformed", 400, "The request cannot be read", "Mend the syntax that `detail` points at."),
    Kind(
        "not-signed-in",
        401,
        "A token is needed",
        "Make one with `stoppress token EMAIL` and send it as Bearer.",
    ),
    Kind("not-allowed", 403, "The role may not do this", "Ask somebody whose role may, or for that role."),
    Kind("not-found", 404, "There is no such thing here", "Look in the lists for what there is."),
    Kind("wrong-method", 405, "The address does not know this method", "Use a method that `Allow` names."),
    Kind("blog-closed", 409, "The live blog is closed", "Reopen it first, or write elsewhere."),
    Kind("wrong-state", 409, "Not possible in its present state", "Fetch it, look at its state, and decide."),
    Kind(
        "length-needed", 411, "The length of the body is missing", "Send `Content-Length` instead of chunks."
    ),
    Kind(
        "stale-revision",
        412,
        "Somebody saved a newer revision",
        "Fetch the post, merge, send its ETag again.",
    ),
    Kind("too-large", 413, "The body is too large", "Send less."),
    Kind("wrong-media-type", 415, "The body has the wrong media type", "Send the type that `detail` names."),
    Kind("invalid", 422, "A value cannot be taken", "Mend the fields that `errors` names."),
    Kind("too-many-requests", 429, "Too many requests with this token", "Wait for `Retry-After` seconds."),
    Kind(
        "failed", 500, "The server failed", "Try again; the time and the address find it in the server's log."
    ),
    Kind(
        "unavailable", 503, "The server cannot write just now", "Repeat it with the same `Idempotency-Key`."
    ),
    Kind("no-room", 507, "The server's disk is full", "Tell whoever runs the server, then repeat it."),
)
BY_NAME: Mapping[str, Kind] = {kind.name: kind for kind in KINDS}
# For answers that Django or the server made without us. The first kind of a status speaks for it.
BY_STATUS: Mapping[int, Kind] = {kind.status: kind for kind in reversed(KINDS)}


class Problem(Exception):
    """Ends a view with an error. `detail` tells what was expected, what came, what to do."""

    def __init__(
        self,
        name: str,
        detail: str,
        *,
        errors: tuple[Fault, ...] = (),
        headers: Mapping[str, str] | None = None,
        **more: object,
    ) -> None:
        super().__init__(detail)
        self.kind = BY_NAME[name]
        self.errors = errors
        self.headers = dict(headers or {})
        self.more = more


def kind_address(kind: Kind) -> str:
    """Where the kind is explained: the `type` of a problem."""
    return f"{settings.PUBLIC_URL}/api/v1/problems/{kind.name}"


class ProblemAnswer(JsonResponse):
    """An error on the wire, so that `middleware.py` knows ours from others'."""


def problem_answer(problem: Problem) -> ProblemAnswer:
    """The answer on the wire."""
    body: dict[str, object] = {
        "type": kind_address(problem.kind),
        "title": problem.kind.title,
        "status": problem.kind.status,
        "detail": str(problem),
    }
    if problem.errors:
        body["errors"] = [{"field": fault.field, "detail": fault.detail} for fault in problem.errors]
    return ProblemAnswer(
        body | problem.more, status=problem.kind.status, content_type=MEDIA_TYPE, headers=problem.headers
    )


def _refused(exc: Refused) -> Problem:
    if isinstance(exc, StaleRevision):
        return Problem(
            "stale-revision", str(exc), headers={"ETag": f'"{exc.current}"'}, current_revision=exc.current
        )
    if isinstance(exc, InvalidInput):
        return Problem("invalid", str(exc), errors=(Fault(exc.field, str(exc)),))
    if isinstance(exc, Busy):
        return Problem("unavailable", str(exc), headers={"Retry-After": str(limits.RETRY_AFTER_SECONDS)})
    names: dict[type[Refused], str] = {
        NotAllowed: "not-allowed",
        NotFound: "not-found",
        BlogClosed: "blog-closed",
        WrongState: "wrong-state",
        NoRoom: "no-room",
    }
    return Problem(names.get(type(exc), "malformed"), str(exc))


def _invalid_document(exc: InvalidDocument) -> Problem:
    return Problem("invalid", str(exc), errors=(Fault("document", str(exc)),))


def _invalid_fields(exc: ValidationError) -> Problem:
    """Pydantic's findings as sentences; the field is named as it was sent."""
    faults = tuple(_fault(error) for error in exc.errors[: limits.FAULTS_TOLD])
    return Problem("invalid", " ".join(fault.detail for fault in faults), errors=faults)


def _fault(error: Mapping[str, object]) -> Fault:
    place = error["loc"]
    steps = [str(step) for step in place] if isinstance(place, tuple) else []
    named = steps[2:] if steps[:1] == ["body"] else steps[-1:]
    field = ".".join(named)[: limits.FAULT_CHARS] or "body"
    if error["type"] == "missing":
        return Fault(field, f"{field} is missing; send it.")
    if error["type"] == "extra_forbidden":
        return Fault(field, f"{field} is no field of this request; take it out.")
    words = str(error["msg"]).removeprefix("Value error, ")
    if "valid dictionary" in words:  # Pydantic's name for it, and ours for the class, say nothing to a caller
        words = "It should be a JSON object"
    if " should " not in words:
        return Fault(field, f"{field} cannot be taken: {words}.")
    came = json.dumps(error.get("input"), default=str, ensure_ascii=True)[: limits.FAULT_CHARS]
    return Fault(field, f"{field} should {words.split(' should ', 1)[1]}; {came} came. Mend it.")


def _http_error(exc: HttpError) -> Problem:
    """What the framework itself refuses: a body that is not JSON, or a parser that said why."""
    cause = exc.__cause__
    if isinstance(cause, Problem):
        return cause
    if isinstance(exc, AuthenticationError):
        return Problem(
            "not-signed-in",
            "A header Authorization: Bearer TOKEN was expected and none came; send one.",
            headers={"WWW-Authenticate": REALM},
        )
    if isinstance(cause, JSONDecodeError):
        return Problem(
            "malformed",
            f"JSON was expected; at line {cause.lineno}, column {cause.colno} the body is not JSON "
            f"({cause.msg}). Mend it and send it again.",
        )
    return Problem("malformed", "The body cannot be read as JSON in UTF-8; mend it and send it again.")


def _database(exc: OperationalError | InterfaceError) -> Problem:
    """The database is busy, away or full. What was being written was rolled back."""
    _log.error("The database refused: %s", type(exc.__cause__ or exc).__name__)
    if is_full(exc):
        return Problem("no-room", "The server's disk is full or failing, so nothing was published or stored.")
    return Problem(
        "unavailable",
        "The database is busy or away. Nothing is known to be published: send the same again with the same "
        "Idempotency-Key, so that it happens once.",
        headers={"Retry-After": str(limits.RETRY_AFTER_SECONDS)},
    )


def _too_big(_exc: RequestDataTooBig) -> Problem:
    return Problem(
        "too-large", f"A body may have {limits.REQUEST_BODY_BYTES:,} bytes; this one has more. Send less."
    )


def _unreadable(_exc: Exception) -> Problem:
    return Problem("malformed", "The body broke off or is not a form as its header says; send it again.")


NOWHERE = Problem(
    "not-found", "There is nothing at this address; see /api/v1/openapi.json for those there are."
)


def _failed(exc: Exception) -> Problem:
    _log.error("The API failed", exc_info=exc)
    return Problem(
        "failed",
        "Something broke that should not; it is in the server's log under the number "
        f"{numbered.current()}. Try again or report it.",
    )


Handler: TypeAlias = Callable[[HttpRequest, Exception | type[Exception]], HttpResponse]


def _handler(translate: Callable[..., Problem]) -> Handler:
    return lambda _request, exc: problem_answer(translate(exc))


HANDLERS: Mapping[type[Exception], Handler] = {
    Problem: _handler(lambda problem: problem),
    Refused: _handler(_refused),
    InvalidDocument: _handler(_invalid_document),
    ValidationError: _handler(_invalid_fields),
    HttpError: _handler(_http_error),
    OperationalError: _handler(_database),
    InterfaceError: _handler(_database),
    RequestDataTooBig: _handler(_too_big),
    MultiPartParserError: _handler(_unreadable),
    UnreadablePostError: _handler(_unreadable),
    SuspiciousOperation: _handler(_unreadable),
    Http404: _handler(lambda _missing: NOWHERE),
    Exception: _handler(_failed),
}
