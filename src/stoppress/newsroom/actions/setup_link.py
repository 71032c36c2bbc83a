"""The one-time link that makes the first editor."""

from datetime import timedelta

from django.db import transaction

from stoppress.accounts.models import User
from stoppress.lib import clock, limits
from stoppress.lib.ids import digest, new_secret
from stoppress.newsroom import queries
from stoppress.newsroom.actions.add_staff import put_on_staff
from stoppress.newsroom.actions.record import record
from stoppress.newsroom.deeds import Deed
from stoppress.newsroom.models import SetupLink
from stoppress.newsroom.refusals import NewsroomRefused
from stoppress.newsroom.roles import Role


def make_setup_link() -> str:
    """A new secret for `/desk/setup/<secret>/`; earlier unused ones stop working."""
    secret = new_secret()
    with transaction.atomic():
        SetupLink.objects.filter(used_at__isnull=True).delete()
        SetupLink.objects.create(digest=digest(secret))
    return secret


def use_setup_link(*, secret: str, email: str, name: str, password: str, address: str = "") -> User:
    """Make the first member of staff, an admin, and use the link up, in one transaction.

    Raises: NewsroomRefused when the link is unknown, used, too old, or somebody is on the staff already.
    """
    with transaction.atomic():
        link = queries.setup_link_open(secret)
        oldest = clock.now() - timedelta(hours=limits.SETUP_LINK_HOURS)
        used_up = SetupLink.objects.filter(pk=link.pk, used_at__isnull=True) if link else None
        if link is None or used_up is None or link.created_at < oldest or queries.has_staff():
            raise NewsroomRefused(
                "This set-up link was used or is too old; start `stoppress serve` again for a new one, "
                "or add staff with `stoppress staff add`."
            )
        used_up.update(used_at=clock.now())
        user = put_on_staff(email=email, role=Role.ADMIN, name=name, password=password)
        detail = f"{Role.ADMIN}, by the set-up link"
        record(Deed.JOINED, by=queries.staff_of(user), detail=detail, address=address, at=clock.now())
        return user
