"""Pictures in parts, by the tus protocol 1.0.0 (https://tus.io): core, creation, expiration, termination.

When the last byte has come, `views/pictures.py` makes the picture of it.
"""

import base64
import binascii
from datetime import timedelta
from email.utils import format_datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from stoppress.desk.answers import refusal
from stoppress.desk.door import desk_view
from stoppress.lib import clock, limits
from stoppress.liveblogs.actions.receive_parts import (
    append_part,
    begin_upload,
    coming_upload,
    forget_upload,
)
from stoppress.liveblogs.pictures.parts import Coming
from stoppress.liveblogs.refusals import InvalidInput
from stoppress.newsroom.roles import Staff

VERSION = "1.0.0"
PART_TYPE = "application/offset+octet-stream"


@desk_view("OPTIONS", "POST")
def uploads(request: HttpRequest, by: Staff) -> HttpResponse:
    """OPTIONS: what this server can do. POST: begin an upload; its address comes as `Location`."""
    if request.method == "OPTIONS":
        return _answer(
            204,
            **{
                "Tus-Version": VERSION,
                "Tus-Extension": "creation,expiration,termination",
                "Tus-Max-Size": str(limits.UPLOAD_BYTES),
            },
        )
    if (wrong := _wrong_version(request)) is not None:
        return wrong
    told = _metadata(request.headers.get("Upload-Metadata", ""))
    coming = begin_upload(
        by=by,
        key=told.get("key", ""),
        filename=told.get("filename", ""),
        length=_number(request, "Upload-Length"),
        at=clock.now(),
    )
    return _answer(201, Location=reverse("desk:coming_upload", args=[coming.id]), **_state(coming))


@desk_view("GET", "PATCH", "DELETE")
def coming(request: HttpRequest, by: Staff, upload: str) -> HttpResponse:
    """HEAD: how far it is. PATCH: a part, from `Upload-Offset` on. DELETE: it is not wanted any more."""
    if (wrong := _wrong_version(request)) is not None:
        return wrong
    if request.method == "DELETE":
        forget_upload(by=by, name=upload)
        return _answer(204)
    if request.method == "PATCH":
        if request.content_type != PART_TYPE:
            return refusal(request, 415, f"A part comes as {PART_TYPE}.")
        append_part(by=by, name=upload, offset=_number(request, "Upload-Offset"), read=request.read)
        return _answer(204, **_state(coming_upload(by=by, name=upload)))
    return _answer(200, **_state(coming_upload(by=by, name=upload)))


def _wrong_version(request: HttpRequest) -> HttpResponse | None:
    if request.headers.get("Tus-Resumable") == VERSION or request.method in ("GET", "HEAD"):
        return None
    answer = refusal(request, 412, f"This server speaks tus {VERSION}; say so in Tus-Resumable.")
    answer["Tus-Version"] = VERSION
    return answer


def _number(request: HttpRequest, name: str) -> int:
    value = request.headers.get(name, "")
    if not (value.isascii() and value.isdigit() and len(value) <= limits.NUMBER_CHARS):
        raise InvalidInput(name, f"{name} must be a number of bytes.")
    return int(value)


def _metadata(header: str) -> dict[str, str]:
    """`name base64, name base64`. Raises: InvalidInput."""
    told = {}
    for pair in filter(None, (part.strip() for part in header.split(","))):
        name, _, value = pair.partition(" ")
        try:
            told[name] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            raise InvalidInput("Upload-Metadata", f"{name[:40]!r} must be base64 of UTF-8.") from None
    return told


def _state(coming: Coming) -> dict[str, str]:
    expires = clock.now() + timedelta(hours=limits.UPLOAD_HOURS)
    return {
        "Upload-Offset": str(coming.offset),
        "Upload-Length": str(coming.length),
        "Upload-Expires": format_datetime(expires, usegmt=True),
    }


def _answer(status: int, **headers: str) -> HttpResponse:
    return HttpResponse(status=status, headers={"Tus-Resumable": VERSION, **headers})
