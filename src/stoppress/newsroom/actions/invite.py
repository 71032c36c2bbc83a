"""Invites people to the staff, and lets them in: one link, one person, one use."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from stoppress.accounts.models import User
from stoppress.lib import limits
from stoppress.lib.ids import digest, new_secret
from stoppress.newsroom import access, queries
from stoppress.newsroom.actions.add_staff import put_on_staff
from stoppress.newsroom.actions.record import record
from stoppress.newsroom.deeds import Deed
from stoppress.newsroom.models import Invitation, Membership
from stoppress.newsroom.printed_name import printed_name
from stoppress.newsroom.refusals import NewsroomRefused
from stoppress.newsroom.roles import Role, Staff

USED = "This invitation was used, taken back, or is too old; ask an admin of the newsroom for another."


@transaction.atomic
def invite(*, by: Staff, email: str, role: Role, at: datetime, address: str = "") -> str:
    """A new secret for `/desk/join/<secret>/`, valid for INVITATION_HOURS; an earlier one to the address ends.

    Raises: AdminsOnly; NewsroomRefused (no address, on the staff already, too many open invitations).
    """
    access.check_people(by, "invite people")
    wanted = email.strip().lower()
    _check_address(by, wanted)
    now_open = Invitation.objects.filter(publisher_id=by.publisher_id, used_at=None, withdrawn_at=None)
    now_open.filter(email=wanted).update(withdrawn_at=at)
    if now_open.filter(created_at__gt=queries.oldest_invitation(at)).count() >= limits.INVITATIONS_OPEN:
        raise NewsroomRefused(f"{limits.INVITATIONS_OPEN} invitations are open; take some back first.")
    secret = new_secret()
    Invitation.objects.create(
        publisher_id=by.publisher_id,
        email=wanted,
        role=role.value,
        digest=digest(secret),
        invited_by=by.name,
        created_at=at,
    )
    record(Deed.INVITED, by=by, whom=wanted, detail=role.value, address=address, at=at)
    return secret


def _check_address(by: Staff, address: str) -> None:
    try:
        validate_email(address)
    except ValidationError:
        raise NewsroomRefused(
            f"{address!r} is not an e-mail address; give one like ana@example.org."
        ) from None
    if len(address) > limits.EMAIL_CHARS:
        raise NewsroomRefused(f"An address may have {limits.EMAIL_CHARS} characters.")
    if Membership.objects.filter(user__email=address, publisher_id=by.publisher_id).exists():
        raise NewsroomRefused(f"{address} is on the staff already; change the role in the list instead.")


@transaction.atomic
def withdraw_invitation(*, by: Staff, invitation_id: int, at: datetime, address: str = "") -> None:
    """The link stops working at once. Raises: AdminsOnly, NotHere."""
    access.check_people(by, "take back invitations")
    invitation = access.invitation_to_change(by, invitation_id)
    Invitation.objects.filter(pk=invitation.pk).update(withdrawn_at=at)
    record(Deed.INVITATION_WITHDRAWN, by=by, whom=invitation.email, address=address, at=at)


@transaction.atomic
def accept_invitation(*, secret: str, name: str, password: str, at: datetime, address: str = "") -> User:
    """Make the account with the role that the invitation names, and use the link up. One of two who race gets in.

    Raises: NewsroomRefused (used, withdrawn, too old; a name that cannot be printed).
    """
    shown = printed_name(name)
    invitation = queries.invitation_open(secret, at)
    used = Invitation.objects.filter(digest=digest(secret), used_at=None, withdrawn_at=None).update(
        used_at=at
    )
    if invitation is None or not used:
        raise NewsroomRefused(USED)
    role = Role(invitation.role)
    user = put_on_staff(email=invitation.email, role=role, name=shown, password=password)
    record(Deed.JOINED, by=queries.staff_of(user), detail=invitation.role, address=address, at=at)
    return user
