"""The process that decodes one uploaded picture, and may die of it: `python -m …child KIND < file > answer`.

Started by `read.py` only. It first takes its own memory, time and disk away, then reads. The answer is one
line of JSON, `{"refused": sentence}` or the picture's facts with each file's length, and after it the files'
bytes. May import `lib`, this room and Pillow; no Django, no network, no files.
"""

import contextlib
import json
import sys
import warnings
from io import BytesIO

from PIL import AvifImagePlugin, Image, ImageCms, ImageFile, IptcImagePlugin

from stoppress.lib import limits
from stoppress.liveblogs.pictures.confine import confine
from stoppress.liveblogs.pictures.kinds import InvalidPicture, Kind
from stoppress.liveblogs.pictures.metadata import Words, credit_packet, words_of

# Each looks like the original beside it. AVIF is half a JPEG's size, WebP in between, and every system reads JPEG.
_FORMATS: tuple[tuple[str, str, dict[str, object]], ...] = (
    ("avif", "AVIF", {"quality": 55, "speed": 8}),
    ("webp", "WEBP", {"quality": 80, "method": 4}),
    ("jpg", "JPEG", {"quality": 82, "progressive": True, "optimize": True}),
)
_ORIENTATION = 0x0112  # EXIF tag 274
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_BROKEN = "The picture is damaged or was cut off on the way. Save it again from its source and upload that."
_TOO_MUCH = (
    "The picture could not be opened in the memory given to one upload. Save it smaller and upload that."
)


def main() -> None:
    """Read the file from standard input, answer on standard output."""
    _confine()
    data = sys.stdin.buffer.read(limits.UPLOAD_BYTES)
    try:
        facts, files = _renditions(Kind(sys.argv[1]), data)
    except InvalidPicture as refused:
        facts, files = {"refused": str(refused)}, []
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        facts, files = {"refused": _too_large("more")}, []
    except MemoryError:
        facts, files = {"refused": _TOO_MUCH}, []
    except Exception:  # noqa: BLE001 (a decoder may raise anything on hostile bytes; the cure is the same)
        facts, files = {"refused": _BROKEN}, []
    sys.stdout.buffer.write(json.dumps(facts).encode() + b"\n" + b"".join(files))


def _confine() -> None:
    """Bound what hostile bytes can cost and do."""
    warnings.simplefilter("ignore")
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = limits.UPLOAD_PIXELS
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1
    confine()


def _renditions(kind: Kind, data: bytes) -> tuple[dict[str, object], list[bytes]]:
    with Image.open(BytesIO(data), formats=[kind.value]) as image:
        _check(image, kind)
        words = _words(image)
        turn = _TURNS.get(_orientation(image))
        upright = _upright(image, turn)
    whole = _turned_size(image.size, turn)
    smaller = [_scaled(upright, size) for size in _sizes(upright, image_size=whole)]
    packet = credit_packet(words.credit, words.origin)
    files = [
        (suffix, one.size, _encoded(one, name, options, packet))
        for suffix, name, options in _FORMATS
        for one in smaller
    ]
    wide = _wide_size(whole)
    if wide[0] > smaller[-1].width:
        suffix, name, options = _FORMATS[-1]
        files.append((suffix, wide, _encoded(_scaled(upright, wide), name, options, packet)))
    facts: dict[str, object] = {
        "caption": words.caption,
        "credit": words.credit,
        "alt": words.alt,
        "origin": words.origin,
        "files": [[suffix, *size, len(file)] for suffix, size, file in files],
        "renditions": len(_FORMATS) * len(smaller),
    }
    return facts, [file for _, _, file in files]


def _check(image: ImageFile.ImageFile, kind: Kind) -> None:
    width, height = image.size
    side = limits.UPLOAD_SIDE_PIXELS
    if width > side or height > side or width * height > limits.UPLOAD_PIXELS:
        raise InvalidPicture(_too_large(f"{width:,} by {height:,}"))
    # A JPEG may carry a second still (depth, brightness): the first is the photo.
    if kind is not Kind.JPEG and getattr(image, "is_animated", False):
        raise InvalidPicture(
            "A still picture was expected; this one moves. Upload one frame of it, or link to the video."
        )


