"""Rows that let several hands work on one live blog: who is here, who has which post open, what they say.

None of it is ever shown to readers, and nothing of it is an event: no number is given out, no page changes. All of it
goes when the live blog goes. Written by `actions/presence.py`, `lease.py` and `chat.py`; part of `models`.
"""

from django.db import models

from stoppress.accounts.models import User
from stoppress.lib import clock, limits


class Presence(models.Model):
    """One window in which somebody has a live blog's desk open. It counts for PRESENCE_SECONDS after `seen_at`."""

    liveblog = models.ForeignKey("LiveBlog", on_delete=models.CASCADE, related_name="presences")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="presences")
    tab = models.CharField(max_length=limits.TAB_CHARS)  # the window's own name, made by its script
    writing = models.JSONField(default=list)  # post ids that are open in it; "new" for a new post
    seen_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "presence"
        constraints = [
            models.UniqueConstraint(fields=["liveblog", "user", "tab"], name="one_presence_per_window")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.tab}"


class Lease(models.Model):
    """A post that somebody has open for writing, until `until`. It warns others; it keeps nobody from saving."""

    post = models.OneToOneField("Post", on_delete=models.CASCADE, primary_key=True, related_name="lease")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="leases")
    tab = models.CharField(max_length=limits.TAB_CHARS)
    taken_at = models.DateTimeField(default=clock.now)
    until = models.DateTimeField()

    class Meta:
        db_table = "lease"

    def __str__(self) -> str:
        return f"{self.post_id} {self.user_id}"


class ChatMessage(models.Model):
    """What one member of staff said to the others at this live blog. Plain text."""

    liveblog = models.ForeignKey("LiveBlog", on_delete=models.CASCADE, related_name="chat_messages")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="chat_messages")
    text = models.CharField(max_length=limits.CHAT_CHARS)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "chat_message"
        indexes = [models.Index(fields=["liveblog", "-id"], name="chat_newest")]

    def __str__(self) -> str:
        return self.text
