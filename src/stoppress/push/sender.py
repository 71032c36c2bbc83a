"""Sends what is due to the push services, a bounded number at a time. Called by the worker, beside its loop.

Each message is one request through `lib/http_out.py`; a service that is slow, silent or broken holds one place of
PUSH_AT_ONCE for PUSH_SECONDS. Nothing that readers wrote or read stands in a log: an alert's id and a host do.
Source: RFC 8030 (requests and answers), RFC 8291, RFC 8292.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import structlog

from stoppress.lib import clock, limits
from stoppress.lib.http_out import OUTSIDE, Message, NotFetched, Outside, Reply
from stoppress.push.actions.hand_out import Fate, Outcome, Parcel, hand_out, has_work, settle
from stoppress.push.message import encrypted, topic_of
from stoppress.push.server_key import authorization
from stoppress.push.services import is_endpoint, origin_of

log = structlog.get_logger("stoppress.push")

_TAKEN = range(200, 300)
_GONE = (404, 410)
_TOO_LONG = 413
_TOO_OFTEN = 429
_SERVERS = range(500, 600)
_TOO_EARLY = (408, 425)

Sending = dict["Future[Outcome]", Parcel]


def send_due(outside: Outside = OUTSIDE, now: Callable[[], datetime] = clock.now) -> int:
    """Send until nothing is due and all that was sent is settled; returns how many messages went out.

    Blocks. Places that are free are given to what is due at each look, so what is slow delays only itself.
    """
    sent = 0
    under_way: Sending = {}
    with ThreadPoolExecutor(limits.PUSH_AT_ONCE, thread_name_prefix="push") as pool:
        while True:
            free = limits.PUSH_AT_ONCE - len(under_way)
            sending = [parcel.delivery_id for parcel in under_way.values()]
            work = free and has_work(now())
            parcels = hand_out(most=free, at=now(), under_way=sending) if work else []
            for parcel in parcels:
                under_way[pool.submit(send, parcel, outside)] = parcel
            sent += len(parcels)
            if not under_way:
                return sent
            done = wait(under_way, timeout=limits.PUSH_LOOK_SECONDS).done
            settle([_outcome(future, under_way.pop(future)) for future in done], at=now())


def _outcome(future: "Future[Outcome]", parcel: Parcel) -> Outcome:
    """What came of it. A fault of ours is tried again like one of the network, and is not silent."""
    fault = future.exception()
    if fault is None:
        return future.result()
    log.error("message not sent", alert=parcel.alert_id, exc_info=fault)
    return Outcome(parcel, Fate.LATER)


def send(parcel: Parcel, outside: Outside) -> Outcome:
    """One message to one device."""
    if not is_endpoint(parcel.endpoint, outside):
        return Outcome(parcel, Fate.GONE)  # a push service that is known no more
    body = encrypted(parcel.told.packed(short=parcel.short), parcel.p256dh, parcel.auth)
    if len(body) > limits.PUSH_BODY_BYTES:
        return Outcome(parcel, Fate.TOO_LONG)
    headers = _headers(parcel)
    try:
        reply = outside.send(parcel.endpoint, Message(body, headers, limits.PUSH_SECONDS))
    except NotFetched as fault:
        log.info("push service not reached", alert=parcel.alert_id, why=str(fault))
        return Outcome(parcel, Fate.LATER)
    return Outcome(parcel, *_fate(reply, parcel))


def _headers(parcel: Parcel) -> dict[str, str]:
    return {
        "Authorization": authorization(origin_of(parcel.endpoint), int(clock.now().timestamp())),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(limits.PUSH_KEPT_SECONDS),
        "Topic": topic_of(parcel.liveblog_id, parcel.device),
        "Urgency": "high" if parcel.told.key_event else "normal",
    }


def _fate(reply: Reply, parcel: Parcel) -> tuple[Fate, int]:
    """What the status means for the message, and the seconds that the service asked for."""
    status = reply.status
    if status in _TAKEN:
        return Fate.TAKEN, 0
    if status in _GONE:
        return Fate.GONE, 0
    if status == _TOO_LONG:
        return (Fate.REFUSED if parcel.short else Fate.TOO_LONG), 0
    host = urlsplit(parcel.endpoint).hostname
    log.warning("push service refused", alert=parcel.alert_id, status=status, host=host)
    if status == _TOO_OFTEN or status in _TOO_EARLY or status in _SERVERS:
        return Fate.LATER, _retry_after(reply.headers.get("retry-after", ""))
    return Fate.REFUSED, 0


def _retry_after(said: str) -> int:
    """Seconds, from either form of the header (RFC 9110 section 10.2.3); 0 when it says neither."""
    if said.isascii() and said.isdigit():
        return min(int(said[:9]), limits.PUSH_KEPT_SECONDS)
    try:
        at = parsedate_to_datetime(said)
    except ValueError:
        return 0
    left = (at if at.tzinfo else at.replace(tzinfo=UTC)) - clock.now()
    return int(max(timedelta(0), min(left, timedelta(seconds=limits.PUSH_KEPT_SECONDS))).total_seconds())
