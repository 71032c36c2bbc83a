"""Rows by which readers find posts and live blogs: the words of posts, whose they are, topics.

Read model: written by `title_index.py` in the transaction of what they show, read by `edge/title_store.py`. Only what
readers see now has rows here; a draft has none yet and a withdrawn post none any more. The index over `page_text` is
the database's own, kept by triggers or as a generated column (migrations; docs/decisions/0024-search-index.md).
"""

from django.db import models

from stoppress.lib import limits

POST_ID_CHARS = 20


class PageText(models.Model):
    """The words of one published post: folded and apart for the index, and the text that snippets are cut from."""

    post_id = models.CharField(max_length=POST_ID_CHARS, unique=True)
    page = models.ForeignKey("liveblogs.Page", on_delete=models.CASCADE, related_name="+")
    title_words = models.TextField()
    text_words = models.TextField()
    text = models.TextField()
    moment_html = models.TextField()  # when it was first published, for lists

    class Meta:
        db_table = "page_text"

    def __str__(self) -> str:
        return self.post_id


class PageByline(models.Model):
    """One name over one published post. `name_key`: folded, as it is asked for."""

    page = models.ForeignKey("liveblogs.Page", on_delete=models.CASCADE, related_name="+")
    post_id = models.CharField(max_length=POST_ID_CHARS)
    name = models.CharField(max_length=limits.BYLINE_NAME_CHARS)
    name_key = models.CharField(max_length=4 * limits.BYLINE_NAME_CHARS)  # "ﷺ" folds to 18 letters, few do
    at = models.DateTimeField()  # when the post was first published

    class Meta:
        db_table = "page_byline"
        constraints = [models.UniqueConstraint(fields=["post_id", "name"], name="one_row_per_name_of_post")]
        indexes = [
            models.Index(fields=["name", "-at"], name="page_byline_name"),
            models.Index(fields=["name_key"], name="page_byline_key"),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.name}"


class PageTopic(models.Model):
    """One topic of one live blog; what has the same `slug` stands on the same page."""

    page = models.ForeignKey("liveblogs.Page", on_delete=models.CASCADE, related_name="+")
    slug = models.SlugField(max_length=limits.SLUG_CHARS)
    name = models.CharField(max_length=limits.TOPIC_CHARS)

    class Meta:
        db_table = "page_topic"
        constraints = [models.UniqueConstraint(fields=["page", "slug"], name="one_row_per_topic_of_page")]
        indexes = [models.Index(fields=["slug"], name="page_topic_slug")]

    def __str__(self) -> str:
        return self.name
