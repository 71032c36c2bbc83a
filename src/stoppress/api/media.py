"""Pictures over the API: upload, look, describe. Each view asks a query or calls an action."""

import hashlib
from http import HTTPStatus

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from ninja import Router

from stoppress.api.answered import MediaTold, ProblemTold, media_told
from stoppress.api.asked import MediaChangeAsked, staff
from stoppress.api.door import FORM, BearerToken
from stoppress.api.once import fingerprint, on_the_wire
from stoppress.api.problems import Fault, Problem
from stoppress.lib import clock, limits
from stoppress.liveblogs.actions.keep_answer import FIELD, Answer
from stoppress.liveblogs.actions.upload_media import (
    Once,
    Upload,
    describe_media,
    media_for,
    upload_described_media,
    upload_media_once,
)
from stoppress.liveblogs.models import Media

WORDS = {
    "alt": "For those who cannot see it; instead of what the file says.",
    "caption": "Printed below it; instead of what the file says.",
    "credit": "Whose picture it is; instead of what the file says.",
}
UPLOAD_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            FORM: {
                "schema": {
                    "type": "object",
                    "properties": {
                        "file": {
                            "type": "string",
                            "contentMediaType": "application/octet-stream",
                            "description": "JPEG, PNG, WebP, AVIF, or a GIF without movement.",
                        },
                        **{word: {"type": "string", "description": told} for word, told in WORDS.items()},
                    },
                    "required": ["file"],
                    "additionalProperties": False,
                }
            }
        },
    }
}

router = Router(tags=["Pictures"])


@router.post(
    "",
    auth=BearerToken(FORM, limits.UPLOAD_BYTES + limits.UPLOAD_ENVELOPE_BYTES),
    response={201: MediaTold, (400, 401, 403, 411, 413, 415, 422, 429, 503, 507): ProblemTold},
    summary="Upload a picture",
    openapi_extra=UPLOAD_BODY,
)
def upload(request: HttpRequest) -> HttpResponse:
    """Turned upright, freed of places and serial numbers, made into WebP files of fixed widths.

    Caption, credit and alternative text are read from its IPTC and XMP metadata unless the form gives them.
    """
    by, at, asked, key = staff(request), clock.now(), _asked(request), request.headers.get(FIELD)
    if key is None:
        return on_the_wire(request, _created(upload_described_media(by=by, upload=asked, at=at)))
    repeat = Once(key=key, request=fingerprint(request, _content(asked)), answer=_created)
    return on_the_wire(request, upload_media_once(by=by, upload=asked, once=repeat, at=at))


def _asked(request: HttpRequest) -> Upload:
    """The form's one file and its words. Raises: Problem (invalid)."""
    files = [(name, file) for name, file in request.FILES.items() if isinstance(file, UploadedFile)]
    if len(files) != 1:
        detail = f"One part named file was expected and {len(files)} files came; send one picture at a time."
        raise Problem("invalid", detail, errors=(Fault("file", detail),))
    unknown = tuple(
        Fault(
            name[: limits.FAULT_CHARS], f"{name[: limits.FAULT_CHARS]} is no field of this form; take it out."
        )
        for name in request.POST
        if name not in WORDS
    )
    if unknown:
        raise Problem("invalid", " ".join(fault.detail for fault in unknown), errors=unknown)
    _, file = files[0]
    given = {word: request.POST[word] for word in WORDS if word in request.POST}
    return Upload(filename=file.name or "", data=file.read(), **given)


def _content(asked: Upload) -> bytes:
    """What must be the same in a repeat; the form's boundary differs each time."""
    picture = hashlib.sha256(asked.data).hexdigest()
    return f"{picture}\n{asked.alt!r}\n{asked.caption!r}\n{asked.credit!r}".encode()


def _created(media: Media) -> Answer:
    return Answer(HTTPStatus.CREATED, media_told(media).model_dump_json())


@router.get(
    "/{slug:media_id}", response={200: MediaTold, (401, 404, 429): ProblemTold}, summary="Look at a picture"
)
def show_media(request: HttpRequest, media_id: str) -> HttpResponse:
    """Its files and what is said about it."""
    media = media_for(by=staff(request), media_id=media_id)
    return on_the_wire(request, Answer(HTTPStatus.OK, media_told(media).model_dump_json()))


@router.patch(
    "/{slug:media_id}",
    response={200: MediaTold, (400, 401, 403, 404, 411, 413, 415, 422, 429, 503, 507): ProblemTold},
    summary="Describe a picture",
)
def describe(request: HttpRequest, media_id: str, asked: MediaChangeAsked) -> HttpResponse:
    """New alternative text, caption or credit; the credit is written into the files. Posts keep their words."""
    words = {word: getattr(asked, word) for word in WORDS if asked.sent(word)}
    media = describe_media(by=staff(request), media_id=media_id, **words)
    return on_the_wire(request, Answer(HTTPStatus.OK, media_told(media).model_dump_json()))
