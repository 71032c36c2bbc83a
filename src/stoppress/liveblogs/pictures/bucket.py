"""Pictures in an S3-compatible bucket, by django-storages. The bucket stays private: readers get files by the edge.

Called by `store.py`, when STOPPRESS_MEDIA_URL names a bucket. May import `lib`, this room, Django's storages.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import ContentFile
from storages.backends.s3 import S3Storage

from stoppress.lib import limits
from stoppress.lib.bucket import Bucket
from stoppress.liveblogs.pictures.files import StoreDown

_FAULTS = (BotoCoreError, ClientError)


class BucketStore:
    """A `PictureStore`; objects are named like the files of a folder."""

    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket
        self._storage = _storage(bucket)

    def write(self, media_id: str, files: Iterable[tuple[str, bytes]]) -> None:
        """See `PictureStore`. What a failed write left goes again, unless it stood there before."""
        is_new = not self.names(media_id)
        try:
            with _asking():
                for name, data in files:
                    self._storage.save(f"{media_id}/{name}", ContentFile(data))
        except BaseException:
            if is_new:
                self.remove(media_id)
            raise

    def read(self, media_id: str, name: str) -> bytes | None:
        """See `PictureStore`."""
        with _asking():
            try:
                with self._storage.open(f"{media_id}/{name}") as file:
                    return bytes(file.read())
            except FileNotFoundError:
                return None

    def names(self, media_id: str) -> list[str]:
        """See `PictureStore`."""
        with _asking():
            return sorted(self._storage.listdir(media_id)[1])

    def remove(self, media_id: str) -> None:
        """See `PictureStore`."""
        with _asking():
            for name in self._storage.listdir(media_id)[1]:
                self._storage.delete(f"{media_id}/{name}")


@cache
def _storage(bucket: Bucket) -> S3Storage:
    waits = Config(
        connect_timeout=limits.BUCKET_SECONDS,
        read_timeout=limits.BUCKET_SECONDS,
        retries={"mode": "standard", "total_max_attempts": limits.BUCKET_ATTEMPTS},
        s3={"addressing_style": "path" if bucket.endpoint else "auto"},
    )
    return S3Storage(
        bucket_name=bucket.name,
        location=bucket.folder,
        endpoint_url=bucket.endpoint or None,
        region_name=bucket.region or None,
        access_key=bucket.key or None,
        secret_key=bucket.secret or None,
        default_acl=None,  # as the bucket's owner keeps it: private
        file_overwrite=True,
        client_config=waits,
    )


@contextmanager
def _asking() -> Iterator[None]:
    try:
        yield
    except _FAULTS as fault:
        raise StoreDown(f"The store of pictures did not do as asked ({fault}).") from fault
