"""Rows of the intake: channels with their secrets, where they lead, who may speak, what came.

No logic here: `actions/` write, `queries.py` reads, `take.py` decides.
"""

from django.db import models

from stoppress.accounts.models import User
from stoppress.intake.kinds import Kind
from stoppress.lib import clock, limits
from stoppress.liveblogs.models import POST_ID_CHARS, LiveBlog
from stoppress.newsroom.models import DIGEST_CHARS, Publisher

KIND_CHARS = 12


class Channel(models.Model):
    """One way in: a mail service, the mailbox, a Slack app, a Telegram bot. `key` stands in its address."""

    publisher = models.ForeignKey(Publisher, on_delete=models.PROTECT, related_name="channels")
    kind = models.CharField(max_length=KIND_CHARS, choices=[(kind.value, kind.value) for kind in Kind])
    name = models.CharField(max_length=limits.NAME_CHARS)
    key = models.CharField(max_length=limits.INTAKE_KEY_CHARS, unique=True)
    # The secret under the server's own key (`sealed.py`): a copy of the database alone signs nothing.
    secret = models.CharField(max_length=limits.INTAKE_SEALED_CHARS, blank=True)
    # Whose word on SPF, DKIM and DMARC is believed: the first word of its Authentication-Results (RFC 8601).
    authority = models.CharField(max_length=limits.INTAKE_AUTHORITY_CHARS, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    revoked_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True)  # something was taken in

    class Meta:
        db_table = "intake_channel"
        constraints = [
            models.UniqueConstraint(
                fields=["publisher", "name"],
                condition=models.Q(revoked_at=None),
                name="one_channel_per_name",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Route(models.Model):
    """From a place in a channel (an address, a Slack channel, a Telegram chat) to a live blog."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="routes")
    place = models.CharField(max_length=limits.EMAIL_CHARS)
    liveblog = models.ForeignKey(LiveBlog, on_delete=models.CASCADE, related_name="+")
    direct = models.BooleanField(
        default=False
    )  # published at once, when the sender is proven and may publish

    class Meta:
        db_table = "intake_route"
        constraints = [
            models.UniqueConstraint(fields=["channel", "place", "liveblog"], name="one_route_per_place")
        ]

    def __str__(self) -> str:
        return f"{self.place} → {self.liveblog_id}"


class Sender(models.Model):
    """Who on the staff somebody is in a channel. In mail the address that a person signs in with is known anyway."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="senders")
    handle = models.CharField(max_length=limits.EMAIL_CHARS)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")

    class Meta:
        db_table = "intake_sender"
        constraints = [models.UniqueConstraint(fields=["channel", "handle"], name="one_person_per_handle")]

    def __str__(self) -> str:
        return self.handle


class Item(models.Model):
    """One message that became a post. `message` names it in its tool: the same again is the same post."""

    route = models.ForeignKey(Route, on_delete=models.SET_NULL, null=True, related_name="items")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="items")
    liveblog = models.ForeignKey(LiveBlog, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    message = models.CharField(max_length=DIGEST_CHARS)
    post_id = models.CharField(max_length=POST_ID_CHARS)  # kept for the record when the draft is discarded
    revision = models.PositiveIntegerField()  # the newest that came from the sender
    version = models.BigIntegerField(default=0)  # when the sender last changed it, in the tool's own count
    origin = models.CharField(max_length=limits.INTAKE_ORIGIN_CHARS)
    notes = models.JSONField(default=list)  # sentences: what could not be kept
    told = models.CharField(max_length=limits.REASON_CHARS, blank=True)  # what the desk has to decide itself
    at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)  # something about it came last
    gone_at = models.DateTimeField(null=True)  # the sender deleted it

    class Meta:
        db_table = "intake_item"
        constraints = [
            models.UniqueConstraint(fields=["channel", "liveblog", "message"], name="one_post_per_message")
        ]
        indexes = [models.Index(fields=["post_id"], name="intake_item_post")]

    def __str__(self) -> str:
        return f"{self.origin} → {self.post_id}"


class SeenSignature(models.Model):
    """A signature that was used: the same request is not taken twice while its time is good."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=DIGEST_CHARS)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "intake_signature"
        constraints = [models.UniqueConstraint(fields=["channel", "digest"], name="one_use_per_signature")]

    def __str__(self) -> str:
        return self.digest
