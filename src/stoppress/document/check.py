"""The rules of a document, one sentence for each way to break them. `checked` is the only door.

Called by `parse.py` and `stored.py`. Size, depth, shape, text, attributes, marks and tables are judged
here, in one walk that stops at the first fault; which node may stand in which is asked of the compiled
`schema.json`. The schema library never sees raw input: it takes text that is not text and any attribute, and
lets KeyError and RecursionError out.
"""

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Final, NoReturn

from prosemirror.model import MarkType, NodeType

from stoppress.document import addresses, tables
from stoppress.document.nodes import SCHEMA, Attributes, JsonMark, JsonNode, JsonValue, children, words
from stoppress.lib import limits
from stoppress.lib.origins import ORIGINS
from stoppress.lib.providers import PROVIDERS, seen


class InvalidDocument(ValueError):
    """What came is not a document. The message names the place, the fault and the cure."""


# Controls, separators that are not text, unpaired surrogates, bidirectional overrides and isolates (they
# make a page show other words than it holds), and code points that HTML forbids.
FORBIDDEN: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(chr(plane << 16 | last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_MEDIA_ID = re.compile(rf"[A-Za-z0-9_-]{{1,{limits.MEDIA_ID_CHARS}}}")
_CLAIM_ID = re.compile(rf"[0-9a-z]{{1,{limits.CLAIM_ID_CHARS}}}")

_POLL_ID = re.compile(rf"[0-9a-z]{{{limits.POLL_ID_CHARS_MIN},{limits.POLL_ID_CHARS}}}")
_OPTION_ID = re.compile(rf"[0-9a-z]{{1,{limits.POLL_ID_CHARS}}}")
_ASKED = re.compile(rf"[0-9a-z]{{0,{limits.QUESTION_ID_CHARS}}}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_CLOSES: Final = "must be a moment like 2026-11-22T18:00:00Z, or empty (with the live blog)"

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")

CLAIM_STATES: Final = ("unverified", "confirmed", "disputed", "false")

NAMES: Final[Mapping[str, str]] = {
    "doc": "document",
    "paragraph": "paragraph",
    "heading": "sub-heading",
    "quote": "quote",
    "bullet_list": "list",
    "ordered_list": "numbered list",
    "list_item": "list item",
    "table": "table",
    "table_row": "row",
    "table_header": "header cell",
    "table_cell": "cell",
    "link_card": "link card",
    "embed": "embed",
    "image": "picture",
    "gallery": "gallery",
    "score": "score line",
    "fact_box": "fact box",
    "map_point": "map point",
    "poll": "poll",
    "qa": "question and answer",
    "hard_break": "line break",
    "text": "text",
}


def text_fault(text: str) -> str:
    """What is wrong with the characters of `text`, or ""."""
    if text.isprintable():  # true of nearly all text, false of everything FORBIDDEN, and ten times as fast
        return ""
    found = FORBIDDEN.search(text)
    if found is None:
        return ""
    code = f"U+{ord(found[0]):04X}"
    if found[0] in "\n\r\u2028\u2029":
        return f"the text holds a line end ({code}); use a new paragraph or a line break"
    if found[0] == "\t":
        return "the text holds a tab (U+0009); use a space"
    if _BIDI.match(found[0]):
        return f"the text holds a mark that reverses the order of letters ({code}); remove it"
    return f"the text holds a character that cannot be shown ({code}); remove it"


def _text(most: int) -> Callable[[object], str]:
    def fault(value: object) -> str:
        if not isinstance(value, str):
            return f"must be text, not {_kind(value)}"
        if len(value) > most:
            return f"has {len(value):,} characters; {most:,} are allowed, shorten it"
        return text_fault(value)

    return fault


def _address(judge: Callable[[str], str], *, optional: bool = False) -> Callable[[object], str]:
    def fault(value: object) -> str:
        if not isinstance(value, str):
            return f"must be an address, not {_kind(value)}"
        return "" if optional and not value else judge(value)

    return fault


def _whole(least: int, most: int, *, optional: bool = False) -> Callable[[object], str]:
    def fault(value: object) -> str:
        if value is None and optional:
            return ""
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            return f"must be a whole number from {least} to {most}"
        return ""

    return fault


def _state_fault(value: object) -> str:
    return "" if value in CLAIM_STATES else f"must be one of {', '.join(CLAIM_STATES)}"


def _claim_id_fault(value: object) -> str:
    if isinstance(value, str) and (value == "" or _CLAIM_ID.fullmatch(value)):
        return ""
    return f"must be up to {limits.CLAIM_ID_CHARS} of a-z and 0-9, or empty"


def _provider_fault(value: object) -> str:
    return "" if isinstance(value, str) and value in PROVIDERS else f"must be one of {', '.join(PROVIDERS)}"


def _origin_fault(value: object) -> str:
    known = isinstance(value, str) and (not value or value in ORIGINS)
    return "" if known else f"must be one of {', '.join(ORIGINS)}, or empty"


def _media_fault(value: object) -> str:
    if value is None or (isinstance(value, str) and _MEDIA_ID.fullmatch(value)):
        return ""
    return "must be the id of an upload, or null"


def _renditions_fault(value: object) -> str:
    if not isinstance(value, list) or len(value) > limits.IMAGE_RENDITIONS:
        return f"must be a list of at most {limits.IMAGE_RENDITIONS} sizes"
    for size in value:
        if not isinstance(size, dict) or size.keys() != _RENDITION.keys():
            return "must be a list of objects with src, width and height"
        for name, judge in _RENDITION.items():
            if fault := judge(size[name]):
                return f"{name}: {fault}"
    return ""


def _decimal(least: float, most: float) -> Callable[[object], str]:
    def fault(value: object) -> str:
        if value is None:
            return ""
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            return f"must be a number from {least:g} to {most:g}, or null"
        return ""

    return fault


def _matches(pattern: re.Pattern[str], what: str) -> Callable[[object], str]:
    def fault(value: object) -> str:
        return "" if isinstance(value, str) and pattern.fullmatch(value) else f"must be {what}"

    return fault


def _closes_fault(value: object) -> str:
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        try:
            datetime.strptime(value, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        except ValueError:
            return _CLOSES
        return ""
    return "" if value == "" else _CLOSES


def _language_fault(value: object) -> str:
    if value == "":
        return ""
    if isinstance(value, str) and len(value) <= limits.LANGUAGE_CHARS and _LANGUAGE.fullmatch(value):
        return ""
    return "must be a language tag like uk or pt-BR, or empty (the language around it)"


def _options_fault(value: object) -> str:
    if not isinstance(value, list) or len(value) > limits.POLL_OPTIONS:
        return f"must be a list of at most {limits.POLL_OPTIONS} answers"
    for option in value:
        if not isinstance(option, dict) or option.keys() != _OPTION.keys():
            return "must be a list of objects with id and text"
        for name, judge in _OPTION.items():
            if fault := judge(option[name]):
                return f"{name}: {fault}"
    if len({option["id"] for option in value}) < len(value):
        return "two answers have the same id; give each its own"
    return ""


def _required(kind: NodeType | MarkType) -> tuple[str, ...]:
    return tuple(name for name, attribute in kind.attrs.items() if attribute.is_required)


_side = _whole(1, limits.UPLOAD_SIDE_PIXELS)
_RENDITION: Final = {"src": _address(addresses.own_fault), "width": _side, "height": _side}
_poll_id = _matches(_POLL_ID, f"{limits.POLL_ID_CHARS_MIN} to {limits.POLL_ID_CHARS} of a-z and 0-9")
_OPTION: Final = {
    "id": _matches(_OPTION_ID, f"1 to {limits.POLL_ID_CHARS} of a-z and 0-9"),
    "text": _text(limits.POLL_OPTION_CHARS),
}
_SPANS: Final = {"colspan": _whole(1, limits.TABLE_CELLS), "rowspan": _whole(1, limits.TABLE_CELLS)}

_Judges = Mapping[str, Callable[[object], str]]
_ATTRIBUTES: Final[Mapping[str, _Judges]] = {
    "doc": {"language": _language_fault},
    "heading": {"level": _whole(3, 3)},
    "quote": {
        "language": _language_fault,
        "speaker": _text(limits.SPEAKER_CHARS),
        "source_url": _address(addresses.web_fault, optional=True),
    },
    "ordered_list": {"start": _whole(0, limits.LIST_START_MAX)},
    "table_header": _SPANS,
    "table_cell": _SPANS,
    "link_card": {
        "url": _address(addresses.web_fault),
        "title": _text(limits.CARD_TITLE_CHARS),
        "description": _text(limits.CARD_DESCRIPTION_CHARS),
        "site": _text(limits.CARD_SITE_CHARS),
    },
    "embed": {
        "provider": _provider_fault,
        "url": _address(addresses.web_fault),
        "title": _text(limits.EMBED_TITLE_CHARS),
        "text": _text(limits.EMBED_TEXT_CHARS),
        "author": _text(limits.EMBED_AUTHOR_CHARS),
        "height": _whole(limits.EMBED_HEIGHT_MIN, limits.EMBED_HEIGHT_MAX, optional=True),
    },
    "image": {
        "src": _address(addresses.picture_fault),
        "alt": _text(limits.ALT_CHARS),
        "caption": _text(limits.CAPTION_CHARS),
        "credit": _text(limits.CREDIT_CHARS),
        "width": _whole(1, limits.UPLOAD_SIDE_PIXELS, optional=True),
        "height": _whole(1, limits.UPLOAD_SIDE_PIXELS, optional=True),
        "origin": _origin_fault,
        "focus_x": _whole(0, limits.FOCUS_MAX),
        "focus_y": _whole(0, limits.FOCUS_MAX),
        "media": _media_fault,
        "renditions": _renditions_fault,
    },
    "score": {
        "home": _text(limits.SCORE_SIDE_CHARS),
        "home_score": _text(limits.SCORE_CHARS),
        "away": _text(limits.SCORE_SIDE_CHARS),
        "away_score": _text(limits.SCORE_CHARS),
        "period": _text(limits.SCORE_PERIOD_CHARS),
        "note": _text(limits.SCORE_NOTE_CHARS),
    },
    "fact_box": {"title": _text(limits.FACT_BOX_TITLE_CHARS)},
    "map_point": {
        "label": _text(limits.MAP_LABEL_CHARS),
        "latitude": _decimal(-90, 90),
        "longitude": _decimal(-180, 180),
    },
    "poll": {
        "id": _poll_id,
        "question": _text(limits.POLL_QUESTION_CHARS),
        "options": _options_fault,
        "closes": _closes_fault,
    },
    "qa": {
        "question": _text(limits.QUESTION_CHARS),
        "name": _text(limits.ASKER_CHARS),
        "asked": _matches(_ASKED, "the id of a reader's question, or empty"),
    },
}
_MARK_ATTRIBUTES: Final[Mapping[str, _Judges]] = {
    "link": {"href": _address(addresses.link_fault)},
    "claim": {"source": _text(limits.CLAIM_SOURCE_CHARS), "state": _state_fault, "id": _claim_id_fault},
}
_REQUIRED: Final = {
    **{name: _required(kind) for name, kind in SCHEMA.nodes.items()},
    **{name: _required(kind) for name, kind in SCHEMA.marks.items()},
}
_BLOCK_FIELDS: Final = frozenset({"type", "attrs", "content"})
_LEAF_FIELDS: Final = {
    "text": frozenset({"type", "text", "marks"}),
    "hard_break": frozenset({"type", "marks"}),
}
_MARK_FIELDS: Final = frozenset({"type", "attrs"})


def checked(raw: object) -> JsonNode:
    """`raw` as a document's root: a new tree, equal to `raw`, that holds every rule.

    Raises: InvalidDocument, and nothing else, for any JSON value.
    """
    walk = _Walk()
    root = walk.node(raw)
    if root["type"] != "doc":
        walk.fail(f'it must begin with a node of type "doc", not "{root["type"]}"')
    size = len(json.dumps(root, ensure_ascii=False, separators=(",", ":")).encode())
    if size > limits.DOCUMENT_BYTES:
        walk.fail(_TOO_LARGE)
    return root


_TOO_LARGE = f"it has more than {limits.DOCUMENT_BYTES // 1024} kB; make two posts of it"


class _Walk:
    """One pass over raw JSON: what was counted so far, and the place it has come to."""

    __slots__ = ("chars", "nodes", "path", "polls", "text_chars")

    def __init__(self) -> None:
        self.nodes = 0
        self.chars = 0  # of all strings: bounds the work before the exact size is known
        self.text_chars = 0
        self.path: list[tuple[int, object]] = []
        self.polls: set[str] = set()  # ids so far

    def fail(self, why: str) -> NoReturn:
        """Raise the sentence for `why` at this place."""
        place = ", ".join(_place(level, *step) for level, step in enumerate(self.path)) or "the document"
        raise InvalidDocument(f"{place[0].upper()}{place[1:]}: {why}.")

    def node(self, raw: object) -> JsonNode:
        """`raw` and all in it, checked."""
        fields = self._object(raw, "a node")
        name, kind = self._kind_of(fields)
        self._count()
        node: JsonNode = {"type": name}
        unknown = fields.keys() - _LEAF_FIELDS.get(name, _BLOCK_FIELDS)
        if unknown:
            self.fail(f"unknown field {_quoted(min(unknown, key=str))}; remove it")
        if name == "text":
            node["text"] = self._text(fields.get("text"))
        elif "attrs" in fields or _REQUIRED[name]:
            attributes = self._attributes(fields.get("attrs", {}), name, _ATTRIBUTES.get(name, {}))
            # An editor writes every default; a document without one is the same.
            if attributes or name != "doc":
                node["attrs"] = attributes
        if "content" in fields or not kind.content_match.valid_end:
            node["content"] = self._content(fields.get("content", []), name, kind)
        if "marks" in fields:
            node["marks"] = self._marks(fields["marks"])
        self._as_its_kind_asks(name, node)
        return node

    def _as_its_kind_asks(self, name: str, node: JsonNode) -> None:
        """What the schema cannot say of this kind of node."""
        if name == "table":
            self._table(node)
        elif name == "embed":
            self._embed(node)
        elif name == "gallery":
            self._gallery(node)
        elif name == "poll":
            self._poll(node)

    def _object(self, raw: object, what: str) -> dict[object, object]:
        if not isinstance(raw, dict):
            self.fail(f"{what} must be an object with a type; found {_kind(raw)}")
        return raw

    def _kind_of(self, fields: dict[object, object]) -> tuple[str, NodeType]:
        name = fields.get("type")
        kind = SCHEMA.nodes.get(name) if isinstance(name, str) else None
        if kind is None or not isinstance(name, str):
            self.fail(f"unknown type {_quoted(name)}; expected one of {', '.join(SCHEMA.nodes)}")
        return name, kind

    def _count(self) -> None:
        self.nodes += 1
        if self.nodes > limits.DOCUMENT_NODES:
            self.fail(f"the document has more than {limits.DOCUMENT_NODES:,} parts; make two posts of it")
        if len(self.path) > limits.DOCUMENT_DEPTH:
            self.fail(
                f"more than {limits.DOCUMENT_DEPTH} parts lie in each other; use fewer lists within lists"
            )

    def _text(self, raw: object) -> str:
        if not isinstance(raw, str):
            self.fail(f"the text must be a string, not {_kind(raw)}")
        if not raw:
            self.fail("a text must not be empty; leave the node out")
        if fault := text_fault(raw):
            self.fail(fault)
        self.text_chars += len(raw)
        if self.text_chars > limits.TEXT_CHARS:
            self.fail(f"the document has more than {limits.TEXT_CHARS:,} characters; make two posts of it")
        return raw

    def _attributes(self, raw: object, name: str, judges: _Judges) -> Attributes:
        fields = self._object({} if raw is None and _REQUIRED[name] else raw, "attrs")
        checked_values: Attributes = {}
        for key, value in fields.items():
            judge = judges.get(key) if isinstance(key, str) else None
            if judge is None or not isinstance(key, str):
                self.fail(f"unknown attribute {_quoted(key)}; remove it")
            if fault := judge(value):
                self.fail(f"{key}: {fault}")
            if key != "language" or value:  # none said: that of what it stands in
                checked_values[key] = self._own(value)
        for key in _REQUIRED[name]:
            if key not in fields:
                self.fail(f"{key} is missing; add it")
        return checked_values

    def _own(self, value: object) -> JsonValue:
        """A judged attribute value as our own copy; its characters counted."""
        if isinstance(value, str):
            self.chars += len(value)
            if self.chars > limits.DOCUMENT_BYTES:
                self.path.clear()
                self.fail(_TOO_LARGE)
            return value
        if isinstance(value, list):
            return [{str(key): self._own(part) for key, part in size.items()} for size in value]
        return value if isinstance(value, int | float) else None

    def _content(self, raw: object, name: str, kind: NodeType) -> list[JsonNode]:
        if not isinstance(raw, list):
            self.fail(f"content must be a list of nodes; found {_kind(raw)}")
        content: list[JsonNode] = []
        match = kind.content_match
        for step in enumerate(raw):
            self.path.append(step)
            child = self.node(step[1])
            after = match.match_type(SCHEMA.nodes[child["type"]])
            if after is None:
                self.fail(
                    f"a {NAMES[child['type']]} cannot stand at this place in a {NAMES[name]}; move it out"
                )
            match = after
            self.path.pop()
            content.append(child)
        if not match.valid_end:
            self.fail(f"a {NAMES[name]} must not be empty; fill or remove it")
        return content

    def _marks(self, raw: object) -> list[JsonMark]:
        if not isinstance(raw, list):
            self.fail(f"marks must be a list; found {_kind(raw)}")
        marks: list[JsonMark] = []
        rank = -1
        for item in raw:
            mark, kind = self._mark(item)
            if kind.rank <= rank:
                self.fail(f"marks must stand in this order, each once: {', '.join(SCHEMA.marks)}")
            rank = kind.rank
            marks.append(mark)
        return marks

    def _mark(self, raw: object) -> tuple[JsonMark, MarkType]:
        fields = self._object(raw, "a mark")
        name = fields.get("type")
        kind = SCHEMA.marks.get(name) if isinstance(name, str) else None
        if kind is None or not isinstance(name, str):
            self.fail(f"unknown mark {_quoted(name)}; expected one of {', '.join(SCHEMA.marks)}")
        if unknown := fields.keys() - _MARK_FIELDS:
            self.fail(f"unknown field {_quoted(min(unknown, key=str))} in the mark {name}; remove it")
        mark: JsonMark = {"type": name}
        if "attrs" in fields or _REQUIRED[name]:
            mark["attrs"] = self._attributes(fields.get("attrs", {}), name, _MARK_ATTRIBUTES.get(name, {}))
        return mark, kind

    def _table(self, table: JsonNode) -> None:
        if tables.area(table) > limits.TABLE_CELLS:
            self.fail(f"the table has more than {limits.TABLE_CELLS} cells; make two tables of it")
        _, crooked = tables.place(table)
        if crooked:
            self.fail(f"{crooked}; give each row the same number of columns")

    def _poll(self, poll: JsonNode) -> None:
        if (name := words(poll, "id")) in self.polls:
            self.fail("id: two polls have the same; give each its own, or their votes are one")
        self.polls.add(name)

    def _gallery(self, gallery: JsonNode) -> None:
        pictures = children(gallery)
        least, most = limits.GALLERY_PICTURES_MIN, limits.GALLERY_PICTURES
        if not least <= len(pictures) <= most:
            self.fail(
                f"a gallery has {least} to {most} pictures and this one {len(pictures)}; take some out or in"
            )
        if not all(addresses.is_own(words(picture, "src")) for picture in pictures):
            self.fail("a gallery shows uploaded pictures only; take the one from elsewhere out, or upload it")

    def _embed(self, embed: JsonNode) -> None:
        provider, url = words(embed, "provider"), words(embed, "url")
        found = seen(url)
        if found is None or found.provider.name != provider:
            self.fail(
                f"url: this is no address of {PROVIDERS[provider].title} that can be shown; make it a link card"
            )


def _place(level: int, index: int, raw: object) -> str:
    """One step of the way to a fault: "block 3 (quote)", "list item 2", "text “The tide…”"."""
    kind = raw.get("type") if isinstance(raw, dict) else None
    name = NAMES.get(kind, "part") if isinstance(kind, str) else "part"
    if level == 0:
        return f"block {index + 1} ({name})" if name != "part" else f"block {index + 1}"
    text = raw.get("text") if isinstance(raw, dict) else None
    if name == "text" and isinstance(text, str) and text:
        return f"text “{FORBIDDEN.sub('�', text[:_TEXT_SHOWN])}{'…' if len(text) > _TEXT_SHOWN else ''}”"
    return f"{name} {index + 1}"


def _kind(value: object) -> str:
    """What a JSON value is, in a reporter's words."""
    for kind, name in _KINDS:
        if isinstance(value, kind):
            return name
    return "something that is not JSON"


def _quoted(value: object) -> str:
    """A name that came from outside, fit to be shown."""
    if not isinstance(value, str):
        return f"({_kind(value)})"
    return f'"{FORBIDDEN.sub("�", value[:_TEXT_SHOWN])}"'


_TEXT_SHOWN = 30
_KINDS: Final[tuple[tuple[type, str], ...]] = (
    (bool, "true or false"),
    (str, "text"),
    (int, "a number"),
    (float, "a number"),
    (list, "a list"),
    (dict, "an object"),
    (type(None), "nothing"),
)
