"""A second reading of the standard: parses an event stream as a browser does. Shares no code with `events/sse.py`.

Source: https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
"""

import re
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Received:
    """One dispatched event."""

    kind: str
    data: str
    last_event_id: str


@dataclass(slots=True)
class EventStream:
    """Feed it bytes in any pieces; `events` fills up. `comments` counts what pages never see."""

    events: list[Received] = field(default_factory=list)
    last_event_id: str = ""
    retry: int | None = None
    comments: int = 0
    _rest: bytes = b""
    _kind: str = ""
    _id: str = ""
    _data: list[str] = field(default_factory=list)

    def feed(self, data: bytes) -> None:
        text = self._rest + data
        # A CR at the very end may be half of a CRLF.
        whole = re.split(rb"\r\n|\n|\r(?!\n)(?=.)", text, flags=re.DOTALL)
        self._rest = whole.pop()
        for line in whole:
            self._line(line.decode("utf-8", "replace"))

    def _line(self, line: str) -> None:
        if not line:
            self._dispatch()
            return
        if line.startswith(":"):
            self.comments += 1
            return
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "event":
            self._kind = value
        elif name == "data":
            self._data.append(value)
        elif name == "id" and "\0" not in value:
            self._id = value
        elif name == "retry" and value.isascii() and value.isdigit():
            self.retry = int(value)

    def _dispatch(self) -> None:
        self.last_event_id = self._id
        if self._data:
            self.events.append(Received(self._kind or "message", "\n".join(self._data), self.last_event_id))
        self._data = []
        self._kind = ""
