"""Rows of what readers sent. No name, address or device stands here but the name that somebody gave with a question."""

from django.db import models

from stoppress.accounts.models import User
from stoppress.lib import clock, limits
from stoppress.liveblogs.models import LiveBlog, Post

STATE_CHARS = 12
VOTER_CHARS = 64


class Vote(models.Model):
    """One vote in one poll. `voter` is a hash over the device's token and this very poll (`voters.py`)."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+")
    poll_id = models.CharField(max_length=limits.POLL_ID_CHARS)
    option_id = models.CharField(max_length=limits.POLL_ID_CHARS)
    voter = models.CharField(max_length=VOTER_CHARS)

    class Meta:
        db_table = "vote"
        constraints = [
            models.UniqueConstraint(fields=["post", "poll_id", "voter"], name="one_vote_per_device")
        ]
        indexes = [models.Index(fields=["post", "poll_id", "option_id"], name="vote_count")]

    def __str__(self) -> str:
        return f"{self.post_id} {self.poll_id} {self.option_id}"


class QuestionState(models.TextChoices):
    """Of a reader's question. Whether it is answered is not a state: it is when a published post answers it."""

    WAITING = "waiting"
    PASSED_ON = "passed_on"
    PUT_AWAY = "put_away"


class Question(models.Model):
    """What a reader asked. Never public by itself: somebody passes it on, and a post answers it."""

    id = models.CharField(primary_key=True, max_length=limits.QUESTION_ID_CHARS)
    liveblog = models.ForeignKey(LiveBlog, on_delete=models.CASCADE, related_name="questions")
    text = models.CharField(max_length=limits.QUESTION_CHARS)
    name = models.CharField(max_length=limits.ASKER_CHARS, blank=True)
    state = models.CharField(
        max_length=STATE_CHARS, choices=QuestionState.choices, default=QuestionState.WAITING
    )
    asked_at = models.DateTimeField(default=clock.now)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        db_table = "question"
        indexes = [models.Index(fields=["liveblog", "state", "-asked_at"], name="question_queue")]

    def __str__(self) -> str:
        return self.text
