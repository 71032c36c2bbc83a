"""Who has the desk's threads. There are few: whoever can send a request must not be able to hold them all.

A request whose body is small is taken whole before it gets a thread, so that a thread never waits for a slow sender.
What cannot be waited for like that (uploads), what readers and services send, and who does not even claim to be
signed in have a few turns each, fewer together than there are threads: what is left is the newsroom's.

Called by `app.py`. May import `asgi`, `problems`, `lib`. Source: docs/decisions/0030.
"""

import asyncio
from collections.abc import Awaitable, Callable

from stoppress.edge import problems
from stoppress.edge.asgi import Message, Receive, Request
from stoppress.lib import limits

_READERS = ("/audience/", "/websub", "/cards/", "/intake/")


class _Row:
    """A few turns, and a bounded number who wait for one."""

    __slots__ = ("_turns", "_waiting")

    def __init__(self, turns: int) -> None:
        self._turns = asyncio.Semaphore(turns)
        self._waiting = 0

    async def __aenter__(self) -> None:
        """Raises: Problem when too many wait already."""
        if self._waiting >= limits.TURNS_WAITING:
            raise problems.too_many_connections()
        self._waiting += 1
        try:
            await self._turns.acquire()
        finally:
            self._waiting -= 1

    async def __aexit__(self, *_: object) -> None:
        self._turns.release()


class Turns:
    """Every request to the newsroom's own application passes through here."""

    def __init__(self) -> None:
        self._readers = _Row(limits.READERS_TURNS)
        self._strangers = _Row(limits.STRANGERS_TURNS)
        self._uploads = _Row(limits.UPLOADS_TURNS)
        self._held = 0

    async def pass_on(
        self, request: Request, receive: Receive, go: Callable[[Receive], Awaitable[None]]
    ) -> None:
        """Call `go` when it is this request's turn. Raises: Problem (too many wait)."""
        length = _length(request)
        if length is None or not self._has_room(length):
            async with self._uploads:
                await go(receive)
            return
        self._held += length
        try:
            whole = await _whole(receive) if length else receive
            if whole is None:
                return  # it hung up half-way: what came is nothing
            row = self._row(request)
            if row is None:
                await go(whole)
            else:
                async with row:
                    await go(whole)
        finally:
            self._held -= length

    def _has_room(self, length: int) -> bool:
        """Whether a body can be waited for. A post can always be, whatever larger ones are on their way."""
        return length <= limits.BODY_HELD_BYTES or self._held + length <= limits.BODIES_HELD_BYTES

    def _row(self, request: Request) -> _Row | None:
        if request.scope["path"].startswith(_READERS):
            return self._readers
        claims = request.header(b"authorization") or b"stoppress=" in request.header(b"cookie")
        return None if claims else self._strangers


def _length(request: Request) -> int | None:
    """How long the body is, where it can be waited for; None for uploads and bodies that do not say."""
    if request.header(b"transfer-encoding"):
        return None
    length = request.header(b"content-length")
    if not length:
        return 0
    return int(length) if length.isdigit() and int(length) <= limits.REQUEST_BODY_BYTES else None


async def _whole(receive: Receive) -> Receive | None:
    """Wait for the whole body: the same, at hand. None when it does not come."""
    messages: list[Message] = []
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        messages.append(message)
        if not message.get("more_body"):
            break
    messages.reverse()

    async def at_hand() -> Message:
        return messages.pop() if messages else await receive()

    return at_hand
