"""What a newsroom stands on: its folder, the disk, its files, this machine. Needs no database."""

import os
import pwd
import resource
import shutil
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from stoppress.cli.checks.finding import Finding
from stoppress.config.env import Environment
from stoppress.lib import assets, limits

MOUNTS = Path("/proc/mounts")
_NETWORK = ("nfs", "cifs", "smb", "9p", "fuse.sshfs", "fuse.s3fs", "glusterfs", "ceph", "afs", "lustre")
_PROBE = "0" * 20  # no picture has this id: ids begin with their time
_ZONE = "Europe/Kyiv"
_KEY_CHARS = 32


def folder(environment: Environment) -> Iterator[Finding]:
    """The data folder must be ours to write in, and so must what is in it."""
    data = environment.data
    blocked = [path for path in (data, *sorted(data.glob("*"))) if not os.access(path, os.W_OK)]
    if blocked:
        owner = pwd.getpwuid(os.geteuid()).pw_name
        yield Finding(
            f"This account ({owner}) cannot write to {blocked[0]}.", f"sudo chown -R {owner} {data}"
        )


def room(environment: Environment) -> Iterator[Finding]:
    """Below the bound uploads and posts are about to fail."""
    free = shutil.disk_usage(environment.data).free
    if free < limits.FREE_BYTES_MIN:
        yield Finding(
            f"Only {free // 2**20} MB are free where the newsroom lives.",
            f"make room on that disk; what takes it: du -sh {environment.data}/*",
        )


def secret_key(environment: Environment) -> Iterator[Finding]:
    """Whoever reads it can sign in as anybody."""
    path = environment.data / "secret-key"
    if path.exists() and path.stat().st_mode & 0o077:
        yield Finding(f"Others on this machine can read {path}.", f"chmod 600 {path}")
    if len(environment.secret_key) < _KEY_CHARS:
        yield Finding(
            f"The secret key has {len(environment.secret_key)} characters and can be guessed.",
            f"rm {path}, then start `stoppress serve` again: it makes a new one, and everybody signs in again",
        )


def database_place(environment: Environment) -> Iterator[Finding]:
    """SQLite's locks do not hold on network file systems (https://www.sqlite.org/faq.html#q5)."""
    path = environment.sqlite_path
    kind = _kind_of_mount(path) if path else ""
    if kind.startswith(_NETWORK):
        yield Finding(
            f"The database file lies on a network file system ({kind}), where two writers can destroy it.",
            "stop, move the folder to a local disk and start with --data NEW-FOLDER; or use PostgreSQL",
        )


def _kind_of_mount(path: Path) -> str:
    """The kind of file system that `path` is on; "" where that cannot be known."""
    try:
        lines = [line.split() for line in MOUNTS.read_text().splitlines()]
    except OSError:
        return ""
    place = path.resolve()
    holding = [(line[1], line[2]) for line in lines if place.is_relative_to(line[1])]
    return max(holding, key=lambda mount: len(mount[0]), default=("", ""))[1]


def pictures(environment: Environment) -> Iterator[Finding]:
    """Where pictures are kept must take them and give them back."""
    bucket = environment.media_bucket
    if bucket is not None:
        yield from _bucket(bucket.name)
        return
    place = environment.media_root
    if place.exists() and not os.access(place, os.W_OK):
        owner = pwd.getpwuid(os.geteuid()).pw_name
        yield Finding(f"Pictures cannot be written to {place}.", f"sudo chown -R {owner} {place}")


def _bucket(name: str) -> Iterator[Finding]:
    from stoppress.liveblogs.pictures.files import StoreDown
    from stoppress.liveblogs.pictures.store import picture_store

    store = picture_store()
    try:
        store.write(_PROBE, [("1.webp", b"probe")])
        kept = store.read(_PROBE, "1.webp")
        store.remove(_PROBE)
    except StoreDown as down:
        kept = str(down).encode()
    if kept != b"probe":
        why = (kept or b"it forgot what it was given").decode()
        yield Finding(
            f"Pictures cannot be kept in the bucket {name}: {why}",
            "check the address and the keys in STOPPRESS_MEDIA_URL, and what they may do",
        )


def browser_files(_: Environment) -> Iterator[Finding]:
    """Without them pages have neither style nor script."""
    try:
        assets.asset("reader.js")
    except assets.AssetsMissing as missing:
        yield Finding(str(missing), "make assets, or install the wheel, which holds them")


def public_url(environment: Environment) -> Iterator[Finding]:
    """Unencrypted is right for this machine alone."""
    url = environment.public_url
    if url.startswith("http://") and not url.startswith(
        ("http://127.0.0.1", "http://localhost", "http://[::1]")
    ):
        yield Finding(
            f"The public address {url} is not encrypted; passwords travel in the open.",
            "put a server with a certificate in front and set STOPPRESS_PUBLIC_URL=https://…",
        )


def open_files(_: Environment) -> Iterator[Finding]:
    """Each reader who follows live is one open file."""
    allowed, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = limits.STREAMS_PER_PROCESS + limits.CONNECTIONS_PER_PROCESS
    if allowed != resource.RLIM_INFINITY and allowed < wanted:
        yield Finding(
            f"From this shell a process may open {allowed:,} files; one edge can serve {wanted:,} at once.",
            f"LimitNOFILE={wanted} in the systemd unit, or `ulimit -n {wanted}` before the start",
            grave=False,
        )


def time_zones(_: Environment) -> Iterator[Finding]:
    """Times of posts are shown in the event's own zone."""
    try:
        ZoneInfo(_ZONE)
    except ZoneInfoNotFoundError:
        yield Finding(
            "This machine has no time zone data, so no local time can be shown.", "apt-get install tzdata"
        )
