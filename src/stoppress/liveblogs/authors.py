"""Whose pages the names of a byline lead to. Reads only; plain SQL, for it is asked with every post.

Called by `facts.py`.
"""

import json
from collections.abc import Mapping, Sequence

from stoppress.lib import limits
from stoppress.liveblogs import plain_rows
from stoppress.render.facts import AuthorFacts, ImageFacts

_AUTHORS = """
SELECT author_name.name, author.slug, author.role, author.portrait
FROM author_name JOIN author ON author.id = author_name.author_id
WHERE author.shown AND author_name.publisher_id = %s AND author_name.name IN """


def authors_of(publisher_id: int, byline: Sequence[str]) -> tuple[AuthorFacts, ...]:
    """Those of the printed names that have a page. A name that nobody claimed leads nowhere."""
    if not byline:
        return ()
    names = ", ".join(["%s"] * len(byline))
    rows = plain_rows.ask(f"{_AUTHORS}({names})", [publisher_id, *byline])
    return tuple(
        AuthorFacts(name, slug, role, small_portrait(portrait)) for name, slug, role, portrait in rows
    )


def small_portrait(stored: str | Mapping[str, object]) -> ImageFacts | None:
    """The narrowest file of a portrait that is sharp at a byline's size; every browser of these years reads it.

    `stored`: `Author.portrait`, as either database gives it.
    """
    portrait: Mapping[str, object] = json.loads(stored) if isinstance(stored, str) else stored
    found = portrait.get("renditions")
    files = [file for file in found if isinstance(file, dict)] if isinstance(found, list) else []
    files = [file for file in files if str(file["src"]).endswith(".webp")] or files
    if not files:
        return None
    sharp = [file for file in files if int(file["width"]) >= limits.AUTHOR_PORTRAIT]
    chosen = min(sharp or files, key=lambda file: int(file["width"]))
    return ImageFacts(
        str(chosen["src"]), int(chosen["width"]), int(chosen["height"]), str(portrait.get("alt", ""))
    )
