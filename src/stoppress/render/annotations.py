"""A post's changes and corrections as Web Annotations: for programs that follow what a newsroom puts right.

Called by `liveblogs/projection.py` (stored text, joined by the edge). May import `document`, `lib` and this room.
Source: https://www.w3.org/TR/annotation-model/ (4.2.4 TextQuoteSelector, 4.3.1 TimeState).

A change quotes the old words with as much around them as makes the quote unique in the old version's text
(`history.version_text`), and its body holds the new words. All changes from one version to the next are quoted
from the same old text, so they can be made in any order; done for each version in turn, the first version's text
becomes the present one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from stoppress.lib import limits
from stoppress.lib.clock import rfc3339
from stoppress.render.addresses import post_url
from stoppress.render.differences import Change, changes
from stoppress.render.facts import BlogFacts, CorrectionFacts, HistoryFacts, PostFacts, RevisionFacts
from stoppress.render.history import corrections_by_version, version_text
from stoppress.render.jsonld import json_text


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a text and as much around them as tells them from the same words elsewhere in it."""

    exact: str
    prefix: str
    suffix: str
    words: str  # what stands there in the newer text


def annotation_items(post: PostFacts, history: HistoryFacts, blog: BlogFacts) -> str:
    """The annotations as JSON objects with commas between, oldest first; "" when the post never changed."""
    made = list(_annotations(post, history, blog))
    address = f"{post_url(blog, post.id)}/annotations.json"
    return ",".join(
        json_text({"id": f"{address}#{number}", **annotation}) for number, annotation in enumerate(made, 1)
    )


def quotes(older: str, newer: str) -> tuple[Quote, ...]:
    """What makes `newer` of `older`, each change quoted so that it is found in one place only."""
    found = _with_words(older, changes(older, newer))
    made = tuple(_quote(older, change) for change in found)
    if len(found) > 1 and sum(len(one.prefix) + len(one.suffix) for one in made) > limits.QUOTES_CHARS:
        start, end = found[0].start, found[-1].end
        whole = Change(start, end, newer[start : len(newer) - (len(older) - end)])
        return (_quote(older, whole),)
    return made


def _annotations(post: PostFacts, history: HistoryFacts, blog: BlogFacts) -> Iterator[dict[str, object]]:
    notes = corrections_by_version(post, history)
    first = history.versions[0]
    yield from _corrections(notes.get(first.number, ()), first, post, blog)
    for before, after in pairwise(history.versions):
        for quote in quotes(version_text(before), version_text(after)):
            yield _change(quote, before, after, post, blog)
        yield from _corrections(notes.get(after.number, ()), after, post, blog)


def _change(
    quote: Quote, before: RevisionFacts, after: RevisionFacts, post: PostFacts, blog: BlogFacts
) -> dict[str, object]:
    selector = {
        "type": "TextQuoteSelector",
        "exact": quote.exact,
        "prefix": quote.prefix,
        "suffix": quote.suffix,
    }
    return {
        **_frame(after),
        "created": rfc3339(after.at),
        "body": _body(quote.words, "editing", blog),
        "target": {"source": post_url(blog, post.id), "state": _state(before), "selector": selector},
    }


def _corrections(
    notes: Iterable[CorrectionFacts], version: RevisionFacts, post: PostFacts, blog: BlogFacts
) -> Iterator[dict[str, object]]:
    for note in notes:
        yield {
            **_frame(version),
            "created": rfc3339(note.at),
            "body": _body(note.text, "commenting", blog),
            "target": {"source": post_url(blog, post.id), "state": _state(version)},
        }


def _frame(version: RevisionFacts) -> dict[str, object]:
    creators = [{"type": "Person", "name": name} for name in version.byline]
    return {"type": "Annotation", "motivation": "editing"} | ({"creator": creators} if creators else {})


def _body(value: str, purpose: str, blog: BlogFacts) -> dict[str, object]:
    return {
        "type": "TextualBody",
        "value": value,
        "format": "text/plain",
        "language": blog.language,
        "purpose": purpose,
    }


def _state(version: RevisionFacts) -> dict[str, object]:
    """Which version is meant: the one of that moment, and its number."""
    return {"type": "TimeState", "sourceDate": rfc3339(version.at), "version": version.number}


# --- quotes -------------------------------------------------------------------------------------------


def _with_words(older: str, found: Iterable[Change]) -> list[Change]:
    """The changes, each with at least one old word in it: a quote of nothing cannot be found.

    Only in a text without words is there nothing to take along.
    """
    grown: list[Change] = []
    waiting: Change | None = None
    for change in found:
        if waiting is not None and _grown(older, waiting, grown).end >= change.start:
            waiting = _joined(older, waiting, change)
            continue
        _add(older, waiting, grown)
        waiting = change
    _add(older, waiting, grown)
    return grown


def _add(older: str, change: Change | None, grown: list[Change]) -> None:
    if change is None:
        return
    found = _grown(older, change, grown)
    if grown and not older[found.start : found.end].strip():
        grown[-1] = _joined(older, grown[-1], found)
    else:
        grown.append(found)


def _joined(older: str, one: Change, other: Change) -> Change:
    return Change(one.start, other.end, one.words + older[one.end : other.start] + other.words)


def _grown(older: str, change: Change, earlier: list[Change]) -> Change:
    """`change` with the word before it, or the word after it, when it takes out nothing that is seen."""
    if older[change.start : change.end].strip():
        return change
    free_from = earlier[-1].end if earlier else 0
    before = older[free_from : change.start]
    if before.strip():
        start = free_from + _last_word(before)
        return Change(start, change.end, older[start : change.start] + change.words)
    after = older[change.end :].split(maxsplit=1)[:1]
    end = older.index(after[0], change.end) + len(after[0]) if after else len(older)
    return Change(change.start, end, change.words + older[change.end : end])


def _last_word(text: str) -> int:
    """Where the last word of `text` begins."""
    bare = text.rstrip()
    return len(bare) - len(bare.split()[-1])


def _quote(older: str, change: Change) -> Quote:
    """The quote with the shortest surroundings, doubled from limits.QUOTE_CHARS, that occurs once."""
    room = limits.QUOTE_CHARS
    while True:
        start, end = max(change.start - room, 0), change.end + room
        found = older[start:end]
        if (start == 0 and end >= len(older)) or _is_once(found, older):
            break
        room *= 2
    return Quote(
        exact=older[change.start : change.end],
        prefix=older[start : change.start],
        suffix=older[change.end : end],
        words=change.words,
    )


def _is_once(found: str, text: str) -> bool:
    first = text.find(found)
    return text.find(found, first + 1) < 0
