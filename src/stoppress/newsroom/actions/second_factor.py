"""The house rule on second factors, and the way back in for somebody who lost theirs."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from stoppress.newsroom import access
from stoppress.newsroom.actions.desk_sessions import end_every_session
from stoppress.newsroom.actions.record import record
from stoppress.newsroom.deeds import Deed
from stoppress.newsroom.models import Membership, Publisher
from stoppress.newsroom.refusals import NewsroomRefused
from stoppress.newsroom.roles import Staff


@transaction.atomic
def require_second_factor(*, by: Staff, required: bool, at: datetime, address: str = "") -> None:
    """Whether, from the next request on, whoever has no second factor must set one up first.

    API tokens are not asked. Raises: AdminsOnly.
    """
    access.check_people(by, "change house rules")
    if (
        Publisher.objects.filter(pk=by.publisher_id)
        .exclude(two_factor_required=required)
        .update(two_factor_required=required)
    ):
        record(
            Deed.FACTOR_RULE, by=by, detail="required" if required else "not required", address=address, at=at
        )


@transaction.atomic
def remove_second_factor(*, by: Staff, user_id: int, at: datetime, address: str = "") -> None:
    """Somebody lost theirs: authenticator, passkeys and recovery codes go, and every session ends.

    The password alone then signs in, once; where the house rule stands, a new factor comes first.
    Raises: AdminsOnly, NotHere.
    """
    access.check_people(by, "remove others' second factor")
    membership = access.membership_to_change(by, user_id)
    _forget(user_id)
    record(Deed.FACTOR_REMOVED, by=by, whom=str(membership.user), address=address, at=at)


@transaction.atomic
def forget_second_factor(*, email: str, at: datetime) -> bool:
    """The same from the command line, for the only admin who lost theirs. Returns whether there was one.

    Raises: NewsroomRefused (nobody with that address is on the staff).
    """
    membership = Membership.objects.select_related("user").filter(user__email=email.strip().lower()).first()
    if membership is None:
        raise NewsroomRefused(f"Nobody on the staff has the address {email!r}; look for the right one.")
    forgotten = _forget(membership.user_id)
    if forgotten:
        record(Deed.FACTOR_REMOVED, whom=str(membership.user), at=at)
    return forgotten


def _forget(user_id: int) -> bool:
    gone, _ = Authenticator.objects.filter(user_id=user_id).delete()
    end_every_session(user_id=user_id)
    return bool(gone)
