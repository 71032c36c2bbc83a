"""Pictures from the composer."""

import hashlib
import json

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse

from stoppress.desk.door import desk_view
from stoppress.lib import clock, limits
from stoppress.liveblogs.actions.keep_answer import Answer
from stoppress.liveblogs.actions.upload_media import Once, Upload, image_node, upload_media_once
from stoppress.liveblogs.models import Media
from stoppress.liveblogs.refusals import InvalidInput
from stoppress.newsroom.roles import Staff


@desk_view("POST")
def upload(request: HttpRequest, by: Staff) -> HttpResponse:
    """Take one picture in: `{id, src, width, height, renditions, alt, caption, credit}`, words from the file."""
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
    repeat = f"{request.path}\n{hashlib.sha256(data).hexdigest()}".encode()
    answer = upload_media_once(
        by=by,
        upload=Upload(filename=file.name or "", data=data),
        once=Once(key=request.POST.get("key", ""), request=repeat, answer=_answer),
        at=clock.now(),
    )
    return HttpResponse(answer.body, status=answer.status, content_type="application/json")


def _answer(media: Media) -> Answer:
    attributes = dict(image_node(media).get("attrs", {}))
    return Answer(201, json.dumps({"id": attributes.pop("media"), **attributes}))
