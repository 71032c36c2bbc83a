"""Who is who: the doors through which desk, API and command line find the person behind a request. Reads only."""

from django.contrib.auth.models import AnonymousUser

from stoppress.accounts.models import User
from stoppress.lib.ids import digest
from stoppress.newsroom.models import ApiToken, Membership, Publisher, SetupLink
from stoppress.newsroom.roles import Role, Staff


def _staff(membership: Membership) -> Staff:
    return Staff(
        user_id=membership.user_id,
        name=str(membership.user),
        role=Role(membership.role),
        publisher_id=membership.publisher_id,
    )


def staff_of(user: User | AnonymousUser) -> Staff | None:
    """The person with their role, or None: not signed in, switched off, or not on the staff."""
    if not isinstance(user, User) or not user.is_active:
        return None
    membership = Membership.objects.select_related("user").filter(user=user).order_by("id").first()
    return _staff(membership) if membership else None


def staff_by_email(email: str) -> Staff | None:
    """The same, by address: for the command line, where whoever has the data folder may speak for anyone."""
    user = User.objects.filter(email=email.strip().lower()).first()
    return staff_of(user) if user else None


def staff_by_id(user_id: int) -> Staff | None:
    """The same, by account number: for work that was asked for earlier, such as a scheduled post."""
    user = User.objects.filter(pk=user_id).first()
    return staff_of(user) if user else None


def staff_by_token(secret: str) -> Staff | None:
    """Whose API token this is, or None: unknown, revoked, or its owner is switched off."""
    token = (
        ApiToken.objects.select_related("membership__user")
        .filter(digest=digest(secret), revoked_at__isnull=True, membership__user__is_active=True)
        .first()
    )
    return _staff(token.membership) if token else None


def setup_link_open(secret: str) -> SetupLink | None:
    """The unused set-up link with this secret."""
    return SetupLink.objects.filter(digest=digest(secret), used_at__isnull=True).first()


def has_staff() -> bool:
    """Whether anybody can sign in to the desk."""
    return Membership.objects.exists()


def publisher() -> Publisher | None:
    """The first publisher: the only one until a newsroom adds more."""
    return Publisher.objects.order_by("id").first()
