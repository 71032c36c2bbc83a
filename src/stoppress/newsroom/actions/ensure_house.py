"""The account that acts when no person does: imports from the command line, the worker."""

from django.db import transaction

from stoppress.accounts.models import User
from stoppress.newsroom.actions.ensure_publisher import ensure_publisher
from stoppress.newsroom.roles import Role, Staff

ADDRESS = "house@stoppress.invalid"  # RFC 2606: can never receive mail
NAME = "Stoppress"


@transaction.atomic
def ensure_house() -> Staff:
    """The house itself as a member of staff: an account that nobody can sign in to, made when it is not there."""
    account = User.objects.filter(email=ADDRESS).first()
    if account is None:
        account = User.objects.create_user(ADDRESS, None, name=NAME)
        account.is_active = False
        account.save(update_fields=["is_active"])
    return Staff(account.pk, NAME, Role.ADMIN, ensure_publisher().pk)
