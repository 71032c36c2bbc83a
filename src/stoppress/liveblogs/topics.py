"""Topics of a live blog: what may be one, and where its page is. PURE.

Called by actions that take topics, `facts.py` and `title_index.py`.
"""

from collections.abc import Iterable

from stoppress.lib import limits
from stoppress.lib.folding import words_apart
from stoppress.liveblogs.actions.content import line
from stoppress.liveblogs.refusals import InvalidInput


def topics(names: Iterable[str]) -> list[str]:
    """The names with single blanks, each topic once. Raises: InvalidInput (too many, too long, no word in it)."""
    found: dict[str, str] = {}
    for raw in names:
        name = " ".join(line("topics", raw, limits.TOPIC_CHARS).split())
        if not name:
            continue
        slug = topic_slug(name)
        if not slug:
            raise InvalidInput(
                "topics", f"The topic {name!r} holds no word; write what the live blog is about."
            )
        found.setdefault(slug, name)
    if len(found) > limits.TOPICS_PER_LIVEBLOG:
        raise InvalidInput(
            "topics", f"There are {len(found)} topics and may be {limits.TOPICS_PER_LIVEBLOG}; keep the best."
        )
    return list(found.values())


def topic_slugs(names: Iterable[str]) -> dict[str, str]:
    """Topics by the last part of their pages' addresses; of two that share one the first."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(topic_slug(name), name)
    return found


def topic_slug(name: str) -> str:
    """The last part of a topic's address, in whichever script it is written; "" when it holds no word."""
    return "-".join(words_apart(name))[: limits.SLUG_CHARS].strip("-")
