"""Publishers, memberships, invitations, API tokens, the first editor's link, the audit trail, signs of life."""

from typing import ClassVar, Never

from django.db import models

from stoppress.accounts.models import User
from stoppress.lib import clock, limits
from stoppress.lib.providers import PROVIDERS
from stoppress.newsroom.deeds import Deed
from stoppress.newsroom.roles import Role
from stoppress.newsroom.title_pages import Author, AuthorName, Policy

# Kept in a module of their own, and found here with the rest.
__all__ = ["Author", "AuthorName", "Policy"]

ROLE_CHARS = 12
DIGEST_CHARS = 64


def every_provider() -> list[str]:
    """What a new publisher may embed: all that this version knows. What a later one adds is off until switched on."""
    return list(PROVIDERS)


class Publisher(models.Model):
    """An outlet: the name on the masthead and the defaults of its live blogs ("title" on screens)."""

    slug = models.SlugField(max_length=limits.SLUG_CHARS, unique=True)
    name = models.CharField(max_length=limits.NAME_CHARS)
    timezone = models.CharField(max_length=limits.TIMEZONE_CHARS, default="UTC")
    language = models.CharField(max_length=limits.LANGUAGE_CHARS, default="en")
    # The front page's ready-made frame (read model): masthead and foot. See liveblogs/projection.py.
    front_html = models.TextField(blank=True, default="")
    foot_html = models.TextField(blank=True, default="")
    masthead_html = models.TextField(blank=True, default="")  # of the title's other pages
    # Which of newsroom/policies.py are written, in their order; and the texts for machines, "" = none.
    policies = models.JSONField(default=list)
    security_txt = models.TextField(blank=True, default="")
    trust_txt = models.TextField(blank=True, default="")
    # Names of lib/providers.py whose embeds readers may press for; the others' are link cards.
    embed_providers = models.JSONField(default=every_provider)
    # House rule: whoever has no second factor sets one up before the desk opens.
    two_factor_required = models.BooleanField(default=False)
    # House rules: what no post goes out without. See liveblogs/house_rules.py.
    two_pairs_of_eyes = models.BooleanField(default=False)
    alt_text_required = models.BooleanField(default=True)
    source_required = models.BooleanField(default=False)
    # Looks: the fields of `lib.theme.Theme` that are not the house's; the logo as {"media", "src", "width", "height"}.
    theme = models.JSONField(default=dict, blank=True)
    logo = models.JSONField(default=dict, blank=True)
    # The box below the posts that asks readers for support; none without a text.
    support_text = models.CharField(max_length=limits.SUPPORT_CHARS, blank=True, default="")
    support_label = models.CharField(max_length=limits.NAME_CHARS, blank=True, default="")
    support_url = models.CharField(max_length=limits.URL_CHARS, blank=True, default="")

    class Meta:
        db_table = "publisher"

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """One person's role at one publisher."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    publisher = models.ForeignKey(Publisher, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=ROLE_CHARS, choices=[(role.value, role.value) for role in Role])
    since = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "membership"
        constraints = [models.UniqueConstraint(fields=["user", "publisher"], name="one_role_per_publisher")]

    def __str__(self) -> str:
        return f"{self.user} ({self.role})"


class ApiToken(models.Model):
    """A key to the API, stored as a digest. It can do what its owner's role can do, no more."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=limits.NAME_CHARS)
    digest = models.CharField(max_length=DIGEST_CHARS, unique=True)
    created_at = models.DateTimeField(default=clock.now)
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "api_token"

    def __str__(self) -> str:
        return self.name


class SetupLink(models.Model):
    """The one-time link, printed at the first run, that makes the first editor (an admin)."""

    digest = models.CharField(max_length=DIGEST_CHARS, unique=True)
    created_at = models.DateTimeField(default=clock.now)
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "setup_link"

    def __str__(self) -> str:
        return f"set-up link of {self.created_at}"


class Invitation(models.Model):
    """A one-time link that puts somebody on the staff, stored as a digest."""

    publisher = models.ForeignKey(Publisher, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(max_length=limits.EMAIL_CHARS)
    role = models.CharField(max_length=ROLE_CHARS, choices=[(role.value, role.value) for role in Role])
    digest = models.CharField(max_length=DIGEST_CHARS, unique=True)
    invited_by = models.CharField(max_length=limits.NAME_CHARS)
    created_at = models.DateTimeField(default=clock.now)
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "invitation"

    def __str__(self) -> str:
        return f"{self.email} ({self.role})"


class NeverChanged(models.QuerySet["AuditEntry"]):
    """Rows that are added and read; asking for anything else is a mistake in the program."""

    def update(self, **_: object) -> Never:
        raise TypeError("The audit trail is never changed; add a line instead.")

    def delete(self) -> Never:
        raise TypeError("The audit trail is never cut; add a line instead.")


class AuditEntry(models.Model):
    """Who did what to whom or what, when, from where. No contents. Rows are added, never changed."""

    publisher = models.ForeignKey(Publisher, on_delete=models.PROTECT, null=True, related_name="+")
    what = models.CharField(
        max_length=limits.AUDIT_WHAT_CHARS, choices=[(deed.value, deed.value) for deed in Deed]
    )
    by = models.CharField(max_length=limits.NAME_CHARS, blank=True)  # a name, kept even when the account goes
    by_id = models.BigIntegerField(null=True)  # of the account; no key, so that a line outlives it
    whom = models.CharField(max_length=limits.EMAIL_CHARS, blank=True)
    detail = models.CharField(max_length=limits.AUDIT_DETAIL_CHARS, blank=True)
    address = models.CharField(max_length=limits.ADDRESS_CHARS, blank=True)
    network = models.CharField(
        max_length=limits.ADDRESS_CHARS, blank=True
    )  # what failed sign-ins are counted by
    at = models.DateTimeField(default=clock.now)

    objects: ClassVar[models.Manager["AuditEntry"]] = NeverChanged.as_manager()

    class Meta:
        db_table = "audit_entry"
        indexes = [
            models.Index(fields=["-at", "-id"], name="audit_newest"),
            models.Index(fields=["what", "at"], name="audit_of_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.by} {self.what} {self.whom}"


class Pulse(models.Model):
    """A sign of life of one worker process: when it last went through its jobs, and how each of them did.

    `jobs` by name: {"done_at": RFC 3339 or "", "failures": how many in a row}. No contents.
    """

    name = models.CharField(max_length=limits.PULSE_NAME_CHARS, unique=True)  # "worker 4711 on harbour"
    version = models.CharField(max_length=limits.PULSE_NAME_CHARS)
    since = models.DateTimeField(default=clock.now)
    at = models.DateTimeField(default=clock.now)
    jobs = models.JSONField(default=dict)

    class Meta:
        db_table = "pulse"

    def __str__(self) -> str:
        return self.name
