"""Writes another credit line into a file that `child.py` made, without drawing it anew.

Each kind keeps its XMP packet elsewhere: WebP in a chunk, JPEG in a segment, AVIF in an item of its `meta` box.
Called by `files.py`. Pure: bytes in, bytes out.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

_RIFF_HEAD = 12
_CHUNK_HEAD = 8
_BOX_HEAD = 8
_XMP_SEGMENT = b"http://ns.adobe.com/xap/1.0/\0"
_APP0, _APP1, _SCAN = 0xE0, 0xE1, 0xDA
_XMP_ITEM = b"application/rdf+xml"


def with_packet(suffix: str, file: bytes, packet: bytes) -> bytes:
    """`file`, of the kind that `suffix` names, with its XMP packet replaced. Raises ValueError for another's file."""
    return _WRITERS[suffix](file, packet)


# --- WebP: RFC 9649, section 2.7; the file has an extended header -------------------------------------


def _webp(file: bytes, packet: bytes) -> bytes:
    chunks = [(name, payload) for name, payload in _chunks(file) if name != b"XMP "]
    body = b"".join(_chunk(name, payload) for name, payload in [*chunks, (b"XMP ", packet)])
    return b"RIFF" + (len(body) + 4).to_bytes(4, "little") + b"WEBP" + body


def _chunks(file: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = _RIFF_HEAD
    while at + _CHUNK_HEAD <= len(file):
        size = int.from_bytes(file[at + 4 : at + 8], "little")
        yield file[at : at + 4], file[at + _CHUNK_HEAD : at + _CHUNK_HEAD + size]
        at += _CHUNK_HEAD + size + size % 2


def _chunk(name: bytes, payload: bytes) -> bytes:
    return name + len(payload).to_bytes(4, "little") + payload + b"\0" * (len(payload) % 2)


# --- JPEG: XMP specification part 3, section 1.1.3 ----------------------------------------------------


def _jpeg(file: bytes, packet: bytes) -> bytes:
    kept = [segment for segment in _segments(file) if not segment[4:].startswith(_XMP_SEGMENT)]
    payload = _XMP_SEGMENT + packet
    xmp = bytes((0xFF, _APP1)) + (len(payload) + 2).to_bytes(2, "big") + payload
    place = 1 if kept and kept[0][1] == _APP0 else 0
    head = sum(map(len, _segments(file))) + 2
    return file[:2] + b"".join([*kept[:place], xmp, *kept[place:]]) + file[head:]


def _segments(file: bytes) -> list[bytes]:
    """The segments before the pixels, each with its marker and length."""
    found, at = [], 2
    while file[at] == 0xFF and file[at + 1] != _SCAN:  # noqa: PLR2004 (every marker begins so)
        size = int.from_bytes(file[at + 2 : at + 4], "big") + 2
        found.append(file[at : at + size])
        at += size
    return found


# --- AVIF: ISO/IEC 14496-12, sections 8.11.3 (iloc) and 8.11.6 (iinf) ---------------------------------


def _avif(file: bytes, packet: bytes) -> bytes:
    """The packet goes into a last `mdat` of its own, the old one's letters are blanked, `iloc` points to the new."""
    boxes = list(_boxes(file, 0, len(file)))
    meta = next(start for name, start, _ in boxes if name == b"meta")
    whole = next(end for name, start, end in boxes if name == b"mdat")  # what we appended before goes
    inside = list(_boxes(file, meta + 4, next(end for name, _, end in boxes if name == b"meta")))
    item = _xmp_item(file, next(box for box in inside if box[0] == b"iinf"))
    place = _extent(file, next(start for name, start, _ in inside if name == b"iloc"), item)
    at, size = (int.from_bytes(file[place + step : place + step + 4], "big") for step in (0, 4))
    changed = bytearray(file[:whole])
    if at + size <= whole:
        changed[at : at + size] = b" " * size
    changed[place : place + 4] = (whole + _BOX_HEAD).to_bytes(4, "big")
    changed[place + 4 : place + 8] = len(packet).to_bytes(4, "big")
    return bytes(changed) + (len(packet) + _BOX_HEAD).to_bytes(4, "big") + b"mdat" + packet


def _boxes(file: bytes, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Each box: its name, where its content begins, where it ends."""
    while at + _BOX_HEAD <= end:
        size = int.from_bytes(file[at : at + 4], "big") or end - at
        if size < _BOX_HEAD:
            raise ValueError("An AVIF file of our own was expected; this one has a box of 64 bits or none.")
        yield file[at + 4 : at + 8], at + _BOX_HEAD, at + size
        at += size


def _xmp_item(file: bytes, iinf: tuple[bytes, int, int]) -> int:
    """The id of the item that holds the packet."""
    _, start, end = iinf
    wide = 2 if file[start] == 0 else 4  # the count's bytes, by the version
    for name, at, stop in _boxes(file, start + 4 + wide, end):
        if name == b"infe" and _XMP_ITEM in file[at:stop]:
            return int.from_bytes(file[at + 4 : at + 6], "big")
    raise ValueError("An AVIF file of our own was expected; this one carries no credit line.")


def _extent(file: bytes, iloc: int, item: int) -> int:
    """Where the item's one offset of 4 bytes stands; its length follows."""
    version, sizes = file[iloc], file[iloc + 4 : iloc + 6]
    if version > 1 or sizes[0] != 0x44 or sizes[1] & 0xF0:  # noqa: PLR2004 (4 bytes each, no base offset)
        raise ValueError("An AVIF file of our own was expected; this one keeps its places in another way.")
    at = iloc + 8
    for _ in range(int.from_bytes(file[iloc + 6 : iloc + 8], "big")):
        number = int.from_bytes(file[at : at + 2], "big")
        at += 2 + 2 * version + 2  # id, construction method, data reference
        extents = int.from_bytes(file[at : at + 2], "big")
        if number == item:
            return at + 2
        at += 2 + extents * 8
    raise ValueError("An AVIF file of our own was expected; this one does not say where its credit line is.")


_WRITERS: Final[Mapping[str, Callable[[bytes, bytes], bytes]]] = {"webp": _webp, "jpg": _jpeg, "avif": _avif}
