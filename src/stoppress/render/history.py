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
from stoppress.lib.languages import Words, words_in
from stoppress.render.differences import Piece, changes, pieces
from stoppress.render.element import NOTHING, Html, element, filled, join, text, tongue
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
        _entry(after, notes.get(after.number, []), _difference(before, after, clock.say), clock)
        for before, after in pairwise(history.versions)
    ]
    entries.insert(0, _entry(first, notes.get(first.number, []), _whole(first), clock, is_first=True))
    if history.left_out:
        entries.insert(1, _left_out(history.left_out, clock.say))
    untold = _not_kept(clock.say) if changed and not later else NOTHING
    listed = element("ol", {"class": "versions", "reversed": True}, *reversed(entries))
    return join([_legend(clock.say) if later else untold, listed])


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

    @property
    def say(self) -> Words:
        return words_in(self.language)


def _legend(say: Words) -> Html:
    """How to read the rest, shown by doing it."""
    taken_out = element("del", None, text(say("words taken out")))
    put_in = element("ins", None, text(say("words put in")))
    sentence = say("In what follows, {taken_out} and {put_in}.")
    return element("p", {"class": "note legend"}, filled(sentence, taken_out=taken_out, put_in=put_in))


def _left_out(count: int, say: Words) -> Html:
    told = say("Versions between this one and the first that are not shown one by one: {count}.", count=count)
    return element("li", {"class": "version"}, element("p", {"class": "note"}, text(told)))


def _not_kept(say: Words) -> Html:
    told = say(
        "This post was changed after it was published. What it said before came from elsewhere and is not kept here."
    )
    return element("p", {"class": "note"}, text(told))


def _entry(
    version: RevisionFacts,
    notes: list[CorrectionFacts],
    body: Iterator[Html],
    clock: _Clock,
    *,
    is_first: bool = False,
) -> Html:
    say = clock.say
    label = say("First published") if is_first else say("Corrected") if notes else say("Changed")
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
        _credit(version, say),
        *(_correction(note, version, clock) for note in notes),
        element("div", {"class": "words", **tongue(version.document.language, clock.language)}, *body),
    )


def _credit(version: RevisionFacts, say: Words) -> Html:
    if not version.byline:
        return NOTHING
    return element(
        "p", {"class": "credit"}, element("span", {"class": "byline"}, credit_html(version.byline, say))
    )


def _correction(note: CorrectionFacts, version: RevisionFacts, clock: _Clock) -> Html:
    """Its own time only where it did not come with the version."""
    parts = [element("strong", None, text(clock.say("Correction")))]
    if note.at != version.at:
        parts.append(full_time(note.at, clock.timezone, clock.language))
    return element("p", {"class": "correction"}, join([*parts, element("span", None, text(note.text))], " "))


def _whole(version: RevisionFacts) -> Iterator[Html]:
    for line in version_text(version).split("\n"):
        if line.strip():
            yield element("p", None, text(line))


# --- differences --------------------------------------------------------------------------------------


def _difference(before: RevisionFacts, after: RevisionFacts, say: Words) -> Iterator[Html]:
    """The lines that changed, with the stretches between them cut short."""
    older, newer = version_text(before), version_text(after)
    told = list(_picture_notes(before, after, say))
    if older == newer and not told:
        told = [say("No words changed, only their form or where links lead.")]
    if older != newer:
        rows = _rows(pieces(older, changes(older, newer)))
        for has_change, group in groupby(rows, _has_change):
            if has_change:
                yield from (element("p", None, *_row(row, say)) for row in group)
            else:
                yield element("p", {"class": "same"}, text("…"))
    for sentence in told:
        yield element("p", {"class": "note"}, text(sentence))


def _picture_notes(before: RevisionFacts, after: RevisionFacts, say: Words) -> Iterator[str]:
    """That pictures came or went; never the picture that is no longer shown."""
    old = Counter(picture.src for picture in pictures(before.document))
    new = Counter(picture.src for picture in pictures(after.document))
    if old - new:
        yield say("A picture was taken out.")
    if new - old:
        yield say("A picture was put in.")


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


def _row(row: Row, say: Words) -> Iterator[Html]:
    shown = [piece for piece in row if piece.text]
    for place, piece in enumerate(shown):
        if piece.kind == "same":
            yield text(_shortened(piece.text, first=place == 0, last=place == len(shown) - 1))
        elif not piece.text.strip():
            yield text(" ")
        else:
            if place and shown[place - 1].kind == "gone":
                yield text(" ")  # between the old words and the new ones in their place
            yield _marked(piece, say)


def _marked(piece: Piece, say: Words) -> Html:
    """The words are the writer's; what stands around them is said in brackets, to listeners only."""
    gone = piece.kind == "gone"
    around = say("[taken out: {words}]") if gone else say("[put in: {words}]")
    before, _, after = around.partition("{words}")
    return element(
        "del" if gone else "ins", None, _for_listeners(before), text(piece.text), _for_listeners(after)
    )


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
