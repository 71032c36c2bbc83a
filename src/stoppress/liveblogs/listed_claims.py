"""Reads of claims for the desk and the API: what is claimed in the posts that readers see, and who may settle it.

Called by `desk` and `api`. Reads only; the rows are the read model's (`claims.py`).
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from stoppress.liveblogs import access
from stoppress.liveblogs.models import PageClaim, Post
from stoppress.newsroom.roles import Staff


@dataclass(frozen=True, slots=True)
class ListedClaim:
    """One claim with the post that holds it; `may_change` as for amending that post."""

    claim: PageClaim
    post: Post
    may_change: bool


def claims_of(
    by: Staff, slug: str, *, states: Collection[str], words: str = "", rows: int
) -> list[ListedClaim]:
    """Those of the newest post first, in the order of its text. `words`: all stand in what is said or who says it.

    Raises: NotFound.
    """
    found = _claims(by, slug, states)
    for word in words.split():
        found = found.filter(Q(text__icontains=word) | Q(source__icontains=word))
    return _listed(by, found.order_by("-post_at", "-post_id", "number"), rows)


def claims_page(
    by: Staff, slug: str, *, states: Collection[str], after: tuple[str, int] | None, rows: int
) -> list[ListedClaim]:
    """The same for the API, newest created post first; `after`: post and number that a page ended at."""
    found = _claims(by, slug, states)
    if after is not None:
        post_id, number = after
        found = found.filter(Q(post_id__lt=post_id) | Q(post_id=post_id, number__gt=number))
    return _listed(by, found.order_by("-post_id", "number"), rows)


def claim_counts(by: Staff, slug: str) -> dict[str, int]:
    """How many claims of the live blog stand in which state; those that have none are left out."""
    counts: dict[str, int] = {}
    for state in _claims(by, slug, ()).values_list("state", flat=True):
        counts[state] = counts.get(state, 0) + 1
    return counts


def _claims(by: Staff, slug: str, states: Collection[str]) -> QuerySet[PageClaim]:
    """Of these states, or of all when none is named."""
    found = PageClaim.objects.filter(page_id=access.blog_to_see(by, slug).pk)
    return found.filter(state__in=states) if states else found


def _listed(by: Staff, found: QuerySet[PageClaim], rows: int) -> list[ListedClaim]:
    claims = list(found[:rows])
    posts = Post.objects.select_related("liveblog__publisher").in_bulk({claim.post_id for claim in claims})
    return [
        ListedClaim(claim, posts[claim.post_id], access.may_amend(by, posts[claim.post_id]))
        for claim in claims
    ]
