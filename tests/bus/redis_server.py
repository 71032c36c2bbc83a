"""A real Redis for the tests: in memory, on a free loopback port, behind a password, ended with whoever started it."""

import contextlib
import secrets
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.e2e.server import free_port
from tests.servers import redis_server

START_SECONDS = 30


@dataclass(slots=True)
class RedisServer:
    """One server. It may be stopped and started again at the same address; what was on it is gone."""

    port: int = field(default_factory=free_port)
    password: str = field(default_factory=secrets.token_hex)
    tls: tuple[str, ...] = ()  # of the command line
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it is, with the password."""
        scheme = "rediss" if self.tls else "redis"
        return f"{scheme}://:{self.password}@localhost:{self.port}"

    def start(self) -> None:
        """Start it, and wait until it listens."""
        program = redis_server()
        assert program is not None, "tests that use it are marked needs_redis"
        listening = ("--port", "0", "--tls-port", str(self.port)) if self.tls else ("--port", str(self.port))
        self.process = subprocess.Popen(
            (
                *(str(program), *listening, *self.tls, "--bind", "127.0.0.1", "--requirepass", self.password),
                *("--save", "", "--appendonly", "no", "--dir", tempfile.gettempdir()),
            ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until and self.process.poll() is None:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            time.sleep(0.02)  # another program: there is nothing to wait on but its port
        self.stop()
        raise AssertionError("Redis did not start.")

    def stop(self) -> None:
        """End it as a power cut would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for localhost that signs itself, and its key, as files."""
    from datetime import timedelta

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    from stoppress.lib import clock

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(clock.now() - timedelta(days=1))
        .not_valid_after(clock.now() + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    crt, pem = folder / "redis.crt", folder / "redis.key"
    crt.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    pem.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return crt, pem
