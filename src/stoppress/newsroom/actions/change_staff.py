"""Changes what people on the staff may do: their role, and whether they may come in at all."""

from datetime import datetime

from django.db import transaction

from stoppress.accounts.models import User
from stoppress.newsroom import access
from stoppress.newsroom.actions.desk_sessions import end_every_session
from stoppress.newsroom.actions.record import record
from stoppress.newsroom.deeds import Deed
from stoppress.newsroom.models import ApiToken, Membership
from stoppress.newsroom.roles import Role, Staff


@transaction.atomic
def change_role(*, by: Staff, user_id: int, role: Role, at: datetime, address: str = "") -> None:
    """The person may do what `role` may from their next request on; so may their tokens.

    Raises: AdminsOnly, NotHere, WouldLockOut.
    """
    access.check_people(by, "change roles")
    membership = access.membership_to_change(by, user_id)
    before = membership.role
    if before == role:
        return
    access.check_admin_remains(membership)
    Membership.objects.filter(pk=membership.pk).update(role=role.value)
    change = f"{before} → {role.value}"
    record(Deed.ROLE_CHANGED, by=by, whom=str(membership.user), detail=change, address=address, at=at)


@transaction.atomic
def switch_off(*, by: Staff, user_id: int, at: datetime, address: str = "") -> None:
    """The person can no longer sign in; their sessions end and their tokens are revoked at once.

    What they wrote stays. Raises: AdminsOnly, NotHere, WouldLockOut.
    """
    access.check_people(by, "switch people off")
    membership = access.membership_to_change(by, user_id)
    access.check_admin_remains(membership)
    User.objects.filter(pk=user_id).update(is_active=False)
    end_every_session(user_id=user_id)
    ApiToken.objects.filter(membership__user_id=user_id, revoked_at=None).update(revoked_at=at)
    record(Deed.SWITCHED_OFF, by=by, whom=str(membership.user), address=address, at=at)


@transaction.atomic
def switch_on(*, by: Staff, user_id: int, at: datetime, address: str = "") -> None:
    """The person can sign in again, with the password and role they had; tokens stay revoked.

    Raises: AdminsOnly, NotHere.
    """
    access.check_people(by, "switch people on")
    membership = access.membership_to_change(by, user_id)
    User.objects.filter(pk=user_id).update(is_active=True)
    record(Deed.SWITCHED_ON, by=by, whom=str(membership.user), address=address, at=at)
