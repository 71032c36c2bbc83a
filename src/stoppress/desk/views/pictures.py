"""Pictures from the composer: made of what was uploaded, and told what matters in them."""

import hashlib
import json
from collections.abc import Callable

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse

from stoppress.desk.door import desk_view
from stoppress.desk.once import once
from stoppress.events.changes import JsonObject
from stoppress.lib import clock, limits
from stoppress.liveblogs.actions.keep_answer import Answer, earlier_answer
from stoppress.liveblogs.actions.receive_parts import forget_upload, whole_upload
from stoppress.liveblogs.actions.upload_media import (
    Once,
    Upload,
    focus_media,
    image_node,
    upload_media_once,
)
from stoppress.liveblogs.models import Media
from stoppress.liveblogs.refusals import InvalidInput, NotFound
from stoppress.newsroom.roles import Staff


@desk_view("POST")
def upload(request: HttpRequest, by: Staff) -> HttpResponse:
    """Take one picture in: `{id, src, width, height, renditions, alt, caption, credit, …}`, words from the file.

    It comes as `file`, or came in parts before (`views/uploads.py`) as the one that `upload` names.
    """
    key, name = request.POST.get("key", ""), request.POST.get("upload", "")
    if not name:
        return _made(*_sent(request), key=key, by=by)
    repeat = f"{request.path}\n{name}".encode()
    # The parts go when the picture is made: a repeat is answered without them.
    earlier = earlier_answer(by=by, key=key, request=repeat)
    if earlier is not None:
        return HttpResponse(earlier.body, status=earlier.status, content_type="application/json")
    filename, data = whole_upload(by=by, name=name)
    try:
        answer = _made(filename, data, repeat, key=key, by=by)
    except InvalidInput:
        forget_upload(by=by, name=name)  # no picture will ever come of these bytes
        raise
    _forget(by, name)
    return answer


@desk_view("POST")
def focus(request: HttpRequest, by: Staff, media_id: str) -> HttpResponse:
    """What matters in a picture, `{"key", "x", "y"}` in per cent; remembered for the next post that shows it."""
    asked = _asked(request.body)

    def make() -> JsonObject:
        media = focus_media(by=by, media_id=media_id, x=asked("x"), y=asked("y"))
        return {"x": media.focus_x, "y": media.focus_y}

    return JsonResponse(once(request, by, _key(request.body), make))


def _sent(request: HttpRequest) -> tuple[str, bytes, bytes]:
    """The file's name and bytes, and what a repeat has in common with it."""
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        raise InvalidInput("file", "No picture came with the request; choose a file and try again.")
    size = file.size or 0
    if size > limits.UPLOAD_BYTES:
        most = limits.UPLOAD_BYTES // 1024**2
        raise InvalidInput(
            "file", f"The picture has {size // 1024**2} MB and may have {most} MB; make it smaller."
        )
    data = file.read()
    return file.name or "", data, f"{request.path}\n{hashlib.sha256(data).hexdigest()}".encode()


def _made(filename: str, data: bytes, repeat: bytes, *, key: str, by: Staff) -> HttpResponse:
    answer = upload_media_once(
        by=by,
        upload=Upload(filename=filename, data=data),
        once=Once(key=key, request=repeat, answer=_answer),
        at=clock.now(),
    )
    return HttpResponse(answer.body, status=answer.status, content_type="application/json")


def _forget(by: Staff, name: str) -> None:
    try:
        forget_upload(by=by, name=name)
    except NotFound:  # the same request, sent twice at once
        return


def _answer(media: Media) -> Answer:
    attributes = dict(image_node(media).get("attrs", {}))
    return Answer(201, json.dumps({"id": attributes.pop("media"), **attributes}))


def _fields(body: bytes) -> dict[str, object]:
    try:
        fields = json.loads(body)
    except ValueError:
        fields = None
    if not isinstance(fields, dict):
        raise InvalidInput("focus", "A focal point comes as JSON with key, x and y.")
    return fields


def _key(body: bytes) -> str:
    return str(_fields(body).get("key", ""))


def _asked(body: bytes) -> Callable[[str], int]:
    fields = _fields(body)

    def number(name: str) -> int:
        value = fields.get(name)
        if isinstance(value, bool) or not isinstance(value, int):
            raise InvalidInput("focus", f"{name} must be a whole number of per cent.")
        return value

    return number
