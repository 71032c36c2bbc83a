"""Words that travel inside a picture: caption, credit, alternative text and origin in; credit and origin out.

Read from IPTC IIM and XMP (IPTC Photo Metadata Standard 2023.1); where both speak, XMP is believed. Nothing
else is read, so places and serial numbers cannot get out. `child.py` reads, `credits.py` writes.
May import `lib`. Pure: bytes in, words out.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias
from xml.etree.ElementTree import Element, ParseError
from xml.sax.saxutils import escape

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from stoppress.lib import limits
from stoppress.lib.origins import origin_of, source_type

IimFields: TypeAlias = Mapping[tuple[int, int], bytes | list[bytes]]


@dataclass(frozen=True, slots=True)
class Words:
    """What the photographer or agency wrote; each may be empty."""

    caption: str = ""
    credit: str = ""
    alt: str = ""
    origin: str = ""  # one of lib.origins.ORIGINS, or "": a camera, or not said


_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
_IPTC_CORE = "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}"
_IPTC_EXT = "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_IIM_CHARSET = (1, 90)
_IIM_UTF8 = b"\x1b%G"
_IIM_BYLINE = (2, 80)
_IIM_HEADLINE = (2, 105)
_IIM_CREDIT = (2, 110)
_IIM_CAPTION = (2, 120)


def words_of(xmp: bytes, iim: IimFields) -> Words:
    """What a picture says of itself: XMP where it speaks, IIM for the rest."""
    by_xmp, by_iim = _from_xmp(xmp), _from_iim(iim)
    return Words(
        caption=_clean(by_xmp.caption or by_iim.caption, limits.CAPTION_CHARS),
        credit=_clean(by_xmp.credit or by_iim.credit, limits.CREDIT_CHARS),
        alt=_clean(by_xmp.alt, limits.ALT_CHARS),
        origin=by_xmp.origin,
    )


def credit_packet(credit: str, origin: str = "") -> bytes:
    """An XMP packet that holds the credit line, how the picture was made, and nothing else."""
    line = escape("".join(char for char in credit if char.isprintable()))
    source = source_type(origin)
    made = f"<Iptc4xmpExt:DigitalSourceType>{source}</Iptc4xmpExt:DigitalSourceType>" if source else ""
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">'
        f"<photoshop:Credit>{line}</photoshop:Credit>"
        f"<dc:creator><rdf:Seq><rdf:li>{line}</rdf:li></rdf:Seq></dc:creator>{made}"
        "</rdf:Description></rdf:RDF></x:xmpmeta>"
    ).encode()


def _from_xmp(packet: bytes) -> Words:
    """Words of an XMP packet. One that is broken, too long or declares a document type says nothing."""
    if not packet or len(packet) > limits.PICTURE_XMP_BYTES:
        return Words()
    try:
        root = fromstring(packet.strip(b"\0 \r\n\t"), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        return Words()
    return Words(
        caption=_property(root, f"{_DC}description") or _property(root, f"{_PHOTOSHOP}Headline"),
        credit=_credit_line(_property(root, f"{_DC}creator"), _property(root, f"{_PHOTOSHOP}Credit")),
        alt=_property(root, f"{_IPTC_CORE}AltTextAccessibility"),
        origin=origin_of(_property(root, f"{_IPTC_EXT}DigitalSourceType")),
    )


def _property(root: Element, name: str) -> str:
    """A property's text, be it an attribute, an element, a list (joined) or one text per language."""
    for description in root.iter(f"{_RDF}Description"):
        if name in description.attrib:
            return description.attrib[name]
        node = description.find(name)
        if node is not None:
            return _text(node)
    return ""


def _text(node: Element) -> str:
    items = list(node.iter(f"{_RDF}li"))
    if not items:
        return node.text or node.get(f"{_RDF}resource") or ""
    if node.find(f"{_RDF}Alt") is None:
        return ", ".join(item.text for item in items if item.text)
    default = next((item for item in items if item.get(_XML_LANG) == "x-default"), items[0])
    return default.text or ""


def _from_iim(fields: IimFields) -> Words:
    utf8 = fields.get(_IIM_CHARSET) == _IIM_UTF8

    def text(field: tuple[int, int]) -> str:
        value = fields.get(field, b"")
        parts = value if isinstance(value, list) else [value]
        return ", ".join(_decoded(part, utf8=utf8) for part in parts)

    return Words(
        caption=text(_IIM_CAPTION) or text(_IIM_HEADLINE),
        credit=_credit_line(text(_IIM_BYLINE), text(_IIM_CREDIT)),
    )


def _decoded(value: bytes, *, utf8: bool) -> str:
    """IIM text. Many programs write UTF-8 without saying so; what is not UTF-8 is Windows' Latin."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("utf-8" if utf8 else "cp1252", "replace")


def _credit_line(creator: str, agency: str) -> str:
    """As newspapers print it: "Ada Holm/Reuters"; one name when one holds the other."""
    creator, agency = creator.strip(), agency.strip()
    if not creator or creator.casefold() in agency.casefold():
        return agency
    if not agency or agency.casefold() in creator.casefold():
        return creator
    return f"{creator}/{agency}"


def _clean(text: str, chars: int) -> str:
    """One line without control characters, direction overrides and lone surrogates, cut at a word."""
    kept = "".join(
        " " if char.isspace() else char for char in text if char.isspace() or not _is_control(char)
    )
    line = re.sub(r" +", " ", kept).strip()
    if len(line) <= chars:
        return line
    return line[: chars - 1].rsplit(" ", 1)[0] + "…"


def _is_control(char: str) -> bool:
    category = unicodedata.category(char)
    joiner = char in "\u200c\u200d"  # needed to spell Persian and Hindi words, and emoji
    return category in {"Cc", "Cs", "Co", "Cn"} or (category == "Cf" and not joiner)