def _too_large(came: str) -> str:
    return (
        f"A picture may have up to {limits.UPLOAD_PIXELS // 1_000_000} million pixels and "
        f"{limits.UPLOAD_SIDE_PIXELS:,} on a side; this one has {came}. Save it smaller and upload that."
    )


def _words(image: ImageFile.ImageFile) -> Words:
    xmp = image.info.get("xmp", b"")
    packet = xmp.encode() if isinstance(xmp, str) else bytes(xmp)
    try:
        iim = IptcImagePlugin.getiptcinfo(image) or {}
    except Exception:  # noqa: BLE001 (broken metadata must not cost the photo)
        iim = {}
    return words_of(packet, iim)


def _orientation(image: ImageFile.ImageFile) -> int:
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except Exception:  # noqa: BLE001 (broken metadata must not cost the photo)
        return 1


def _turned_size(size: tuple[int, int], turn: Image.Transpose | None) -> tuple[int, int]:
    sideways = {
        Image.Transpose.ROTATE_90,
        Image.Transpose.ROTATE_270,
        Image.Transpose.TRANSPOSE,
        Image.Transpose.TRANSVERSE,
    }
    return (size[1], size[0]) if turn in sideways else size


def _upright(image: ImageFile.ImageFile, turn: Image.Transpose | None) -> Image.Image:
    """The pixels in sRGB, the right way up; a big JPEG is read at a half, a quarter, an eighth."""
    _read_small(image, turn)
    image.load()
    flat = _in_srgb(image)
    return flat.transpose(turn) if turn is not None else flat


def _read_small(image: ImageFile.ImageFile, turn: Image.Transpose | None) -> None:
    width, height = _turned_size(image.size, turn)
    widest = max(*limits.RENDITION_WIDTHS, _wide_size((width, height))[0])
    if width > widest:
        wanted = (widest, max(1, round(height * widest / width)))
        image.draft(None, _turned_size(wanted, turn))


def _in_srgb(image: Image.Image) -> Image.Image:
    """In RGB or RGBA. An embedded colour profile is applied, because the renditions carry none."""
    if image.mode.startswith("I"):  # 16 bits of grey
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    see_through = image.mode in {"RGBA", "LA", "PA", "RGBa", "La"} or "transparency" in image.info
    profile = image.info.get("icc_profile")
    if profile and image.mode in {"RGB", "RGBA", "CMYK", "L"}:
        with contextlib.suppress(ImageCms.PyCMSError, OSError, ValueError):
            mode = "RGBA" if image.mode == "RGBA" else "RGB"
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            converted = ImageCms.profileToProfile(
                image, source, ImageCms.createProfile("sRGB"), outputMode=mode
            )
            image = converted or image
    return image.convert("RGBA" if see_through else "RGB")


def _sizes(upright: Image.Image, *, image_size: tuple[int, int]) -> list[tuple[int, int]]:
    """Each rendition's (width, height): never wider than the original was."""
    width, height = image_size
    widths = [each for each in limits.RENDITION_WIDTHS if each <= min(width, upright.width)] or [width]
    return [(each, max(1, round(height * each / width))) for each in widths]


def _wide_size(whole: tuple[int, int]) -> tuple[int, int]:
    """(width, height) of a file with room for every shape that structured data shows; no larger than `whole`."""
    width, height = whole
    wanted = limits.WIDE_SHORT_PIXELS / min(width, height)
    scale = min(1.0, wanted, limits.WIDE_LONG_PIXELS / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def _scaled(upright: Image.Image, size: tuple[int, int]) -> Image.Image:
    if upright.size == size:
        return upright
    return upright.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _encoded(image: Image.Image, name: str, options: dict[str, object], packet: bytes) -> bytes:
    """One file: nothing in it but pixels and `packet`."""
    if name == "JPEG" and image.mode == "RGBA":
        paper = Image.new("RGB", image.size, "white")
        paper.paste(image, mask=image.getchannel("A"))
        image = paper
    out = BytesIO()
    image.save(out, name, xmp=packet, exif=b"", icc_profile=b"", **options)
    return out.getvalue()


if __name__ == "__main__":
    main()
