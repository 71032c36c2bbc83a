"""Updates that a file holds more than once, and ids that are none.

Called by `assemble.py`. May import `document`.
"""

from collections import Counter, defaultdict

from stoppress.archive.found import FoundBlog, FoundUpdate
from stoppress.document.schema import Document
from stoppress.document.text import plain_text


def without_repeats(updates: list[FoundUpdate], blog: FoundBlog) -> list[FoundUpdate]:
    """Each update once, in the page's order, with the marks of all its copies; repeats go to `blog.skipped`.

    Two are one when they have the same id or address, or the same words and the same date.
    """
    _forget_page_ids(updates, blog)
    kept: dict[int, FoundUpdate] = {}
    places: dict[str, int] = {}
    for place, update in enumerate(updates):
        words = _words(update)
        # Undated repeats ("The track is being watered.") are the same only when nothing tells them apart.
        same_words = f"{update.published} {words}" if update.published or not update.id else ""
        keys = [key for key in (_named(update.id), _named(update.url), same_words) if key]
        first = next((places[key] for key in keys if key in places), None)
        if first is not None:
            kept[first] = _one_of(kept[first], update, blog)
        else:
            kept[place] = update
        for key in keys:
            places.setdefault(key, place if first is None else first)
    return list(kept.values())


def _named(address: str) -> str:
    return f"id {address}" if address else ""


def _forget_page_ids(updates: list[FoundUpdate], blog: FoundBlog) -> None:
    """Blank ids and addresses that say nothing of one update: the page's, or one that many texts share."""
    texts: dict[str, set[str]] = defaultdict(set)
    for update in updates:
        words = _words(update)
        for name in {update.id, update.url} - {""}:
            texts[name].add(words)
    shared = {name for name, each in texts.items() if len(each) > 2}  # noqa: PLR2004 (two may be versions of one)
    shared.add(blog.url)
    for update in updates:
        update.id = "" if update.id in shared else update.id
        update.url = "" if update.url in shared else update.url
    # Several with one address, and no more than that in common: the address is a section's, not an update's.
    counts = Counter(update.url for update in updates if update.url and update.id)
    for update in updates:
        if update.id and counts[update.url] > 1:
            update.url = ""


def _one_of(first: FoundUpdate, second: FoundUpdate, blog: FoundBlog) -> FoundUpdate:
    """The newer or fuller of two copies, in the first one's name, with both their marks."""
    better, other = (second, first) if _rank(second) > _rank(first) else (first, second)
    if _words(better) != _words(other):
        blog.skip(second.where, f"It is another version of {first.where}; the newer or longer one was kept.")
    else:
        blog.skip(second.where, f"It is a copy of {first.where}.")
    better.where = first.where
    better.id = better.id or other.id
    better.key_event |= other.key_event
    better.summary |= other.summary
    better.pinned |= other.pinned
    return better


def _rank(update: FoundUpdate) -> tuple[str, int]:
    """Later change first, then more words. Dates of one file are written alike, so text compares."""
    return str(update.modified or ""), len(_words(update))


def _words(update: FoundUpdate) -> str:
    document = Document({"type": "doc", "content": update.blocks})
    return " ".join(f"{update.headline} {plain_text(document)}".split())
