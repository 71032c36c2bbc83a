"""A worker whose outside world is this machine, to be killed: `python -m tests.chaos.outside_worker TARGETS.json`.

The file holds the loopback ports of a push service and a subscriber, phones, and the subscriber's address; the first
worker of a newsroom subscribes them. What it holds when it dies is another's a second later, not a minute: the same
rules with shorter times, so that a test can wait for them.
"""

import json
import os
import signal
import sys
import threading
from pathlib import Path
from typing import Any

SHORTER = {
    "PUSH_HELD_SECONDS": 1.0,
    "PUSH_WAIT_SECONDS": 0,
    "PUSH_AGAIN_SECONDS": 0.2,
    "PUSH_AT_ONCE": 4,
    "WEBSUB_CLAIM_SECONDS": 1.0,
    "WEBSUB_PAUSE_SECONDS": 0.1,
    "WEBSUB_RETRY_SECONDS": 0.2,
    "WORKER_PAUSE_SECONDS": 0.05,
}


def main() -> None:
    """Work until SIGTERM."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "stoppress.config.settings"
    from stoppress.lib import http_out, limits

    told: dict[str, Any] = json.loads(Path(sys.argv[1]).read_text())
    servers = frozenset(("127.0.0.1", int(port)) for port in told["ports"])
    outside = http_out.Outside(servers, lambda host, _port: [host])
    vars(http_out)["OUTSIDE"] = outside  # before anybody takes it from there
    vars(limits).update(SHORTER)
    import django

    django.setup()
    from stoppress.worker.loop import work

    _subscribe(told, outside)
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    sys.stdout.write("Working.\n")
    sys.stdout.flush()
    work(stop)


def _subscribe(told: dict[str, Any], outside: Any) -> None:
    from tests.chaos.newsroom import SLUG

    from stoppress.lib import clock
    from stoppress.push.actions.subscribe import Device, subscribe
    from stoppress.push.models import Subscription, Wants
    from stoppress.push.server_key import server_key
    from stoppress.websub.actions.ask import Wish, ask

    if Subscription.objects.exists():
        return
    ask(
        wish=Wish(mode="subscribe", topic=told["topic"], callback=told["callback"]),
        at=clock.now(),
        outside=outside,
    )
    for endpoint, p256dh, auth in told["phones"]:
        device = Device(endpoint, p256dh, auth, server_key().public)
        subscribe(slug=SLUG, device=device, wants=Wants.EVERYTHING, at=clock.now(), outside=outside)


if __name__ == "__main__":
    main()
