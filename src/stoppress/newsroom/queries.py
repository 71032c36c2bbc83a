"""Who is who, and what the people's pages show. Reads only.

The doors through which desk, API and command line find the person behind a request.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import Count, Q, QuerySet

from stoppress.accounts.models import DeskSession, User
from stoppress.lib import limits
from stoppress.lib.ids import digest
from stoppress.newsroom import access
from stoppress.newsroom.deeds import Deed
from stoppress.newsroom.house_rules import HouseRules
from stoppress.newsroom.models import ApiToken, AuditEntry, Invitation, Membership, Publisher, SetupLink
from stoppress.newsroom.roles import Role, Staff

KNOWN_DEVICE = "known device"  # in the detail of a failed sign-in
_FACTORS = (Authenticator.Type.TOTP.value, Authenticator.Type.WEBAUTHN.value)


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


# Asked with every request to the API: plain SQL, for building it anew takes longer than answering it.
_STAFF_BY_KEY = """
SELECT account.id, account.name, account.email, membership.role, membership.publisher_id FROM api_token
    JOIN membership ON membership.id = api_token.membership_id JOIN account ON account.id = membership.user_id
    WHERE api_token.digest = %s AND api_token.revoked_at IS NULL AND account.is_active
"""


def staff_by_token(secret: str) -> Staff | None:
    """Whose API token this is, or None: unknown, revoked, or its owner is switched off."""
    with connection.cursor() as cursor:
        cursor.execute(_STAFF_BY_KEY, [digest(secret)])
        found = cursor.fetchone()
    if found is None:
        return None
    user_id, name, email, role, publisher_id = found
    return Staff(user_id=user_id, name=name or email, role=Role(role), publisher_id=publisher_id)


def setup_link_open(secret: str) -> SetupLink | None:
    """The unused set-up link with this secret."""
    return SetupLink.objects.filter(digest=digest(secret), used_at__isnull=True).first()


def has_staff() -> bool:
    """Whether anybody can sign in to the desk."""
    return Membership.objects.exists()


def embed_providers(by: Staff) -> frozenset[str]:
    """The names of the providers (lib/providers.py) whose posts this publisher embeds."""
    return frozenset(Publisher.objects.values_list("embed_providers", flat=True).get(pk=by.publisher_id))


def title_of(by: Staff) -> Publisher:
    """The title this person works for."""
    return Publisher.objects.get(pk=by.publisher_id)


def house_rules(by: Staff) -> HouseRules:
    """What this person's title asks of every post."""
    title = Publisher.objects.get(pk=by.publisher_id)
    return HouseRules(
        two_pairs_of_eyes=title.two_pairs_of_eyes,
        alt_text_required=title.alt_text_required,
        source_required=title.source_required,
    )


def publisher() -> Publisher | None:
    """The first publisher: the only one until a newsroom adds more."""
    return Publisher.objects.order_by("id").first()


def account_number(email: str) -> int | None:
    """Of the account that signs in with this address."""
    return User.objects.filter(email=email.strip().lower()).values_list("pk", flat=True).first()


def has_second_factor(email: str) -> bool:
    """Whether the account with this address asks for more than a password. False for unknown addresses too."""
    return bool(Authenticator.objects.filter(user__email=email.strip().lower(), type__in=_FACTORS).exists())


def owes_second_factor(by: Staff) -> bool:
    """Whether the house rule asks this person to set one up before anything else."""
    if not Publisher.objects.filter(pk=by.publisher_id, two_factor_required=True).exists():
        return False
    return not Authenticator.objects.filter(user_id=by.user_id, type__in=_FACTORS).exists()


@dataclass(frozen=True, slots=True)
class Factors:
    """What somebody can prove themselves with beside the password. `passkeys`: number and name of each."""

    totp: bool = False
    passkeys: tuple[tuple[int, str], ...] = ()
    recovery_codes: int = 0

    def __bool__(self) -> bool:
        return self.totp or bool(self.passkeys)


def factors_of(user_ids: list[int]) -> dict[int, Factors]:
    """Each person's second factors; who has none is left out."""
    rows: dict[int, list[Authenticator]] = {}
    for row in Authenticator.objects.filter(user_id__in=user_ids).order_by("id"):
        rows.setdefault(row.user_id, []).append(row)
    return {user_id: _factors(of_one) for user_id, of_one in rows.items()}


