"""What the desk's own streams tell: states for those who listen, as long as they are signed in.

Built by `cli`, asked by `edge/newsroom.py` in a thread of its own. Reads only.
"""

import json
from collections.abc import Mapping, Sequence

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
        """The state for each seat that may see one; rows are read once for each live blog."""
        close_old_connections()  # a database that went away and came back gets a fresh connection
        at = clock.now()
        people = still_signed_in([seat.session_id for seat in seats], at)
        found: dict[Seat, str] = {}
        for slug in dict.fromkeys(seat.slug for seat in seats):
            here = {
                seat: person
                for seat in seats
                if seat.slug == slug
                and (person := people.get(seat.session_id)) is not None
                and person.user_id == seat.user_id
            }
            for publisher_id in {person.publisher_id for person in here.values()}:
                colleagues = {seat: one for seat, one in here.items() if one.publisher_id == publisher_id}
                found |= _states(slug, colleagues)
        return found


def _states(slug: str, people: Mapping[Seat, Staff]) -> dict[Seat, str]:
    at = clock.now()
    try:
        blog = queries.liveblog_for(next(iter(people.values())), slug)
    except NotFound:
        return {}
    states = newsroom_states(blog, people.values(), at)
    return {
        seat: json.dumps(states[by], ensure_ascii=False, separators=(",", ":")) for seat, by in people.items()
    }
