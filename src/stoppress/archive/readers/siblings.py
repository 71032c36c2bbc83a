"""Updates that nothing marks: elements side by side that carry times, or paragraphs that begin with one.

Called by `microdata.py` and `detect.py`. May import this room. Pages that declare a LiveBlogPosting often
stop there; but a live blog looks alike everywhere: one element, many children, most of them with a time.
"""

from collections import Counter
from collections.abc import Sequence
from html import escape
from typing import Final

from lxml.html import HtmlElement

from stoppress.archive.blocks import body_of_html
from stoppress.archive.dates import Habits
from stoppress.archive.found import FoundBlog, FoundUpdate
from stoppress.archive.readers.entries import (
    Entry,
    classes,
    entry_of,
    is_tag,
    leading_minute,
    leading_time,
    time_mark,
    words_of,
)
from stoppress.archive.words import one_line

_TIMED_MIN: Final = 2  # children with a time that make a list of updates
_FLAT: Final = frozenset({"p", "h2", "h3", "h4", "h5", "h6", "strong", "b"})
_HEADS: Final = frozenset({"h2", "h3", "h4", "h5", "h6"})
_ASIDE: Final = frozenset({"nav", "footer", "aside", "header", "head", "script", "style"})
_SHOWN_CHARS: Final = 80
_LEAD_CHARS: Final = 40  # a time in front of a text stands within these


def add_siblings(blog: FoundBlog, root: HtmlElement, base_url: str, habits: Habits) -> None:
    """Add the updates found inside `root` to `blog`, in the page's order; none when there are no timed siblings."""
    parent, timed = _list_of_updates(root, habits)
    if parent is None:
        return
    children = blog.within([child for child in parent if is_tag(child)])
    flat = sum(child.tag in _FLAT for child in timed) * 2 > len(timed)
    entries = _ticker(children, timed, habits) if flat else _side_by_side(children, timed, habits, blog)
    for entry in entries:
        if not entry.blank or entry.lost:
            blog.updates.append(_update(entry, f"update {len(blog.updates) + 1}", base_url))


def _list_of_updates(root: HtmlElement, habits: Habits) -> tuple[HtmlElement | None, set[HtmlElement]]:
    """The element with the most children that carry a time, and those children. The innermost wins a tie."""
    timed: dict[HtmlElement, dict[HtmlElement, None]] = {}
    for mark in _marks(root, habits):
        child, parent = mark, mark.getparent()
        while parent is not None and child is not root:
            timed.setdefault(parent, {})[child] = None
            child, parent = parent, parent.getparent()
    best = max(timed, key=lambda parent: (len(timed[parent]), _depth(parent)), default=None)
    if best is None or len(timed[best]) < _TIMED_MIN:
        return None, set()
    return best, set(timed[best])


def _marks(root: HtmlElement, habits: Habits) -> list[HtmlElement]:
    """The elements in `root` that give a time, or whose text begins with one; nothing from the page's margins."""
    found: list[HtmlElement] = []
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if element is not root:
            if not is_tag(element) or (element.tag in _ASIDE and not _inside_entry(element)):
                continue
            if time_mark(element, habits) is not None or _begins_with_time(element):
                found.append(element)
                continue
        waiting.extend(reversed(element))
    return found


def _inside_entry(element: HtmlElement) -> bool:
    """Whether a header or aside is an entry's own: it holds a time of its own and little else."""
    return element.tag in {"header", "aside"} and len(words_of(element)) <= 4 * _SHOWN_CHARS


def _begins_with_time(element: HtmlElement) -> bool:
    text = (element.text or "").strip() or (words_of(element)[:_LEAD_CHARS] if element.tag in _FLAT else "")
    return bool(text) and bool(leading_time(text) or leading_minute(text) is not None)


def _depth(element: HtmlElement) -> int:
    return sum(1 for _ in element.iterancestors())


def _side_by_side(
    children: Sequence[HtmlElement], timed: set[HtmlElement], habits: Habits, blog: FoundBlog
) -> list[Entry]:
    """Each child is an update when it carries a time or is built like those that do."""
    kinds = Counter(_kind(child) for child in timed)
    names = {name for child in timed for name in classes(child).split()}
    entries: list[Entry] = []
    for child in children:
        alike = _kind(child) in kinds or bool(names & set(classes(child).split()))
        if child in timed or alike:
            entries.append(entry_of(child, habits))
        elif child.tag not in _ASIDE and (text := words_of(child)):
            blog.skip(
                "between updates",
                f"An element that is built otherwise was not kept: {text[:_SHOWN_CHARS]!r}.",
            )
    return entries


def _kind(element: HtmlElement) -> tuple[object, str]:
    return element.tag, classes(element)


def _ticker(children: Sequence[HtmlElement], timed: set[HtmlElement], habits: Habits) -> list[Entry]:
    """Paragraphs in a row: one with a time begins an update, those without go on with it.

    A heading with a time is the update's headline.
    """
    entries: list[Entry] = []
    parts: list[list[str]] = []
    for child in children:
        if child not in timed and (not entries or child.tag in _ASIDE):
            continue
        entry = entry_of(child, habits)
        block = f"<{child.tag}>{entry.html}</{child.tag}>"
        if child in timed:
            heads = child.tag in _HEADS
            entry.headline = one_line(entry.html) if heads else entry.headline
            entries.append(entry)
            parts.append([] if heads else [block])
        else:
            parts[-1].append(f"<h3>{escape(entry.headline)}</h3>{block}" if entry.headline else block)
            entries[-1].lost += entry.lost
    for entry, html in zip(entries, parts, strict=True):
        entry.html = "".join(html)
    return entries


def _update(entry: Entry, where: str, base_url: str) -> FoundUpdate:
    body = body_of_html(entry.html, base_url)
    return FoundUpdate(
        where=where,
        id=entry.id,
        headline=entry.headline,
        published=entry.when,
        minute=entry.minute,
        key_event=entry.key_event,
        blocks=body.blocks,
        lost=[*entry.lost, *body.lost],
    )
