"""The store of pictures that this newsroom is set up with. Called by actions, exports and backups."""

from pathlib import Path

from django.conf import settings

from stoppress.liveblogs.pictures.files import FolderStore, PictureStore


def picture_store() -> PictureStore:
    """A bucket when STOPPRESS_MEDIA_URL names one, else the media folder."""
    if settings.MEDIA_BUCKET is None:
        return FolderStore(Path(settings.MEDIA_ROOT))
    # A newsroom without a bucket does not pay for loading the client.
    from stoppress.liveblogs.pictures.bucket import BucketStore  # noqa: PLC0415

    return BucketStore(settings.MEDIA_BUCKET)
