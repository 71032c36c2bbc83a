"""Gives out and takes back API tokens, and notes that they are used."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from stoppress.lib import clock, limits
from stoppress.lib.ids import digest, new_secret
from stoppress.newsroom import access
from stoppress.newsroom.actions.record import record
from stoppress.newsroom.deeds import Deed
from stoppress.newsroom.models import ApiToken, Membership
from stoppress.newsroom.refusals import NewsroomRefused
from stoppress.newsroom.roles import Staff

PREFIX = "spt_"  # lets secret scanners recognise one


@transaction.atomic
def issue_token(*, email: str, name: str = "") -> str:
    """A new token that can do what `email`'s role can do, for the command line.

    The secret is returned here and stored nowhere. Raises: NewsroomRefused (nobody with that address on the staff).
    """
    membership = Membership.objects.filter(user__email=email.strip().lower()).order_by("id").first()
    if membership is None:
        raise NewsroomRefused(
            f"Nobody on the staff has the address {email!r}; add them first: "
            f"stoppress staff add {email} --role reporter."
        )
    secret, token = _made(membership, name)
    record(Deed.TOKEN_MADE, whom=token.name, detail=f"for {membership.user}", at=clock.now())
    return secret


@transaction.atomic
def issue_own_token(*, by: Staff, name: str, at: datetime, address: str = "") -> str:
    """The same for oneself, on the desk. Raises: NewsroomRefused (no name, too many tokens)."""
    if not name.strip():
        raise NewsroomRefused("Give the token a name that says what uses it.")
    membership = Membership.objects.select_for_update().get(user_id=by.user_id, publisher_id=by.publisher_id)
    if membership.tokens.filter(revoked_at=None).count() >= limits.TOKENS_PER_PERSON:
        raise NewsroomRefused(f"You have {limits.TOKENS_PER_PERSON} tokens; revoke those that nothing uses.")
    secret, token = _made(membership, name.strip())
    record(Deed.TOKEN_MADE, by=by, whom=token.name, address=address, at=at)
    return secret


def _made(membership: Membership, name: str) -> tuple[str, ApiToken]:
    secret = PREFIX + new_secret()
    shown = (name or "API token")[: limits.NAME_CHARS]
    return secret, ApiToken.objects.create(membership=membership, name=shown, digest=digest(secret))


@transaction.atomic
def revoke_token(*, by: Staff, token_id: int, at: datetime, address: str = "") -> None:
    """The token stops working at once; its row stays for the record. Raises: NotHere (unknown, another's)."""
    token = access.token_to_change(by, token_id)
    ApiToken.objects.filter(pk=token.pk).update(revoked_at=at)
    theirs = token.membership.user_id != by.user_id
    owner = f"of {token.membership.user}" if theirs else ""
    record(Deed.TOKEN_REVOKED, by=by, whom=token.name, detail=owner, address=address, at=at)


def note_token_use(*, secret: str, at: datetime) -> None:
    """The token was used now; written at most once a minute."""
    before = at - timedelta(seconds=limits.TOKEN_NOTED_SECONDS)
    ApiToken.objects.filter(Q(last_used_at=None) | Q(last_used_at__lt=before), digest=digest(secret)).update(
        last_used_at=at
    )
