"""What one shift owes the next: notes and promises. Only the newsroom sees any of it."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse

from stoppress.desk.door import desk_view
from stoppress.desk.views.liveblog import deed_in
from stoppress.lib import clock
from stoppress.liveblogs import queries
from stoppress.liveblogs.actions.hand_over import keep_promise, promise, take_handover
from stoppress.liveblogs.promises import next_time
from stoppress.liveblogs.refusals import InvalidInput
from stoppress.newsroom.roles import Staff


@desk_view("POST")
def take(request: HttpRequest, by: Staff, slug: str, note_id: int) -> HttpResponse:
    """The note has been read by whoever takes over."""

    def act() -> int:
        return take_handover(by=by, slug=slug, note_id=note_id, at=clock.now())

    return deed_in(request, by, slug, act, "Taken over. The note stays under “On shift”.")


@desk_view("POST")
def write_down(request: HttpRequest, by: Staff, slug: str) -> HttpResponse:
    """A promise: `text`, and a `time` of day by the event's clock, or none."""
    at = clock.now()
    due_at = _due(request.POST.get("time", ""), queries.liveblog_for(by, slug).timezone, at)

    def act() -> int:
        return promise(by=by, slug=slug, text=request.POST.get("text", ""), due_at=due_at, at=at)

    return deed_in(request, by, slug, act, "Written down.")


@desk_view("POST")
def keep(request: HttpRequest, by: Staff, slug: str, reminder_id: int) -> HttpResponse:
    """A promise is ticked off."""

    def act() -> int:
        return keep_promise(by=by, slug=slug, reminder_id=reminder_id, at=clock.now())

    return deed_in(request, by, slug, act, "Ticked off.")


def _due(local: str, zone: str, at: datetime) -> datetime | None:
    """The next moment at which clocks there show `local`."""
    if not local:
        return None
    try:
        wall = time.fromisoformat(local)
    except ValueError:
        raise InvalidInput("time", "Say the time by the event's clock, such as 15:00, or none.") from None
    return next_time(wall.replace(second=0, microsecond=0, tzinfo=None), ZoneInfo(zone), at)
