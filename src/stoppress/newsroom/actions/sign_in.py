"""Writes sign-ins into the audit trail: those that succeed, those that fail, and sign-outs."""

from datetime import datetime

from django.db import transaction

from stoppress.accounts.models import User
from stoppress.newsroom import queries
from stoppress.newsroom.actions.desk_sessions import end_every_session
from stoppress.newsroom.actions.record import record
from stoppress.newsroom.deeds import Deed
from stoppress.newsroom.queries import KNOWN_DEVICE


def note_sign_in(*, user: User, address: str, means: str, at: datetime) -> None:
    """Add the line. `means`: with what, in words."""
    record(
        Deed.SIGNED_IN, by=queries.staff_of(user), whom=_stranger(user), detail=means, address=address, at=at
    )


def note_failed_sign_in(*, email: str, address: str, known_device: bool, at: datetime) -> None:
    """Add the line that later attempts are counted by. `email` is what was typed, checked to be an address."""
    detail = KNOWN_DEVICE if known_device else ""
    record(Deed.SIGN_IN_FAILED, whom=email, detail=detail, address=address or "unknown", at=at)


def note_failed_code(*, user: User, address: str, at: datetime) -> None:
    """Add the line: the password was right, the second factor was not."""
    record(Deed.CODE_FAILED, whom=user.email, address=address or "unknown", at=at)


def note_sign_out(*, user: User, address: str, at: datetime) -> None:
    """Add the line."""
    record(Deed.SIGNED_OUT, by=queries.staff_of(user), whom=_stranger(user), address=address, at=at)


@transaction.atomic
def note_own_change(*, user: User, deed: Deed, detail: str, key: str, address: str, at: datetime) -> None:
    """A password or a second factor changed: every session but this one (`key`) ends, and the line is added."""
    if deed is not Deed.CODES_MADE:
        end_every_session(user_id=user.pk, but=key)
    by = queries.staff_of(user)
    record(deed, by=by, whom=_stranger(user), detail=detail, address=address, at=at)


def _stranger(user: User) -> str:
    """The address, where no member of staff gives the line a name."""
    return "" if queries.staff_of(user) else user.email
