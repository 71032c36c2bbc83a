"""Requests that came before, letter for letter: answered without being parsed again. Called by `server.py`.

A parser between two requests makes of the same bytes what it made of them before. So what it found in a piece that was
one whole request, twice in a row and answered from memory on a connection that stayed open, is kept beside the piece,
and holds for every connection that stands between two requests. The bounds of a connection are looked at as always.

What came in one turn of the event loop is answered at its end. The store is asked once for all, after the last of them
was read: no answer is older than what was committed before its request left. May import `app`, `lib`.
Source: docs/decisions/0028-written-to-the-socket.md
"""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from stoppress.edge.app import Edge
from stoppress.edge.asgi import Answer
from stoppress.lib import limits

_SECRETS = frozenset(
    {b"authorization", b"cookie"}
)  # whoever sends one is parsed: it is not to lie about here


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What was found in a piece: the shelf's key, and the headers."""

    key: str
    headers: tuple[tuple[bytes, bytes], ...]


class Asking(Protocol):
    """A connection whose request waits here."""

    def answer_again(self, answer: Answer | None, piece: bytes) -> bool:
        """Send what was found; False: the connection is gone, or read the piece as always, as it does for None."""


class Again:
    """What is known of pieces, and the requests of this turn. One for all connections of a process."""

    def __init__(self, edge: Edge) -> None:
        self._edge = edge
        self._known: dict[bytes, Known] = {}
        self._waiting: list[tuple[Asking, bytes, Known]] = []

    def learn(self, piece: bytes, key: str, headers: Iterable[tuple[bytes, bytes]]) -> None:
        """Remember what a piece asks for that was answered from memory."""
        known = Known(key, tuple(headers))
        if len(piece) > limits.AGAIN_BYTES or any(name in _SECRETS for name, _ in known.headers):
            return
        if len(self._known) >= limits.AGAIN_KEPT:
            self._known.clear()
        self._known[piece] = known

    def take(self, connection: Asking, piece: bytes) -> bool:
        """Answer the piece when the turn ends; False when it is not known."""
        known = self._known.get(piece)
        if known is None:
            return False
        if not self._waiting:
            asyncio.get_running_loop().call_soon(self.answer)
        self._waiting.append((connection, piece, known))
        return True

    def answer(self) -> None:
        """Answer whoever waits; now, when more comes on one of their connections."""
        waiting, self._waiting = self._waiting, []
        found: dict[Known, Answer | None] = {}
        for connection, piece, known in waiting:
            if known not in found:
                found[known] = self._edge.kept(known.key, known.headers)
            answer = found[known]
            if connection.answer_again(answer, piece) and answer is not None:
                self._edge.metrics.answered("kept", answer.status)
