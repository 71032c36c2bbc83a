"""Rows of notifications: who wants them, how far the log was read, what is to be sent. No word of any post is here.

Of a reader there is what a push service needs and nothing else: no name, no network address, no browser. One device
on two live blogs is two rows.
"""

from django.db import models

from stoppress.lib import clock, limits
from stoppress.liveblogs.models import POST_ID_CHARS, LiveBlog

WANTS_CHARS = 12
DIGEST_CHARS = 64


class Wants(models.TextChoices):
    """What a reader chose."""

    KEY_EVENTS = "key_events"
    EVERYTHING = "everything"


class Subscription(models.Model):
    """One device on one live blog. `told_seq`: the newest event it was told of, or stood at when it came."""

    liveblog = models.ForeignKey(LiveBlog, on_delete=models.CASCADE, related_name="+")
    device = models.CharField(max_length=DIGEST_CHARS)  # digest of `endpoint`
    endpoint = models.CharField(max_length=limits.PUSH_ENDPOINT_CHARS)
    p256dh = models.CharField(max_length=limits.PUSH_KEY_CHARS)  # the device's public key, base64url
    auth = models.CharField(max_length=limits.PUSH_KEY_CHARS)  # its secret for us, base64url
    server_key = models.CharField(max_length=limits.PUSH_KEY_CHARS)  # our public key that it was made for
    wants = models.CharField(max_length=WANTS_CHARS, choices=Wants.choices)
    told_seq = models.BigIntegerField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "push_subscription"
        constraints = [
            models.UniqueConstraint(fields=["liveblog", "device"], name="one_subscription_per_device")
        ]
        indexes = [
            models.Index(fields=["liveblog", "wants", "id"], name="push_next"),
            models.Index(fields=["device"], name="push_device"),
        ]

    def __str__(self) -> str:
        return f"{self.liveblog_id} {self.wants}"


class LogPlace(models.Model):
    """How far the log of a live blog that somebody subscribed to was read: `seq` of the newest event looked at."""

    liveblog = models.OneToOneField(LiveBlog, on_delete=models.CASCADE, primary_key=True, related_name="+")
    seq = models.BigIntegerField()

    class Meta:
        db_table = "push_log_place"

    def __str__(self) -> str:
        return f"{self.liveblog_id} {self.seq}"


class Alert(models.Model):
    """One post, to be told to all who want its kind. `ended_at`: since when nobody new is handed it.

    `reached` is the subscription that was handed out last. The figures are of those who were handed it: how many,
    to how many a push service took it, and to how many of those in PUSH_SHARE_SECONDS.
    """

    liveblog = models.ForeignKey(LiveBlog, on_delete=models.CASCADE, related_name="+")
    post_id = models.CharField(max_length=POST_ID_CHARS)
    wants = models.CharField(max_length=WANTS_CHARS, choices=Wants.choices)
    seq = models.BigIntegerField()  # of the event it tells of
    at = models.DateTimeField()  # of that event
    due_at = models.DateTimeField()
    reached = models.BigIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    handed = models.PositiveIntegerField(default=0)
    delivered = models.PositiveIntegerField(default=0)
    in_time = models.PositiveIntegerField(default=0)
    gone = models.PositiveIntegerField(default=0)  # devices that were no more

    class Meta:
        db_table = "push_alert"
        constraints = [
            models.UniqueConstraint(fields=["liveblog", "post_id", "wants"], name="one_alert_per_post")
        ]
        indexes = [
            models.Index(fields=["due_at"], name="push_due", condition=models.Q(ended_at=None)),
            models.Index(fields=["liveblog", "-at"], name="push_figures"),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.wants}"


class Delivery(models.Model):
    """One device that is being told: `next_at` is when it may be tried again, also by whoever comes after a crash."""

    subscription = models.OneToOneField(Subscription, on_delete=models.CASCADE, related_name="+")
    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="+")
    tries = models.PositiveSmallIntegerField(default=0)
    short = models.BooleanField(default=False)  # the push service found it too long
    next_at = models.DateTimeField()

    class Meta:
        db_table = "push_delivery"
        indexes = [models.Index(fields=["next_at"], name="push_again")]

    def __str__(self) -> str:
        return f"{self.alert_id} {self.subscription_id}"


class Canary(models.Model):
    """What came of the latest trial of the whole way, to a device of our own. One row."""

    at = models.DateTimeField()
    took_ms = models.PositiveIntegerField(default=0)
    fault = models.CharField(max_length=limits.REASON_CHARS, blank=True, default="")

    class Meta:
        db_table = "push_canary"

    def __str__(self) -> str:
        return self.fault or "sings"
