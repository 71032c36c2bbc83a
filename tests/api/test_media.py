"""Pictures over the API."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from tests.api.caller import BASE, POSTS, Caller, Reply, caller, open_surge
from tests.liveblogs import photos
from tests.people import People

from stoppress.lib import limits
from stoppress.liveblogs.models import Media

pytestmark = [pytest.mark.database, pytest.mark.django_db, pytest.mark.long]

WORDS = photos.xmp(caption="Water", creator="Ada Holm", credit="Verrin Press", alt="A flooded street")
PHOTO = photos.encoded(photos.bands(1000, 500), exif=photos.located(6), xmp=WORDS)


@pytest.fixture
def reporter(people: People) -> Caller:
    open_surge(people("editor"))
    return caller(people("reporter"))


def part(data: bytes = PHOTO, name: str = "IMG_1.JPG", kind: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, kind)


def test_a_picture_goes_in_and_into_a_post(reporter: Caller) -> None:
    reply = reporter.upload({"file": part()})
    assert reply.status == 201
    assert (reply["caption"], reply["credit"], reply["alt"]) == (
        "Water",
        "Ada Holm/Verrin Press",
        "A flooded street",
    )
    assert (reply["width"], reply["height"]) == (480, 960)
    assert reply["url"] == f"http://testserver/media/{reply['id']}/480.jpg"
    assert reply.header("Location") == f"http://testserver{BASE}/media/{reply['id']}"
    assert reporter.get(f"{BASE}/media/{reply['id']}").json == reply.json
    stored = Path(settings.MEDIA_ROOT) / reply["id"] / "480.webp"
    assert Image.open(BytesIO(stored.read_bytes())).size == (480, 960)
    post = reporter.post(POSTS, {"document": {"type": "doc", "content": [reply["node"]]}})
    assert post.status == 201
    assert reporter.look(post["id"])["document"]["content"][0]["attrs"]["media"] == reply["id"]


def test_words_in_the_form_and_put_right_later(reporter: Caller) -> None:
    reply = reporter.upload({"photo": part(), "alt": "A street under water", "caption": ""})
    assert (reply["alt"], reply["caption"], reply["credit"]) == (
        "A street under water",
        "",
        "Ada Holm/Verrin Press",
    )
    changed = reporter.patch(f"{BASE}/media/{reply['id']}", {"credit": "Ben Roe"})
    assert (changed.status, changed["credit"], changed["alt"]) == (200, "Ben Roe", "A street under water")
    assert reporter.patch(f"{BASE}/media/{reply['id']}", {"alt": "x" * 1001}).status == 422
    assert reporter.patch(f"{BASE}/media/{reply['id']}", {"width": 9}).status == 422
    assert reporter.patch(f"{BASE}/media/nothing", {"alt": "x"}).status == 404


def test_the_same_key_is_one_picture(reporter: Caller) -> None:
    first = reporter.upload({"file": part()}, Idempotency_Key="k")
    again = reporter.upload({"file": part()}, Idempotency_Key="k")
    assert (first.status, first.json) == (201, again.json)
    assert first.header("Location") == again.header("Location")
    assert Media.objects.count() == 1
    assert reporter.upload({"file": part(), "alt": "other"}, Idempotency_Key="k").status == 422


def refused(reporter: Caller, parts: dict[str, object]) -> Reply:
    reply = reporter.upload(parts)
    assert reply.status == 422
    assert not Media.objects.exists()
    assert not list(Path(settings.MEDIA_ROOT).glob("*"))
    return reply


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "a.svg", "SVG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "photo.jpg", "SVG"),
        (b"<html><script>alert(1)</script>", "photo.png", "web page"),
        (b"GIF89a<script>", "photo.gif", "at once"),
        (photos.animated("GIF"), "a.gif", "moves"),
        (photos.bomb(30_000, 30_000), "a.png", "million pixels"),
        (PHOTO[: len(PHOTO) // 2], "a.jpg", "damaged or was cut off"),
        (b"", "a.jpg", "empty"),
        (PHOTO, "a.php", "ends in"),
    ],
)
def test_what_is_no_picture(reporter: Caller, data: bytes, name: str, words: str) -> None:
    reply = refused(reporter, {"file": part(data, name)})
    assert words in reply["detail"]
    assert reply["errors"][0]["field"] == "file"


def test_forms_that_cannot_be_taken(reporter: Caller) -> None:
    assert refused(reporter, {"alt": "no file"})["errors"][0]["field"] == "file"
    assert refused(reporter, {"a": part(), "b": part()})["errors"][0]["field"] == "file"
    assert refused(reporter, {"file": part(), "width": "9"})["errors"][0]["field"] == "width"
    assert refused(reporter, {"file": part(), "alt": "two\nlines"})["errors"][0]["field"] == "alt"


def test_names_are_only_words(reporter: Caller) -> None:
    for name in ("../../etc/passwd.jpg", "a\r\nSet-Cookie: x=1.jpg", "x" * 500 + ".jpg", "…/фото.jpg"):
        reply = reporter.upload({"file": part(name=name)})
        assert reply.status == 201, name
        assert (Path(settings.MEDIA_ROOT) / reply["id"] / "480.webp").exists()


def test_bodies_that_are_no_form(reporter: Caller) -> None:
    path = f"{BASE}/media"
    assert reporter.post(path, {"file": "x"}).status == 415
    for kind in ("multipart/form-data", "multipart/form-data; boundary=x"):
        assert reporter.ask("POST", path, b"no parts at all", Content_Type=kind).status in {400, 422}
    cut = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n' + PHOTO[:99]
    assert reporter.ask("POST", path, cut, Content_Type="multipart/form-data; boundary=x").status in {
        400,
        422,
    }
    many = b"".join(
        b'--x\r\nContent-Disposition: form-data; name="a%d"\r\n\r\n1\r\n' % n for n in range(2_000)
    )
    assert (
        reporter.ask("POST", path, many + b"--x--", Content_Type="multipart/form-data; boundary=x").status
        == 400
    )
    assert not Media.objects.exists()


def test_too_many_bytes(reporter: Caller) -> None:
    over = reporter.upload(
        {"file": part(b"\xff\xd8\xff" + bytes(limits.UPLOAD_BYTES + limits.UPLOAD_ENVELOPE_BYTES))}
    )
    assert over.status == 413
    assert json.loads(over.raw.content)["status"] == 413
    assert refused(reporter, {"file": part(b"\xff\xd8\xff" + bytes(limits.UPLOAD_BYTES))})[
        "detail"
    ].startswith("A picture")
