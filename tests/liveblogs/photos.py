"""Test photos with chosen metadata, and files that only pretend to be photos."""

import zlib
from io import BytesIO

from PIL import Image, PngImagePlugin

XMP_HEAD = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" '
    'xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/" '
    'xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"'
)
XMP_TAIL = "</rdf:Description></rdf:RDF></x:xmpmeta>"


def bands(width: int, height: int) -> Image.Image:
    """Red above green above blue, so that a turned picture shows."""
    image = Image.new("RGB", (width, height), "red")
    image.paste("green", (0, height // 3, width, height * 2 // 3))
    image.paste("blue", (0, height * 2 // 3, width, height))
    return image


def encoded(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def xmp(*, caption: str = "", creator: str = "", credit: str = "", alt: str = "", source: str = "") -> bytes:
    """A packet as Lightroom writes it: simple properties as attributes, the others as lists."""
    parts = [XMP_HEAD, f' photoshop:Credit="{credit}"' if credit else "", ">"]
    if source:
        parts.append(f"<Iptc4xmpExt:DigitalSourceType>{source}</Iptc4xmpExt:DigitalSourceType>")
    if caption:
        parts.append(_alternatives("dc:description", caption))
    if creator:
        parts.append(f"<dc:creator><rdf:Seq><rdf:li>{creator}</rdf:li></rdf:Seq></dc:creator>")
    if alt:
        parts.append(_alternatives("Iptc4xmpCore:AltTextAccessibility", alt))
    return ("".join(parts) + XMP_TAIL).encode()


def _alternatives(name: str, text: str) -> str:
    items = f'<rdf:li xml:lang="uk">Інше</rdf:li><rdf:li xml:lang="x-default">{text}</rdf:li>'
    return f"<{name}><rdf:Alt>{items}</rdf:Alt></{name}>"


def iim(*fields: tuple[int, int, bytes]) -> bytes:
    """IPTC IIM data sets, each (record, number, bytes)."""
    return b"".join(
        b"\x1c" + bytes([record, number]) + len(value).to_bytes(2, "big") + value
        for record, number, value in fields
    )


def with_iim(jpeg: bytes, *fields: tuple[int, int, bytes]) -> bytes:
    """`jpeg` with a Photoshop segment (APP13) that holds the fields."""
    data = iim(*fields)
    resource = b"8BIM\x04\x04\x00\x00" + len(data).to_bytes(4, "big") + data + b"\0" * (len(data) % 2)
    payload = b"Photoshop 3.0\0" + resource
    return jpeg[:2] + b"\xff\xed" + (len(payload) + 2).to_bytes(2, "big") + payload + jpeg[2:]


def located(orientation: int = 1) -> bytes:
    """EXIF with a place, a serial number and an orientation."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8769)[0xA431] = "SERIAL-4711"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = "N", (50.0, 27.0, 0.0)
    gps[3], gps[4] = "E", (30.0, 31.0, 0.0)
    return exif.tobytes()


def png_with_xmp(image: Image.Image, packet: bytes) -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_itxt("XML:com.adobe.xmp", packet.decode())
    return encoded(image, "PNG", pnginfo=info)


def animated(kind: str, **options: object) -> bytes:
    frames = [Image.new("RGB", (40, 30), color) for color in ("red", "green", "blue")]
    return encoded(frames[0], kind, save_all=True, append_images=frames[1:], duration=100, **options)


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims to be huge."""
    png = bytearray(encoded(Image.new("L", (1, 1)), "PNG"))
    png[16:24] = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    png[29:33] = zlib.crc32(png[12:29]).to_bytes(4, "big")
    return bytes(png)
