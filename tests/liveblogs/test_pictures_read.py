"""Uploads are decoded apart: what is accepted comes out upright, small and clean; what is not is named."""

import subprocess
import sys
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from tests.liveblogs import photos

from stoppress.lib import limits
from stoppress.liveblogs.pictures import read as reading
from stoppress.liveblogs.pictures.kinds import InvalidPicture, Kind, kind_of
from stoppress.liveblogs.pictures.read import Picture, PicturesBusy, read_picture

pytestmark = pytest.mark.long  # each picture is read in a process of its own

FORMATS = {"avif": "AVIF", "webp": "WEBP", "jpg": "JPEG"}


def opened(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


def pixel(image: Image.Image, at: tuple[int, int]) -> tuple[int, ...]:
    value = image.getpixel(at)
    assert isinstance(value, tuple)
    return value


def sizes(picture: Picture) -> list[tuple[int, int]]:
    """Of one format; every format has the same."""
    found = {
        suffix: [(each.width, each.height) for each in picture.renditions if each.suffix == suffix]
        for suffix in FORMATS
    }
    assert len({tuple(each) for each in found.values()}) == 1
    return found["jpg"]


def test_kinds_accepted() -> None:
    still = photos.bands(600, 300)
    for kind in Kind:
        picture = read_picture(f"photo.{kind.lower()}", photos.encoded(still, kind.value))
        assert sizes(picture) == [(480, 240)], kind
        assert [each.suffix for each in picture.renditions] == list(FORMATS)
        for each in picture.renditions:
            assert opened(each.data).format == FORMATS[each.suffix]


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (200, [200]),
        (480, [480]),
        (959, [480]),
        (960, [480, 960]),
        (1599, [480, 960]),
        (1600, [480, 960, 1600]),
        (4000, [480, 960, 1600]),
    ],
)
def test_never_wider_than_the_original(width: int, expected: list[int]) -> None:
    picture = read_picture("photo.jpg", photos.encoded(photos.bands(width, 90)))
    assert [width for width, _ in sizes(picture)] == expected
    for each in picture.renditions:
        assert opened(each.data).size == (each.width, each.height)
        assert each.height == max(1, round(90 * each.width / width))


@pytest.mark.parametrize(
    ("original", "wide"),
    [
        ((4000, 2250), (2133, 1200)),  # a photo: as large as shapes for structured data need, and no larger
        ((1300, 1950), (1200, 1800)),
        ((1599, 900), (1599, 900)),  # never enlarged
        ((9000, 1500), (3200, 533)),  # a panorama: bounded
        ((2000, 3000), None),  # its widest rendition will do
        ((480, 300), None),
    ],
)
def test_one_file_more_is_kept_to_cut_shapes_of(
    original: tuple[int, int], wide: tuple[int, int] | None
) -> None:
    found = read_picture("photo.jpg", photos.encoded(photos.bands(*original), exif=photos.located())).wide
    assert (found and (found.suffix, found.width, found.height)) == (wide and ("jpg", *wide))
    if found:
        image = opened(found.data)
        assert image.size == wide
        assert dict(image.getexif()) == {}
        assert pixel(image, (10, 10))[0] > 200


@pytest.mark.parametrize("orientation", range(1, 9))
def test_upright_whatever_the_camera_held(orientation: int) -> None:
    upright = photos.bands(60, 90)
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    stored = upright.transpose(undo[orientation]) if orientation in undo else upright
    data = photos.encoded(stored, "PNG", exif=photos.located(orientation))
    shown = opened(read_picture("photo.png", data).renditions[0].data).convert("RGB")
    assert shown.size == (60, 90)
    for y, wanted in ((10, (255, 0, 0)), (45, (0, 128, 0)), (80, (0, 0, 255))):
        assert all(abs(got - want) < 30 for got, want in zip(pixel(shown, (30, y)), wanted, strict=True))


def test_wide_turned_jpeg_is_read_small_and_still_upright() -> None:
    stored = photos.bands(2000, 5000).transpose(Image.Transpose.ROTATE_90)
    picture = read_picture("photo.jpg", photos.encoded(stored, exif=photos.located(6)))
    assert sizes(picture) == [(480, 1200), (960, 2400), (1600, 4000)]
    assert pixel(opened(picture.renditions[-1].data).convert("RGB"), (800, 200))[0] > 200


