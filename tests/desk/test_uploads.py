"""Pictures in parts, by the tus protocol: offsets are held, a cut costs a part, and nobody sees another's upload."""

import base64
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from PIL import Image
from tests.desk.ground import Ground
from tests.desk.visitor import JSON, Visitor
from tests.liveblogs import photos
from tests.people import People

from stoppress.lib import clock, limits
from stoppress.liveblogs.actions.receive_parts import append_part, begin_upload, expire_uploads
from stoppress.liveblogs.models import Media
from stoppress.liveblogs.pictures.parts import Parts
from stoppress.liveblogs.refusals import NotFound, WrongState

pytestmark = [pytest.mark.database, pytest.mark.django_db, pytest.mark.long]

PICTURE = photos.encoded(
    Image.effect_noise((700, 500), 80).convert("RGB"), xmp=photos.xmp(creator="Ada Holm")
)
TUS = {**JSON, "Tus-Resumable": "1.0.0"}


@pytest.fixture(autouse=True)
def _uploads_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "UPLOADS_ROOT", str(tmp_path / "uploads"))


@pytest.fixture
def owner(people: People) -> Visitor:
    return Ground(people).visitor("owner")


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


def begin(visitor: Visitor, key: str = "k", length: int = len(PICTURE), **headers: str) -> Any:
    told = ",".join(
        f"{name} {base64.b64encode(value.encode()).decode()}"
        for name, value in (("filename", "gate — 1.jpg"), ("key", key))
    )
    said = {**TUS, "Upload-Length": str(length), "Upload-Metadata": told, **_named(headers)}
    return visitor.client.post("/desk/uploads/", headers=said)


def part(visitor: Visitor, address: str, data: bytes, offset: int, **headers: str) -> Any:
    said = {**TUS, "Upload-Offset": str(offset), **headers}
    return visitor.client.patch(address, data, content_type="application/offset+octet-stream", headers=said)


def finish(visitor: Visitor, address: str, key: str = "k") -> Any:
    name = address.rstrip("/").rpartition("/")[2]
    return visitor.client.post("/desk/upload/", {"upload": name, "key": key}, headers=JSON)


def test_a_picture_in_parts(owner: Visitor) -> None:
    begun = begin(owner)
    assert (begun.status_code, begun["Tus-Resumable"], begun["Upload-Offset"]) == (201, "1.0.0", "0")
    address, half = begun["Location"], len(PICTURE) // 2
    assert part(owner, address, PICTURE[:half], 0)["Upload-Offset"] == str(half)
    early = finish(owner, address)
    assert (early.status_code, early.json()["detail"][:2]) == (409, "Of")
    told = owner.client.head(address, headers=TUS)
    assert (told["Upload-Offset"], told["Upload-Length"]) == (str(half), str(len(PICTURE)))
    assert told["Upload-Expires"].endswith("GMT")
    assert told["Cache-Control"] == "no-store, private"
    again = begin(owner)  # the answer to the first was lost
    assert (again["Location"], again["Upload-Offset"]) == (address, str(half))
    assert part(owner, address, PICTURE[half:], half).status_code == 204
    made = finish(owner, address)
    assert (made.status_code, made.json()["credit"]) == (201, "Ada Holm")
    assert finish(owner, address).json() == made.json()
    assert Media.objects.count() == 1
    assert not list(Path(settings.UPLOADS_ROOT).iterdir())
    assert owner.client.head(address, headers=TUS).status_code == 404


def test_offsets_are_held(owner: Visitor) -> None:
    address = begin(owner)["Location"]
    assert part(owner, address, PICTURE[:10], 5).status_code == 409
    assert part(owner, address, PICTURE[:10], 0).status_code == 204
    twice = part(owner, address, PICTURE[:10], 0)
    assert twice.status_code == 409
    assert "go on from there" in twice.json()["detail"]
    over = part(owner, address, PICTURE + b"more", 10)
    assert over.status_code == 409
    assert owner.client.head(address, headers=TUS)["Upload-Offset"] == "10"
    for wrong in ("", "-1", "ten", "1" * 30):
        assert part(owner, address, b"x", 10, **{"Upload-Offset": wrong}).status_code == 422


def test_what_came_before_a_cut_stays(people: People) -> None:
    by = people("reporter")
    name = begin_upload(by=by, key="k", filename="a.jpg", length=300_000, at=clock.now()).id
    whole = BytesIO(bytes(200_000))

    def cut(size: int) -> bytes:
        if whole.tell() > 100_000:
            raise ConnectionResetError
        return whole.read(size)

    with pytest.raises(ConnectionResetError):
        append_part(by=by, name=name, offset=0, read=cut)
    arrived = begin_upload(by=by, key="k", filename="a.jpg", length=300_000, at=clock.now()).offset
    assert arrived == 2 * limits.UPLOAD_PIECE_BYTES
    rest = BytesIO(bytes(300_000 - arrived))
    assert append_part(by=by, name=name, offset=arrived, read=rest.read) == 300_000


