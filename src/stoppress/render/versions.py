"""A post as it read before it was changed, for the page at an earlier time: its old words, marked as changed since.

Called by `liveblogs/versions.py`; the bytes are stored. May import `document`, `lib` and this room. Whoever reads an
old version is told in it that it was put right later, when, and where the newer words stand; not the newer words.
A picture that was taken out of the post since does not come back, as in the post's history.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from stoppress.document.nodes import children, words
from stoppress.document.schema import Document, JsonNode
from stoppress.lib.languages import words_in
from stoppress.render.element import Html, element, join, text
from stoppress.render.facts import HistoryFacts, PostFacts
from stoppress.render.history import corrections_by_version
from stoppress.render.pictures import pictures
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
    say = words_in(language)
    shown = frozenset(picture.src for picture in pictures(post.document))
    for place, (version, following) in enumerate(pairwise(history.versions)):
        known = [note for each in history.versions[: place + 1] for note in notes.get(each.number, [])]
        corrected = [each.at for each in history.versions[place + 1 :] if each.number in notes]
        facts = replace(
            post,
            headline=version.headline,
            dateline=version.dateline,
            byline=version.byline,
            document=_less_pictures(version.document, shown),
            revision=version.number,
            last_changed_at=version.at,
            corrections=tuple(known),
        )
        word = say("Corrected later") if corrected else say("Changed later")
        at = time_since(
            corrected[0] if corrected else following.at, post.first_published_at, timezone, language
        )
        left_out = history.left_out if place == 0 else 0
        link = element("a", {"href": f"/live/{blog_slug}/posts/{post.id}/history"}, text(word))
        parts = [element("strong", None, link), at, *_not_shown(left_out, language)]
        if pictures(facts.document) != pictures(version.document):
            parts.append(element("span", None, text(say("A picture that stood here was taken out."))))
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


def _less_pictures(document: Document, shown: frozenset[str]) -> Document:
    """The document without pictures that the post does not show any more."""
    blocks = [kept for block in children(document.root) if (kept := _less(block, shown))]
    root: JsonNode = {**document.root, "content": blocks or [{"type": "paragraph"}]}
    return replace(document, root=root)


def _less(node: JsonNode, shown: frozenset[str]) -> JsonNode | None:
    """The node without them; None when nothing is left of it."""
    if node["type"] == "image":
        return node if words(node, "src") in shown else None
    inside = children(node)
    if not inside:
        return node
    kept = [less for child in inside if (less := _less(child, shown))]
    return {**node, "content": kept} if kept else None
