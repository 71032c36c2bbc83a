"""What Stoppress is measured against: an sse-starlette server, and the same page from a bare ASGI function.

Run by the bench as `python -m bench.peers sse PORT` and `python -m bench.peers bare PORT FILE`, in a process of
its own, like the server it stands beside. The first is written as its documentation would have it, with a queue
for each reader, on uvicorn; the second runs under Stoppress's own server class.
"""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TypeAlias

import uvicorn
from bench.edge import FeedStore
from sse_starlette import EventSourceResponse
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from stoppress.bus.memory import MemoryBus
from stoppress.edge.app import Edge
from stoppress.edge.asgi import Message, Receive, Scope, Send
from stoppress.edge.server import server_for

Frame: TypeAlias = dict[str, str]


def sse_app() -> Starlette:
    """`GET /events` is a stream; `POST /publish` {id, event, data} sends that frame to every stream."""
    queues: set[asyncio.Queue[Frame]] = set()

    async def publish(request: Request) -> Response:
        frame: Frame = await request.json()
        for queue in queues:
            queue.put_nowait(frame)
        return Response(status_code=204)

    async def frames(queue: asyncio.Queue[Frame]) -> AsyncIterator[Frame]:
        try:
            while True:
                yield await queue.get()
        finally:
            queues.discard(queue)

    async def events(_: Request) -> EventSourceResponse:
        queue: asyncio.Queue[Frame] = asyncio.Queue()
        queues.add(queue)
        return EventSourceResponse(frames(queue))

    return Starlette(routes=[Route("/events", events), Route("/publish", publish, methods=["POST"])])


class BareFunction(Edge):
    """Answers every request with what `file` holds: headers in the first line, then the body. The server is ours."""

    def __init__(self, file: Path) -> None:
        head, _, body = file.read_bytes().partition(b"\n")
        headers = [(name.encode(), value.encode()) for name, value in json.loads(head)]
        self._start: Message = {"type": "http.response.start", "status": 200, "headers": headers}
        self._body: Message = {"type": "http.response.body", "body": body}
        nowhere = Path("/nonexistent")
        super().__init__(
            store=FeedStore(), bus=MemoryBus(), media_root=nowhere, public_url="http://127.0.0.1"
        )

    def ready(self, *_: object) -> None:
        """Nothing lies ready: every request is a call of the function."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await super().__call__(scope, receive, send)
            return
        await send(self._start)
        await send(self._body)


def main() -> None:
    """See the head of this file."""
    kind, port = sys.argv[1], int(sys.argv[2])
    if kind == "sse":
        uvicorn.run(
            sse_app(), host="127.0.0.1", port=port, log_level="warning", access_log=False, lifespan="off"
        )
    else:
        server_for(BareFunction(Path(sys.argv[3])), port=port).run()


if __name__ == "__main__":
    main()
