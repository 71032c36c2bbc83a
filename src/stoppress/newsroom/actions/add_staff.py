"""Puts a person on the staff."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from stoppress.accounts.models import User
from stoppress.lib import clock, limits
from stoppress.newsroom.actions.ensure_publisher import ensure_publisher
from stoppress.newsroom.actions.record import record
from stoppress.newsroom.deeds import Deed
from stoppress.newsroom.models import Membership
from stoppress.newsroom.refusals import NewsroomRefused
from stoppress.newsroom.roles import Role


@transaction.atomic
def add_staff(*, email: str, role: Role, name: str = "", password: str | None = None) -> User:
    """Make an account with a role at the publisher; an existing account gets the role, name and password given.

    For the command line. Without a password nobody can sign in to it until one is set.
    Raises: NewsroomRefused (address, name).
    """
    user = put_on_staff(email=email, role=role, name=name, password=password)
    record(Deed.STAFF_ADDED, whom=str(user), detail=role.value, at=clock.now())
    return user


def put_on_staff(*, email: str, role: Role, name: str, password: str | None) -> User:
    """The same in the caller's transaction, without a line in the audit trail: the caller knows who did it, and how."""
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise NewsroomRefused(f"{email!r} is not an e-mail address; give one like ana@example.org.") from None
    if len(address) > limits.EMAIL_CHARS or len(name) > limits.NAME_CHARS:
        raise NewsroomRefused(
            f"The address may have {limits.EMAIL_CHARS} characters and the name {limits.NAME_CHARS}; shorten them."
        )
    user = User.objects.filter(email=address).first() or User.objects.create_user(address, None)
    user.name = name.strip() or user.name or address.split("@")[0]
    if password is not None:
        user.set_password(password)
    user.save()
    Membership.objects.update_or_create(
        user=user, publisher=ensure_publisher(), defaults={"role": role.value}
    )
    return user
