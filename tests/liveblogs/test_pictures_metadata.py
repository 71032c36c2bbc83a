"""Caption, credit and alternative text come out of IIM and XMP, and the credit goes back in."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from tests.liveblogs import photos

from stoppress.lib import limits
from stoppress.liveblogs.pictures.files import remove_pictures, rewrite_credit, with_credit, write_pictures
from stoppress.liveblogs.pictures.metadata import Words, credit_packet, words_of
from stoppress.liveblogs.pictures.read import read_picture

PHOTO = photos.bands(500, 300)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_xmp_in_every_format(kind: str) -> None:
    packet = photos.xmp(caption="Water &amp; mud", creator="Ada Holm", credit="Verrin Press", alt="A street")
    data = photos.png_with_xmp(PHOTO, packet) if kind == "PNG" else photos.encoded(PHOTO, kind, xmp=packet)
    picture = read_picture("photo", data)
    assert (picture.caption, picture.credit, picture.alt) == (
        "Water & mud",
        "Ada Holm/Verrin Press",
        "A street",
    )


def test_iim_in_a_jpeg() -> None:
    data = photos.with_iim(
        photos.encoded(PHOTO),
        (1, 90, b"\x1b%G"),
        (2, 80, "Оля Коваль".encode()),
        (2, 110, "Порт-Пресс".encode()),
        (2, 120, "Вода".encode()),
    )
    picture = read_picture("photo.jpg", data)
    assert (picture.caption, picture.credit) == ("Вода", "Оля Коваль/Порт-Пресс")


def test_iim_without_a_charset_is_read_as_utf8_or_latin() -> None:
    assert words_of(b"", {(2, 120): "Überflutung".encode()}).caption == "Überflutung"
    assert words_of(b"", {(2, 120): "Überflutung".encode("cp1252")}).caption == "Überflutung"
    assert words_of(b"", {(2, 80): [b"Ada Holm", b"Ben Roe"]}).credit == "Ada Holm, Ben Roe"


def test_xmp_is_believed_before_iim() -> None:
    words = words_of(photos.xmp(caption="New"), {(2, 120): b"Old", (2, 80): b"Ada Holm"})
    assert words == Words(caption="New", credit="Ada Holm")


@pytest.mark.parametrize(
    ("creator", "agency", "line"),
    [
        ("Ada Holm", "", "Ada Holm"),
        ("", "Reuters", "Reuters"),
        ("Ada Holm", "Ada Holm/Reuters", "Ada Holm/Reuters"),
        ("Ada Holm/Reuters", "REUTERS", "Ada Holm/Reuters"),
        ("Ada Holm", "Reuters", "Ada Holm/Reuters"),
    ],
)
def test_credit_line(creator: str, agency: str, line: str) -> None:
    assert words_of(photos.xmp(creator=creator, credit=agency), {}).credit == line


@pytest.mark.parametrize(
    "packet",
    [
        b"",
        b"not xml",
        b"<x:xmpmeta",
        b'<!DOCTYPE x [<!ENTITY a "boom">]><x>&a;</x>',
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>',
        b'<?xml version="1.0" encoding="klingon"?><x/>',
        b"<x>" * 2_000,
        b"<x>" + b" " * limits.PICTURE_XMP_BYTES + b"</x>",
    ],
)
def test_bad_packets_say_nothing(packet: bytes) -> None:
    assert words_of(packet, {}) == Words()


def test_a_photo_with_a_hostile_packet_is_taken_without_it() -> None:
    packet = b'<!DOCTYPE x [<!ENTITY a "boom">]>' + photos.xmp(caption="&a;")
    assert read_picture("photo.webp", photos.encoded(PHOTO, "WEBP", xmp=packet)).caption == ""


def test_words_are_made_one_clean_line_within_bounds() -> None:
    dirty = "  A\u202e\u0000 line\n\n of\ttext\u200e with \ue000 noise "
    assert words_of(b"", {(2, 120): dirty.encode()}).caption == "A line of text with noise"
    long = words_of(b"", {(2, 120): b"word " * 400}).caption
    assert len(long) <= limits.CAPTION_CHARS
    assert long.endswith("word…")


def test_the_credit_goes_into_every_rendition_and_nothing_else() -> None:
    packet = photos.xmp(
        caption="Water", creator="Ada <Holm> & Söhne".replace("<", "&lt;").replace("&", "&amp;", 1)
    )
    picture = read_picture("photo.jpg", photos.encoded(photos.bands(1000, 400), xmp=packet))
    assert len(picture.renditions) == 2
    for each in picture.renditions:
        held = Image.open(BytesIO(each.data)).info["xmp"]
        assert words_of(held, {}) == Words(credit=picture.credit)


def test_the_credit_can_be_changed_without_decoding(tmp_path: Path) -> None:
    data = read_picture("photo.jpg", photos.encoded(PHOTO)).renditions[0].data
    changed = with_credit(with_credit(data, "Somebody with a rather longer name"), "Ben Roe/Verrin Press")
    image = Image.open(BytesIO(changed))
    assert words_of(image.info["xmp"], {}).credit == "Ben Roe/Verrin Press"
    assert image.tobytes() == Image.open(BytesIO(data)).tobytes()
    write_pictures(tmp_path / "p", [("480.webp", data)])
    rewrite_credit(tmp_path / "p", "Ben Roe/Verrin Press")
    assert (tmp_path / "p" / "480.webp").read_bytes() == changed


def test_credit_packet_survives_any_text() -> None:
    for text in ("", "<&>\"'", "\x00\x1f\ufffe", "Оля"):
        assert words_of(credit_packet(text), {}).credit in {text, ""}


def test_files_are_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "media" / "p"
    write_pictures(folder, [("1.webp", b"one"), ("2.webp", b"two")])
    assert sorted(file.name for file in folder.iterdir()) == ["1.webp", "2.webp"]
    assert folder.joinpath("1.webp").stat().st_mode & 0o777 == 0o644
    remove_pictures(folder)
    remove_pictures(folder)

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_pictures(folder, [("1.webp", b"one")])
    assert not folder.exists()
