"""Bytes of a file → Reading: finds out what kind of file it is and hands it to its reader.

Called by `cli`, `demo` and tests. May import this room and `lib`.
"""

import json
import re
from collections.abc import Callable
from typing import Final

from stoppress.archive import codec, lenient
from stoppress.archive.assemble import reading_of
from stoppress.archive.format import Reading, UnreadableArchive
from stoppress.archive.found import FoundBlog
from stoppress.archive.readers import archive, guardian, jsonld, microdata, siblings
from stoppress.archive.readers.page import Page, decode, page_of
from stoppress.lib import limits

FORMATS: Final = ("auto", "archive", "jsonld", "microdata", "guardian")

# What else people try to import, by its first bytes.
_OTHERS: Final = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP file or an office document"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "a picture or a sound"),
    (b"SQLite format 3", "a database"),
    (b"From ", "a mailbox"),
)
_OURS: Final = re.compile(rb'^\s*\{\s*"format"\s*:\s*"' + codec.FORMAT.encode())
_HTML: Final = re.compile(
    r"<(?:!doctype\s+html|html|head|body|script|div|article|section|p|meta)\b", re.IGNORECASE
)
_FEED: Final = re.compile(r"<(?:rss|feed|rdf:RDF|urlset)\b")
_BEGUN: Final = re.compile(r"<html\b", re.IGNORECASE)
_ENDED: Final = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)
HEAD_BYTES: Final = 4_096  # enough of a file to tell what it is

_EXPECTED: Final = (
    "An import takes a Stoppress archive, a saved page with a schema.org LiveBlogPosting (JSON-LD or microdata), "
    "such JSON-LD by itself, or the Guardian's page model"
)


def read_file(data: bytes, format: str = "auto", source_url: str = "") -> Reading:  # noqa: A002 (the option's name)
    """The live blog in a file of any of the known kinds, with everything that could not be kept.

    `source_url`: where the file came from, when it does not say itself; relative addresses are joined to it.
    Raises: UnreadableArchive: what was expected, what came, what to do.
    """
    if format not in FORMATS:
        raise UnreadableArchive(f"The format must be one of {', '.join(FORMATS)}; it is {format[:40]!r}.")
    _check_bytes(data)
    text, assumed = decode(data)
    if text.lstrip().startswith(("{", "[")):
        return _read_json(text, format, source_url)
    if not _HTML.search(text):
        raise _refused(_kind_of_text(text))
    return _read_page(text, assumed, format, source_url)


def bytes_taken(head: bytes) -> int:
    """How large a file that begins with `head` may be: archives of ours carry pictures and may be larger."""
    return limits.ARCHIVE_BYTES if _OURS.match(head[:HEAD_BYTES]) else limits.IMPORT_BYTES


def _check_bytes(data: bytes) -> None:
    most = bytes_taken(data)
    if len(data) > most:
        raise UnreadableArchive(
            f"An import takes files of at most {most // 1024**2:,} MB; this one has {len(data) / 1024**2:,.1f} MB. "
            "Save the page without its pictures, or split it."
        )
    if not data.strip(b"\0 \t\r\n"):
        raise _refused("an empty file")
    for start, name in _OTHERS:
        if data.startswith(start):
            raise _refused(name)


def _refused(came: str) -> UnreadableArchive:
    todo = "Save the page as html, or export the live blog, and import that."
    return UnreadableArchive(f"{_EXPECTED}; this is {came}. {todo}")


def _kind_of_text(text: str) -> str:
    if _FEED.search(text[:HEAD_BYTES]):
        return "a feed, which holds no whole live blog"
    return "neither JSON nor html"


# --- JSON -------------------------------------------------------------------------------------------


def _read_json(text: str, wanted: str, source_url: str) -> Reading:
    try:
        value = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return _read_broken_json(text, wanted, source_url)
    readers: dict[str, tuple[bool, Callable[[], Reading]]] = {
        "archive": (codec.is_archive(value), lambda: archive.read(value)),
        "guardian": (guardian.is_page_model(value), lambda: reading_of(guardian.blog_in(value), "guardian")),
        "jsonld": (True, lambda: _from_json_ld([value], source_url)),
    }
    if wanted in readers:
        return readers[wanted][1]()
    if wanted == "microdata":
        raise UnreadableArchive("Microdata stands in html; this is JSON. Leave --format out.")
    return next(read for fits, read in readers.values() if fits)()


def _read_broken_json(text: str, wanted: str, source_url: str) -> Reading:
    """JSON-LD as pages write it: comments, commas too many, one value after the other. Nothing else is mended."""
    try:
        values = lenient.parse(text)
    except lenient.BrokenJson as broken:
        raise UnreadableArchive(
            f"{_EXPECTED}; this begins as JSON, but {str(broken)[:120]}. "
            "It may have been cut on the way: fetch or export it again."
        ) from None
    if wanted not in ("auto", "jsonld"):
        raise UnreadableArchive(f"The format {wanted} is one JSON value; this is none. Leave --format out.")
    return _from_json_ld(values, source_url)


def _from_json_ld(values: list[object], source_url: str) -> Reading:
    blog = jsonld.blog_in(values, None, source_url)
    if blog is None:
        raise _refused("JSON without a live blog in it")
    return reading_of(blog, "jsonld")


# --- html -------------------------------------------------------------------------------------------


def _read_page(text: str, assumed: str, wanted: str, source_url: str) -> Reading:
    if wanted in ("archive", "guardian"):
        raise UnreadableArchive(f"The format {wanted} is JSON; this is html. Leave --format out.")
    page = page_of(text, source_url)
    if page is None:
        raise _refused("html with nothing in it")
    blog, kind = _blog_of_page(page, wanted)
    if blog is None:
        raise _refused("a page that declares no live blog")
    if assumed:
        blog.skip("the file", assumed)
    if _BEGUN.search(text) and not _ENDED.search(text):
        blog.skip("the file", "It ends before the page does (no </html>): it may have been cut on the way.")
    return reading_of(blog, kind)


def _blog_of_page(page: Page, wanted: str) -> tuple[FoundBlog | None, str]:
    """The live blog by the first way that finds updates: JSON-LD, microdata, timed siblings."""
    scripts = FoundBlog()
    values = jsonld.scripts_of(page.text, scripts)
    declared = jsonld.blog_in(values, page, page.url) if wanted != "microdata" else None
    found, kind = declared, "jsonld"
    if (declared is None or not _says_something(declared)) and wanted != "jsonld":
        marked = microdata.blog_in(page, values)
        if marked is None and declared is not None:
            siblings.add_siblings(declared, page.tree, page.base, microdata.habits_of(declared))
        elif marked is not None:
            found, kind = marked, "microdata"
    if found is not None:
        found.skipped[:0] = scripts.skipped
    elif scripts.skipped:
        raise UnreadableArchive(
            f"{_EXPECTED}; {scripts.skipped[0].where} of this page holds one that cannot be read. "
            f"{scripts.skipped[0].why} "
            "Save the page again, or mend that script."
        )
    return found, kind


def _says_something(blog: FoundBlog) -> bool:
    """Whether any update holds more than the page's own headline."""
    return any(
        each.blocks or each.pictures or each.headline not in ("", blog.headline) for each in blog.updates
    )
