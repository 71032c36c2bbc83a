"""A Django view that streams to each reader from a queue of its own, under uvicorn: as its documentation shows it.

Run by the bench as `python -m bench.django_peer stream PORT`. No middleware, which is the best case for it.
"""

import asyncio
import sys
from collections.abc import AsyncIterator

import django
import uvicorn
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import path

QUEUES: set[asyncio.Queue[bytes]] = set()


async def publish(request: HttpRequest) -> HttpResponse:
    """`POST /publish` sends its body to every stream."""
    frame = b"id: 1\nevent: post\ndata: " + request.body + b"\n\n"
    for queue in QUEUES:
        queue.put_nowait(frame)
    return HttpResponse(status=202)


async def _frames(queue: asyncio.Queue[bytes]) -> AsyncIterator[bytes]:
    try:
        while True:
            yield await queue.get()
    finally:
        QUEUES.discard(queue)


async def events(_: HttpRequest) -> StreamingHttpResponse:
    """`GET /events` is a stream."""
    queue: asyncio.Queue[bytes] = asyncio.Queue()
    QUEUES.add(queue)
    return StreamingHttpResponse(_frames(queue), content_type="text/event-stream")


urlpatterns = [path("events", events), path("publish", publish)]


def main() -> None:
    """See the head of this file."""
    settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="bench", MIDDLEWARE=[])  # noqa: S106 (nothing is signed)
    django.setup()
    port = int(sys.argv[2])
    uvicorn.run(
        get_asgi_application(),
        host="127.0.0.1",
        port=port,
        log_level="warning",
        access_log=False,
        lifespan="off",
    )


if __name__ == "__main__":
    main()
