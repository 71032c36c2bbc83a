"""Whose it is and where it goes: from what came in a channel to posts on live blogs.

Called by `views.py` and `mailbox.py`. Writes nothing itself; `actions/` do.
"""

from datetime import datetime

from stoppress.intake import queries
from stoppress.intake.actions.follow import follow_deletion, follow_edit
from stoppress.intake.actions.take_message import take_message
from stoppress.intake.models import Channel, Item, Route
from stoppress.intake.refusals import Later, NotTaken
from stoppress.intake.said import Came, Deleted, Said
from stoppress.lib import limits
from stoppress.liveblogs.refusals import Busy, NoRoom, Refused
from stoppress.newsroom.queries import staff_by_id
from stoppress.newsroom.roles import Staff


def take(channel: Channel, came: Came, at: datetime) -> int:
    """Do what `came` asks for, on every live blog that its place leads to; returns on how many.

    The same again does nothing again. Raises: NotTaken (unknown sender or place, no right), Later (try again).
    """
    routes = queries.routes_for(channel, came.places)
    if not routes:
        raise NotTaken(f"No live blog takes in what comes to {_shown(', '.join(came.places))} here.")
    try:
        done = [route for route in routes if _take(route, came, at) is not None]
    except (Busy, NoRoom) as full:
        raise Later(str(full)) from full
    except Refused as refused:
        raise NotTaken(str(refused)) from refused
    return len(done)


def _take(route: Route, came: Came, at: datetime) -> Item | None:
    item = queries.item_of(route.channel, route.liveblog_id, came.message)
    by = _sender(route.channel, came, item)
    if isinstance(came, Deleted):
        return follow_deletion(item=item, direct=route.direct, by=by, at=at) if item else None
    if item:
        return follow_edit(item=item, said=came, by=by, at=at)
    if came.is_edit and at.timestamp() - came.said_at > limits.INTAKE_LATE_SECONDS:
        return None  # an old message, never taken in
    return take_message(route=route, said=came, by=by, at=at)


def _sender(channel: Channel, came: Came, item: Item | None) -> Staff:
    """Raises: NotTaken. A deletion that names nobody is its author's."""
    if isinstance(came, Said) or came.sender:
        found = queries.staff_for(channel, came.sender)
    else:
        found = staff_by_id(item.by_id) if item and item.by_id else None
        if item is None:
            raise NotTaken("A message was deleted that was never taken in.")
    if found is None:
        raise NotTaken(
            f"{_shown(came.sender) or 'The sender'} is nobody on the staff that this channel knows; "
            "a producer can say who it is."
        )
    return found


def _shown(text: str) -> str:
    """What others wrote, fit for a log."""
    return "".join(char for char in text if char.isprintable())[: limits.FAULT_CHARS]
