"""Templates and snippets: the built-in ones, the title's own, and what their placeholders are filled from.

A snippet is Markdown with placeholders such as {time in city}. They are filled when it is put into a post, by the
event’s clock at that moment (web/editor/snippetwords.ts): nobody types them. Read by the desk; written by
`actions/keep_snippet.py`.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from stoppress.document.markdown import from_markdown
from stoppress.document.nodes import JsonNode
from stoppress.lib import limits
from stoppress.liveblogs import queries
from stoppress.liveblogs.models import LiveBlog, Snippet
from stoppress.newsroom.roles import Staff

# What may stand in braces, and what it becomes. web/editor/snippetwords.ts knows the same names.
PLACEHOLDERS: Final = {
    "time": "the time by the event’s clock: 6pm, 6.30pm, noon; 18:00 where the live blog is not in English",
    "clock": "the same, always as 18:00",
    "city": "the city of the event’s time zone: Kyiv",
    "time in city": "6pm in Kyiv",
    "my name": "whoever puts it in",
    "colleague": "whom they take over from: the shift that began last, else one that ended within three hours",
    "headline": "the live blog’s headline",
}
_BRACES = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Shown:
    """A template or snippet as the menu and the screen have it. `id` 0: built in, and not changed by the title."""

    id: int
    name: str
    headline: str
    text: str
    summary: bool
    built_in: str
    changed_by: str = ""


BUILT_IN: Final = (
    Shown(
        id=0,
        name="Where things stand",
        headline="Where things stand",
        text="It’s {time in city}. Here’s where we stand:\n\n- …\n- …\n- …",
        summary=True,
        built_in="where-things-stand",
    ),
    Shown(
        id=0,
        name="Taking over",
        headline="",
        text="It’s {time in city}. This is {my name}, taking over[ from {colleague}].",
        summary=False,
        built_in="taking-over",
    ),
    Shown(
        id=0,
        name="This live blog is closing",
        headline="This live blog is closing",
        text="It’s {time in city}, and we are closing this live blog now. Thank you for reading.",
        summary=False,
        built_in="closing",
    ),
)


def unknown_placeholders(*texts: str) -> list[str]:
    """What stands in braces and means nothing, each once."""
    named = (name for text in texts for name in _BRACES.findall(text))
    return list(dict.fromkeys(name for name in named if name not in PLACEHOLDERS))


def snippets_of(by: Staff) -> list[Shown]:
    """The built-in ones, each as the title has it, then the title's own by name."""
    own = [
        Shown(row.pk, row.name, row.headline, row.text, row.summary, row.instead_of, row.changed_by)
        for row in Snippet.objects.filter(publisher_id=by.publisher_id)
    ]
    changed = {shown.built_in: shown for shown in own if shown.built_in}
    first = [changed.get(shown.built_in, shown) for shown in BUILT_IN]
    return [*first, *(shown for shown in own if not shown.built_in)]


def document_of(shown: Shown) -> JsonNode:
    """The snippet's text as a document, its placeholders still in braces."""
    return from_markdown(shown.text).root


def facts_for(by: Staff, blog: LiveBlog, now: datetime) -> dict[str, str]:
    """What the placeholders of `blog` are filled from, but for the time of day."""
    return {
        "me": by.name,
        "colleague": _takes_over_from(by, blog, now),
        "headline": blog.headline,
        "zone": blog.timezone,
        "language": blog.language,
    }


def _takes_over_from(by: Staff, blog: LiveBlog, now: datetime) -> str:
    """The colleague whose open shift began last; when none is open, whose shift ended last, and lately; else ""."""
    lately = now - timedelta(hours=limits.TAKING_OVER_HOURS)
    others = [shift for shift in queries.shifts_of(blog) if shift.user_id != by.user_id]
    under_way = [shift for shift in others if shift.ended_at is None]
    if under_way:
        return max(under_way, key=lambda shift: (shift.started_at, shift.pk)).name
    ended = [
        (shift.ended_at, shift.pk, shift.name)
        for shift in others
        if shift.ended_at and shift.ended_at >= lately
    ]
    return max(ended)[2] if ended else ""
