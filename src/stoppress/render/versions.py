"""A post as it read before it was changed, for the page at an earlier time: its old words, marked as changed since.

Called by `liveblogs/versions.py`; the bytes are stored. May import `document`, `lib` and this room. Whoever reads an
old version is told in it that it was put right later, when, and where the newer words stand; not the newer words.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from stoppress.lib.languages import words_in
from stoppress.render.element import Html, element, join, text
from stoppress.render.facts import HistoryFacts, PostFacts
from stoppress.render.history import corrections_by_version
from stoppress.render.post import post_html
from stoppress.render.times import time_since

_END_OF_HEADER = "</header>"  # the first one in a post is its own


@dataclass(frozen=True, slots=True)
class Earlier:
    """One earlier version: what it said, the element that readers saw with the mark in it, and until when it stood."""

    facts: PostFacts
    html: str
    until: datetime


def earlier_versions(
    post: PostFacts, history: HistoryFacts, blog_slug: str, timezone: str, language: str
) -> Iterator[Earlier]:
    """Every version but the one that stands, oldest first. Marks (key event, summary) are those of now."""
    notes = corrections_by_version(post, history)
    for place, (version, following) in enumerate(pairwise(history.versions)):
        known = [note for each in history.versions[: place + 1] for note in notes.get(each.number, [])]
        corrected = [each.at for each in history.versions[place + 1 :] if each.number in notes]
        facts = replace(
            post,
            headline=version.headline,
            dateline=version.dateline,
            byline=version.byline,
            document=version.document,
            revision=version.number,
            last_changed_at=version.at,
            corrections=tuple(known),
        )
        say = words_in(language)
        word = say("Corrected later") if corrected else say("Changed later")
        at = time_since(
            corrected[0] if corrected else following.at, post.first_published_at, timezone, language
        )
        left_out = history.left_out if place == 0 else 0
        link = element("a", {"href": f"/live/{blog_slug}/posts/{post.id}/history"}, text(word))
        parts = [element("strong", None, link), at, *_not_shown(left_out, language)]
        mark = element("p", {"class": "later corrected" if corrected else "later"}, join(parts, " "))
        html = post_html(facts, blog_slug, timezone, language)
        yield Earlier(facts, html.replace(_END_OF_HEADER, _END_OF_HEADER + mark, 1), following.at)


def _not_shown(count: int, language: str) -> list[Html]:
    """That versions are left out between this one and the next, when there were too many to keep."""
    if not count:
        return []
    say = words_in(language)
    told = say.many(
        "{count} version after this one is not shown.",
        "{count} versions after this one are not shown.",
        count=count,
    )
    return [element("span", None, text(told))]
