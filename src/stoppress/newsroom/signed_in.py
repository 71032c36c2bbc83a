"""Whether people who once signed in still are: for streams, which no request renews. Reads only.

Called by `desk/newsroom_source.py`.
"""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.sessions.models import Session

from stoppress.accounts.models import DeskSession, User
from stoppress.newsroom.actions.desk_sessions import is_over
from stoppress.newsroom.queries import owes_second_factor, staff_of
from stoppress.newsroom.roles import Staff


def session_number(session_key: str, user_id: int) -> int | None:
    """The number by which a browser's sign-in is called where its key must not stand."""
    found = DeskSession.objects.filter(session_key=session_key, user_id=user_id)
    return found.values_list("pk", flat=True).first()


def still_signed_in(sessions: Iterable[int], at: datetime) -> dict[int, Staff]:
    """Of these sign-ins those that stand, each with its person as they are now.

    Missing: signed out, ended elsewhere, idle or too old, switched off, off the staff, or owing a second factor.
    """
    rows = DeskSession.objects.select_related("user").filter(pk__in=set(sessions))
    standing = [row for row in rows if not is_over(row, at)]
    keys = [row.session_key for row in standing]
    alive = set(
        Session.objects.filter(session_key__in=keys, expire_date__gt=at).values_list("session_key", flat=True)
    )
    people = {row.user_id: row.user for row in standing if row.session_key in alive}
    staff = {user_id: by for user_id, user in people.items() if (by := _admitted(user)) is not None}
    return {
        row.pk: staff[row.user_id] for row in standing if row.session_key in alive and row.user_id in staff
    }


def _admitted(user: User) -> Staff | None:
    by = staff_of(user)
    return None if by is None or owes_second_factor(by) else by
