"""The words of a document, without its form.

Called by `render/plain.py`, key-event titles, search and cards. `plain_text` and the text of
`render/html.py` are the same words with the same line ends; a property test holds them together.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from stoppress.document.addresses import is_own, site_of
from stoppress.document.made_once import made_once
from stoppress.document.nodes import JsonMark, JsonNode, children, mark_words, words
from stoppress.document.schema import Document
from stoppress.document.structured import (
    asked_lines,
    map_lines,
    poll_lines,
    score_lines,
    title_lines,
)
from stoppress.lib.languages import Words, words_in
from stoppress.lib.origins import origin_label
from stoppress.lib.providers import PROVIDERS

IN_ENGLISH: Final = words_in("en")


@made_once
def plain_text(document: Document) -> str:
    """One line for each block; a line break begins a new line; cells of a table row stand apart by tabs."""
    return "\n".join(_lines(document.root, document.say))


@made_once
def first_words(document: Document, chars: int) -> str:
    """The beginning of the prose on one line, cut between words to at most `chars` characters with "…".

    Pictures, link cards and embeds speak only when nothing else does.
    """
    text = _beginning(document)
    if len(text) <= chars:
        return text
    label = _label_beyond(document, text, chars - 1)
    room = chars - len(label)
    cut = text[: max(room - 1, 0)]
    whole = cut if text[len(cut) : len(cut) + 1].isspace() else cut.rpartition(" ")[0] or cut
    return whole.rstrip(" ,;:-") + "…" + label if room > 0 else ""


@made_once
def _beginning(document: Document) -> str:
    blocks = children(document.root)
    prose = [block for block in blocks if block["type"] not in _SHOWN]
    return _one_line(prose, document.say) or _one_line(blocks, document.say)


def _label_beyond(document: Document, text: str, end: int) -> str:
    """What must follow `text` cut at `end`, so that a claim never reads as a fact: " (unverified)", or ""."""
    for said, state in _unconfirmed(document):
        at = text.find(said)
        if 0 <= at < end < at + len(said):
            return f" ({state_words(state, document.say)})"
    return ""


@made_once
def _unconfirmed(document: Document) -> tuple[tuple[str, str], ...]:
    """Every claim that is not confirmed, with its label as it reads on one line, and its state."""
    say = document.say
    return tuple(
        (" ".join(f"{inline_text(nodes, say, 1)} {claim_label(mark, say)}".split()), state)
        for mark, nodes in claimed_runs(document.root)
        if (state := mark_words(mark, "state")) != "confirmed"
    )


def is_blank(document: Document) -> bool:
    """Whether a reader would see nothing: no words and no picture."""
    blocks = children(document.root)
    return not any(block["type"] in _SHOWN for block in blocks) and not _one_line(blocks, IN_ENGLISH)


def claim_label(mark: JsonMark, say: Words = IN_ENGLISH) -> str:
    """The words after a claimed passage: "(unverified, says the harbour master)"."""
    return f"({claim_words(mark_words(mark, 'state'), mark_words(mark, 'source'), say)})"


def claim_words(state: str, source: str, say: Words = IN_ENGLISH) -> str:
    """How a claim stands and whose it is, in words that begin with the state: "unverified, says the harbour master".

    A claim that is not confirmed must never read as if its source judged it: "false, says N" would.
    """
    name = source.strip()
    if not name:
        return state_words(state, say)
    said = {
        "unverified": say("unverified, says {source}"),
        "confirmed": say("confirmed; first said by {source}"),
        "disputed": say("disputed; claimed by {source}"),
        "false": say("false; claimed by {source}"),
    }
    return said[state].format(source=name)


def state_words(state: str, say: Words) -> str:
    """How a claim stands, in one or two words."""
    said = {
        "unverified": say("unverified"),
        "confirmed": say("confirmed"),
        "disputed": say("disputed"),
        "false": say("false"),
    }
    return said[state]


def runs(content: list[JsonNode], depth: int = 0) -> Iterator[tuple[JsonMark | None, list[JsonNode]]]:
    """Inline nodes grouped by their mark at `depth`: neighbours with an equal mark are one run.

    So a link with a bold word in it stays one link, and a claim gets one label.
    """
    run: list[JsonNode] = []
    current: JsonMark | None = None
    for node in content:
        marks = node.get("marks", [])
        mark = marks[depth] if depth < len(marks) else None
        if run and mark != current:
            yield current, run
            run = []
        current = mark
        run.append(node)
    if run:
        yield current, run


def claimed_runs(node: JsonNode) -> Iterator[tuple[JsonMark, list[JsonNode]]]:
    """The runs of text that are marked as claims, anywhere in `node`, in order."""
    content = children(node)
    if any(child["type"] == "text" for child in content):
        yield from ((mark, run) for mark, run in runs(content) if mark and mark["type"] == "claim")
    else:
        for child in content:
            yield from claimed_runs(child)


_SHOWN: Final = frozenset({"image", "gallery", "link_card", "embed"})


def _one_line(blocks: list[JsonNode], say: Words) -> str:
    return " ".join(" ".join(line for block in blocks for line in _summed_up(block, say)).split())


def _summed_up(block: JsonNode, say: Words) -> list[str]:
    """A poll is known by its question; its answers would read as the post's own words."""
    lines = _lines(block, say)
    return lines[:1] if block["type"] == "poll" else lines


