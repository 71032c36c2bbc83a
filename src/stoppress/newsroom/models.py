"""Publishers, memberships, API tokens and the first editor's one-time link."""

from django.db import models

from stoppress.accounts.models import User
from stoppress.lib import clock, limits
from stoppress.newsroom.roles import Role

ROLE_CHARS = 12
DIGEST_CHARS = 64


class Publisher(models.Model):
    """An outlet: the name on the masthead and the defaults of its live blogs ("title" on screens)."""

    slug = models.SlugField(max_length=limits.SLUG_CHARS, unique=True)
    name = models.CharField(max_length=limits.NAME_CHARS)
    timezone = models.CharField(max_length=limits.TIMEZONE_CHARS, default="UTC")
    language = models.CharField(max_length=limits.LANGUAGE_CHARS, default="en")
    # The front page's ready-made frame (read model): masthead and foot. See liveblogs/projection.py.
    front_html = models.TextField(blank=True, default="")
    foot_html = models.TextField(blank=True, default="")

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
