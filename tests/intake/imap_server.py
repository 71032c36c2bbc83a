"""A mail server for tests: as much of IMAP over TLS as a mailbox is looked into with, on this machine, in a thread.

LOGIN, SELECT, UID SEARCH UNSEEN, UID FETCH of sizes and whole messages, UID STORE, LOGOUT, as RFC 9051 has them.
"""

import re
import socket
import ssl
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from types import TracebackType
from typing import Self

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

USER, PASSWORD, FOLDER = "desk@example.org", 'pass "word\\', "Live blogs"


@dataclass(slots=True)
class Letter:
    """A message in the mailbox."""

    raw: bytes
    seen: bool = False


def certificate(folder: Path) -> Path:
    """A key and a certificate for 127.0.0.1 in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, SHA256())
    )
    path = folder / "imap.pem"
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(secret + made.public_bytes(Encoding.PEM))
    return path


@dataclass(slots=True)
class ImapServer:
    """`with ImapServer(folder) as server: server.port`. `said` holds every command that came."""

    folder: Path
    letters: list[Letter] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    silent: bool = False  # takes connections and never answers
    _listening: socket.socket = field(init=False)
    _thread: threading.Thread = field(init=False)
    _trust: ssl.SSLContext = field(init=False)

    @property
    def port(self) -> int:
        return int(self._listening.getsockname()[1])

    def trusting(self) -> ssl.SSLContext:
        """What a client checks this server's certificate with."""
        return ssl.create_default_context(cafile=str(self.folder / "imap.pem"))

    def __enter__(self) -> Self:
        self._trust = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._trust.load_cert_chain(certificate(self.folder))
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join(5)

    def _serve(self) -> None:
        held = []
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                break
            if self.silent:
                held.append(client)
                continue
            try:
                with self._trust.wrap_socket(client, server_side=True) as secured:
                    self._converse(secured)
            except OSError:  # a client that does not trust us, or hangs up
                client.close()
        for client in held:
            client.close()

    def _converse(self, client: ssl.SSLSocket) -> None:
        with client.makefile("rwb") as stream:
            stream.write(b"* OK here\r\n")
            stream.flush()
            for line in stream:
                words = line.decode().rstrip("\r\n")
                self.said.append(words)
                tag, _, command = words.partition(" ")
                for answer in self._answers(command):
                    stream.write(answer)
                ended = command == "LOGOUT"
                refused = command.startswith(("LOGIN", "SELECT")) and not self._known(command)
                stream.write(f"{tag} {'NO' if refused else 'OK'} done\r\n".encode())
                stream.flush()
                if ended:
                    return

    def _known(self, command: str) -> bool:
        escaped = PASSWORD.replace("\\", "\\\\").replace('"', '\\"')
        return command in (f'LOGIN {USER} "{escaped}"', f'SELECT "{FOLDER}"')

    def _answers(self, command: str) -> list[bytes]:
        if command == "CAPABILITY":
            return [b"* CAPABILITY IMAP4rev1\r\n"]
        if command.startswith("SELECT"):
            return [f"* {len(self.letters)} EXISTS\r\n".encode()]
        if command == "UID SEARCH UNSEEN":
            unread = [str(number) for number, one in enumerate(self.letters, 1) if not one.seen]
            return [f"* SEARCH {' '.join(unread)}\r\n".encode()]
        if found := re.fullmatch(r"UID FETCH (\d+) \((.+)\)", command):
            return [self._fetched(int(found[1]), found[2])]
        if found := re.fullmatch(r"UID STORE (\d+) \+FLAGS \(\\Seen\)", command):
            self.letters[int(found[1]) - 1].seen = True
        return [b"* BYE\r\n"] if command == "LOGOUT" else []

    def _fetched(self, number: int, what: str) -> bytes:
        raw = self.letters[number - 1].raw
        if what == "RFC822.SIZE":
            return f"* {number} FETCH (UID {number} RFC822.SIZE {len(raw)})\r\n".encode()
        return f"* {number} FETCH (UID {number} BODY[] {{{len(raw)}}}\r\n".encode() + raw + b")\r\n"
