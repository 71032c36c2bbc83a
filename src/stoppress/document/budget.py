"""How much more one post can hold, while it is being written.

Called by `writer.py`. The bounds are those of `check.py`; what is counted on the way is an estimate.
"""

import json
from typing import Final

from stoppress.document.nodes import Attributes
from stoppress.lib import limits

_NODE_BYTES: Final = 48  # about what a node costs besides its text: {"type":"paragraph","content":[]},
# A little below the bounds, for the containers that are still open when they are reached.
_NODES_MOST: Final = limits.DOCUMENT_NODES - 2 * limits.DOCUMENT_DEPTH
_BYTES_MOST: Final = limits.DOCUMENT_BYTES - 4_096


class Budget:
    """What was spent. `full`: something was refused, and all that follows is."""

    __slots__ = ("_bytes", "_chars", "_nodes", "full")

    def __init__(self) -> None:
        self.full = False
        self._nodes = 1
        self._bytes = 0
        self._chars = 0

    def count(self, attrs: Attributes | None = None) -> None:
        """A container, which is never refused: what it holds is."""
        self._nodes += 1
        self._bytes += _NODE_BYTES + (_size(attrs) if attrs else 0)

    def node(self, node: object) -> bool:
        """Whether there is room for one more node of this JSON; counts it when there is."""
        cost = _NODE_BYTES + _size(node)
        self.full = self.full or self._nodes >= _NODES_MOST or self._bytes + cost > _BYTES_MOST
        if not self.full:
            self._nodes += 1
            self._bytes += cost
        return not self.full

    def text(self, text: str) -> str:
        """As much of `text` as there is room for; counts it."""
        if self.full:
            return ""
        room = max(_BYTES_MOST - self._bytes, 0)
        fit = text[: max(limits.TEXT_CHARS - self._chars, 0)].encode()[:room].decode(errors="ignore")
        self.full = len(fit) < len(text)
        self._bytes += _size(fit)
        self._chars += len(fit)
        return fit


def _size(value: object) -> int:
    return len(json.dumps(value, ensure_ascii=False).encode())
