"""Gives out and takes back API tokens."""

from stoppress.lib import clock, limits
from stoppress.lib.ids import digest, new_secret
from stoppress.newsroom.models import ApiToken, Membership
from stoppress.newsroom.refusals import NewsroomRefused

PREFIX = "spt_"  # lets secret scanners recognise one


def issue_token(*, email: str, name: str = "") -> str:
    """A new token that can do what `email`'s role can do. The secret is returned here and stored nowhere.

    Raises: NewsroomRefused (nobody with that address is on the staff).
    """
    membership = Membership.objects.filter(user__email=email.strip().lower()).order_by("id").first()
    if membership is None:
        raise NewsroomRefused(
            f"Nobody on the staff has the address {email!r}; add them first: "
            f"stoppress staff add {email} --role reporter."
        )
    secret = PREFIX + new_secret()
    ApiToken.objects.create(
        membership=membership, name=(name or "API token")[: limits.NAME_CHARS], digest=digest(secret)
    )
    return secret


def revoke_token(*, token_id: int, publisher_id: int) -> None:
    """The token stops working at once; its row stays for the record."""
    ApiToken.objects.filter(pk=token_id, membership__publisher_id=publisher_id).update(revoked_at=clock.now())