def _factors(rows: list[Authenticator]) -> Factors:
    kinds = Authenticator.Type
    codes = [row for row in rows if row.type == kinds.RECOVERY_CODES]
    return Factors(
        totp=any(row.type == kinds.TOTP for row in rows),
        passkeys=tuple((row.pk, row.wrap().name) for row in rows if row.type == kinds.WEBAUTHN),
        recovery_codes=sum(len(row.wrap().get_unused_codes()) for row in codes),
    )


@dataclass(frozen=True, slots=True)
class Person:
    """One line of the team page."""

    user: User
    role: Role
    since: datetime
    factors: Factors


def people(by: Staff) -> list[Person]:
    """Everybody on the publisher's staff, those who can sign in first, by name. Raises: AdminsOnly."""
    access.check_people(by, "look after people")
    rows = Membership.objects.select_related("user").filter(publisher_id=by.publisher_id)
    factors = factors_of([row.user_id for row in rows])
    ordered = sorted(rows, key=lambda row: (not row.user.is_active, str(row.user).lower(), row.pk))
    return [
        Person(row.user, Role(row.role), row.since, factors.get(row.user_id, Factors())) for row in ordered
    ]


def requires_second_factor(by: Staff) -> bool:
    """The house rule."""
    return Publisher.objects.filter(pk=by.publisher_id, two_factor_required=True).exists()


def oldest_invitation(at: datetime) -> datetime:
    """Invitations made before this moment are over."""
    return at - timedelta(hours=limits.INVITATION_HOURS)


def invitation_open(secret: str, at: datetime) -> Invitation | None:
    """The invitation with this secret, if it is still good."""
    return (
        Invitation.objects.select_related("publisher")
        .filter(digest=digest(secret), used_at=None, withdrawn_at=None, created_at__gt=oldest_invitation(at))
        .first()
    )


def invitations(by: Staff, at: datetime) -> list[Invitation]:
    """Those still open, newest first. Raises: AdminsOnly."""
    access.check_people(by, "look after people")
    still_open = Invitation.objects.filter(
        publisher_id=by.publisher_id, used_at=None, withdrawn_at=None, created_at__gt=oldest_invitation(at)
    )
    return list(still_open.order_by("-created_at", "-id"))


def sessions_of(by: Staff) -> list[DeskSession]:
    """The browsers in which `by` is signed in, the one used last first."""
    signed_in = Session.objects.values("session_key")
    rows = DeskSession.objects.filter(user_id=by.user_id, session_key__in=signed_in)
    return list(rows.order_by("-last_seen_at", "-id")[: limits.SESSIONS_SHOWN])


def tokens(by: Staff) -> list[ApiToken]:
    """Working tokens, newest first: one's own, and everybody's for who looks after people."""
    rows = ApiToken.objects.select_related("membership__user").filter(
        membership__publisher_id=by.publisher_id, revoked_at=None
    )
    if not access.may_lead_people(by):
        rows = rows.filter(membership__user_id=by.user_id)
    return list(rows.order_by("-created_at", "-id"))


@dataclass(frozen=True, slots=True)
class Failures:
    """Failed sign-ins of late: from one network, for one account by unknown and by known devices, over all."""

    network: int
    account: int
    known_device: int
    newsroom: int


def failed_sign_ins(*, email: str, network: str, at: datetime) -> Failures:
    """How often it went wrong within SIGN_IN_WINDOW_SECONDS before `at`."""
    since = at - timedelta(seconds=limits.SIGN_IN_WINDOW_SECONDS)
    known, here = Q(detail=KNOWN_DEVICE), Q(whom=email.strip().lower())
    counts = AuditEntry.objects.filter(what=Deed.SIGN_IN_FAILED.value, at__gt=since).aggregate(
        network=Count("pk", filter=Q(network=network)),
        account=Count("pk", filter=here & ~known),
        known_device=Count("pk", filter=here & known),
        newsroom=Count("pk", filter=~known),
    )
    return Failures(**counts)


def audit_entries(by: Staff) -> "QuerySet[AuditEntry]":
    """The publisher's lines, for the audit page to filter. Raises: AdminsOnly."""
    access.check_people(by, "read the audit trail")
    return AuditEntry.objects.filter(publisher_id=by.publisher_id)
