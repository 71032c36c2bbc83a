"""Times in words, by the event's clock: for cards, lists and the schedule. Called by `shown.py` and template tags.

PURE: the present moment is given.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from stoppress.liveblogs.refusals import InvalidInput

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
LOCAL_FORM = "%Y-%m-%dT%H:%M"


def clock_words(at: datetime, zone: str, now: datetime) -> str:
    """Such as "18:05", "yesterday 18:05", "22 November, 18:05", and with its year when that is another."""
    local, today = at.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone)).date()
    clock = f"{local:%H:%M}"
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


def zone_name(local: datetime) -> str:
    """Such as "EET", or "UTC+04" where the zone has only a number for a name."""
    name = local.tzname() or "UTC"
    return f"UTC{name}" if name[0] in "+-" else name


def city(zone: str) -> str:
    """The place in a zone's name: "Kyiv" of "Europe/Kyiv"."""
    return zone.rsplit("/", 1)[-1].replace("_", " ")


def local_form(at: datetime | None, zone: str) -> str:
    """`at` as a date-time field of that zone holds it; "" for None."""
    return at.astimezone(ZoneInfo(zone)).strftime(LOCAL_FORM) if at else ""


def moment_of(local: str, zone: str) -> datetime:
    """The moment at which clocks in `zone` show `local`; the first of two when they show it twice.

    Raises: InvalidInput (no date-time, or an hour that clocks skip).
    """
    try:
        naive = datetime.strptime(local, LOCAL_FORM)  # noqa: DTZ007 (its zone comes in the next line)
    except ValueError:
        sentence = "Say when the post shall go out: a day and a time of the event's clock."
        raise InvalidInput("publish_at", sentence) from None
    at = naive.replace(tzinfo=ZoneInfo(zone))
    if at.astimezone(ZoneInfo("UTC")).astimezone(ZoneInfo(zone)).replace(tzinfo=None) != naive:
        raise InvalidInput(
            "publish_at", f"Clocks in {city(zone)} skip {naive:%H:%M} on that day; choose another time."
        )
    return at
