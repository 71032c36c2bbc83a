"""The sign-in account: an e-mail address, a printed name, a password, the browsers it is signed in with.

Roles live in `newsroom`.
"""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models

from stoppress.lib import clock, limits

SESSION_KEY_CHARS = 40  # as Django's


class UserManager(BaseUserManager["User"]):
    """Makes accounts; e-mail addresses are compared without regard to case."""

    def create_user(self, email: str, password: str | None = None, *, name: str = "") -> "User":
        """Save a new account. With `password=None` nobody can sign in to it until one is set."""
        user = self.model(email=email.strip().lower(), name=name)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """The account that signs in with this address."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """One person. `name` is the byline as printed."""

    email = models.EmailField(max_length=limits.EMAIL_CHARS, unique=True)
    name = models.CharField(max_length=limits.NAME_CHARS, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)  # may open the operator's admin, nothing else
    joined_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        db_table = "account"

    def __str__(self) -> str:
        return self.name or self.email


class DeskSession(models.Model):
    """One browser in which somebody is signed in: what they are shown of it. Django's session has the same key."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="desk_sessions")
    session_key = models.CharField(max_length=SESSION_KEY_CHARS, unique=True)
    began_at = models.DateTimeField(default=clock.now)
    last_seen_at = models.DateTimeField(default=clock.now)
    address = models.CharField(max_length=limits.ADDRESS_CHARS, blank=True)
    device = models.CharField(max_length=limits.DEVICE_CHARS, blank=True)

    class Meta:
        db_table = "desk_session"

    def __str__(self) -> str:
        return f"{self.device} {self.address}"
