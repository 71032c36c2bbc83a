"""A live blog's picture in the shapes that structured data names, cut when first asked for. Called by `views.py`.

Only files that our own process of few rights made (`liveblogs/pictures/child.py`) are opened here, in the two formats
it writes them in, and none that is larger than it writes them.
"""

from io import BytesIO

from PIL import Image

from stoppress.lib import limits
from stoppress.liveblogs.pictures.store import picture_store
from stoppress.render.shapes import Cut

_FORMATS = ("JPEG", "WEBP")  # the second: from before there were several
_QUALITY = 82  # as its renditions


class NoPicture(Exception):
    """Its file is not there, or is not what we keep."""


def cut_file(cut: Cut) -> bytes:
    """The part of it as a JPEG, with the credit that its file carries. Raises: NoPicture, StoreDown."""
    media_id, name = cut.picture.src.split("/")[-2:]
    data = picture_store().read(media_id, name)
    if data is None:
        raise NoPicture
    try:
        return _cut(cut, data)
    except (OSError, ValueError) as fault:
        raise NoPicture from fault


def _cut(cut: Cut, data: bytes) -> bytes:
    with Image.open(BytesIO(data), formats=_FORMATS) as image:
        if image.size != (cut.picture.width, cut.picture.height) or not _is_bounded(image):
            raise NoPicture
        credit = image.info.get("xmp", b"")
        part = _on_paper(image).resize(cut.size, Image.Resampling.LANCZOS, box=cut.box, reducing_gap=3.0)
    file = BytesIO()
    part.save(file, "JPEG", quality=_QUALITY, progressive=True, optimize=True, xmp=credit)
    return file.getvalue()


def _is_bounded(image: Image.Image) -> bool:
    return image.width * image.height <= limits.UPLOAD_PIXELS


def _on_paper(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image.convert("RGB")
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image.getchannel("A"))
    return paper
