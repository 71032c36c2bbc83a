"""One entry of a page: when it was, how it is headed, and its html without what belongs to the page.

Called by `siblings.py` and `microdata.py`. May import this room. Works on a copy: the page stays as it is.
"""

import copy
import re
from dataclasses import dataclass, field
from typing import Final

from lxml import html as lxml_html
from lxml.html import HtmlElement

from stoppress.archive.dates import Habits, read_when
from stoppress.archive.words import one_line
from stoppress.lib import limits

_TIME_ATTRIBUTES: Final = (
    *(
        "datetime",
        "data-datetime",
        "data-timestamp",
        "data-time",
        "data-date",
        "data-published",
        "data-utime",
    ),
    *("data-created", "data-ts", "data-publication-date", "data-date-published", "data-epoch"),
)
_TIME_CLASS: Final = re.compile(
    r"(?:^|[\s_-])(?:time|date|timestamp|datetime|clock|hour|uhrzeit|zeit|godzina|heure|hora|minute|min)(?:$|[\s_-])"
)
_TIME_CHARS: Final = 60
_LABEL_CHARS: Final = 60  # "Live · Pinned · by A. Reporter" may stand above a headline, a paragraph not
_ZONES: Final = "GMT|UTC|BST|CES?T|MES?Z|EES?T|MSK|[ECMP][SD]?T|AE[SD]T|NZ[SD]T"
# "14.35 Uhr: ", "[18:05]", "7.05 pm –" at the beginning of a text.
_LEADING: Final = re.compile(
    r"^\s*[\[(]?\s*(?:um\s+)?((?:[01]?\d|2[0-3])[:.h][0-5]\d(?:[:.][0-5]\d)?"
    rf"(?:\s*(?:uhr\b|h\b|[ap]\.?m\b\.?|(?-i:{_ZONES})\b))*)"
    r"(?!\d|[.:]\d|\s*(?:sek|sec|min|km|%|€|\$))\s*[\])]?\s*(?:[:–—|-]\s*|(?=\s|$))",
    re.IGNORECASE,
)
_MINUTE: Final = re.compile(
    r"^\s*(\d{1,3})(?:\s*\+\s*(\d{1,2}))?\s*(?:['\u2019\u2032]|\.\s?(?:min|minute|spielminute)\b)",
    re.IGNORECASE,
)
_EPOCH: Final = re.compile(r"(?<!\d)(1[0-9]{9}(?:[0-9]{3})?)(?!\d)")
_HEADING: Final = re.compile(r"(?:^|[\s_-])(?:title|headline|heading|titel|tytul|titre|titulo)(?:$|[\s_-])")
_JUNK: Final = re.compile(
    r"(?:^|[\s_-])(?:share|sharing|social|toolbar|advert|advertisement|adslot|sponsor|breadcrumbs?|pagination|visually-hidden|sr-only)(?:$|[\s_-])"
)
_NEVER_TEXT: Final = frozenset({"style", "template", "nav", "svg", "button", "select", "input", "textarea"})
_LAZY: Final = (
    "data-src",
    "data-lsrc",
    "data-original",
    "data-lazy-src",
    "data-lazy",
    "data-url",
    "data-image",
)
_ICON_PIXELS: Final = 64
_KEY: Final = re.compile(r"(?:^|[\s_-])(?:key-?event|key-?moment|highlight|important|pinned-key)(?:$|[\s_-])")


@dataclass(slots=True)
class Entry:
    """What one element says. `when`: text or number for `dates.read_when`; `minute`: of a match."""

    html: str
    id: str = ""
    headline: str = ""
    when: object = None
    minute: int | None = None
    key_event: bool = False
    lost: list[str] = field(default_factory=list)

    @property
    def blank(self) -> bool:
        """Whether neither words nor pictures are in it."""
        return (
            not self.headline
            and not one_line(self.html)
            and "<img" not in self.html
            and "<iframe" not in self.html
        )


def words_of(element: HtmlElement) -> str:
    """All text in an element, on one line."""
    return " ".join("".join(element.itertext()).split())


def classes(element: HtmlElement) -> str:
    """The class attribute, small, one blank between names."""
    return " ".join((element.get("class") or "").lower().split())


def is_tag(element: HtmlElement) -> bool:
    """Whether it is an element at all: lxml also hands out comments."""
    return isinstance(element.tag, str)


def is_junk(element: HtmlElement) -> bool:
    """Whether it belongs to the page around: buttons to share, advertisements."""
    return element.tag in _NEVER_TEXT or _JUNK.search(classes(element)) is not None


def time_mark(element: HtmlElement, habits: Habits) -> object:
    """The time that this very element gives, or None: `<time>`, a time attribute, or a class that says so."""
    for name in _TIME_ATTRIBUTES:
        value = element.get(name)
        if value and read_when(value, habits).clock:
            return value
    text = ""
    if element.tag == "time" or _TIME_CLASS.search(classes(element)):
        text = words_of(element)
    if text and len(text) <= _TIME_CHARS and read_when(text, habits).clock:
        return text
    return None


