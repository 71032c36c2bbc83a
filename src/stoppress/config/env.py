"""The STOPPRESS_* environment, read once and checked: no Django here, so the edge's commands can use it too.

Each variable also comes as `…_FILE`, a path whose content is the value (for secrets).
Called by `settings.py` and `cli`.
"""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from stoppress.lib.bucket import FORM, Bucket, bucket_of
from stoppress.lib.ids import new_secret

DEFAULT_DATA = "stoppress-data"
DEFAULT_SENDER = "stoppress@localhost"
_SECRET_CHARS_MIN = 32
_NOTED_URL = "public-url"
_HEADER_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")


class BadEnvironment(ValueError):
    """A variable has a value that cannot be used. The message names it, the fault and the allowed form."""


@dataclass(frozen=True, slots=True)
class Environment:
    """What the environment says. `database_url` is `sqlite:///PATH` or `postgresql://…`.

    `mail_url` is "" or `smtp://…` or `smtps://…`, `imap_url` "" or `imaps://…`; `websub_hub` the address of a hub of
    others, or ""; `trusted_proxies` are those whose
    forwarded headers are believed; `metrics_from` who may read numbers besides this machine. `purge_url` is where a
    cache is told what to throw away, or ""; `purge_header` the header line that goes with it, or ""; `purge_networks`
    private networks in which that cache may stand.
    """

    data: Path
    database_url: str
    bus_url: str
    media_root: Path
    media_bucket: Bucket | None
    public_url: str
    secret_key: str
    mail_url: str
    mail_from: str
    trusted_proxies: tuple[IPv4Network | IPv6Network, ...]
    metrics_from: tuple[IPv4Network | IPv6Network, ...]
    imap_url: str
    websub_hub: str
    purge_url: str
    purge_header: str
    purge_networks: tuple[IPv4Network | IPv6Network, ...]

    @property
    def sqlite_path(self) -> Path | None:
        """The database file, or None when the database is PostgreSQL."""
        if not self.database_url.startswith("sqlite:"):
            return None
        return Path(unquote(urlsplit(self.database_url).path.removeprefix("/")) or "/")


def _value(variables: Mapping[str, str], name: str) -> str:
    """The variable, or the content of the file that `NAME_FILE` names, or ""."""
    if name in variables:
        return variables[name]
    path = variables.get(f"{name}_FILE", "")
    if not path:
        return ""
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as fault:
        raise BadEnvironment(
            f"{name}_FILE names {path!r}, which cannot be read ({fault}); give the path of a readable text file."
        ) from fault


def _database_url(value: str, data: Path) -> str:
    if not value:
        return f"sqlite:///{(data / 'stoppress.sqlite3').absolute()}"
    parts = urlsplit(value)
    if parts.scheme == "sqlite" and parts.path.removeprefix("/"):
        path = unquote(parts.path.removeprefix("/"))
        return f"sqlite:///{Path(path).absolute()}"
    if parts.scheme in ("postgresql", "postgres") and parts.path.removeprefix("/"):
        return value.replace("postgres://", "postgresql://", 1)
    raise BadEnvironment(
        f"STOPPRESS_DATABASE_URL is {_shown(value)!r}, which is not a database; "
        "use sqlite:///PATH or postgresql://USER:PASSWORD@HOST:PORT/NAME."
    )


