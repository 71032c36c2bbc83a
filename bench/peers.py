"""What Stoppress is measured against: an sse-starlette server, and the same page from a bare ASGI function.

Run by the bench as `python -m bench.peers sse PORT` and `python -m bench.peers bare PORT FILE`, in a process
of its own, like the server it stands beside. The first is written as its documentation would have it: a queue
for each reader.
"""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TypeAlias

import uvicorn
from sse_starlette import EventSourceResponse
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

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


def bare_app(file: Path) -> "uvicorn._types.ASGI3Application":
    """Answers every request with what `file` holds: headers in the first line, then the body."""
    head, _, body = file.read_bytes().partition(b"\n")
    headers = [(name.encode(), value.encode()) for name, value in json.loads(head)]

    async def app(
        scope: "uvicorn._types.Scope",
        receive: "uvicorn._types.ASGIReceiveCallable",
        send: "uvicorn._types.ASGISendCallable",
    ) -> None:
        if scope["type"] != "http":
            return
        await receive()
        await send({"type": "http.response.start", "status": 200, "headers": headers, "trailers": False})
        await send({"type": "http.response.body", "body": body, "more_body": False})

    return app


def main() -> None:
    """See the head of this file."""
    kind, port = sys.argv[1], int(sys.argv[2])
    app = sse_app() if kind == "sse" else bare_app(Path(sys.argv[3]))
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning", access_log=False, lifespan="off")


if __name__ == "__main__":
    main()