def _lines(node: JsonNode, say: Words) -> list[str]:
    return LINES[node["type"]](node, say)


def _blocks(node: JsonNode, say: Words) -> list[str]:
    return [line for child in children(node) for line in _lines(child, say)]


def inline_text(content: list[JsonNode], say: Words = IN_ENGLISH, depth: int = 0) -> str:
    """The words of inline nodes: line breaks as line ends, claims with their label."""
    return "".join(_run_text(mark, run, say, depth) for mark, run in runs(content, depth))


def _run_text(mark: JsonMark | None, run: list[JsonNode], say: Words, depth: int) -> str:
    if mark is None:
        return "".join(node.get("text", "\n") for node in run)
    text = inline_text(run, say, depth + 1)
    return f"{text} {claim_label(mark, say)}" if mark["type"] == "claim" else text


def _prose(node: JsonNode, say: Words) -> list[str]:
    text = inline_text(children(node), say)
    return text.split("\n") if text.strip() else []


def _quote(node: JsonNode, say: Words) -> list[str]:
    return _blocks(node, say) + _known(quote_credit(node))


def quote_credit(node: JsonNode) -> str:
    """Who is quoted, as printed; else the site the quote links to; else ""."""
    speaker, address = words(node, "speaker"), words(node, "source_url")
    return speaker if speaker.strip() or not address else site_of(address)


def _row(node: JsonNode, say: Words) -> list[str]:
    return ["\t".join(" ".join(_blocks(cell, say)).replace("\n", " ") for cell in children(node))]


def _table(node: JsonNode, say: Words) -> list[str]:
    return [line for row in children(node) if children(row) for line in _lines(row, say)]


def card_lines(node: JsonNode) -> tuple[str, str, str]:
    """Title, description and site of a link card, as shown; the address speaks when the title is blank."""
    address = words(node, "url")
    title, site = words(node, "title"), words(node, "site")
    return title if title.strip() else address, words(node, "description"), site or site_of(address)


def embed_lines(node: JsonNode, say: Words) -> tuple[str, str, str, str]:
    """Title, text and author of an embed as shown, each "" when not known; what it is and where, in words."""
    title, said, author = (words(node, name) for name in ("title", "text", "author"))
    return title, said, author, embed_label(words(node, "provider"), say)


def embed_label(provider: str, say: Words = IN_ENGLISH) -> str:
    """What the post or player of a site is called: "Video on YouTube"."""
    site = PROVIDERS[provider]
    said = {
        "post": say("Post on {site}"),
        "video": say("Video on {site}"),
        "sound": say("Sound on {site}"),
        "chart": say("Chart on {site}"),
    }
    return said[site.kind].format(site=site.title)


def _image(node: JsonNode, say: Words) -> list[str]:
    remote = [] if is_own(words(node, "src")) else [remote_label(node, say)]
    return remote + _known(" ".join(part for part in picture_words(node, say) if part.strip()))


def remote_label(node: JsonNode, say: Words) -> str:
    """What stands where a foreign picture is not loaded."""
    return say("Picture at {site}", site=site_of(words(node, "src")))


def picture_words(node: JsonNode, say: Words) -> tuple[str, str, str]:
    """Caption, credit and how it was made, under a picture; a foreign one, which is not seen, is described instead."""
    caption = words(node, "caption")
    if not caption.strip() and not is_own(words(node, "src")):
        caption = words(node, "alt")
    return caption, words(node, "credit"), origin_label(words(node, "origin"), say)


def _known(line: str) -> list[str]:
    return [line] if line.strip() else []


LINES: Final[Mapping[str, Callable[[JsonNode, Words], list[str]]]] = {
    "doc": _blocks,
    "paragraph": _prose,
    "heading": _prose,
    "quote": _quote,
    "bullet_list": _blocks,
    "ordered_list": _blocks,
    "list_item": _blocks,
    "table": _table,
    "table_row": _row,
    "table_header": _blocks,
    "table_cell": _blocks,
    "link_card": lambda node, _: [line for line in card_lines(node) if line.strip()],
    "embed": lambda node, say: [line for line in embed_lines(node, say) if line.strip()],
    "image": _image,
    "gallery": _blocks,
    "score": lambda node, _: score_lines(node),
    "fact_box": lambda node, say: title_lines(node) + _blocks(node, say),
    "map_point": map_lines,
    "poll": poll_lines,
    "qa": lambda node, say: asked_lines(node, say) + _blocks(node, say),
}
