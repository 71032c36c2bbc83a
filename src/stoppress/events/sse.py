"""Frames of Server-Sent Events: one change, encoded once for every reader. PURE.

Called by `edge/hub.py` and `edge/stream.py`. Source:
https://html.spec.whatwg.org/multipage/server-sent-events.html
"""

import json

from stoppress.events.changes import KIND, Change, to_json
from stoppress.lib.ids import Seq

HEARTBEAT = b":\n\n"  # a comment: proxies see life, pages see nothing


def frame(change: Change) -> bytes:
    """`change` as one event: `id:` its number, `event:` its kind, `data:` its JSON on one line.

    JSON escapes every control character, so neither CR nor LF can end the line early, whatever a post
    holds. A lone surrogate, which UTF-8 cannot carry, leaves as its JSON escape.
    """
    data = json.dumps(to_json(change), ensure_ascii=False, separators=(",", ":"))
    head = f"id: {change.seq}\nevent: {KIND[type(change)]}\ndata: "
    return head.encode() + data.encode("utf-8", "backslashreplace") + b"\n\n"


def told(kind: str, data: str) -> bytes:
    """A state as one event without a number: whoever comes back gets the present one. `data` is one line of JSON."""
    return f"event: {kind}\ndata: {data}\n\n".encode("utf-8", "backslashreplace")


def standing(seq: Seq) -> bytes:
    """Tells the browser where it stands, and the page nothing: a block without data is not dispatched."""
    return b"id: %d\n\n" % seq


def retry(milliseconds: int) -> bytes:
    """How long the browser is to wait before it comes back."""
    return b"retry: %d\n\n" % milliseconds


def chunk(data: bytes) -> bytes:
    """`data` as one chunk of an HTTP/1.1 body (RFC 9112 section 7.1)."""
    return b"%x\r\n%b\r\n" % (len(data), data)