def leading_time(text: str) -> str:
    """The time of day that a text begins with, or ""."""
    found = _LEADING.match(text)
    return found[1] if found else ""


def leading_minute(text: str) -> int | None:
    """The minute of a match that a text begins with: 67 for "67'", 47 for "45+2'"."""
    found = _MINUTE.match(text)
    return int(found[1]) + int(found[2] or 0) if found else None


def entry_of(element: HtmlElement, habits: Habits) -> Entry:
    """Everything an element of a page says as one update."""
    whole = copy.deepcopy(element)
    whole.tail = None
    entry = Entry(
        html="", id=element.get("data-id") or element.get("data-post-id") or element.get("id") or ""
    )
    entry.key_event = _KEY.search(classes(element)) is not None
    _take_time(whole, entry, habits)
    _take_junk(whole, entry)
    _take_headline(whole, entry)
    _settle_pictures(whole)
    entry.html = _inner(whole)
    if entry.when is None and entry.minute is None:
        _take_leading(words_of(whole), entry)
    if entry.when is None and entry.minute is None and (found := _EPOCH.search(entry.id)):
        entry.when = found[1]
    return entry


def _take_time(whole: HtmlElement, entry: Entry, habits: Habits) -> None:
    for each in list(whole.iter()):
        if not is_tag(each):
            continue
        mark = time_mark(each, habits)
        if mark is not None:
            entry.when = entry.when or mark
            if each is whole:
                continue  # the same time may be written inside, too
            if len(words_of(each)) <= _TIME_CHARS and each.getparent() is not None:
                each.drop_tree()
            return


def _take_leading(text: str, entry: Entry) -> None:
    """A time that stands in the text itself is taken off it; a minute stays, it is part of the report."""
    if time := leading_time(text):
        entry.when = time
        entry.html = without_leading_time(entry.html)
    elif (minute := leading_minute(text)) is not None:
        entry.minute = minute


def without_leading_time(html: str) -> str:
    """The html without the time of day that its text begins with."""
    root = lxml_html.fragment_fromstring(html, create_parent="div")
    for node in root.iter():
        for part in ("text", "tail"):
            text = getattr(node, part)
            if text and text.strip():
                found = _LEADING.match(text)
                if found:
                    setattr(node, part, text[found.end() :])
                    return _inner(root)
                return html
    return html


def _take_junk(whole: HtmlElement, entry: Entry) -> None:
    for each in list(whole.iter()):
        if not is_tag(each) or each is whole or each.getparent() is None:
            continue
        if each.tag == "form":
            words = " ".join(" ".join(each.itertext()).split())
            entry.lost.append(f"A form (a poll or a vote) was not kept: {words[:100]!r}.")
            each.drop_tree()
        elif is_junk(each):
            each.drop_tree()


def _take_headline(whole: HtmlElement, entry: Entry) -> None:
    """A heading at the top is the headline. One further down is a sub-heading, one inside a link another page's."""
    before = 0
    for each in whole.iter():
        if before > _LABEL_CHARS:
            return
        if is_tag(each) and each is not whole and _is_heading(each):
            text = words_of(each)
            if text and len(text) <= limits.HEADLINE_CHARS and not len(each.findall(".//p")):
                entry.headline = text
                each.drop_tree()
            return
        before += len((each.text or "").strip()) if is_tag(each) else 0


def _is_heading(element: HtmlElement) -> bool:
    named = (
        element.tag in {"h1", "h2", "h3", "h4", "h5", "h6"} or _HEADING.search(classes(element)) is not None
    )
    return named and not any(each.tag == "a" for each in element.iterancestors())


def _settle_pictures(whole: HtmlElement) -> None:
    """Give lazy pictures their address, and put words in the place of icons."""
    for image in list(whole.iter("img")):
        src = image.get("src") or ""
        if not src or src.startswith("data:"):
            image.set("src", next((value for name in _LAZY if (value := image.get(name))), src))
        sides = [int(value) for name in ("width", "height") if (value := image.get(name) or "").isdigit()]
        if sides and max(sides) <= _ICON_PIXELS:
            image.tail = f" {image.get('alt') or ''} {image.tail or ''}"
            image.drop_tree()


def _inner(element: HtmlElement) -> str:
    parts = [lxml_html.tostring(child, encoding="unicode") for child in element]
    lead = lxml_html.tostring(_text_alone(element.text), encoding="unicode")[3:-4] if element.text else ""
    return lead + "".join(parts)


def _text_alone(text: str) -> HtmlElement:
    """A paragraph that holds `text`, so that the library escapes it."""
    holder = lxml_html.Element("p")
    holder.text = text
    return holder
