"""What people change about themselves: the name in the byline."""

from datetime import datetime

from django.db import transaction

from stoppress.accounts.models import User
from stoppress.newsroom.actions.record import record
from stoppress.newsroom.deeds import Deed
from stoppress.newsroom.printed_name import printed_name
from stoppress.newsroom.roles import Staff


@transaction.atomic
def change_name(*, by: Staff, name: str, at: datetime, address: str = "") -> str:
    """The name that new posts carry; what is published keeps the name it came with. Returns it as printed.

    Raises: NewsroomRefused (empty, too long, hidden characters).
    """
    shown = printed_name(name)
    if shown != by.name:
        User.objects.filter(pk=by.user_id).update(name=shown)
        record(Deed.NAME_CHANGED, by=by, detail=f"→ {shown}", address=address, at=at)
    return shown
