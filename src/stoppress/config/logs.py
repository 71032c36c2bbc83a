"""Logs: one line per fact on standard error, words on a terminal, JSON elsewhere. Numbers and names, never contents.

What a fault says of itself may quote a post, an address or a token: kept are its kind and where it happened, and its
words only where they are the system's (the disk, the network, the database). A path may hold the secret of a link:
kept is the route. Called once by every command that stays running.
"""

import logging
import sqlite3
import sys
import traceback
from collections.abc import Iterator
from typing import TextIO

import psycopg
import structlog
from django.db import InterfaceError, OperationalError
from structlog.typing import EventDict, WrappedLogger

from stoppress.lib import numbered

_FRAMES = 6  # of the innermost; the way there is always the same
_THE_SYSTEMS = (OSError, OperationalError, InterfaceError, sqlite3.OperationalError, psycopg.OperationalError)
_WORDS = 300  # of what the system said
_QUIET = ("django.request", "django.security")  # their lines quote addresses and headers


def configure(stream: TextIO | None = None) -> None:
    """Send structlog's and the standard library's lines through one format. `stream`: another than standard error."""
    shared: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=stream is None,
    )
    to = stream or sys.stderr
    last: structlog.types.Processor = (
        structlog.dev.ConsoleRenderer()
        if to.isatty()
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    handler = logging.StreamHandler(to)
    extra = structlog.stdlib.ExtraAdder(allow=[numbered.FIELD])
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, extra, _by_route],
            processors=[_without_contents, structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    # A mistyped address is not worth a line; what was refused or failed is told by the views themselves.
    logging.getLogger("django.request").setLevel(logging.ERROR)


def _by_route(_: WrappedLogger, __: str, line: EventDict) -> EventDict:
    """Django's own lines name the route instead of the path, and nothing that came with the request."""
    if not str(line.get("logger", "")).startswith(_QUIET):
        return line
    record: logging.LogRecord = line["_record"]
    request = getattr(record, "request", None)
    match = getattr(request, "resolver_match", None)
    line["event"] = "a request was refused" if record.levelno < logging.ERROR else "a request failed"
    line["status"] = getattr(record, "status_code", None)
    line["route"] = match.route if match else None
    return line


def _without_contents(_: WrappedLogger, __: str, line: EventDict) -> EventDict:
    """A fault as its kind and its place."""
    fault = _fault(line)
    line.pop("exc_info", None)
    line.pop("stack_info", None)
    if fault is not None:
        line["fault"] = " from ".join(_named(fault))
        line["at"] = _place(fault)
    return line


def _fault(line: EventDict) -> BaseException | None:
    came = line.get("exc_info")
    record = line.get("_record")
    if came is None and isinstance(record, logging.LogRecord):
        came = record.exc_info
    if came is True:
        came = sys.exc_info()
    if isinstance(came, tuple):
        came = came[1]
    return came if isinstance(came, BaseException) else None


def _named(fault: BaseException | None) -> Iterator[str]:
    while fault is not None:
        words = " ".join(str(fault).split())[:_WORDS] if isinstance(fault, _THE_SYSTEMS) else ""
        yield f"{type(fault).__name__}: {words}" if words else type(fault).__name__
        fault = fault.__cause__


def _place(fault: BaseException) -> str:
    """`file:line function`, from where it was caught to where it was raised."""
    frames = traceback.extract_tb(fault.__traceback__)[-_FRAMES:]
    return " > ".join(f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames)


def _short(path: str) -> str:
    """From the package on."""
    for root in ("/site-packages/", "/src/"):
        if root in path:
            return path.rpartition(root)[2]
    return path.rpartition("/")[2]
