"""The words of a document, without its form.

Called by `render/plain.py`, key-event titles, search and cards. `plain_text` and the text of
`render/html.py` are the same words with the same line ends; a property test holds them together.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from stoppress.document.addresses import is_own, site_of
from stoppress.document.nodes import JsonMark, JsonNode, children, mark_words, words
from stoppress.document.schema import Document
from stoppress.document.structured import (
    asked_lines,
    map_lines,
    poll_lines,
    score_lines,
    title_lines,
)
from stoppress.lib.origins import origin_label
from stoppress.lib.providers import PROVIDERS


def plain_text(document: Document) -> str:
    """One line for each block; a line break begins a new line; cells of a table row stand apart by tabs."""
    return "\n".join(_lines(document.root))


def first_words(document: Document, chars: int) -> str:
    """The beginning of the prose on one line, cut between words to at most `chars` characters with "…".

    Pictures, link cards and embeds speak only when nothing else does.
    """
    blocks = children(document.root)
    prose = [block for block in blocks if block["type"] not in _SHOWN]
    text = _one_line(prose) or _one_line(blocks)
    if len(text) <= chars:
        return text
    label = _label_beyond(document.root, text, chars - 1)
    room = chars - len(label)
    cut = text[: max(room - 1, 0)]
    whole = cut if text[len(cut) : len(cut) + 1].isspace() else cut.rpartition(" ")[0] or cut
    return whole.rstrip(" ,;:-") + "…" + label if room > 0 else ""


def _label_beyond(root: JsonNode, text: str, end: int) -> str:
    """What must follow `text` cut at `end`, so that a claim never reads as a fact: " (unverified)", or ""."""
    for mark, nodes in claimed_runs(root):
        state = mark_words(mark, "state")
        said = " ".join(f"{inline_text(nodes, 1)} {claim_label(mark)}".split())
        at = text.find(said)
        if state != "confirmed" and 0 <= at < end < at + len(said):
            return f" ({state})"
    return ""


def is_blank(document: Document) -> bool:
    """Whether a reader would see nothing: no words and no picture."""
    blocks = children(document.root)
    return not any(block["type"] in _SHOWN for block in blocks) and not _one_line(blocks)


def claim_label(mark: JsonMark) -> str:
    """The words after a claimed passage: "(unverified, says the harbour master)"."""
    return f"({claim_words(mark_words(mark, 'state'), mark_words(mark, 'source'))})"


def claim_words(state: str, source: str) -> str:
    """How a claim stands and whose it is, in words that begin with the state: "unverified, says the harbour master"."""
    name = source.strip()
    return state + (_SAYS[state].format(name) if name else "")


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


# A claim that is not confirmed must never read as if its source judged it: "false, says N" would.
_SAYS: Final = {
    "unverified": ", says {}",
    "confirmed": "; first said by {}",
    "disputed": "; claimed by {}",
    "false": "; claimed by {}",
}
_SHOWN: Final = frozenset({"image", "gallery", "link_card", "embed"})


def _one_line(blocks: list[JsonNode]) -> str:
    return " ".join(" ".join(line for block in blocks for line in _summed_up(block)).split())


def _summed_up(block: JsonNode) -> list[str]:
    """A poll is known by its question; its answers would read as the post's own words."""
    lines = _lines(block)
    return lines[:1] if block["type"] == "poll" else lines


def _lines(node: JsonNode) -> list[str]:
    return LINES[node["type"]](node)


def _blocks(node: JsonNode) -> list[str]:
    return [line for child in children(node) for line in _lines(child)]


def inline_text(content: list[JsonNode], depth: int = 0) -> str:
    """The words of inline nodes: line breaks as line ends, claims with their label."""
    return "".join(_run_text(mark, run, depth) for mark, run in runs(content, depth))


def _run_text(mark: JsonMark | None, run: list[JsonNode], depth: int) -> str:
    if mark is None:
        return "".join(node.get("text", "\n") for node in run)
    text = inline_text(run, depth + 1)
    return f"{text} {claim_label(mark)}" if mark["type"] == "claim" else text


def _prose(node: JsonNode) -> list[str]:
    text = inline_text(children(node))
    return text.split("\n") if text.strip() else []


def _quote(node: JsonNode) -> list[str]:
    return _blocks(node) + _known(quote_credit(node))


def quote_credit(node: JsonNode) -> str:
    """Who is quoted, as printed; else the site the quote links to; else ""."""
    speaker, address = words(node, "speaker"), words(node, "source_url")
    return speaker if speaker.strip() or not address else site_of(address)


def _row(node: JsonNode) -> list[str]:
    return ["\t".join(" ".join(_blocks(cell)).replace("\n", " ") for cell in children(node))]


def _table(node: JsonNode) -> list[str]:
    return [line for row in children(node) if children(row) for line in _lines(row)]


def card_lines(node: JsonNode) -> tuple[str, str, str]:
    """Title, description and site of a link card, as shown; the address speaks when the title is blank."""
    address = words(node, "url")
    title, site = words(node, "title"), words(node, "site")
    return title if title.strip() else address, words(node, "description"), site or site_of(address)


def embed_lines(node: JsonNode) -> tuple[str, str, str, str]:
    """Title, text and author of an embed as shown, each "" when not known; what it is and where, in words."""
    title, said, author = (words(node, name) for name in ("title", "text", "author"))
    return title, said, author, embed_label(words(node, "provider"))


def embed_label(provider: str) -> str:
    """What the post or player of a site is called: "Video on YouTube"."""
    site = PROVIDERS[provider]
    return f"{site.kind.capitalize()} on {site.title}"


def _image(node: JsonNode) -> list[str]:
    remote = [] if is_own(words(node, "src")) else [remote_label(node)]
    return remote + _known(" ".join(part for part in picture_words(node) if part.strip()))


def remote_label(node: JsonNode) -> str:
    """What stands where a foreign picture is not loaded."""
    return f"Picture at {site_of(words(node, 'src'))}"


def picture_words(node: JsonNode) -> tuple[str, str, str]:
    """Caption, credit and how it was made, under a picture; a foreign one, which is not seen, is described instead."""
    caption = words(node, "caption")
    if not caption.strip() and not is_own(words(node, "src")):
        caption = words(node, "alt")
    return caption, words(node, "credit"), origin_label(words(node, "origin"))


def _known(line: str) -> list[str]:
    return [line] if line.strip() else []


LINES: Final[Mapping[str, Callable[[JsonNode], list[str]]]] = {
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
    "link_card": lambda node: [line for line in card_lines(node) if line.strip()],
    "embed": lambda node: [line for line in embed_lines(node) if line.strip()],
    "image": _image,
    "gallery": _blocks,
    "score": score_lines,
    "fact_box": lambda node: title_lines(node) + _blocks(node),
    "map_point": map_lines,
    "poll": poll_lines,
    "qa": lambda node: asked_lines(node) + _blocks(node),
}
