"""The address of an S3-compatible bucket: what STOPPRESS_MEDIA_URL says when pictures are not kept in a folder.

Read by `config`; used by `liveblogs/pictures` (writes) and `edge` (reads). Imports nothing of the project.
"""

import re
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

FORM: Final = "s3://KEY:SECRET@BUCKET/FOLDER?endpoint=https://HOST&region=REGION"
_NAME = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")  # what every S3 store takes
_OPTIONS: Final = frozenset({"endpoint", "region"})


@dataclass(frozen=True, slots=True)
class Bucket:
    """Where and how. Without keys the machine's own are taken (its role, AWS_ACCESS_KEY_ID, ~/.aws).

    `folder` has no slash at its ends. `endpoint` "" is Amazon's own; others are asked by path, not by host name.
    """

    name: str
    folder: str = ""
    endpoint: str = ""
    region: str = ""
    key: str = ""
    secret: str = field(default="", repr=False)

    def path(self, media_id: str, name: str = "") -> str:
        """The object's key for one file of a picture; without a name, what all its files begin with."""
        return "/".join(part for part in (self.folder, media_id) if part) + f"/{name}"


def bucket_of(url: str) -> Bucket:
    """The bucket that `url` names. Raises ValueError, with the fault as its words."""
    parts = urlsplit(url)
    options = parse_qs(parts.query, strict_parsing=True) if parts.query else {}
    name = parts.netloc.rpartition("@")[2]
    if parts.scheme != "s3" or not _NAME.fullmatch(name):
        raise ValueError("it names no bucket")
    if unknown := sorted(set(options) - _OPTIONS):
        raise ValueError(f"{unknown[0]!r} is no part of such an address")
    endpoint = options.get("endpoint", [""])[0].rstrip("/")
    if endpoint and not re.fullmatch(r"https?://[^/?#@]+", endpoint):
        raise ValueError("the endpoint is no address of a server")
    if bool(parts.username) != bool(parts.password):
        raise ValueError("of key and secret one is missing")
    return Bucket(
        name=name,
        folder=unquote(parts.path).strip("/"),
        endpoint=endpoint,
        region=options.get("region", [""])[0],
        key=unquote(parts.username or ""),
        secret=unquote(parts.password or ""),
    )
