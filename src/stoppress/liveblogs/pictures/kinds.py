"""What kind of file was uploaded, decided by its bytes alone; its name is only held against them.

Called by `read.py` before any decoder sees a byte. May import `lib`.
"""

import re
from enum import StrEnum
from io import BytesIO
from pathlib import PurePath
from zipfile import is_zipfile

from stoppress.lib import limits


class InvalidPicture(ValueError):
    """The upload is not a picture that can be shown; the message is a sentence for the reporter."""


class Kind(StrEnum):
    """The formats accepted, by the name Pillow gives their decoder."""

    JPEG = "JPEG"
    PNG = "PNG"
    WEBP = "WEBP"
    GIF = "GIF"
    AVIF = "AVIF"


ACCEPTED = "JPEG, PNG, WebP, AVIF or a GIF without movement"
SUFFIXES = {".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".gif", ".avif"}

_SUFFIX = re.compile(r"\.[a-z][a-z0-9]{1,7}")  # not the ".33" of "Screenshot at 18.05.33"
_SNIFFED_CHARS = 1_024
# Long enough that pixels do not spell it by chance. Metadata (XMP) is markup too, but none of these.
_MARKUP = re.compile(
    rb"<script[\s>/]|<iframe[\s>/]|<\?php\s|<html[\s>]|<!doctype\s+html|<svg\s[^<>]{0,400}xmlns",
    re.IGNORECASE,
)
_AVIF_BRANDS = {b"avif", b"avis"}
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"}
_NAMED_OTHERS = (
    (b"%PDF", "a PDF document"),
    (b"BM", "a BMP picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"\0\0\1\0", "an icon file"),
    (b"8BPS", "a Photoshop file"),
    (b"PK\3\4", "a ZIP or Office file"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"<?php", "a program"),
    (b"#!", "a program"),
)


def kind_of(filename: str, data: bytes) -> Kind:
    """The format of `data`. Raises InvalidPicture for anything that is not accepted, saying what it is."""
    if not data:
        raise InvalidPicture("A picture was expected; the file is empty. Choose the file again.")
    if len(data) > limits.UPLOAD_BYTES:
        raise InvalidPicture(
            f"A picture may have up to {_megabytes(limits.UPLOAD_BYTES)} MB; this file has "
            f"{_megabytes(len(data))} MB. Save it smaller and upload that."
        )
    kind = _sniff(data)
    if kind is None:
        raise InvalidPicture(
            f"A picture was expected ({ACCEPTED}); this file is {_other(data)}. "
            "Export it as JPEG or PNG and upload that."
        )
    if also := _also(data):
        raise InvalidPicture(
            f"This file is a picture and {also} at once, as attackers make them. "
            "Open it in an image program, export it as JPEG or PNG, and upload that."
        )
    suffix = PurePath(filename).suffix.lower()
    if _SUFFIX.fullmatch(suffix) and suffix not in SUFFIXES:
        raise InvalidPicture(
            "A picture's name ends in .jpg, .png, .webp, .gif or .avif; this one's ends in "
            f'"{suffix}" although it holds a {kind.value} picture. Rename it and upload it again.'
        )
    return kind


def _also(data: bytes) -> str:
    """What else the bytes of a picture could be taken for; "" for an honest one."""
    if b"%PDF-" in data[:_SNIFFED_CHARS]:
        return "a PDF document"
    if is_zipfile(BytesIO(data)):
        return "a ZIP or Office file"
    found = _MARKUP.search(data)
    if found is None:
        return ""
    return "a program" if found[0].startswith(b"<?") else "a web page"


def _sniff(data: bytes) -> Kind | None:
    if data.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if data.startswith((b"GIF87a", b"GIF89a")):
        return Kind.GIF
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Kind.WEBP
    if _brands(data) & _AVIF_BRANDS:
        return Kind.AVIF
    return None


def _brands(data: bytes) -> set[bytes]:
    """The brands of an ISO base media file (ISO/IEC 14496-12, section 4.3); empty for anything else."""
    if data[4:8] != b"ftyp":
        return set()
    end = min(int.from_bytes(data[:4], "big"), 256)
    return {data[8:12]} | {data[at : at + 4] for at in range(16, end - 3, 4)}


def _other(data: bytes) -> str:
    if _brands(data) & _HEIC_BRANDS:
        return "a HEIC picture, which most browsers cannot show"
    if data[4:8] == b"ftyp":
        return "a video"
    for start, name in _NAMED_OTHERS:
        if data.startswith(start):
            return name
    head = data[:_SNIFFED_CHARS].lower()
    if re.search(rb"<svg[\s>]", head):
        return "an SVG drawing, which can hold programs"
    if re.search(rb"<(!doctype|html|script|\?xml)", head):
        return "a web page or other markup"
    return "something else"


def _megabytes(count: int) -> str:
    return f"{count / 1024 / 1024:.1f}".removesuffix(".0")
