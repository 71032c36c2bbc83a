"""Sends notifications in a process of its own, to be killed: `python -m tests.faults.notifying_worker PORT`.

It ends when all is sent. The first one writes a live blog, its readers and one post; addresses and keys of their
phones come as JSON on its input. STOPPRESS_DATA names a newsroom that nothing else uses.
"""

import json
import os
import sys
import time
from datetime import timedelta

HELD_SECONDS = 0.5  # so that who comes next need not wait long


def main() -> None:
    """Write, or go on sending; ends when nothing is to be sent any more."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "stoppress.config.settings"
    import django

    from stoppress.lib import clock, limits

    django.setup()
    vars(limits).update(PUSH_HELD_SECONDS=HELD_SECONDS, PUSH_WAIT_SECONDS=0, PUSH_AT_ONCE=4)
    from stoppress.lib.http_out import Outside
    from stoppress.push.actions.read_log import read_logs
    from stoppress.push.models import Alert, Delivery, Subscription
    from stoppress.push.sender import send_due

    outside = Outside(frozenset({("127.0.0.1", int(sys.argv[1]))}), lambda host, _port: [host])
    if not Subscription.objects.exists():
        write(outside)
    read_logs(at=clock.now())
    while Alert.objects.filter(ended_at=None).exists() or Delivery.objects.exists():
        send_due(outside)
        time.sleep(HELD_SECONDS / 10)


def write(outside: object) -> None:
    """A live blog, a reader for each phone, and a post that none of them has been told of."""
    from tests.liveblogs.newsdesk import open_desk

    from stoppress.lib import clock
    from stoppress.newsroom.actions.add_staff import add_staff
    from stoppress.newsroom.queries import staff_of
    from stoppress.newsroom.roles import Role
    from stoppress.push.actions.subscribe import Device, subscribe
    from stoppress.push.models import Wants
    from stoppress.push.server_key import server_key

    user = add_staff(email="ed@example.org", role=Role.EDITOR, name="Ed", password="a long pass phrase")
    by = staff_of(user)
    assert by is not None
    desk = open_desk(by, clock.now() - timedelta(minutes=2))  # each deed there takes a minute
    for endpoint, p256dh, auth in json.load(sys.stdin):
        device = Device(endpoint, p256dh, auth, server_key().public)
        subscribe(
            slug="surge",
            device=device,
            wants=Wants.EVERYTHING,
            at=desk.at,
            outside=outside,  # type: ignore[arg-type]  # imported where Django is set up
        )
    desk.publish("The gate is shut.")


if __name__ == "__main__":
    main()
