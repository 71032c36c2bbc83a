"""Rows behind the title's own pages: authors, and the policies of the newsroom.

No logic here. Written by `actions/keep_author.py` and `actions/keep_policies.py`; `edge/title_store.py` reads
`author` and `policy` with plain SQL. Found with the rest in `models.py`.
"""

from django.db import models

from stoppress.accounts.models import User
from stoppress.lib import clock, limits

POLICY_CHARS = 16


class Author(models.Model):
    """Somebody's page for readers. Nothing stands on it that they, or a producer, did not put there."""

    publisher = models.ForeignKey("newsroom.Publisher", on_delete=models.CASCADE, related_name="authors")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    slug = models.SlugField(max_length=limits.SLUG_CHARS, unique=True)
    name = models.CharField(max_length=limits.NAME_CHARS)  # as printed; earlier ones are in `AuthorName`
    role = models.CharField(max_length=limits.AUTHOR_ROLE_CHARS, blank=True)
    biography = models.TextField(blank=True)  # paragraphs, with empty lines between
    portrait = models.JSONField(
        default=dict
    )  # {"id", "src", "width", "height", "alt", "sizes": [[width, src]]}
    shown = models.BooleanField(default=True)
    head_html = models.TextField(blank=True, default="")  # ready-made: title, description, cards
    html = models.TextField(blank=True, default="")  # ready-made: portrait, name, role, biography
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "author"
        constraints = [
            models.UniqueConstraint(fields=["publisher", "user"], name="one_author_page_per_person")
        ]

    def __str__(self) -> str:
        return self.name


class AuthorName(models.Model):
    """A name as it stands in bylines, and whose page it leads to. Two people never share one."""

    publisher = models.ForeignKey("newsroom.Publisher", on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=limits.NAME_CHARS)

    class Meta:
        db_table = "author_name"
        constraints = [models.UniqueConstraint(fields=["publisher", "name"], name="one_author_per_name")]

    def __str__(self) -> str:
        return self.name


class Policy(models.Model):
    """What the newsroom holds itself to, in one of the kinds of `newsroom/policies.py`. `text` is Markdown."""

    publisher = models.ForeignKey("newsroom.Publisher", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=POLICY_CHARS)
    text = models.TextField()
    head_html = models.TextField(blank=True, default="")  # ready-made
    html = models.TextField(blank=True, default="")  # ready-made
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "policy"
        constraints = [models.UniqueConstraint(fields=["publisher", "kind"], name="one_policy_per_kind")]

    def __str__(self) -> str:
        return self.kind
