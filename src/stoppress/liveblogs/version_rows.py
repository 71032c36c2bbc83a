"""Rows of the read model that hold what posts said before they were changed, for the page at an earlier time.

Written by `versions.py` in the transaction of the change; read by `edge/store.py` with plain SQL.
"""

from django.db import models

from stoppress.lib import limits

POST_ID_CHARS = 20


class PageVersion(models.Model):
    """A post as readers saw it until it was changed. What stands now is in `PagePost`; a withdrawn post has no row."""

    page = models.ForeignKey("liveblogs.Page", on_delete=models.CASCADE, related_name="+")
    post_id = models.CharField(max_length=POST_ID_CHARS)
    number = models.PositiveIntegerField()  # of the revision
    until = models.DateTimeField()  # when the next one took its place
    title = models.CharField(max_length=limits.HEADLINE_CHARS)
    html = models.TextField()

    class Meta:
        db_table = "page_version"
        constraints = [models.UniqueConstraint(fields=["post_id", "number"], name="one_row_per_version")]

    def __str__(self) -> str:
        return f"{self.post_id} r{self.number}"
