"""Pictures from a private S3-compatible bucket: fetched with the newsroom's own keys, kept for a minute, passed on.

Readers never learn the bucket's address, so what is withdrawn cannot be reached beside the edge. Called by
`media.py`, in threads. Only loaded where STOPPRESS_MEDIA_URL names a bucket.
"""

import threading
import time
from collections import OrderedDict
from typing import Final

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, IncompleteReadError

from stoppress.edge.media import PicturesUnavailable
from stoppress.lib import limits
from stoppress.lib.bucket import Bucket

_NOT_THERE: Final = frozenset({"NoSuchKey", "404", "NotFound"})


class BucketPictures:
    """See the module. Safe to be asked by several threads at once."""

    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket
        self._client = boto3.client(
            "s3",
            endpoint_url=bucket.endpoint or None,
            region_name=bucket.region or None,
            aws_access_key_id=bucket.key or None,
            aws_secret_access_key=bucket.secret or None,
            config=Config(
                connect_timeout=limits.BUCKET_SECONDS,
                read_timeout=limits.BUCKET_SECONDS,
                retries={"mode": "standard", "total_max_attempts": limits.BUCKET_ATTEMPTS},
                s3={"addressing_style": "path" if bucket.endpoint else "auto"},
            ),
        )
        self._kept: OrderedDict[str, tuple[float, bytes]] = OrderedDict()
        self._bytes = 0
        self._ask_again_at = 0.0
        self._lock = threading.Lock()

    def read(self, media_id: str, name: str) -> bytes | None:
        """See `media.Pictures`. What is not there is asked for each time: it may be about to be written.

        While the bucket is away, what was last seen is given: a page has no holes as long as it is remembered.
        """
        path = self._bucket.path(media_id, name)
        until, last = self._last(path)
        if last is not None and until > time.monotonic():
            return last
        try:
            found = self._fetched(path)
        except PicturesUnavailable:
            if last is None:
                raise
            return last
        if found is not None:
            self._keep(path, found)
        return found

    def _fetched(self, path: str) -> bytes | None:
        """Asked once in a while when it is away: threads that wait for it would be missing elsewhere."""
        if time.monotonic() < self._ask_again_at:
            raise PicturesUnavailable
        try:
            return self._asked(path)
        except PicturesUnavailable:
            self._ask_again_at = time.monotonic() + limits.BUCKET_RETRY_SECONDS
            raise

    def _asked(self, path: str) -> bytes | None:
        try:
            answer = self._client.get_object(Bucket=self._bucket.name, Key=path)
            return bytes(answer["Body"].read(limits.UPLOAD_BYTES))
        except ClientError as fault:
            if fault.response.get("Error", {}).get("Code") in _NOT_THERE:
                return None
            raise PicturesUnavailable from fault
        except (BotoCoreError, IncompleteReadError, OSError) as fault:
            raise PicturesUnavailable from fault

    def _last(self, path: str) -> tuple[float, bytes | None]:
        """What was last seen, and until when it need not be asked for."""
        with self._lock:
            return self._kept.get(path, (0.0, None))

    def _keep(self, path: str, body: bytes) -> None:
        with self._lock:
            _, before = self._kept.pop(path, (0.0, b""))
            self._kept[path] = (time.monotonic() + limits.MEDIA_KEPT_SECONDS, body)
            self._bytes += len(body) - len(before)
            while self._bytes > limits.MEDIA_KEPT_BYTES:
                _, (_, oldest) = self._kept.popitem(last=False)
                self._bytes -= len(oldest)
