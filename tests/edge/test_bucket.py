"""Pictures in a bucket: kept, read, restored and withdrawn as in a folder, and never by the bucket's own address."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import boto3
import pytest
from django.conf import settings
from moto.server import ThreadedMotoServer
from PIL import Image
from tests.edge.client import get
from tests.edge.readmodel import ReadModel
from tests.liveblogs import photos
from tests.people import People

from stoppress.backup.write import write_backup
from stoppress.bus.memory import MemoryBus
from stoppress.cli.checks.ground import _bucket
from stoppress.edge.app import Edge
from stoppress.edge.bucket import BucketPictures
from stoppress.edge.media import PicturesUnavailable
from stoppress.edge.sqlite_store import SqliteStore
from stoppress.lib import clock, limits
from stoppress.lib.bucket import Bucket, bucket_of
from stoppress.liveblogs.actions.upload_media import describe_media, upload_media
from stoppress.liveblogs.models import Media
from stoppress.liveblogs.pictures import bucket as writing
from stoppress.liveblogs.pictures.bucket import BucketStore
from stoppress.liveblogs.pictures.files import StoreDown
from stoppress.liveblogs.pictures.metadata import words_of
from stoppress.liveblogs.refusals import Busy

PHOTO = photos.encoded(photos.bands(500, 300), xmp=photos.xmp(creator="Ada Holm"))
database = pytest.mark.database

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """The address of an S3 of this test's own."""
    server = ThreadedMotoServer(port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(s3: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Bucket:
    """An empty private bucket, where this test's newsroom keeps its pictures."""
    name = f"p-{abs(hash(request.node.name)):x}"
    found = bucket_of(f"s3://key:se%2Fcret@{name}/desk/pictures?endpoint={s3}&region=us-east-1")
    client(found).create_bucket(Bucket=name)
    monkeypatch.setattr(settings, "MEDIA_BUCKET", found)
    return found


def client(bucket: Bucket) -> Any:
    return boto3.client(
        "s3",
        endpoint_url=bucket.endpoint,
        region_name=bucket.region,
        aws_access_key_id=bucket.key,
        aws_secret_access_key=bucket.secret,
    )


def objects(bucket: Bucket) -> list[str]:
    return [one["Key"] for one in client(bucket).list_objects_v2(Bucket=bucket.name).get("Contents", [])]


@database
@pytest.mark.django_db(transaction=True)
def test_a_picture_goes_in_its_credit_is_put_right_and_it_survives_a_backup(
    bucket: Bucket, people: People, tmp_path: Path
) -> None:
    by = people("reporter")
    media = upload_media(by=by, filename="a.jpg", data=PHOTO, at=clock.now())
    names = [f"desk/pictures/{media.pk}/480.{suffix}" for suffix in ("avif", "jpg", "webp")]
    assert objects(bucket) == [*names, f"desk/pictures/{media.pk}/500.jpg"]
    describe_media(by=by, media_id=media.pk, credit="Ben Roe")
    store = BucketStore(bucket)
    for suffix in ("avif", "jpg", "webp"):
        file = store.read(media.pk, f"480.{suffix}") or b""
        assert words_of(Image.open(BytesIO(file)).info["xmp"], {}).credit == "Ben Roe"
    assert write_backup(tmp_path / "copy.tgz").pictures == 4
    store.remove(media.pk)
    assert store.names(media.pk) == []
    assert store.read(media.pk, "480.jpg") is None


@database
@pytest.mark.django_db
def test_a_bucket_that_is_away_is_said_and_leaves_no_row(
    bucket: Bucket, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "BUCKET_ATTEMPTS", 1)
    writing._storage.cache_clear()
    away = Bucket(bucket.name, endpoint="http://127.0.0.1:9", region="us-east-1", key="k", secret="s")
    monkeypatch.setattr(settings, "MEDIA_BUCKET", away)
    with pytest.raises(Busy, match="their store does not answer"):
        upload_media(by=people("reporter"), filename="a.jpg", data=PHOTO, at=clock.now())
    assert not Media.objects.exists()
    with pytest.raises(StoreDown):
        BucketStore(away).read("x", "y")
    (found,) = _bucket(away.name)
    assert "cannot be kept" in found.wrong
    assert "STOPPRESS_MEDIA_URL" in found.cure


def test_doctor_finds_a_bucket_that_works(bucket: Bucket) -> None:
    assert list(_bucket(bucket.name)) == []
    assert objects(bucket) == []


def test_the_edge_passes_files_on_and_keeps_them_a_minute(bucket: Bucket) -> None:
    BucketStore(bucket).write("a" * 20, [("480.jpg", b"bytes")])
    pictures = BucketPictures(bucket)
    assert pictures.read("a" * 20, "480.jpg") == b"bytes"
    assert pictures.read("a" * 20, "960.jpg") is None
    BucketStore(bucket).remove("a" * 20)
    assert pictures.read("a" * 20, "480.jpg") == b"bytes"  # what is withdrawn is asked of the database
    away = BucketPictures(
        Bucket("p-x", endpoint="http://127.0.0.1:9", region="us-east-1", key="k", secret="s")
    )
    with pytest.raises(PicturesUnavailable):
        away.read("a" * 20, "480.jpg")


def test_while_the_bucket_is_away_the_edge_gives_what_it_remembers(
    bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    BucketStore(bucket).write("a" * 20, [("480.jpg", b"bytes")])
    monkeypatch.setattr(limits, "MEDIA_KEPT_SECONDS", 0)
    pictures, asked = BucketPictures(bucket), 0
    assert pictures.read("a" * 20, "480.jpg") == b"bytes"

    def away(**_: object) -> None:
        nonlocal asked
        asked += 1
        raise OSError

    monkeypatch.setattr(pictures._client, "get_object", away)
    assert {pictures.read("a" * 20, "480.jpg") for _ in range(3)} == {b"bytes"}
    with pytest.raises(PicturesUnavailable):
        pictures.read("b" * 20, "480.jpg")
    assert asked == 1, "a bucket that is away is left alone for a moment"


def test_a_withdrawn_picture_is_gone_though_the_bucket_and_the_edge_still_have_it(
    bucket: Bucket, model: ReadModel, static_root: Path
) -> None:
    edge = Edge(
        store=SqliteStore(model.path),
        bus=MemoryBus(),
        media_root=bucket,
        public_url="https://gazette.example",
        static_root=static_root,
    )
    blog = model.blog()
    post = model.post(blog)
    media = "b" * 20
    BucketStore(bucket).write(media, [("480.avif", b"bytes")])
    model.show(blog, post, media)
    answer = get(edge, f"/media/{media}/480.avif")
    assert (answer.status, answer.body, answer.headers["content-type"]) == (200, b"bytes", "image/avif")
    assert "location" not in answer.headers
    assert bucket.name not in str(answer.headers)
    model.withdraw(blog, post)
    assert get(edge, f"/media/{media}/480.avif").status == 410
    assert get(edge, f"/media/{media}/960.avif").status == 404


def test_a_bucket_that_is_away_is_for_a_moment(model: ReadModel, static_root: Path) -> None:
    away = Bucket("p-x", endpoint="http://127.0.0.1:9", region="us-east-1", key="k", secret="s")
    edge = Edge(
        store=SqliteStore(model.path),
        bus=MemoryBus(),
        media_root=away,
        public_url="https://gazette.example",
        static_root=static_root,
    )
    answer = get(edge, f"/media/{'b' * 20}/480.avif")
    assert (answer.status, answer.headers["retry-after"]) == (503, "5")


def test_the_edge_forgets_the_oldest_first(bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MEDIA_KEPT_BYTES", 10)
    store, pictures = BucketStore(bucket), BucketPictures(bucket)
    store.write("p", [(f"{width}.jpg", bytes(6)) for width in (1, 2)])
    for name in ("1.jpg", "2.jpg"):
        assert pictures.read("p", name) == bytes(6)
    assert list(pictures._kept) == [bucket.path("p", "2.jpg")]


def test_nobody_reaches_the_bucket_without_keys(bucket: Bucket) -> None:
    """moto lets everybody in; what makes it private is that nothing says otherwise."""
    BucketStore(bucket).write("p", [("1.jpg", b"x")])
    grants = client(bucket).get_object_acl(Bucket=bucket.name, Key=bucket.path("p", "1.jpg"))["Grants"]
    assert not [one for one in grants if "AllUsers" in str(one)]


def test_addresses_of_buckets() -> None:
    found = bucket_of("s3://K%2FEY:S%40C@my-pictures/a/b/?endpoint=https://s3.example.org&region=eu-1")
    assert (found.name, found.folder, found.key, found.secret) == ("my-pictures", "a/b", "K/EY", "S@C")
    assert (found.endpoint, found.region) == ("https://s3.example.org", "eu-1")
    assert bucket_of("s3://my-pictures").path("m", "1.jpg") == "m/1.jpg"
    assert "S@C" not in repr(found)
    for wrong in ("s3://", "s3://A_B", "s3://k@abc", "s3://abc?endpoint=ftp://x", "s3://abc?acl=public"):
        with pytest.raises(ValueError, match=r"bucket|endpoint|part|missing"):
            bucket_of(wrong)
