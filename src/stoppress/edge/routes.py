"""From a path to its handler: a table of paths with `{values}`, matched segment by segment. Called by `app.py`.

A path matches exactly or not at all: another case, a doubled or a trailing slash is another address.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Handler = TypeVar("Handler")


@dataclass(slots=True)
class _Step(Generic[Handler]):
    """What may follow in a path: fixed words, or any one value; and who answers if nothing does."""

    words: "dict[str, _Step[Handler]]" = field(default_factory=dict)
    value: "_Step[Handler] | None" = None
    handler: Handler | None = None


class Routes(Generic[Handler]):
    """A table `{"/live/{slug}": handler}`. A fixed word goes before a value."""

    def __init__(self, table: Mapping[str, Handler]) -> None:
        self._root: _Step[Handler] = _Step()
        for path, handler in table.items():
            step = self._root
            for segment in path.split("/")[1:]:
                if segment.startswith("{"):
                    step.value = step.value or _Step()
                    step = step.value
                else:
                    step = step.words.setdefault(segment, _Step())
            step.handler = handler

    def match(self, path: str) -> tuple[Handler, tuple[str, ...]] | None:
        """The handler for `path` and the values in it."""
        step = self._root
        values: tuple[str, ...] = ()
        for segment in path.split("/")[1:]:
            following = step.words.get(segment)
            if following is None:
                if not segment or step.value is None:
                    return None
                following = step.value
                values = (*values, segment)
            step = following
        return None if step.handler is None else (step.handler, values)
