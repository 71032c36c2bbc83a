"""How a post came to read as it does: every version that readers have seen, with what changed in it.

Called by `liveblogs/projection.py`; the bytes are stored with the post and `edge/frame.py` puts a page around
them. May import `document`, `lib` and this room. A post that never changed has no history: "". Where words were
taken out or put in is said by `<del>` and `<ins>`, by their look, and in words for listeners.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from stoppress.lib import limits
from stoppress.render import words
from stoppress.render.differences import Piece, changes, pieces
from stoppress.render.element import NOTHING, Html, element, join, text
from stoppress.render.facts import CorrectionFacts, HistoryFacts, PostFacts, RevisionFacts
from stoppress.render.pictures import pictures
from stoppress.render.plain import document_plain
from stoppress.render.post import credit_html
from stoppress.render.times import full_time, post_time

Row = list[Piece]


def version_text(version: RevisionFacts) -> str:
    """A version as plain text: headline, dateline, blocks, each on a line of its own, nothing for what is empty."""
    lines = (version.headline, version.dateline, document_plain(version.document))
    return "\n".join(line for line in lines if line)


def history_html(post: PostFacts, history: HistoryFacts, timezone: str, language: str) -> str:
    """The versions, newest first; "" when the post never changed."""
    changed = post.last_changed_at > post.first_published_at
    if len(history.versions) == 1 and not post.corrections and not changed:
        return NOTHING
    clock = _Clock(timezone, language)
    first, *later = history.versions
    notes = corrections_by_version(post, history)
    entries = [
        _entry(after, notes.get(after.number, []), _difference(before, after), clock)
        for before, after in pairwise(history.versions)
    ]
    entries.insert(0, _entry(first, notes.get(first.number, []), _whole(first), clock, is_first=True))
    if history.left_out:
        count = text(words.LEFT_OUT.format(count=history.left_out))
        entries.insert(1, element("li", {"class": "version"}, element("p", {"class": "note"}, count)))
    untold = element("p", {"class": "note"}, text(words.NOT_KEPT)) if changed and not later else NOTHING
    listed = element("ol", {"class": "versions", "reversed": True}, *reversed(entries))
    return join([_legend() if later else untold, listed])


def corrections_by_version(post: PostFacts, history: HistoryFacts) -> dict[int, list[CorrectionFacts]]:
    """Each correction under the number of the version it came with, or of the one that stood when it came."""
    numbers = [version.number for version in history.versions]
    found: dict[int, list[CorrectionFacts]] = {}
    for note in post.corrections:
        number = max((number for number in numbers if number <= note.revision), default=numbers[0])
        found.setdefault(number, []).append(note)
    return found


@dataclass(frozen=True, slots=True)
class _Clock:
    """Where and in which language moments are told."""

    timezone: str
    language: str


def _legend() -> Html:
    """How to read the rest, shown by doing it."""
    return element(
        "p",
        {"class": "note legend"},
        text(words.READING_CHANGES),
        element("del", None, text(words.TAKEN_OUT)),
        text(words.AND),
        element("ins", None, text(words.PUT_IN)),
        text("."),
    )


def _entry(
    version: RevisionFacts,
    notes: list[CorrectionFacts],
    body: Iterator[Html],
    clock: _Clock,
    *,
    is_first: bool = False,
) -> Html:
    label = words.FIRST_PUBLISHED if is_first else words.CORRECTED if notes else words.CHANGED
    return element(
        "li",
        {"class": "version"},
        element(
            "h3",
            None,
            element("span", {"class": "label"}, text(label)),
            text(" "),
            post_time(version.at, clock.timezone, clock.language),
        ),
        _credit(version),
        *(_correction(note, version, clock) for note in notes),
        element("div", {"class": "words"}, *body),
    )


def _credit(version: RevisionFacts) -> Html:
    if not version.byline:
        return NOTHING
    return element(
        "p", {"class": "credit"}, element("span", {"class": "byline"}, credit_html(version.byline))
    )


def _correction(note: CorrectionFacts, version: RevisionFacts, clock: _Clock) -> Html:
    """Its own time only where it did not come with the version."""
    parts = [element("strong", None, text(words.CORRECTION))]
    if note.at != version.at:
        parts.append(full_time(note.at, clock.timezone, clock.language))
    return element("p", {"class": "correction"}, join([*parts, element("span", None, text(note.text))], " "))


def _whole(version: RevisionFacts) -> Iterator[Html]:
    for line in version_text(version).split("\n"):
        if line.strip():
            yield element("p", None, text(line))


# --- differences --------------------------------------------------------------------------------------


def _difference(before: RevisionFacts, after: RevisionFacts) -> Iterator[Html]:
    """The lines that changed, with the stretches between them cut short."""
    older, newer = version_text(before), version_text(after)
    told = list(_picture_notes(before, after))
    if older == newer and not told:
        told = [words.NO_WORDS_CHANGED]
    if older != newer:
        rows = _rows(pieces(older, changes(older, newer)))
        for has_change, group in groupby(rows, _has_change):
            if has_change:
                yield from (element("p", None, *_row(row)) for row in group)
            else:
                yield element("p", {"class": "same"}, text("…"))
    for sentence in told:
        yield element("p", {"class": "note"}, text(sentence))


def _picture_notes(before: RevisionFacts, after: RevisionFacts) -> Iterator[str]:
    """That pictures came or went; never the picture that is no longer shown."""
    old = Counter(picture.src for picture in pictures(before.document))
    new = Counter(picture.src for picture in pictures(after.document))
    if old - new:
        yield words.PICTURE_OUT
    if new - old:
        yield words.PICTURE_IN


def _rows(found: list[Piece]) -> list[Row]:
    """The pieces line by line; a line that holds nothing to see is left out."""
    rows: list[Row] = [[]]
    for piece in found:
        first, *others = piece.text.split("\n")
        rows[-1].append(Piece(piece.kind, first))
        rows.extend([Piece(piece.kind, line)] for line in others)
    return [row for row in rows if any(piece.text.strip() for piece in row)]


def _has_change(row: Row) -> bool:
    return any(piece.kind != "same" and piece.text.strip() for piece in row)


def _row(row: Row) -> Iterator[Html]:
    shown = [piece for piece in row if piece.text]
    for place, piece in enumerate(shown):
        if piece.kind == "same":
            yield text(_shortened(piece.text, first=place == 0, last=place == len(shown) - 1))
        elif not piece.text.strip():
            yield text(" ")
        else:
            if place and shown[place - 1].kind == "gone":
                yield text(" ")  # between the old words and the new ones in their place
            yield _marked(piece)


def _marked(piece: Piece) -> Html:
    tag, mark = ("del", words.OUT_MARK) if piece.kind == "gone" else ("ins", words.IN_MARK)
    return element(tag, None, _for_listeners(mark), text(piece.text), _for_listeners(words.END_MARK))


def _for_listeners(said: str) -> Html:
    return element("span", {"class": "for-listeners"}, text(said))


def _shortened(same: str, *, first: bool, last: bool) -> str:
    """What stands next to a change, at most limits.SAME_CHARS on each side, cut between words."""
    room = limits.SAME_CHARS
    if len(same) <= room * (1 if first or last else 2) + 1:
        return same
    head = "" if first else same[:room].rpartition(" ")[0] or same[:room]
    tail = "" if last else same[-room:].partition(" ")[2] or same[-room:]
    return f"{head} … {tail}"
