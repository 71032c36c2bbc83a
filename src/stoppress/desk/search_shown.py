"""What the search screens are given: a found post as a line. Called by `views/search.py`; reads rows only."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from stoppress.desk import moments
from stoppress.desk.shown import Chip, stands_at, title_of
from stoppress.document.schema import Document
from stoppress.document.text import first_words
from stoppress.lib import limits
from stoppress.liveblogs.models import Post, State


@dataclass(frozen=True, slots=True)
class Result:
    """One found post."""

    post: Post
    url: str
    title: str
    beginning: str
    chip: Chip
    byline: str
    when: str


def result(post: Post, now: datetime) -> Result:
    """The post on one line; of a withdrawn one no words are repeated."""
    withdrawn = post.state == State.WITHDRAWN
    words = "" if withdrawn else first_words(Document.stored(post.document), limits.SEARCH_CHARS)
    title = "Withdrawn post" if withdrawn else title_of(post)
    return Result(
        post=post,
        url=reverse("desk:post", args=[post.liveblog.slug, post.pk]),
        title=title,
        beginning=words if post.headline else "",
        chip=Chip(post.state, State(post.state).label),
        byline=", ".join(post.byline),
        when=moments.clock_words(stands_at(post), post.liveblog.timezone, now),
    )