@pytest.mark.parametrize("kind", list(Kind))
def test_nothing_secret_is_left(kind: Kind) -> None:
    packet = photos.xmp(caption="A flood", creator="Ada Holm", alt="Water in a street")
    options: dict[str, object] = {} if kind is Kind.GIF else {"exif": photos.located(), "xmp": packet}
    picture = read_picture("photo", photos.encoded(photos.bands(500, 300), kind.value, **options))
    for data in (each.data for each in picture.renditions):
        left = opened(data)
        assert dict(left.getexif()) == {}
        assert "icc_profile" not in left.info
        for secret in (b"SecretCamera", b"SERIAL", b"Exif", b"A flood", b"Water in a street"):
            assert secret not in data


def zipped() -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as zip_file:
        zip_file.writestr("evil.js", "alert(1)")
    return out.getvalue()


@pytest.mark.parametrize(
    ("hidden", "words"),
    [
        (b"<script>alert(1)</script>", "a web page"),
        (b"<SVG onload=alert(1) xmlns='http://www.w3.org/2000/svg'>", "a web page"),
        (b"<!doctype  html>", "a web page"),
        (b"<?php system('id') ?>", "a program"),
        (b"%PDF-1.7", "a PDF"),
        (zipped(), "a ZIP"),
    ],
)
def test_a_picture_that_is_something_else_too_is_refused(hidden: bytes, words: str) -> None:
    comment = b"" if hidden.startswith(b"PK") else hidden
    inside = photos.encoded(photos.bands(500, 300), comment=comment)
    files = [inside + hidden] if not comment else [inside]
    for file in files:
        with pytest.raises(InvalidPicture, match=f"{words}.* at once"):
            read_picture("photo.jpg", file)


def test_what_hangs_behind_an_honest_photo_is_gone() -> None:
    moving = b"\0\0\0\x18ftypmp42 a second of video, as telephones add it"
    picture = read_picture("photo.jpg", photos.encoded(photos.bands(500, 300)) + moving)
    assert all(b"ftypmp42" not in each.data for each in picture.renditions)


def test_a_see_through_picture_stands_on_white_where_the_format_has_no_holes() -> None:
    clear = Image.new("RGBA", (100, 100), (255, 0, 0, 0))
    found = {
        each.suffix: opened(each.data)
        for each in read_picture("a.png", photos.encoded(clear, "PNG")).renditions
    }
    assert (found["avif"].mode, found["webp"].mode, found["jpg"].mode) == ("RGBA", "RGBA", "RGB")
    assert min(pixel(found["jpg"], (50, 50))) > 250


# What a picture that has taken over its decoder would try.
DEEDS = """
import os, socket
from stoppress.liveblogs.pictures.confine import confine

confine()
for deed in (
    socket.socket, os.fork, lambda: os.execv("/bin/true", ["true"]), lambda: open("here", "w"),
    lambda: os.kill(os.getppid(), 0), lambda: os.unlink("there"), lambda: os.rename("there", "here"),
):
    try:
        deed()
        print("done")
    except PermissionError:
        print("refused")
try:
    bytearray(2 << 30)
    print("done")
except MemoryError:
    print("refused")
"""


