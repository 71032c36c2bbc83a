"""Who may do what to people, invitations and tokens: the only doors to rows of the newsroom that change.

One condition per line, so that a test that misses a denial shows. Called by `actions/` and `queries.py`.
"""

from stoppress.newsroom.models import ApiToken, Invitation, Membership
from stoppress.newsroom.refusals import AdminsOnly, ManagersOnly, NotHere, WouldLockOut
from stoppress.newsroom.roles import MANAGING, Role, Staff


def may_lead_people(by: Staff) -> bool:
    """People, roles, invitations, others' tokens, the audit trail."""
    return by.role == Role.ADMIN


def check_people(by: Staff, deed: str) -> None:
    """Raises: AdminsOnly unless the role looks after people. `deed` completes "may not …"."""
    if not may_lead_people(by):
        raise AdminsOnly(f"A {by.role} may not {deed}; ask an admin.")


def check_manage(by: Staff, deed: str) -> None:
    """Raises: ManagersOnly unless the role looks after the title. `deed` completes "may not …"."""
    if by.role not in MANAGING:
        raise ManagersOnly(f"A {by.role} may not {deed}; ask a producer.")


def membership_to_change(by: Staff, user_id: int) -> Membership:
    """The person's place on this publisher's staff, locked until the transaction ends. Raises: NotHere."""
    found = (
        Membership.objects.select_for_update(of=("self",))
        .select_related("user")
        .filter(user_id=user_id, publisher_id=by.publisher_id)
        .first()
    )
    if found is None:
        raise NotHere("There is no such person on the staff; look at the list of people.")
    return found


def check_admin_remains(membership: Membership) -> None:
    """Raises: WouldLockOut when this is the last admin who can sign in. Locks the other admins' rows."""
    others = (
        Membership.objects.select_for_update(of=("self",))
        .select_related("user")
        .filter(publisher_id=membership.publisher_id, role=Role.ADMIN.value, user__is_active=True)
        .order_by("id")
    )
    if membership.role != Role.ADMIN:
        return
    if not membership.user.is_active:
        return
    if not any(other.pk != membership.pk and other.user.has_usable_password() for other in others):
        raise WouldLockOut(
            f"{membership.user} is the only admin who can sign in; make somebody else an admin first."
        )


def invitation_to_change(by: Staff, invitation_id: int) -> Invitation:
    """An open invitation of this publisher. Raises: NotHere."""
    found = Invitation.objects.filter(
        pk=invitation_id, publisher_id=by.publisher_id, used_at=None, withdrawn_at=None
    ).first()
    if found is None:
        raise NotHere("This invitation was used or taken back already.")
    return found


def token_to_change(by: Staff, token_id: int) -> ApiToken:
    """A working token: one's own, or anybody's for who looks after people. Raises: NotHere."""
    found = (
        ApiToken.objects.select_related("membership__user")
        .filter(pk=token_id, membership__publisher_id=by.publisher_id, revoked_at=None)
        .first()
    )
    missing = NotHere("There is no such token; it may have been revoked already.")
    if found is None:
        raise missing
    if found.membership.user_id == by.user_id:
        return found
    if not may_lead_people(by):
        raise missing
    return found
