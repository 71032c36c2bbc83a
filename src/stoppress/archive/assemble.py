"""What a reader found → an Archive: repeats out, everything within bounds, times in place, losses named.

Called by `readers/`. May import `document` and `lib`.
"""

import re
from collections import Counter
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlsplit

from stoppress.archive.blocks import document_of, picture_block, sources
from stoppress.archive.dates import read_when
from stoppress.archive.dating import Dated, Timeline, timeline
from stoppress.archive.format import (
    Archive,
    ArchivedCorrection,
    ArchivedEvent,
    ArchivedPost,
    ArchivedRevision,
    Reading,
    Skipped,
    UnreadableArchive,
)
from stoppress.archive.found import FoundBlog, FoundUpdate
from stoppress.archive.repeats import without_repeats
from stoppress.archive.words import cut, one_line
from stoppress.document.addresses import web_fault
from stoppress.document.schema import Document
from stoppress.document.text import plain_text
from stoppress.lib import limits
from stoppress.lib.ids import slugify

_SHARED: Final = 3  # a picture that so many updates carry, and more than half of them, is the page's


def reading_of(blog: FoundBlog, file_format: str) -> Reading:
    """The Reading of what was found. Raises: UnreadableArchive when no update is left."""
    if blog.url and (fault := web_fault(blog.url)):
        blog.skip("address", f"The page's own address was not kept: {fault}.")
        blog.url = ""
    _drop_page_pictures(blog)
    for update in blog.updates:
        _settle_headline(update, blog)
    blog.updates = without_repeats([update for update in blog.updates if not _empty(update, blog)], blog)
    if not blog.updates:
        raise UnreadableArchive(
            "A live blog with at least one update was expected; none with a text or a picture was found in "
            "this file. Save the page again once its updates are shown, or try another --format."
        )
    _complete_bylines(blog)
    line = timeline(blog)
    archive = Archive(
        headline=_headline(blog),
        slug=_slug(blog),
        standfirst=_bounded(blog, "standfirst", blog.standfirst, limits.STANDFIRST_CHARS),
        timezone=line.timezone,
        language=_language(blog),
        event=_event(blog, line),
        planned_end_at=line.planned_end_at,
        status="live" if line.live else "closed",
        opened_at=line.opened_at,
        closed_at=line.closed_at,
        source_url=blog.url,
        posts=tuple(_post(row, blog) for row in line.rows),
    )
    return Reading(file_format, archive, _within_notes(blog.skipped))


# --- the live blog ----------------------------------------------------------------------------------


def _headline(blog: FoundBlog) -> str:
    bare = one_line(blog.headline)
    headline = _without_publisher(bare, one_line(blog.publisher))
    if headline != bare:
        blog.skip("headline", f"The publisher's name was taken off it: {bare!r}.")
    if not headline:
        headline = urlsplit(blog.url).hostname or "Live blog"
        blog.skip("headline", f"None was found; {headline!r} stands for it.")
    return _bounded(blog, "headline", headline, limits.HEADLINE_CHARS)


def _without_publisher(headline: str, publisher: str) -> str:
    if not publisher:
        return headline
    for mark in (" | ", " - ", " – ", " — ", ": ", " · ", " • "):
        headline = headline.removeprefix(publisher + mark)
        if mark != ": ":
            headline = headline.removesuffix(mark + publisher)
    return headline.strip() or publisher


def _slug(blog: FoundBlog) -> str:
    """From the last part of the page's address when that is made of words, else from the headline."""
    last = urlsplit(blog.url).path.rstrip("/").rpartition("/")[2].partition(".")[0]
    from_address = slugify(last)
    return from_address if from_address.count("-") > 1 else slugify(one_line(blog.headline))


def _language(blog: FoundBlog) -> str:
    tag = one_line(blog.language).replace("_", "-")
    parts = tag.split("-")
    valid = (
        parts[0].isalpha()
        and parts[0].isascii()
        and len(parts[0]) in (2, 3)
        and len(tag) <= limits.LANGUAGE_CHARS
    )
    if valid and all(part.isalnum() and part.isascii() and len(part) <= 8 for part in parts):  # noqa: PLR2004 (RFC 5646)
        return "-".join([parts[0].lower(), *parts[1:]])
    blog.skip("language", f"The file names none that can be used ({tag[:35]!r}); en was set.")
    return "en"


def _bounded(blog: FoundBlog, where: str, text: str, most: int) -> str:
    line = one_line(text)
    if len(line) > most:
        blog.skip(where, f"It has {len(line):,} characters and was cut: {most:,} are kept.")
    return cut(line, most)


def _event(blog: FoundBlog, line: Timeline) -> ArchivedEvent | None:
    """What it is about; a name that only repeats the headline says nothing more."""
    name = _bounded(blog, "event", blog.event_name, limits.EVENT_NAME_CHARS)
    if name == one_line(blog.headline):
        name = ""
    place = _bounded(blog, "event", blog.event_place, limits.EVENT_PLACE_CHARS)
    return ArchivedEvent(name, place, line.event_at) if name or place or line.event_at else None


def _within_notes(skipped: list[Skipped]) -> tuple[Skipped, ...]:
    skipped = sorted(skipped, key=_number)
    more = len(skipped) - limits.IMPORT_NOTES
    if more <= 0:
        return tuple(skipped)
    return (*skipped[: limits.IMPORT_NOTES], Skipped("the file", f"{more:,} more remarks of these kinds."))


