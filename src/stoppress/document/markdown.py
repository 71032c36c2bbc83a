"""Markdown → Document: CommonMark with tables, as the API and reporters' own tools send it.

Called by `api` and `archive`. Headings of any level become sub-headings, a last line "— Name" in a block
quote its speaker, code and html the plain text they are.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from stoppress.document.addresses import link_fault, picture_fault
from stoppress.document.check import InvalidDocument
from stoppress.document.inline import Marks, tidy, without_dash
from stoppress.document.nodes import JsonMark
from stoppress.document.notes import Notes
from stoppress.document.schema import Document
from stoppress.document.writer import Writer
from stoppress.lib import limits

_PARSER: Final = MarkdownIt("commonmark", {"html": False}).enable("table")
# Every address is let through here and judged by our own rules; what they refuse stays as text.
_PARSER.validateLink = lambda url: url != ""  # type: ignore[method-assign]  # its documented way

_CONTAINERS: Final = {
    "blockquote": "quote",
    "bullet_list": "bullet_list",
    "ordered_list": "ordered_list",
    "list_item": "list_item",
    "table": "table",
    "tr": "table_row",
    "th": "table_header",
    "td": "table_cell",
}


def from_markdown(text: str) -> Document:
    """The document that `text` means.

    Raises: InvalidDocument when it is too large for one post; nothing else, for any text.
    """
    if len(text) > limits.DOCUMENT_BYTES:
        raise InvalidDocument(_TOO_LARGE)
    writer = Writer(Notes())
    for token in _PARSER.parse(text):
        _block(token, writer)
    document = writer.document()
    if writer.full:
        raise InvalidDocument(_TOO_LARGE)
    return document


_TOO_LARGE: Final = (
    f"The text is too large for one post ({limits.TEXT_CHARS:,} characters, "
    f"{limits.DOCUMENT_NODES:,} parts); make two posts of it."
)


def _block(token: Token, writer: Writer) -> None:
    name = token.type.removesuffix("_open").removesuffix("_close")
    if token.type == "inline":
        _inline(token.children or [], writer)
    elif token.type in {"fence", "code_block"}:
        _code(token.content, writer)
    elif name in _CONTAINERS:
        _container(token, _CONTAINERS[name], writer)
    else:  # paragraph, heading, rule, thead, tbody: each ends what was under way
        writer.end_block()
        writer.heading = token.type == "heading_open"


def _container(token: Token, kind: str, writer: Writer) -> None:
    if token.nesting > 0:
        start = token.attrs.get("start")
        in_bounds = isinstance(start, int) and 0 <= start <= limits.LIST_START_MAX
        writer.open(kind, {"start": int(start)} if in_bounds and start is not None else None)
    else:
        writer.close_to(writer.depth - 1)


def _code(content: str, writer: Writer) -> None:
    writer.end_block()
    for line in content.splitlines():
        writer.text(line)
        writer.line_break()
    writer.end_block()


def _inline(tokens: list[Token], writer: Writer) -> None:
    bold = italic = 0
    links: list[JsonMark | None] = []
    for place, token in enumerate(tokens):
        if token.type in {"strong_open", "strong_close"}:
            bold += token.nesting
        elif token.type in {"em_open", "em_close"}:
            italic += token.nesting
        elif token.type == "link_open":
            links.append(_link(str(token.attrs.get("href", ""))))
        elif token.type == "link_close":
            links.pop()
        elif token.type == "softbreak" and writer.quoting and _names(tokens[place + 1 : place + 2]):
            writer.line_break()
        else:
            _LEAVES.get(token.type, _text)(token, writer, tuple(_marks(links, bold=bold, italic=italic)))


def _names(tokens: list[Token]) -> bool:
    """Whether a line begins as one that names the speaker does: "— Name"."""
    return any(without_dash(token.content) != token.content.strip() for token in tokens)


def _marks(links: list[JsonMark | None], *, bold: int, italic: int) -> Iterator[JsonMark]:
    if links and (link := links[-1]) is not None:
        yield link
    if bold:
        yield {"type": "bold"}
    if italic:
        yield {"type": "italic"}


def _link(address: str) -> JsonMark | None:
    return None if link_fault(address) else {"type": "link", "attrs": {"href": address}}


def _text(token: Token, writer: Writer, marks: Marks) -> None:
    writer.text(token.content, marks)


def _image(token: Token, writer: Writer, marks: Marks) -> None:
    address, alt = str(token.attrs.get("src", "")), tidy(_words(token.children or []))
    if picture_fault(address):
        writer.text(alt, marks)
        return
    caption = tidy(str(token.attrs.get("title", "")))
    attrs = {"src": address, "alt": alt[: limits.ALT_CHARS], "caption": caption[: limits.CAPTION_CHARS]}
    writer.block({"type": "image", "attrs": dict(attrs)})


def _words(tokens: list[Token]) -> str:
    return " ".join(token.content for token in tokens if token.content)


_LEAVES: Final[Mapping[str, Callable[[Token, Writer, Marks], None]]] = {
    "softbreak": lambda _, writer, marks: writer.text(" ", marks),
    "hardbreak": lambda _, writer, __: writer.line_break(),
    "image": _image,
}