def test_two_requests_never_write_the_same_place(people: People) -> None:
    by = people("reporter")
    name = begin_upload(by=by, key="k", filename="a.jpg", length=100, at=clock.now()).id
    pieces = [b"first"]

    def meanwhile(_size: int) -> bytes:
        if not pieces:
            return b""
        with pytest.raises(WrongState, match="just now"):
            append_part(by=by, name=name, offset=0, read=BytesIO(b"second").read)
        return pieces.pop()

    assert append_part(by=by, name=name, offset=0, read=meanwhile) == 5


def test_what_begins_wrong_is_refused(owner: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    assert begin(owner, length=limits.UPLOAD_BYTES + 1).status_code == 413
    assert begin(owner, length=0).status_code == 422
    assert begin(owner, key="").status_code == 422
    assert begin(owner, Upload_Metadata="key ###").status_code == 422
    wrong = begin(owner, Tus_Resumable="0.2.2")
    assert (wrong.status_code, wrong["Tus-Version"]) == (412, "1.0.0")
    address = begin(owner)["Location"]
    assert begin(owner, length=9).status_code == 422
    other = owner.client.patch(
        address, b"x", content_type="text/plain", headers={**TUS, "Upload-Offset": "0"}
    )
    assert other.status_code == 415
    monkeypatch.setattr(limits, "UPLOADS_COMING", 1)
    assert begin(owner, key="another").status_code == 413
    assert owner.client.delete(address, headers=TUS).status_code == 204
    assert begin(owner, key="another").status_code == 201


def test_what_the_server_can_do_is_told(owner: Visitor) -> None:
    told = owner.client.options("/desk/uploads/", headers=JSON)
    assert (told.status_code, told["Tus-Version"]) == (204, "1.0.0")
    assert told["Tus-Extension"] == "creation,expiration,termination"
    assert told["Tus-Max-Size"] == str(limits.UPLOAD_BYTES)


def test_an_upload_is_its_owners_alone(people: People) -> None:
    ground = Ground(people)
    owner, other = ground.visitor("owner"), ground.visitor("editor")
    address = begin(owner)["Location"]
    assert begin(other)["Location"] != address
    assert other.client.head(address, headers=TUS).status_code == 404
    assert part(other, address, PICTURE, 0).status_code == 404
    assert other.client.delete(address, headers=TUS).status_code == 404
    assert finish(other, address).status_code == 404


def test_parts_that_are_no_picture_are_thrown_away(owner: Visitor) -> None:
    bad = b"<svg xmlns='http://www.w3.org/2000/svg'/>"
    address = begin(owner, length=len(bad))["Location"]
    part(owner, address, bad, 0)
    refused = finish(owner, address)
    assert (refused.status_code, refused.json()["field"]) == (422, "file")
    assert not list(Path(settings.UPLOADS_ROOT).iterdir())


def test_what_nobody_goes_on_with_expires(people: People) -> None:
    by, at = people("reporter"), clock.now()
    begin_upload(by=by, key="old", filename="a.jpg", length=9, at=at)
    assert expire_uploads(at=at + timedelta(hours=limits.UPLOAD_HOURS - 1)) == 0
    assert expire_uploads(at=at + timedelta(hours=limits.UPLOAD_HOURS + 1)) == 1
    assert not list(Path(settings.UPLOADS_ROOT).iterdir())


def test_names_lead_nowhere_else(people: People, tmp_path: Path) -> None:
    (tmp_path / "secret.json").write_text('{"user_id": 1}')
    assert Parts(tmp_path / "uploads").find("../secret") is None
    with pytest.raises(NotFound):
        append_part(by=people("reporter"), name="../secret", offset=0, read=BytesIO().read)


def test_what_matters_in_a_picture_is_told_once(owner: Visitor) -> None:
    address = begin(owner)["Location"]
    part(owner, address, PICTURE, 0)
    media = finish(owner, address).json()["id"]
    told = owner.send(f"/desk/upload/{media}/focus/", {"key": "f", "x": 20, "y": 80})
    assert (told.status_code, told.json()) == (200, {"x": 20, "y": 80})
    row = Media.objects.get()
    assert (row.focus_x, row.focus_y) == (20, 80)
    for wrong in ({"x": 101, "y": 0}, {"x": "1", "y": 0}, {"x": True, "y": 0}, {"y": 0}):
        assert owner.send(f"/desk/upload/{media}/focus/", {"key": "g", **wrong}).status_code == 422
