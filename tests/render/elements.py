"""Html taken apart by the standard library's parser, to be looked at. Called by this folder's tests."""

from html.parser import HTMLParser


class Elements(HTMLParser):
    """Start tags with their attributes, and all text, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def with_class(self, name: str) -> list[dict[str, str | None]]:
        return [attrs for _, attrs in self.tags if name in (attrs.get("class") or "").split()]

    def shape(self) -> list[tuple[str, tuple[str, ...]]]:
        """Tags and names of attributes: what words must never change."""
        return [(tag, tuple(attrs)) for tag, attrs in self.tags]

    def ids(self) -> list[str]:
        return [attrs["id"] or "" for _, attrs in self.tags if "id" in attrs]
