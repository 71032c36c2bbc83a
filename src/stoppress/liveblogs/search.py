"""Finds posts and drafts by their words, for the desk: only what this person may see, and never more than asked for.

Every word must stand somewhere in the post (headline, text, dateline, byline) or in its live blog's headline. A plain
LIKE over `post_words`: the simplest that holds at limits.POSTS_PER_LIVEBLOG posts (docs/howto/write-quickly.md).
"""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from stoppress.lib import limits
from stoppress.liveblogs.models import LiveBlog, Post, State, Status
from stoppress.liveblogs.word_index import folded
from stoppress.newsroom.models import Membership
from stoppress.newsroom.roles import LEADING, Staff


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is looked for. "" and 0 narrow nothing."""

    words: str = ""
    slug: str = ""
    state: str = ""
    author: int = 0  # an account: who began the post

    @property
    def is_empty(self) -> bool:
        """Nothing was asked."""
        return not (self.words.strip() or self.slug or self.state or self.author)


@dataclass(frozen=True, slots=True)
class Found:
    """The newest posts that fit, and whether there are more."""

    posts: tuple[Post, ...]
    more: bool


def _seen(by: Staff) -> QuerySet[Post]:
    """Every post of the title this person may see: `access.may_see_post` as a query."""
    posts = Post.objects.filter(liveblog__publisher_id=by.publisher_id)
    if by.role in LEADING:
        return posts
    return posts.filter(Q(state__in=(State.PUBLISHED, State.WITHDRAWN)) | Q(created_by_id=by.user_id))


def _speaking(posts: QuerySet[Post], by: Staff, words: str) -> QuerySet[Post]:
    """Those that hold every word, or stand in a live blog whose headline holds it."""
    rows = LiveBlog.objects.filter(publisher_id=by.publisher_id).values_list("pk", "headline")
    headlines = [(pk, folded(headline)) for pk, headline in rows]
    for word in folded(words[: limits.SEARCH_CHARS]).split()[: limits.SEARCH_WORDS]:
        blogs = [pk for pk, headline in headlines if word in headline]
        posts = posts.filter(Q(words__words__contains=word) | Q(liveblog_id__in=blogs))
    return posts


def _newest(posts: QuerySet[Post], rows: int) -> Found:
    """By the moment a post stands under, as in the timeline."""
    at = Coalesce("first_published_at", "publish_at", "created_at")
    found = list(posts.select_related("liveblog", "created_by").order_by(at.desc(), "-pk")[: rows + 1])
    return Found(tuple(found[:rows]), len(found) > rows)


def search_posts(by: Staff, asked: Asked) -> Found:
    """Posts and drafts in every live blog of the title, newest first. Nothing asked finds nothing."""
    if asked.is_empty:
        return Found((), more=False)
    posts = _seen(by)
    if asked.slug:
        posts = posts.filter(liveblog__slug=asked.slug)
    if asked.state:
        posts = posts.filter(state=asked.state)
    if asked.author:
        posts = posts.filter(created_by_id=asked.author)
    return _newest(_speaking(posts, by, asked.words), limits.SEARCH_ROWS)


def linkable_posts(by: Staff, slug: str, words: str) -> list[Post]:
    """What readers can open and a post may link to: this live blog's first, then the title's others."""
    public = _seen(by).filter(state=State.PUBLISHED).exclude(liveblog__status=Status.DRAFT)
    speaking = _speaking(public, by, words)
    here = list(_newest(speaking.filter(liveblog__slug=slug), limits.LINKABLE_ROWS).posts)
    room = limits.LINKABLE_ROWS - len(here)
    elsewhere = _newest(speaking.exclude(liveblog__slug=slug), room).posts if room and words.strip() else ()
    return [*here, *elsewhere]


def authors(by: Staff) -> list[tuple[int, str]]:
    """Who may have begun a post, for the filter: the staff by name, each with the number of their account."""
    rows = Membership.objects.filter(publisher_id=by.publisher_id).select_related("user")
    return sorted(((row.user_id, str(row.user)) for row in rows), key=lambda pair: pair[1].casefold())
