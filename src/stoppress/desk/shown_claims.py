"""What templates are given of claims: each in words, with the buttons that settle it.

Called by `shown.py` and the views.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from stoppress.document.check import CLAIM_STATES
from stoppress.document.claims import OPEN_STATES
from stoppress.document.text import claim_words
from stoppress.lib import limits
from stoppress.liveblogs.listed_claims import ListedClaim, claims_of
from stoppress.liveblogs.models import LiveBlog
from stoppress.newsroom.roles import Staff

WORDS: Final = {
    "unverified": "Unverified",
    "confirmed": "Confirmed",
    "disputed": "Disputed",
    "false": "False",
}


@dataclass(frozen=True, slots=True)
class ClaimEntry:
    """One claim in a list. `choices`: the states it can be given, each with the word on its button."""

    listed: ListedClaim
    name: str
    word: str
    says: str
    choices: tuple[tuple[str, str], ...]
    post_url: str
    change_url: str
    key: str

    @property
    def note_chars(self) -> int:
        """How long the correction of a false one may be."""
        return limits.CORRECTION_CHARS


@dataclass(frozen=True, slots=True)
class OpenClaims:
    """The list at the side of the timeline; `more` stand on the page with all of them."""

    entries: tuple[ClaimEntry, ...]
    more: bool


def open_claims(by: Staff, blog: LiveBlog, key: str) -> OpenClaims:
    """What nobody has settled yet, of the newest post first."""
    rows = limits.OPEN_CLAIMS_SHOWN
    found = claims_of(by, blog.slug, states=OPEN_STATES, rows=rows + 1)
    return OpenClaims(tuple(entry(blog, listed, key) for listed in found[:rows]), more=len(found) > rows)


def entry(blog: LiveBlog, listed: ListedClaim, key: str) -> ClaimEntry:
    """The claim with its words and buttons. `key`: makes pressing one twice do it once."""
    claim = listed.claim
    state = claim.state
    return ClaimEntry(
        listed=listed,
        name=f"{claim.post_id}-{claim.claim_id}",
        word=WORDS[state],
        says=claim_words(state, claim.source)[len(state) :].lstrip(",; "),
        choices=tuple((each, WORDS[each]) for each in _settled_first() if each != state),
        post_url=reverse("desk:post", args=[blog.slug, claim.post_id]),
        change_url=reverse("desk:change_claim", args=[blog.slug, claim.post_id, claim.claim_id]),
        key=f"{key}-{claim.post_id}-{claim.claim_id}",
    )


def _settled_first() -> Collection[str]:
    return sorted(CLAIM_STATES, key=lambda state: (state == "unverified", CLAIM_STATES.index(state)))
