"""Caption, credit and alternative text come out of IIM and XMP, and the credit goes back in."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from tests.liveblogs import photos

from stoppress.lib import limits
from stoppress.liveblogs.pictures.credits import with_packet
from stoppress.liveblogs.pictures.files import FolderStore, rewrite_credit
from stoppress.liveblogs.pictures.metadata import Words, credit_packet, words_of
from stoppress.liveblogs.pictures.read import read_picture

pytestmark = pytest.mark.long  # each picture is read in a process of its own

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
    assert len(picture.renditions) == 6
    for each in picture.renditions:
        held = Image.open(BytesIO(each.data)).info["xmp"]
        assert words_of(held, {}) == Words(credit=picture.credit)


@pytest.mark.parametrize("clear", [False, True])
def test_the_credit_can_be_changed_without_drawing_anew(clear: bool, tmp_path: Path) -> None:  # noqa: FBT001 (a case)
    photo = photos.encoded(PHOTO.convert("RGBA") if clear else PHOTO, "PNG")
    for each in read_picture("photo.png", photo).renditions:
        before, data = Image.open(BytesIO(each.data)), each.data
        for credit in ("Somebody with a rather longer name & Söhne", "Ben Roe"):
            data = with_packet(each.suffix, data, credit_packet(credit, "ai"))
            assert words_of(Image.open(BytesIO(data)).info["xmp"], {}) == Words(credit=credit, origin="ai")
        assert b"Somebody" not in data
        assert Image.open(BytesIO(data)).tobytes() == before.tobytes()
        store = FolderStore(tmp_path)
        store.write("p", [(f"480.{each.suffix}", each.data)])
        rewrite_credit(store, "p", "Ben Roe", "ai")
        assert len(store.read("p", f"480.{each.suffix}") or b"") == len(data)


@pytest.mark.parametrize(
    ("source", "origin"),
    [
        ("http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia", "ai"),
        ("compositeWithTrainedAlgorithmicMedia", "ai_part"),
        ("http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia", "computer"),
        ("http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture", ""),
        ("", ""),
    ],
)
def test_how_a_picture_was_made_comes_out_and_goes_back_in(source: str, origin: str) -> None:
    picture = read_picture("photo.jpg", photos.encoded(PHOTO, xmp=photos.xmp(source=source)))
    assert picture.origin == origin
    for each in picture.renditions:
        assert words_of(Image.open(BytesIO(each.data)).info["xmp"], {}).origin == origin


def test_credit_packet_survives_any_text() -> None:
    for text in ("", "<&>\"'", "\x00\x1f\ufffe", "Оля"):
        assert words_of(credit_packet(text), {}).credit in {text, ""}


def test_files_are_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, folder = FolderStore(tmp_path / "media"), tmp_path / "media" / "p"
    store.write("p", [("1.webp", b"one"), ("2.webp", b"two")])
    assert store.names("p") == ["1.webp", "2.webp"]
    assert (store.read("p", "1.webp"), store.read("p", "3.webp"), store.names("q")) == (b"one", None, [])
    assert sorted(file.name for file in folder.iterdir()) == ["1.webp", "2.webp"]
    assert folder.joinpath("1.webp").stat().st_mode & 0o777 == 0o644
    store.remove("p")
    store.remove("p")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        store.write("p", [("1.webp", b"one")])
    assert not folder.exists()
