"""Document: the checked content tree of a post. What other rooms import to speak of one.

Called by nearly everyone. Imports this room and `lib`; the rules are in `check.py`.
"""

from dataclasses import dataclass, field, replace
from typing import Self

from stoppress.document.nodes import SCHEMA, Attributes, JsonMark, JsonNode, JsonValue, words
from stoppress.document.stored import mend
from stoppress.lib.languages import Words, words_in

__all__ = ["EMPTY", "SCHEMA", "Attributes", "Document", "JsonMark", "JsonNode", "JsonValue"]


@dataclass(frozen=True, slots=True)
class Document:
    """The content of one post. Made by `parse_document`, `from_html`, `from_markdown` or `Document.stored`.

    `root` is JSON fit to be stored as it is; nobody changes it. `mended`: what was stored did not hold the
    rules any more, and the parts that did not are here as plain text; worth an alert. `around`: the language of
    what it stands in; our own words in the document (labels, numbers) are said in `language`. `made`: what was made of
    it so far (`made_once.py`).
    """

    root: JsonNode
    mended: bool = False
    around: str = "en"
    made: dict[object, object] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def language(self) -> str:
        """The language tag of the text: its own, or that of what it stands in."""
        return self.own_language or self.around

    @property
    def own_language(self) -> str:
        """The tag that the text itself bears, or ""."""
        return words(self.root, "language")

    def said_in(self, language: str) -> Self:
        """The same text with `language` as its own; "" takes it away."""
        root = self.root.copy()
        root.pop("attrs", None)  # it is the only attribute there is
        if language:
            root["attrs"] = {"language": language}
        return replace(self, root=root)

    @property
    def say(self) -> Words:
        """Our own words, in the language of the text."""
        return words_in(self.language)

    @classmethod
    def stored(cls, raw: object) -> Self:
        """The document of a database row or an old file, whatever state it is in. Never raises.

        A block that the rules refuse (an unknown node type, a corrupt row) becomes paragraphs of its text.
        """
        root, mended = mend(raw)
        return cls(root, mended)


EMPTY = Document({"type": "doc", "content": [{"type": "paragraph"}]})
