"""Tries the whole way every few minutes while somebody is subscribed, so that the desk knows before it matters.

A made-up notification is packed, encrypted for keys of our own, read again, and sent, signed, to an address that
cannot be at the push service which most readers use: its refusal is the proof. Called by the worker.
"""

import os
from datetime import datetime

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from stoppress.lib import clock, limits
from stoppress.lib.http_out import OUTSIDE, Message, NotFetched, Outside
from stoppress.push import queries
from stoppress.push.actions.note_canary import note_canary
from stoppress.push.message import Told, encrypted
from stoppress.push.server_key import authorization, base64url
from stoppress.push.services import origin_of

_SECRET_BYTES = 16
_BROKEN = 500
_TOLD = Told("canary", "Canary", "Canary", "en", "0" * 20, seq=0, key_event=False, url="")


def is_due(at: datetime) -> bool:
    """Whether somebody is subscribed, and the last trial was long enough ago."""
    if queries.nobody_is_told():
        return False
    last = queries.canary()
    due = clock.is_due(last.at if last else None, limits.PUSH_CANARY, at)
    return due and queries.some_endpoint() is not None


def sing(outside: Outside = OUTSIDE) -> None:
    """Try it once, and write down how it went."""
    endpoint = queries.some_endpoint()
    if endpoint is None:
        return
    began = clock.now()
    fault = _fault(origin_of(endpoint), outside)
    ended = clock.now()
    note_canary(at=ended, took_ms=int((ended - began).total_seconds() * 1000), fault=fault)


def _fault(origin: str, outside: Outside) -> str:
    """What is wrong in a sentence, or ""."""
    key, secret = ec.generate_private_key(ec.SECP256R1()), os.urandom(_SECRET_BYTES)
    point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    plain = _TOLD.packed(short=False)
    body = encrypted(plain, base64url(point), base64url(secret))
    if http_ece.decrypt(body, private_key=key, auth_secret=secret, version="aes128gcm") != plain:
        return "What was encrypted could not be read again."
    headers = {
        "Authorization": authorization(origin, int(clock.now().timestamp())),
        "Content-Encoding": "aes128gcm",
        "TTL": "0",
    }
    try:
        reply = outside.send(f"{origin}/stoppress-canary", Message(body, headers, limits.PUSH_SECONDS))
    except NotFetched as unreached:
        return str(unreached)
    return f"{origin} answered {reply.status}." if reply.status >= _BROKEN else ""
