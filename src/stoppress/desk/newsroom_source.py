"""What the desk's own streams tell: states for those who listen, as long as they are signed in.

Built by `cli`, asked by `edge/newsroom.py` in a thread of its own. Reads only.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import close_old_connections

from stoppress.events.seat import Seat
from stoppress.lib import clock
from stoppress.liveblogs import queries
from stoppress.liveblogs.newsroom_state import newsroom_states
from stoppress.liveblogs.refusals import NotFound
from stoppress.newsroom.roles import Staff
from stoppress.newsroom.signed_in import still_signed_in


class NewsroomSource:
    """See `edge.newsroom.Source`."""

    def states(self, seats: Sequence[Seat]) -> Mapping[Seat, str]:
        """The state for each seat that may see one."""
        close_old_connections()  # a database that went away and came back gets a fresh connection
        return states(seats, clock.now())


def states(seats: Sequence[Seat], at: datetime) -> dict[Seat, str]:
    """The state for each seat whose sign-in stands. Rows are read once for each live blog."""
    people = still_signed_in([seat.session_id for seat in seats], at)
    places: dict[tuple[str, int], dict[Seat, Staff]] = {}
    for seat in seats:
        by = people.get(seat.session_id)
        if by is not None and by.user_id == seat.user_id:
            places.setdefault((seat.slug, by.publisher_id), {})[seat] = by
    found: dict[Seat, str] = {}
    for (slug, _), colleagues in places.items():
        found |= _at_one(slug, colleagues, at)
    return found


def _at_one(slug: str, people: Mapping[Seat, Staff], at: datetime) -> dict[Seat, str]:
    try:
        blog = queries.liveblog_for(next(iter(people.values())), slug)
    except NotFound:
        return {}
    shown = newsroom_states(blog, people.values(), at)
    texts = {by: json.dumps(one, ensure_ascii=False, separators=(",", ":")) for by, one in shown.items()}
    return {seat: texts[by] for seat, by in people.items()}
