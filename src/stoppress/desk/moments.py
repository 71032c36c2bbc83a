"""Times in words, by the event's clock: for cards, lists and the schedule. Called by `shown.py` and template tags.

PURE: the present moment is given.
"""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from stoppress.liveblogs.actions import content
from stoppress.liveblogs.promises import is_shown_twice, is_skipped
from stoppress.liveblogs.refusals import InvalidInput
from stoppress.render.times import zone_name

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
_MONTH = timedelta(days=31)
LOCAL_FORM = "%Y-%m-%dT%H:%M"
_LOCAL = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?:[+-]\d\d:\d\d)?")


def clock_words(at: datetime, zone: str, now: datetime) -> str:
    """Such as "18:05", "yesterday 18:05", "22 November, 18:05", and with its year when that is another.

    A time that clocks there show twice comes with its zone's name: "02:30 CET".
    """
    local, today = at.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone)).date()
    clock = f"{local:%H:%M}"
    if is_shown_twice(local.replace(tzinfo=None), ZoneInfo(zone)):
        clock = f"{clock} {zone_name(local)}"
    if local.date() == today:
        return clock
    if local.date() == today - timedelta(days=1):
        return f"yesterday {clock}"
    year = "" if local.year == today.year else f" {local.year}"
    return f"{local.day} {_MONTHS[local.month - 1]}{year}, {clock}"


def age_words(at: datetime, now: datetime) -> str:
    """How long ago, as one says it: "just now", "6 min ago", "3 h ago", "5 days ago"."""
    seconds = int((now - at).total_seconds())
    if seconds < _MINUTE:
        return "just now"
    if seconds < _HOUR:
        return f"{seconds // _MINUTE} min ago"
    if seconds < _DAY:
        return f"{seconds // _HOUR} h ago"
    days = seconds // _DAY
    return f"{days} day{'' if days == 1 else 's'} ago"


def age_or_date(at: datetime, now: datetime) -> str:
    """How long ago; of what is older than a month, the day: "5 March 2021"."""
    if now - at <= _MONTH:
        return age_words(at, now)
    return f"{at.day} {_MONTHS[at.month - 1]} {at.year}"


def schedule_words(at: datetime, zone: str, now: datetime) -> str:
    """Such as "today at 18:30 in Kyiv (EET)": what the reporter checks before walking away."""
    local, today = at.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone)).date()
    distance = (local.date() - today).days
    date = f"on {_DAYS[local.weekday()]} {local.day} {_MONTHS[local.month - 1]}"
    day = {0: "today", 1: "tomorrow"}.get(distance, date)
    return f"{day} at {local:%H:%M} in {city(zone)} ({zone_name(local)})"


def due_clock(due: datetime, zone: str, now: datetime) -> str:
    """Such as "15:00 EET", with the day of the week when that is another."""
    local = due.astimezone(ZoneInfo(zone))
    day = "" if local.date() == now.astimezone(ZoneInfo(zone)).date() else f"{_DAYS[local.weekday()]} "
    return f"{day}{local:%H:%M} {zone_name(local)}"


def due_words(due: datetime, clock: str, now: datetime) -> str:
    """Such as "due 15:00 EET, in 12 min" or "overdue: 15:00 EET, 3 min ago"; web/editor/words.ts goes on saying it."""
    if due <= now:
        return f"overdue: {clock}, {age_words(due, now)}"
    minutes = int((due - now).total_seconds()) // _MINUTE
    hours = f"{minutes // _MINUTE} h {minutes % _MINUTE} min" if minutes >= _MINUTE else f"{minutes} min"
    return f"due {clock}, in {hours if minutes else 'less than a minute'}"


def city(zone: str) -> str:
    """The place in a zone's name: "Kyiv" of "Europe/Kyiv"; "UTC+3" of "Etc/GMT-3", which counts westwards."""
    name = zone.rsplit("/", 1)[-1].replace("_", " ")
    return re.sub(r"^GMT([+-])(?=\d)", lambda sign: "UTC+" if sign[1] == "-" else "UTC-", name)


def local_form(at: datetime | None, zone: str) -> str:
    """`at` as a date-time field of that zone holds it; "" for None.

    When clocks there show that time twice, its offset from UTC follows, and tells which of the two it is.
    """
    if at is None:
        return ""
    local = at.astimezone(ZoneInfo(zone))
    if is_shown_twice(local.replace(tzinfo=None), ZoneInfo(zone)):
        return local.isoformat(timespec="minutes")
    return local.strftime(LOCAL_FORM)


def plain_form(at: datetime | None, zone: str) -> str:
    """The same without an offset, for a field that no script helps; `moment_in` reads it."""
    return at.astimezone(ZoneInfo(zone)).strftime(LOCAL_FORM) if at else ""


def moment_in(field: str, local: str, zone: str) -> datetime | None:
    """What a field that may be empty says, in UTC; of a time that clocks show twice, the first.

    Raises: InvalidInput (no date-time, no such zone, a time that clocks skip).
    """
    if not local:
        return None
    there = ZoneInfo(content.timezone(zone))
    try:
        naive, _ = _local(local)
        moment, skipped = naive.replace(tzinfo=there).astimezone(UTC), is_skipped(naive, there)
    except (InvalidInput, OverflowError):
        raise InvalidInput(field, "A day and a time by the event's clock were expected.") from None
    if skipped:
        raise InvalidInput(
            field, f"Clocks in {city(zone)} skip {naive:%H:%M} on that day; choose another time."
        )
    return moment


def moment_of(local: str, zone: str) -> datetime:
    """The moment at which clocks in `zone` show `local`, in UTC.

    Raises: InvalidInput (no date-time; a time that clocks skip; one that they show twice, when no offset from UTC
    says which of the two it is).
    """
    naive, offset = _local(local)
    there = ZoneInfo(zone)
    if is_skipped(naive, there):
        raise InvalidInput(
            "publish_at", f"Clocks in {city(zone)} skip {naive:%H:%M} on that day; choose another time."
        )
    moments = [naive.replace(tzinfo=there, fold=fold) for fold in (0, 1)]
    if not is_shown_twice(naive, there):
        moments = moments[:1]
    fitting = [at for at in moments if offset in (None, at.utcoffset())]
    if len(fitting) == 1:
        return fitting[0].astimezone(UTC)
    if not fitting:
        raise InvalidInput("publish_at", "The time and its offset from UTC do not fit the event’s clock.")
    first, second = (zone_name(at) for at in moments)
    raise InvalidInput(
        "publish_at",
        f"Clocks in {city(zone)} show {naive:%H:%M} twice on that day, first in {first}, then in {second}; "
        "say which of the two is meant.",
    )


def _local(text: str) -> tuple[datetime, timedelta | None]:
    """A wall clock and its offset from UTC, if it has one. Raises: InvalidInput."""
    if _LOCAL.fullmatch(text):
        try:
            given = datetime.fromisoformat(text)
        except ValueError:
            pass
        else:
            return given.replace(tzinfo=None), given.utcoffset()
    raise InvalidInput("publish_at", "Say when the post shall go out: a day and a time of the event's clock.")
