"""Turns the text of a story's post into a document. Pure; called by `stage.py` and by tests.

The text is Markdown as the API takes it, and two blocks besides. Blocks stand apart by empty lines.

    :: picture lighthouse-night      :: card live:council-budget      > words of a quote
    alt: …                           title: …                         > — Who said them
    caption: …                       description: …
    credit: …                        site: …

In a line: `{20:36}` a time of the story, `[words](post:label)` an earlier post, `[words](claim:label)` a claim.
"""

import re
from dataclasses import dataclass
from typing import Protocol

from stoppress.demo.script import ClaimLine, minute_of
from stoppress.document.markdown import from_markdown
from stoppress.document.nodes import Attributes, JsonMark, JsonNode
from stoppress.document.parse import parse_document
from stoppress.document.schema import Document

_TIME = re.compile(r"\{(\d\d:\d\d(?:\+\d)?)\}")
_POST = re.compile(r"\]\(post:([^)]*)\)")
_CLAIM = re.compile(r"\]\(claim:([^)]*)\)")
_SPECIAL = re.compile(r":: (?P<kind>picture|card) (?P<what>\S+)")
_CLAIM_SITE = "https://claim.invalid/"  # RFC 2606; stands for a claim while the text is Markdown
_MARKUP = re.compile(r"\[([^\]]*)\]\([^)]*\)|\*+")
_PICTURE_WORDS = ("alt", "caption", "credit")
_CARD_WORDS = ("title", "description", "site")


class BadProse(ValueError):
    """A text that cannot become a document. The message quotes the line."""


@dataclass(frozen=True, slots=True)
class PictureWords:
    """A picture of the story and what is said about it."""

    name: str
    alt: str
    caption: str
    credit: str


class Setting(Protocol):
    """What a text needs to know of the newsroom it is published in."""

    def clock(self, minute: int) -> str:
        """The story's minute as readers of this page live through it, `20:36`."""

    def post_url(self, label: str) -> str:
        """Where an earlier post stands."""

    def live_url(self, slug: str) -> str:
        """Where another live blog stands."""

    def picture(self, words: PictureWords) -> JsonNode:
        """The picture as a node, ready to stand in a document."""


def printed(text: str, setting: Setting) -> str:
    """`text` with the story's times as readers' times: for lines such as headlines."""
    return _TIME.sub(lambda found: setting.clock(_checked_minute(found[1])), text)


def document_of(text: str, claims: tuple[ClaimLine, ...], setting: Setting) -> Document:
    """The document of one post. Raises: BadProse, InvalidDocument."""
    written = printed(text, setting)
    written = _POST.sub(lambda found: f"]({setting.post_url(found[1])})", written)
    written = _CLAIM.sub(lambda found: f"]({_CLAIM_SITE}{found[1]})", written)
    content = [node for block in _blocks(written) for node in _nodes(block, setting)]
    by_address = {f"{_CLAIM_SITE}{claim.label}": claim for claim in claims}
    root: JsonNode = {"type": "doc", "content": [_with_claims(node, by_address) for node in content]}
    return parse_document(root)


def first_line(text: str) -> str:
    """How a text begins, without its markup: a title for what has none."""
    return _MARKUP.sub(r"\1", text.partition("\n")[0])


def pictures_in(text: str) -> list[PictureWords]:
    """The pictures that a text will ask its setting for."""
    found = [(_SPECIAL.fullmatch(block[0]), block) for block in _blocks(text)]
    return [
        PictureWords(special["what"], **_words(block[1:], _PICTURE_WORDS))
        for special, block in found
        if special and special["kind"] == "picture"
    ]


def _checked_minute(words: str) -> int:
    minute = minute_of(words)
    if minute is None:
        raise BadProse(f"{{{words}}} is no time; write it like {{08:26}} or {{00:14+1}}.")
    return minute


def _blocks(text: str) -> list[list[str]]:
    """The lines of each block."""
    return [block.split("\n") for block in re.split(r"\n{2,}", text.strip("\n")) if block]


def _nodes(lines: list[str], setting: Setting) -> list[JsonNode]:
    if special := _SPECIAL.fullmatch(lines[0]):
        return [_special(special, lines[1:], setting)]
    if lines[0].startswith("::"):
        raise BadProse(f"{lines[0]!r} is neither `:: picture NAME` nor `:: card ADDRESS`.")
    return from_markdown("\n".join(lines)).root.get("content", [])


def _special(found: re.Match[str], lines: list[str], setting: Setting) -> JsonNode:
    if found["kind"] == "picture":
        words = _words(lines, _PICTURE_WORDS)
        return setting.picture(PictureWords(found["what"], **words))
    address = found["what"]
    if address.startswith("live:"):
        address = setting.live_url(address.removeprefix("live:"))
    card: Attributes = {"url": address, **_words(lines, _CARD_WORDS)}
    return {"type": "link_card", "attrs": card}


def _words(lines: list[str], names: tuple[str, ...]) -> dict[str, str]:
    words = dict(line.partition(": ")[::2] for line in lines)
    if tuple(words) != names or not all(words.values()):
        raise BadProse(
            f"Expected the lines {', '.join(names)} in this order, each with words, and got {lines!r}."
        )
    return words


def _with_claims(node: JsonNode, claims: dict[str, ClaimLine]) -> JsonNode:
    """The node with every link that stands for a claim turned into that claim."""
    copy = node.copy()
    if "marks" in node:
        copy["marks"] = [_claim(mark, claims) for mark in node["marks"]]
    if "content" in node:
        copy["content"] = [_with_claims(child, claims) for child in node["content"]]
    return copy


def _claim(mark: JsonMark, claims: dict[str, ClaimLine]) -> JsonMark:
    claim = claims.get(str(mark.get("attrs", {}).get("href", "")))
    if claim is None:
        return mark
    return {"type": "claim", "attrs": {"source": claim.source, "state": claim.state, "id": claim.label}}
