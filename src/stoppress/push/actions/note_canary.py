"""Writes down what came of the latest trial."""

from datetime import datetime

from stoppress.lib import limits
from stoppress.push.models import Canary

_ONE = 1


def note_canary(*, at: datetime, took_ms: int, fault: str) -> None:
    """`fault`: a sentence for the desk, or "" when all went well. One row, no event."""
    kept = {"at": at, "took_ms": took_ms, "fault": fault[: limits.REASON_CHARS]}
    Canary.objects.update_or_create(pk=_ONE, defaults=kept)