def _number(note: Skipped) -> int:
    """The update that a line is about, so that lines stand in the page's order; those about the page first."""
    found = re.search(r"update (\d+)$", note.where)
    return int(found[1]) if found else 0


# --- its updates ------------------------------------------------------------------------------------


def _drop_page_pictures(blog: FoundBlog) -> None:
    """Take out pictures that are the page's and only repeated with its updates, as publishing systems do."""
    counts = Counter(src for update in blog.updates for src in {each.src for each in update.pictures})
    del counts[""]
    shared = {src for src, count in counts.items() if count >= _SHARED and count > len(blog.updates) / 2}
    shared |= {src for src in blog.pictures if counts[src] > 1}
    for src in sorted(shared):
        blog.skip(
            "updates", f"The page's own picture, repeated with {counts[src]} updates, was not kept: {src}"
        )
    for update in blog.updates:
        if update.headline or update.blocks:  # else it is all there is of it
            update.pictures = [each for each in update.pictures if each.src not in shared]


def _settle_headline(update: FoundUpdate, blog: FoundBlog) -> None:
    """Keep a headline only when it is the update's own and says more than its text does."""
    headline = one_line(update.headline)
    lines = [plain_text(Document({"type": "doc", "content": [block]})) for block in update.blocks[:1]]
    first = " ".join(lines).strip()
    key, first_key = _key(headline).rstrip("…. "), _key(first)
    if _key(headline) == _key(one_line(blog.headline)):
        headline = ""
    elif first_key == _key(headline) and len(update.blocks) > 1:
        del update.blocks[0]
    elif key and first_key.startswith(key):
        headline = ""
    update.headline = headline


def _key(text: str) -> str:
    return " ".join(text.casefold().split())


def _empty(update: FoundUpdate, blog: FoundBlog) -> bool:
    if update.headline or update.blocks or update.pictures:
        return False
    lost = " ".join(update.lost)
    blog.skip(update.where, f"It was empty: no headline, text or picture that can be kept. {lost}".rstrip())
    return True


def _complete_bylines(blog: FoundBlog) -> None:
    """Credit the page's authors where an update names none."""
    nameless = [update for update in blog.updates if not update.byline]
    stand_in = blog.byline or ((one_line(blog.publisher),) if blog.publisher else ())
    if not nameless:
        return
    for update in nameless:
        update.byline = stand_in
    named = ", ".join(stand_in) or "nobody"
    blog.skip(
        "bylines", f"{len(nameless)} of {len(blog.updates)} updates name no author; {named} is credited."
    )


def _post(row: Dated, blog: FoundBlog) -> ArchivedPost:
    update = row.update
    if row.published is None:
        raise ValueError(f"{update.where} was not dated; `timeline` dates every update.")
    changed = max(row.published, row.modified or row.published)
    byline = _byline(update, blog)
    revision = ArchivedRevision(
        number=1,
        at=changed,
        by=byline[0] if byline else cut(one_line(blog.publisher), limits.NAME_CHARS) or "import",
        document=_document(update, blog),
        headline=_bounded(blog, f"headline of {update.where}", update.headline, limits.HEADLINE_CHARS),
        dateline=_bounded(blog, f"dateline of {update.where}", update.dateline, limits.DATELINE_CHARS),
        byline=byline,
    )
    return ArchivedPost(
        id=short_id(one_line(update.id or update.url))[-limits.ARCHIVE_ID_CHARS :],
        revisions=(revision,),
        first_published_at=row.published,
        last_changed_at=changed,
        key_event=update.key_event,
        summary=update.summary,
        pinned=update.pinned,
        corrections=_corrections(update, changed, blog),
    )


def short_id(name: str) -> str:
    """The part of an id that is an address which tells one update: its fragment, else the end of its path."""
    address, _, fragment = name.partition("#")
    last = address.partition("?")[0].rstrip("/").rpartition("/")[2]
    return (fragment or last or name).removeprefix("post-")


def _byline(update: FoundUpdate, blog: FoundBlog) -> tuple[str, ...]:
    if len(update.byline) > limits.BYLINE_NAMES:
        left_out = ", ".join(update.byline[limits.BYLINE_NAMES :])
        blog.skip(f"byline of {update.where}", f"Only {limits.BYLINE_NAMES} names are kept, not {left_out}.")
    kept = update.byline[: limits.BYLINE_NAMES]
    return tuple(_bounded(blog, f"byline of {update.where}", name, limits.BYLINE_NAME_CHARS) for name in kept)


def _document(update: FoundUpdate, blog: FoundBlog) -> Document:
    shown = sources(update.blocks)
    for picture in update.pictures:
        if picture.src in shown:
            continue
        node, why = picture_block(picture)
        if node is not None:
            update.blocks.append(node)
            shown.add(picture.src)
        else:
            blog.skip(f"image of {update.where}", why or f"It is too small to be a picture: {picture.src}")
    document, lost = document_of(update.blocks)
    for why, count in Counter([*update.lost, *lost]).items():
        blog.skip(update.where, why if count == 1 else f"{why} ({count} times)")
    return document


def _corrections(update: FoundUpdate, changed: datetime, blog: FoundBlog) -> tuple[ArchivedCorrection, ...]:
    notes = []
    for text, found in update.corrections:
        line = _bounded(blog, f"correction of {update.where}", text, limits.CORRECTION_CHARS)
        at = read_when(found).at(UTC)
        if line:
            notes.append(ArchivedCorrection(text=line, at=at or changed, revision=1))
    return tuple(notes)
