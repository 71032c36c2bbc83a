"""The one place where the project asks what time it is.

Called by every room that needs "now". Tests replace the clock here and nowhere else.
"""

from datetime import UTC, datetime, timedelta


def now() -> datetime:
    """The present moment, aware, in UTC, cut to milliseconds.

    Milliseconds because that is what both databases, JavaScript and RFC 3339 text keep without loss.
    """
    moment = datetime.now(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def is_due(last: datetime | None, pause: timedelta, at: datetime) -> bool:
    """Whether `pause` has passed since `last`, or it never was. A clock that was set back makes it due, not late."""
    return last is None or not timedelta(0) <= at - last < pause


def rfc3339(moment: datetime) -> str:
    """`moment` as RFC 3339 text in UTC, `2026-11-22T18:05:00Z`; milliseconds only when there are any."""
    utc = moment.astimezone(UTC)
    precision = "milliseconds" if utc.microsecond else "seconds"
    return utc.isoformat(timespec=precision).replace("+00:00", "Z")