# On a Mac or BSD confine.py has only POSIX limits, which do not keep a process from opening sockets. CI runs it.
@pytest.mark.skipif(sys.platform != "linux", reason="the filter is Linux's")  # others have POSIX limits
def test_the_process_that_decodes_can_neither_speak_nor_write_nor_start_anything(tmp_path: Path) -> None:
    said = subprocess.run(
        [sys.executable, "-c", DEEDS], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert said.stdout.split() == ["refused"] * 8, said.stderr


def test_transparency_is_kept_and_cmyk_grey_and_palette_become_rgb() -> None:
    clear = Image.new("RGBA", (100, 100), (255, 0, 0, 0))
    assert opened(read_picture("a.png", photos.encoded(clear, "PNG")).renditions[0].data).mode == "RGBA"
    for mode, kind in (("CMYK", "JPEG"), ("L", "JPEG"), ("1", "PNG"), ("P", "PNG"), ("LA", "PNG")):
        image = photos.bands(100, 100).convert(mode)
        assert read_picture("a", photos.encoded(image, kind)).renditions[0].width == 100, mode


def test_sixteen_bits_of_grey_keep_their_tones() -> None:
    grey = Image.new("I;16", (100, 100), 32768)
    shown = opened(read_picture("x-ray.png", photos.encoded(grey, "PNG")).renditions[0].data).convert("RGB")
    assert abs(pixel(shown, (50, 50))[0] - 128) < 6


def test_second_still_in_a_jpeg_is_ignored() -> None:
    extra = photos.encoded(
        photos.bands(500, 300), "MPO", save_all=True, append_images=[Image.new("RGB", (500, 300))]
    )
    assert sizes(read_picture("IMG_1.JPG", extra)) == [(480, 288)]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.jpg", b"", "is empty"),
        ("a.svg", b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "SVG drawing"),
        ("a.png", b"<svg onload='alert(1)'>", "SVG drawing"),
        ("a.jpg", b"<!DOCTYPE html><script>alert(1)</script>", "web page or other markup"),
        ("a.jpg", b"%PDF-1.7", "PDF"),
        ("a.jpg", b"II*\0\x08\0\0\0", "TIFF"),
        ("a.jpg", b"MZ\x90\0", "a program"),
        ("a.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
        ("a.jpg", b"\0\0\0\x18ftypmp42\0\0\0\0isommp42", "a video"),
        ("a.jpg", b"just words", "something else"),
        ("a.gif", photos.animated("GIF"), "this one moves"),
        ("a.png", photos.animated("PNG"), "this one moves"),
        ("a.webp", photos.animated("WEBP"), "this one moves"),
        ("a.avif", photos.animated("AVIF"), "this one moves"),
        ("a.png", photos.bomb(13_000, 13_000), "million pixels"),
        ("a.png", photos.bomb(60_000, 60_000), "million pixels"),
        ("a.png", photos.bomb(16_001, 2), "million pixels"),
        ("a.php", photos.encoded(photos.bands(9, 9)), 'ends in ".php"'),
        ("a.html", photos.encoded(photos.bands(9, 9), "GIF"), 'ends in ".html"'),
    ],
)
def test_refused_with_a_sentence(name: str, data: bytes, words: str) -> None:
    with pytest.raises(InvalidPicture, match=words) as refused:
        read_picture(name, data)
    assert str(refused.value).endswith(".")


def test_names_that_only_look_like_an_ending_pass() -> None:
    data = photos.encoded(photos.bands(9, 9))
    for name in ("", "photo", "Screenshot at 18.05.33", "harbour.JPG", "saved.jfif", "really-webp.png"):
        assert kind_of(name, data) is Kind.JPEG


def test_too_many_bytes() -> None:
    with pytest.raises(InvalidPicture, match="up to 20 MB"):
        read_picture("a.jpg", b"\xff\xd8\xff" + bytes(limits.UPLOAD_BYTES))


@pytest.mark.parametrize("kind", list(Kind))
def test_cut_off_files_are_refused(kind: Kind) -> None:
    whole = photos.encoded(Image.effect_noise((200, 200), 90).convert("RGB"), kind.value)
    for share in (0.3, 0.6, 0.9):
        with pytest.raises(InvalidPicture, match=r"damaged or was cut off"):
            read_picture("a", whole[: int(len(whole) * share)])


@settings(max_examples=12, deadline=None)
@given(st.sampled_from(list(Kind)), st.data())
def test_any_bytes_after_a_true_beginning_are_taken_or_refused(kind: Kind, data: st.DataObject) -> None:
    whole = bytearray(photos.encoded(photos.bands(32, 32), kind.value))
    for place, value in data.draw(
        st.lists(st.tuples(st.integers(12, len(whole) - 1), st.integers(0, 255)), min_size=1, max_size=30)
    ):
        whole[place] = value
    with suppress(InvalidPicture):  # nothing else may come out
        picture = read_picture("a", bytes(whole))
        assert opened(picture.renditions[-1].data).format == "JPEG"


def test_a_child_that_takes_too_long_or_dies_is_only_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    data = photos.encoded(photos.bands(9, 9))
    monkeypatch.setattr(limits, "PICTURE_WALL_SECONDS", 0.001)
    with pytest.raises(InvalidPicture, match="took more time"):
        read_picture("a.jpg", data)
    monkeypatch.undo()
    monkeypatch.setattr(reading, "_CHILD", "stoppress.no_such_module")
    with pytest.raises(InvalidPicture, match="time or memory"):
        read_picture("a.jpg", data)


def test_no_free_turn_is_said_and_turns_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PICTURE_WAIT_SECONDS", 0.01)
    data = photos.encoded(photos.bands(9, 9))
    with reading._turns, reading._turns, pytest.raises(PicturesBusy, match="Wait a few seconds"):
        read_picture("a.jpg", data)
    assert read_picture("a.jpg", data).renditions
