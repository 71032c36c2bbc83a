"""Lines of a live blog's list of claims: what somebody says, who, and how it stands since when.

Called by `liveblogs/claims.py`; each line is stored with its state, and `edge/past.py` puts them in groups on a page.
May import `document`, `lib` and this room. The state is always told in words.
"""

from dataclasses import dataclass
from datetime import datetime

from stoppress.document.claims import Claim, claims
from stoppress.document.text import claim_words, state_words
from stoppress.render.element import NOTHING, Html, element, filled, join, text
from stoppress.render.facts import BlogFacts, HistoryFacts, PostFacts
from stoppress.render.times import full_time, post_time, time_since


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One entry of the list. `since`: when it came to stand as it does."""

    claim: Claim
    since: datetime
    html: str


@dataclass(frozen=True, slots=True)
class _Step:
    state: str
    at: datetime


def claim_lines(post: PostFacts, past: HistoryFacts, blog: BlogFacts) -> tuple[ClaimLine, ...]:
    """One line for each claim of a post, in the order of its text. `past`: the versions that readers saw."""
    trails: dict[str, list[_Step]] = {}
    for version in past.versions:
        for claim in claims(version.document):
            trail = trails.setdefault(claim.id, [])
            if not trail or trail[-1].state != claim.state:
                trail.append(_Step(claim.state, version.at))
    stands = _Step("", post.last_changed_at)
    return tuple(_line(claim, trails.get(claim.id, [stands]), post, blog) for claim in claims(post.document))


def _line(claim: Claim, trail: list[_Step], post: PostFacts, blog: BlogFacts) -> ClaimLine:
    *before, now = trail
    said, state = claim_words(claim.state, claim.source, blog.say), state_words(claim.state, blog.say)
    named = element("strong", None, text(state[0].upper() + state[1:]))
    moment = full_time(post.first_published_at, blog.timezone, blog.language)
    link = element(
        "a", {"href": f"/live/{blog.slug}/posts/{post.id}"}, filled(blog.say("Post of {time}"), time=moment)
    )
    html = element(
        "li",
        {"class": "version"},
        post_time(now.at, blog.timezone, blog.language),
        element("blockquote", {"class": "claim-said"}, element("p", None, text(claim.text))),
        element("p", {"class": "claim-stands"}, named, text(said[len(state) :])),
        _before(before, now, blog),
        element("p", {"class": "updated"}, link),
    )
    return ClaimLine(claim, now.at, html)


def _before(before: list[_Step], now: _Step, blog: BlogFacts) -> Html:
    """How it stood earlier, oldest first: nothing when it never changed."""
    if not before:
        return NOTHING
    steps = join(
        [
            filled(
                blog.say("{state} since {time}"),
                state=text(state_words(step.state, blog.say)),
                time=time_since(step.at, now.at, blog.timezone, blog.language),
            )
            for step in before
        ],
        blog.say(", "),
    )
    return element("p", {"class": "claim-before"}, filled(blog.say("Before: {states}"), states=steps))
