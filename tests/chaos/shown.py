"""What was served, as plain values: a live blog's page as `Shown`, and one change object as the product's dataclass.

Reads bytes as a stranger would (docs/reference/page.md and changes.md); the folding itself is `tests/property/fold.py`.
"""

import json
import re
from datetime import datetime
from typing import Any, cast

from tests.property.fold import Shown

from stoppress.edge.order import Order
from stoppress.events.changes import Change, HeadChange, PostChange, Reload, StatusChange, WithdrawnChange
from stoppress.lib.ids import PostId, Seq

_MAIN = re.compile(r'<main id="live"[^>]*>')
_ATTRIBUTE = re.compile(r' data-([a-z]+)="([^"]*)"')
_SLOT = re.compile(r'<div data-slot="([a-z_]+)"[^>]*>')
_POSTS = re.compile(r'<section id="posts"[^>]*>')
_POST = re.compile(r'(?=<article class="post(?: [a-z -]+)?" id="post-([0-9a-z]+)")')


def shown(html: str) -> Shown:
    """The page that `html` is. Raises: ValueError (it is no page of a live blog)."""
    main = _MAIN.search(html)
    if main is None:
        raise ValueError(f"Expected a page of a live blog; came {html[:300]!r}.")
    told = dict(_ATTRIBUTE.findall(main[0]))
    return Shown(
        seq=int(told["seq"]),
        leaf=int(told["leaf"]),
        status=told["status"],
        slots=_slots(html),
        posts=_posts(html),
        order=cast("Order", told.get("order", "newest")),
    )


def _slots(html: str) -> dict[str, str]:
    return {slot[1]: _inside(html, slot.end(), "div") for slot in _SLOT.finditer(html)}


def _posts(html: str) -> tuple[tuple[str, str], ...]:
    section = _POSTS.search(html)
    if section is None:
        raise ValueError("Expected a section of posts in the page of a live blog; none came.")
    inside = _inside(html, section.end(), "section")
    starts = [*_POST.finditer(inside)]
    ends = [*(one.start() for one in starts), len(inside)][1:]
    return tuple((one[1], inside[one.start() : end]) for one, end in zip(starts, ends, strict=True))


def _inside(html: str, start: int, tag: str) -> str:
    """What stands from `start` to the end of the element that was opened just before."""
    depth = 1
    for one in re.compile(rf"<(/?){tag}\b[^>]*>").finditer(html, start):
        depth += -1 if one[1] else 1
        if not depth:
            return html[start : one.start()]
    raise ValueError(f"The page ended inside a {tag}.")


def change_of(data: str | bytes) -> Change | None:
    """The change that a frame's data, or one object of `changes`, tells; None for a kind of a later version."""
    told: dict[str, Any] = json.loads(data)
    kind, seq = told.pop("kind"), Seq(told.pop("seq"))
    match kind:
        case "post" | "withdrawn":
            told["id"] = PostId(told["id"])
            for name in ("first_published_at", "last_changed_at"):
                if name in told:
                    told[name] = datetime.fromisoformat(told[name])
            return PostChange(seq=seq, **told) if kind == "post" else WithdrawnChange(seq=seq, **told)
        case "head":
            return HeadChange(seq=seq, html=told["html"])
        case "status":
            return StatusChange(seq=seq, status=told["status"])
        case "reload":
            return Reload(seq=seq, why=told["why"])
    return None
