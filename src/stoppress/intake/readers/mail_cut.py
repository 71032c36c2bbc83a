"""Cuts what a mail repeats or carries under every message: signatures, and the mail that it answers.

Pure. Called by `mail.py`. Only marks that mail programs set are believed; a mail that would be empty without its
quotes (somebody forwards something) keeps them. What was cut is named.
Source: RFC 3676 section 4.3 ("-- "); the classes are those of Gmail, Apple Mail, Thunderbird, Outlook and Yahoo.
"""

import re

from lxml import etree
from lxml.etree import _Element

from stoppress.lib import limits

SIGNATURE = "The signature was left out."
QUOTE = "The quoted mail below the message was left out."

_SAID_BY = re.compile(
    r"(?:on|am|le|el|il|em|op|den|w dniu)\b.{0,300}(?:wrote|schrieb|a écrit|escribió|ha scritto|escreveu|schreef|"
    r"skrev|napisał(?:\(a\))?)\b.{0,120}:",
    re.IGNORECASE | re.DOTALL,
)
_ORIGINAL = re.compile(
    r"-{2,}\s*(?:original message|ursprüngliche nachricht|message d.origine)\s*-{2,}", re.IGNORECASE
)
_LINES_OF_SAID_BY = 3
_SIGNATURE_XPATH = (
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' gmail_signature ')]"
    "|//*[contains(concat(' ', normalize-space(@class), ' '), ' gmail_signature_prefix ')]"
    "|//*[contains(concat(' ', normalize-space(@class), ' '), ' moz-signature ')]"
    "|//*[@id='Signature' or @id='AppleMailSignature' or @id='ms-outlook-mobile-signature']"
)
_QUOTE_XPATH = (
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' gmail_quote ')]"
    "|//*[contains(concat(' ', normalize-space(@class), ' '), ' gmail_attr ')]"
    "|//*[contains(concat(' ', normalize-space(@class), ' '), ' moz-cite-prefix ')]"
    "|//*[contains(concat(' ', normalize-space(@class), ' '), ' yahoo_quoted ')]"
    "|//blockquote[@type='cite']"
    "|//*[@id='appendonsend' or @id='divRplyFwdMsg']/following-sibling::*"
    "|//*[@id='appendonsend' or @id='divRplyFwdMsg']"
)


def cut_text(words: str, *, forwarded: bool = False) -> tuple[str, tuple[str, ...]]:
    """Plain text without them, and what was cut. What was `forwarded` keeps its quotes."""
    lines, notes = words.rstrip().split("\n"), list[str]()
    if not forwarded and (kept := _without_quote(lines)):
        lines = kept
        notes.append(QUOTE)
    for place, line in enumerate(lines):
        if line == "-- " and any(part.strip() for part in lines[:place]):
            lines = lines[:place]
            notes.append(SIGNATURE)
            break
    return "\n".join(lines).strip("\n"), tuple(notes)


def _without_quote(lines: list[str]) -> list[str]:
    """The lines above the answered mail, or none: nothing is quoted below, or nothing stands above."""
    for place, line in enumerate(lines):
        if _ORIGINAL.fullmatch(line.strip()) and _has_words(lines[:place]):
            return lines[:place]
    end = len(lines)
    while end and (lines[end - 1].startswith(">") or not lines[end - 1].strip()):
        end -= 1
    if not any(line.startswith(">") for line in lines[end:]):
        return []
    for count in range(1, _LINES_OF_SAID_BY + 1):
        said = " ".join(lines[max(end - count, 0) : end]).strip()
        if _SAID_BY.fullmatch(said):
            above = lines[: max(end - count, 0)]
            return above if _has_words(above) else []
    return []


def _has_words(lines: list[str]) -> bool:
    return any(line.strip() for line in lines)


def cut_html(html: str, *, forwarded: bool = False) -> tuple[str, tuple[str, ...]]:
    """Html without them, and what was cut. What lxml cannot read is left as it is for `document/html.py`."""
    notes = []
    cuts = (
        [(_SIGNATURE_XPATH, SIGNATURE)]
        if forwarded
        else [(_QUOTE_XPATH, QUOTE), (_SIGNATURE_XPATH, SIGNATURE)]
    )
    for xpath, note in cuts:
        kept = _without(html, xpath)
        if kept is not None:
            html = kept
            notes.append(note)
    return html, tuple(notes)


def _without(html: str, xpath: str) -> str | None:
    """`html` less what `xpath` finds; None when that is nothing, or would leave nothing."""
    try:
        root = etree.fromstring(html[: limits.HTML_CHARS].encode(), etree.HTMLParser(encoding="utf-8"))
    except (etree.ParseError, ValueError):
        return None
    if root is None:
        return None
    found = root.xpath(xpath)
    elements = [one for one in found if isinstance(one, _Element)] if isinstance(found, list) else []
    if not elements:
        return None
    for element in elements:
        parent = element.getparent()
        if parent is not None:
            _keep_tail(parent, element)
            parent.remove(element)
    says = any(str(words).strip() for words in root.itertext()) or root.find(".//img") is not None
    return etree.tostring(root, encoding="unicode", method="html") if says else None


def _keep_tail(parent: _Element, element: _Element) -> None:
    """The words after an element hang on it in lxml; they stay."""
    if not element.tail:
        return
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + element.tail
    else:
        parent.text = (parent.text or "") + element.tail