def _shown(url: str) -> str:
    """`url` without its password, fit for a message."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return f"{url.partition('://')[0]}://…"
    return url.replace(f":{parts.password}@", ":…@") if parts.password else url


def _bus_url(value: str) -> str:
    if value in ("", "database"):
        return "database"
    try:
        parts = urlsplit(value)
        server = parts.scheme in ("redis", "rediss") and bool(parts.hostname) and parts.port != 0
        known = server or parts.scheme in ("postgresql", "sqlite", "memory")
    except ValueError:
        known = False
    if known:
        return value
    raise BadEnvironment(
        f"STOPPRESS_BUS_URL begins with {value.partition('://')[0]!r} and names no bus; leave it empty (the database "
        "carries the bus), or use redis://:PASSWORD@HOST:PORT or, with TLS, rediss://:PASSWORD@HOST:PORT."
    )


def remember_public_url(data: Path, url: str) -> None:
    """Note where `serve` was started, so that every other command on this folder makes the same addresses."""
    data.mkdir(parents=True, exist_ok=True)
    (data / _NOTED_URL).write_text(url + "\n", encoding="utf-8")


def _public_url(value: str, data: Path) -> str:
    noted = data / _NOTED_URL
    remembered = noted.read_text(encoding="utf-8").strip() if not value and noted.exists() else ""
    url = (value or remembered or "http://127.0.0.1:8000").rstrip("/")
    parts = urlsplit(url)
    if parts.scheme in ("http", "https") and parts.hostname and not parts.path and not parts.query:
        return url
    raise BadEnvironment(
        f"STOPPRESS_PUBLIC_URL is {value!r}, which is not the address of a site; "
        "use https://HOST or http://HOST:PORT without a path."
    )


def _media(value: str, data: Path) -> tuple[Path, Bucket | None]:
    """The media folder, and the bucket that is used instead of it when one is named."""
    folder = (data / "media").absolute()
    fault = "it is neither a folder nor a bucket"
    try:
        parts = urlsplit(value)
        if not value:
            return folder, None
        if parts.scheme == "file" and parts.path:
            return Path(unquote(parts.path)), None
        if parts.scheme == "s3":
            return folder, bucket_of(value)
    except ValueError as found:
        fault = str(found)
    raise BadEnvironment(
        f"STOPPRESS_MEDIA_URL is {_shown(value)!r}, which is no media store ({fault}); "
        f"use file:///FOLDER or {FORM}."
    )


def _secret_key(value: str, data: Path) -> str:
    if value:
        if len(value) < _SECRET_CHARS_MIN:
            raise BadEnvironment(
                f"STOPPRESS_SECRET_KEY has {len(value)} characters, which can be guessed; "
                f"use at least {_SECRET_CHARS_MIN} random ones."
            )
        return value
    path = data / "secret-key"
    if not path.exists():
        data.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(new_secret() + new_secret())
    return path.read_text(encoding="utf-8").strip()


@dataclass(frozen=True, slots=True)
class _Server:
    """What the address of a server must be: its schemes, what else must hold, and what is said if not."""

    schemes: tuple[str, ...]
    says: str
    fits: Callable[[SplitResult], bool] = lambda _: True


_SERVERS = {
    "STOPPRESS_MAIL_URL": _Server(
        ("smtp", "smtps"),
        "no mail server; use smtp://USER:PASSWORD@HOST:587 (STARTTLS) or smtps://USER:PASSWORD@HOST:465.",
    ),
    "STOPPRESS_INTAKE_IMAP_URL": _Server(
        ("imaps",),
        "no mailbox; use imaps://USER:PASSWORD@HOST:993/FOLDER (always TLS; write @ in USER as %40).",
        lambda parts: bool(parts.username and parts.password),
    ),
    "STOPPRESS_WEBSUB_HUB": _Server(
        ("http", "https"),
        "no hub; use its address, such as https://hub.example.org/, or leave it empty for the hub of this server.",
        lambda parts: not (parts.fragment or parts.username),
    ),
    "STOPPRESS_PURGE_URL": _Server(
        ("http", "https"),
        "no address; use that of your cache's purge by tag, https://…, with {key} where it wants the key in the "
        "address.",
        lambda parts: not parts.username,
    ),
}


def _server_url(variables: Mapping[str, str], name: str) -> str:
    """The address that this variable names; "" when it names none."""
    value, wanted = _value(variables, name), _SERVERS[name]
    try:
        parts = urlsplit(value)
        known = parts.scheme in wanted.schemes and parts.hostname and parts.port != 0 and wanted.fits(parts)
    except ValueError:
        known = False
    if not value or known:
        return value
    raise BadEnvironment(f"{name} is {_shown(value)!r}, which is {wanted.says}")


def _purge_header(value: str) -> str:
    name, colon, rest = value.partition(":")
    if not value or (colon and _HEADER_NAME.fullmatch(name.strip()) and rest.strip() and rest.isprintable()):
        return value
    raise BadEnvironment(
        "STOPPRESS_PURGE_HEADER is no header line (it is not shown, for it may be a secret); "
        "use NAME: VALUE, such as Authorization: Bearer …."
    )


def _mail_from(value: str) -> str:
    if not value or ("@" in value and value.isprintable()):
        return value or DEFAULT_SENDER
    raise BadEnvironment(
        f"STOPPRESS_MAIL_FROM is {value!r}, which nobody could answer; use NAME <desk@example.org>."
    )


def _networks(name: str, value: str) -> tuple[IPv4Network | IPv6Network, ...]:
    named = [part.strip() for part in value.split(",") if part.strip()]
    try:
        return tuple(ip_network(part) for part in named)
    except ValueError as fault:
        raise BadEnvironment(
            f"{name} is {value!r}, and {fault}; "
            "use addresses and networks with commas between, such as 127.0.0.1, 10.0.0.0/8."
        ) from None


def read(variables: Mapping[str, str] = os.environ) -> Environment:
    """The checked environment; makes the data folder's secret key at the first call.

    Raises: BadEnvironment.
    """
    data = Path(_value(variables, "STOPPRESS_DATA") or DEFAULT_DATA).absolute()
    media_root, media_bucket = _media(_value(variables, "STOPPRESS_MEDIA_URL"), data)
    return Environment(
        data=data,
        database_url=_database_url(_value(variables, "STOPPRESS_DATABASE_URL"), data),
        bus_url=_bus_url(_value(variables, "STOPPRESS_BUS_URL")),
        media_root=media_root,
        media_bucket=media_bucket,
        public_url=_public_url(_value(variables, "STOPPRESS_PUBLIC_URL"), data),
        secret_key=_secret_key(_value(variables, "STOPPRESS_SECRET_KEY"), data),
        mail_url=_server_url(variables, "STOPPRESS_MAIL_URL"),
        mail_from=_mail_from(_value(variables, "STOPPRESS_MAIL_FROM")),
        trusted_proxies=_networks(
            "STOPPRESS_TRUSTED_PROXIES", _value(variables, "STOPPRESS_TRUSTED_PROXIES")
        ),
        metrics_from=_networks("STOPPRESS_METRICS_FROM", _value(variables, "STOPPRESS_METRICS_FROM")),
        imap_url=_server_url(variables, "STOPPRESS_INTAKE_IMAP_URL"),
        websub_hub=_server_url(variables, "STOPPRESS_WEBSUB_HUB"),
        purge_url=_server_url(variables, "STOPPRESS_PURGE_URL"),
        purge_header=_purge_header(_value(variables, "STOPPRESS_PURGE_HEADER")),
        purge_networks=_networks("STOPPRESS_PURGE_NETWORKS", _value(variables, "STOPPRESS_PURGE_NETWORKS")),
    )
