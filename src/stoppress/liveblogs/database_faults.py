"""Which faults of the database pass by themselves, and which need somebody. Called by `api` and `desk`."""

from django.db import InterfaceError, OperationalError

PASSING = (
    OperationalError,
    InterfaceError,
)  # it is away, busy or full: what was being written was rolled back
_DISK_FULL = "53100"  # https://www.postgresql.org/docs/current/errcodes-appendix.html


def is_full(fault: Exception) -> bool:
    """Whether the disk that the database writes to has no room, or fails."""
    words = str(fault).lower()
    told = "full" in words or "disk i/o" in words
    return told or getattr(fault.__cause__, "sqlstate", "") == _DISK_FULL
