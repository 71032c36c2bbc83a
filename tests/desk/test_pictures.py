"""Pictures from the composer."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.desk.ground import Ground
from tests.desk.visitor import JSON, POSTS, Visitor, post_body
from tests.liveblogs import photos
from tests.people import People

from stoppress.lib import limits
from stoppress.liveblogs.models import Media

pytestmark = [pytest.mark.database, pytest.mark.django_db, pytest.mark.long]

PICTURE = photos.encoded(photos.bands(30, 20), "PNG")


def _upload(visitor: Visitor, data: bytes = PICTURE) -> Any:
    file = SimpleUploadedFile("wall.png", data, "image/png")
    return visitor.client.post("/desk/upload/", {"file": file, "key": "k"}, headers=JSON)


def test_a_picture_comes_back_ready_for_a_post(people: People) -> None:
    owner = Ground(people).visitor("owner")
    answer = _upload(owner)
    assert answer.status_code == 201
    picture = answer.json()
    assert set(picture) == {
        *("id", "src", "width", "height", "renditions", "alt", "caption", "credit"),
        *("origin", "focus_x", "focus_y"),
    }
    attributes = {**picture, "media": picture["id"], "alt": "The wall."}
    attributes.pop("id")
    document = {"type": "doc", "content": [{"type": "image", "attrs": attributes}]}
    assert owner.send(POSTS, post_body(document=document)).status_code == 201


def test_an_upload_repeated_is_one_picture(people: People) -> None:
    owner = Ground(people).visitor("owner")
    _upload(owner)
    _upload(owner)
    assert Media.objects.count() == 1


@pytest.mark.parametrize("data", [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a<script>", b"hello"])
def test_what_is_no_picture_is_refused_in_words(data: bytes, people: People) -> None:
    owner = Ground(people).visitor("owner")
    answer = _upload(owner, data)
    assert answer.status_code == 422
    assert answer.json()["field"] == "file"
    assert Media.objects.count() == 0


def test_one_that_is_too_large(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "UPLOAD_BYTES", 10)
    owner = Ground(people).visitor("owner")
    answer = _upload(owner, PICTURE)
    assert answer.status_code == 422
    assert "make it smaller" in answer.json()["detail"]


def test_a_moderator_uploads_nothing(people: People) -> None:
    moderator = Ground(people).visitor("moderator")
    answer = _upload(moderator, PICTURE)
    assert answer.status_code == 403
