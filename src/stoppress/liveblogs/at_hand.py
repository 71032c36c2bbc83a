"""Rows at hand while somebody writes: templates and snippets, and the words that every post is found by.

No logic here. Written by `actions/keep_snippet.py` and `actions/keep_words.py`, read by `snippets.py` and `search.py`.
"""

from django.db import models

from stoppress.lib import clock, limits
from stoppress.newsroom.models import Publisher


class Snippet(models.Model):
    """A text of the title that is put into a post: Markdown with placeholders. `instead_of` names a built-in one."""

    publisher = models.ForeignKey(Publisher, on_delete=models.CASCADE, related_name="snippets")
    name = models.CharField(max_length=limits.SNIPPET_NAME_CHARS)
    headline = models.CharField(max_length=limits.HEADLINE_CHARS, blank=True)
    text = models.CharField(max_length=limits.SNIPPET_CHARS)
    summary = models.BooleanField(default=False)  # the post becomes a round-up
    instead_of = models.CharField(max_length=limits.SNIPPET_NAME_CHARS, blank=True, default="")
    changed_at = models.DateTimeField(default=clock.now)
    changed_by = models.CharField(max_length=limits.NAME_CHARS)

    class Meta:
        db_table = "snippet"
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["publisher", "name"], name="one_snippet_per_name"),
            models.UniqueConstraint(
                fields=["publisher", "instead_of"],
                name="one_snippet_per_built_in",
                condition=~models.Q(instead_of=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PostWords(models.Model):
    """What a post is found by: headline, text, dateline and byline of its newest revision, folded (`search.folded`)."""

    post = models.OneToOneField(
        "liveblogs.Post", on_delete=models.CASCADE, primary_key=True, related_name="words"
    )
    words = models.TextField()

    class Meta:
        db_table = "post_words"

    def __str__(self) -> str:
        return self.words[: limits.TITLE_CHARS]
