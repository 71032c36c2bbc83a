"""A stand-in push service on loopback: it reads what is sent as the device would (RFC 8291), and answers as told."""

import base64
import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeVar, cast

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02

from stoppress.lib.http_out import Outside
from stoppress.push.actions.subscribe import Device
from stoppress.push.server_key import server_key

LOOPBACK = "127.0.0.1"
DRIPS, CUTS = -1, -2  # instead of a status: says one byte after the other and never ends; hangs up


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@dataclass(slots=True)
class Phone:
    """A device: its keys, what its push service answers (the last one for ever), and what came."""

    name: str
    answers: list[int] = field(default_factory=lambda: [201])
    retry_after: str = ""
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    secret: bytes = field(default_factory=lambda: os.urandom(16))
    asked: int = 0  # requests
    got: list[dict[str, Any]] = field(default_factory=list)  # what the push service took, decrypted
    heads: list[dict[str, str]] = field(default_factory=list)  # headers of each request

    @property
    def titles(self) -> list[str]:
        return [one["notification"]["body"] for one in self.got]

    def read(self, body: bytes) -> dict[str, Any]:
        plain = http_ece.decrypt(body, private_key=self.key, auth_secret=self.secret, version="aes128gcm")
        return cast("dict[str, Any]", json.loads(plain))


class PushService(ThreadingHTTPServer):
    """Knows its phones by the end of their addresses."""

    daemon_threads = True
    request_queue_size = 200

    def __init__(self) -> None:
        super().__init__((LOOPBACK, 0), _Door)
        self.phones: dict[str, Phone] = {}
        self.lock = threading.Lock()
        self.ends = threading.Event()
        self.strangers: list[str] = []  # paths that are no phone's

    @property
    def outside(self) -> Outside:
        """The outside world with this service in it."""
        return Outside(frozenset({(LOOPBACK, self.server_port)}), lambda host, _port: [host])

    def phone(self, name: str, *answers: int, retry_after: str = "") -> Device:
        """A new phone, as its browser would describe it."""
        phone = Phone(name, list(answers) or [201], retry_after)
        self.phones[name] = phone
        point = phone.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        endpoint = f"http://{LOOPBACK}:{self.server_port}/send/{name}"
        return Device(endpoint, base64url(point), base64url(phone.secret), server_key().public)

    def took(self) -> None:
        """Called with each request, before it is answered: for a test that does something then."""

    def __getitem__(self, name: str) -> Phone:
        return self.phones[name]


Service = TypeVar("Service", bound=PushService)


class _Door(BaseHTTPRequestHandler):
    server: PushService

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        phone = self.server.phones.get(self.path.rpartition("/")[2])
        if phone is None:
            self.server.strangers.append(self.path)
            self._say(404)
            return
        with self.server.lock:
            status = phone.answers[min(phone.asked, len(phone.answers) - 1)]
            phone.asked += 1
            phone.heads.append({name.lower(): value for name, value in self.headers.items()})
            if status == 201:
                phone.got.append(phone.read(body))
            self.server.took()
        assert len(body) <= 4096
        assert Vapid02.verify(self.headers["Authorization"])
        if status == CUTS:
            self.close_connection = True
        elif status == DRIPS:
            self._drip()
        else:
            self._say(status, phone.retry_after if status >= 429 else "")

    def _say(self, status: int, retry_after: str = "") -> None:
        self.send_response(status)
        if retry_after:
            self.send_header("Retry-After", retry_after)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _drip(self) -> None:
        with suppress(OSError):
            while not self.server.ends.wait(0.02):
                self.wfile.write(b"H")
                self.wfile.flush()

    def log_message(self, *_: object) -> None:
        """Nothing is printed."""


@contextmanager
def push_service(service: Service) -> Iterator[Service]:
    """`service`, until the end of the block."""
    thread = threading.Thread(target=service.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield service
    finally:
        service.ends.set()
        service.shutdown()
        service.server_close()
        thread.join(5)
