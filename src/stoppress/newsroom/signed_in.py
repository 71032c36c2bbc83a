"""Whether people who once signed in still are: for streams, which no request renews. Reads only.

Called by `desk/newsroom_source.py`.
"""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.sessions.models import Session

from stoppress.accounts.models import DeskSession
from stoppress.newsroom.actions.desk_sessions import is_over
from stoppress.newsroom.models import Membership
from stoppress.newsroom.queries import factors_of
from stoppress.newsroom.roles import Role, Staff


def session_number(session_key: str, user_id: int) -> int | None:
    """The number by which a browser's sign-in is called where its key must not stand."""
    found = DeskSession.objects.filter(session_key=session_key, user_id=user_id)
    return found.values_list("pk", flat=True).first()


def still_signed_in(sessions: Iterable[int], at: datetime) -> dict[int, Staff]:
    """Of these sign-ins those that stand, each with its person as they are now.

    Missing: signed out, ended elsewhere, idle or too old, switched off, off the staff, or owing a second factor.
    """
    rows = DeskSession.objects.filter(pk__in=set(sessions), user__is_active=True)
    standing = [row for row in rows if not is_over(row, at)]
    keys = [row.session_key for row in standing]
    alive = set(
        Session.objects.filter(session_key__in=keys, expire_date__gt=at).values_list("session_key", flat=True)
    )
    people = _staff({row.user_id for row in standing if row.session_key in alive})
    return {
        row.pk: people[row.user_id] for row in standing if row.session_key in alive and row.user_id in people
    }


def _staff(user_ids: set[int]) -> dict[int, Staff]:
    """As `queries.staff_of`, for several at once; less those who owe a second factor."""
    memberships: dict[int, Membership] = {}
    for row in (
        Membership.objects.select_related("user", "publisher").filter(user_id__in=user_ids).order_by("id")
    ):
        memberships.setdefault(row.user_id, row)
    asked = [user_id for user_id, row in memberships.items() if row.publisher.two_factor_required]
    owing = (
        set(asked) - {user_id for user_id, factors in factors_of(asked).items() if factors}
        if asked
        else set()
    )
    return {
        user_id: Staff(user_id, str(row.user), Role(row.role), row.publisher_id)
        for user_id, row in memberships.items()
        if user_id not in owing
    }
