"""What readers see of a poll: numbers. The votes themselves are the room `audience`'s. Part of `models`."""

from django.db import models

from stoppress.lib import limits


class PollResult(models.Model):
    """One poll of one post. Written by `actions/show_results.py`; no row: nobody has voted, and it has not ended."""

    post = models.ForeignKey("Post", on_delete=models.CASCADE, related_name="poll_results")
    poll_id = models.CharField(max_length=limits.POLL_ID_CHARS)
    votes = models.JSONField(default=dict)  # by the answer's id
    ended = models.BooleanField(default=False)  # by its own time; a closed live blog ends all of its polls
    first_counted_at = models.DateTimeField()
    counted_at = models.DateTimeField()

    class Meta:
        db_table = "poll_result"
        constraints = [models.UniqueConstraint(fields=["post", "poll_id"], name="one_result_per_poll")]

    def __str__(self) -> str:
        return f"{self.post_id} {self.poll_id}"
