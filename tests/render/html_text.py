"""Html → lines of text, by another parser than any that made it, and by the rules a browser shows blocks with.

Called by the tests of `render`. A line for each block, <br> begins a new line, cells of a row apart by tabs;
blank blocks show nothing.
"""

from html.parser import HTMLParser

LINE_BLOCKS = frozenset(
    {
        "p",
        "h3",
        "li",
        "section",
        "figcaption",
        "tr",
        "div",
        "figure",
        "blockquote",
        "ul",
        "ol",
        "table",
        "a.card",
    }
)
CELLS = frozenset({"td", "th"})


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.line = ""
        self.cells: list[str] | None = None
        self.cell: list[str] | None = None
        self.open: list[str] = []
        self.unsaid = 0  # elements open in one that holds no words of the document

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "a" and values.get("class") == "card":
            tag = "a.card"
        if tag == "a" and self.open[-1] == "figure":
            tag = "a.card"  # a link that stands alone in a figure is a line of its own
        if self.unsaid or values.get("class") == "map-links":  # ways to a map
            self.unsaid += 1
            return
        if tag == "br":
            self.line += "\n"
        elif tag not in {"img", "source"}:
            self.open.append(tag)
            self._edge(tag)
            if tag == "tr":
                self.cells = []
            elif tag in CELLS:
                self.cell = []

    def handle_endtag(self, tag: str) -> None:
        if self.unsaid:
            self.unsaid -= 1
            return
        opened = self.open.pop()
        assert opened.split(".")[0] == tag
        self._edge(opened)
        if tag in CELLS and self.cells is not None and self.cell is not None:
            self.cells.append(" ".join(self.cell))
            self.cell = None
        elif tag == "tr" and self.cells is not None:
            self.lines.append("\t".join(self.cells))
            self.cells = None

    def handle_data(self, data: str) -> None:
        if not self.unsaid:
            self.line += data

    def _edge(self, tag: str) -> None:
        if tag not in LINE_BLOCKS | CELLS:
            return
        line, self.line = self.line, ""
        if not line.strip():
            return
        if self.cell is not None:
            self.cell.append(line.replace("\n", " "))
        else:
            self.lines.extend(line.split("\n"))


def text_of(html: str) -> str:
    """The lines a reader sees."""
    reader = _Text()
    reader.feed(html)
    reader.close()
    assert not reader.open, "an element was left open"
    assert not reader.line
    return "\n".join(reader.lines)
