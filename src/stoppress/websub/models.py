"""Rows of the hub: who wants to be told, who is told, and how far the hub of others knows.

`due_at` is when a row's turn comes; a worker that takes it moves that on, so that no other takes it meanwhile, and one
that dies loses nothing.
"""

from django.db import models

from stoppress.lib import clock, limits
from stoppress.liveblogs.models import LiveBlog

FEED_CHARS = 12
DIGEST_CHARS = 64
MODE_CHARS = 12


class Mode(models.TextChoices):
    """Of a request."""

    SUBSCRIBE = "subscribe"
    UNSUBSCRIBE = "unsubscribe"


class Asked(models.Model):
    """A request whose sender has yet to say that it is theirs. Gone once that is answered."""

    liveblog = models.ForeignKey(LiveBlog, on_delete=models.CASCADE, related_name="+")
    feed = models.CharField(max_length=FEED_CHARS)  # the file name: "feed.atom"
    mode = models.CharField(max_length=MODE_CHARS, choices=Mode.choices)
    callback = models.CharField(max_length=limits.URL_CHARS)
    callback_digest = models.CharField(max_length=DIGEST_CHARS)
    secret = models.CharField(max_length=limits.WEBSUB_SEALED_CHARS, blank=True)  # sealed (lib/sealed.py)
    lease_seconds = models.PositiveIntegerField()
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "websub_asked"
        constraints = [
            models.UniqueConstraint(
                fields=["liveblog", "feed", "callback_digest"], name="one_request_at_once"
            )
        ]
        indexes = [models.Index(fields=["due_at"], name="websub_asked_due")]

    def __str__(self) -> str:
        return f"{self.mode} {self.callback}"


class Subscription(models.Model):
    """Somebody who is told. `sent_seq`: the live blog's number when they last were."""

    liveblog = models.ForeignKey(LiveBlog, on_delete=models.CASCADE, related_name="+")
    feed = models.CharField(max_length=FEED_CHARS)
    callback = models.CharField(max_length=limits.URL_CHARS)
    callback_digest = models.CharField(max_length=DIGEST_CHARS)
    secret = models.CharField(max_length=limits.WEBSUB_SEALED_CHARS, blank=True)
    lease_until = models.DateTimeField()
    sent_seq = models.BigIntegerField(default=0)
    sent_digest = models.CharField(max_length=DIGEST_CHARS, blank=True)  # of the document they have
    failures = models.PositiveSmallIntegerField(default=0)  # one after the other
    due_at = models.DateTimeField(default=clock.now)
    since = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "websub_subscription"
        constraints = [
            models.UniqueConstraint(fields=["liveblog", "feed", "callback_digest"], name="one_subscription")
        ]
        indexes = [
            models.Index(fields=["due_at"], name="websub_due"),
            models.Index(fields=["lease_until"], name="websub_lease"),
        ]

    def __str__(self) -> str:
        return self.callback


class Published(models.Model):
    """How far the hub of others was told of a live blog (`STOPPRESS_WEBSUB_HUB`)."""

    liveblog = models.OneToOneField(LiveBlog, on_delete=models.CASCADE, primary_key=True, related_name="+")
    told_seq = models.BigIntegerField(default=0)
    failures = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "websub_published"

    def __str__(self) -> str:
        return f"{self.liveblog_id} {self.told_seq}"
