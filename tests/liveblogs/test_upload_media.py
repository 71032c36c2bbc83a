"""Pictures come in whole or not at all, and what is said about them can be put right."""

import base64
import errno
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from threading import Thread

import pytest
from django.conf import settings
from django.db import connection
from PIL import Image
from tests.liveblogs import photos
from tests.people import People

from stoppress.archive.format import ArchivedPicture
from stoppress.document.parse import parse_document
from stoppress.lib import clock, limits
from stoppress.liveblogs.actions.keep_answer import Answer
from stoppress.liveblogs.actions.upload_media import (
    Once,
    Upload,
    describe_media,
    focus_media,
    image_node,
    media_for,
    restore_picture,
    upload_described_media,
    upload_media,
    upload_media_once,
)
from stoppress.liveblogs.models import KeptAnswer, Media
from stoppress.liveblogs.pictures import read as reading
from stoppress.liveblogs.pictures.metadata import words_of
from stoppress.liveblogs.refusals import Busy, InvalidInput, NoRoom, NotAllowed, NotFound
from stoppress.newsroom.models import Publisher
from stoppress.newsroom.roles import Role, Staff

pytestmark = [pytest.mark.database, pytest.mark.django_db, pytest.mark.long]

WORDS = photos.xmp(caption="Water", creator="Ada Holm", alt="A flooded street")
PHOTO = photos.encoded(photos.bands(1000, 500), xmp=WORDS)


def take(by: Staff, data: bytes = PHOTO) -> Media:
    return upload_media(by=by, filename="photo.jpg", data=data, at=clock.now())


def files() -> list[str]:
    root = Path(settings.MEDIA_ROOT)
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


def credits_in_files(media: Media) -> set[str]:
    folder = Path(settings.MEDIA_ROOT) / media.pk
    packets = [Image.open(BytesIO(file.read_bytes())).info["xmp"] for file in folder.iterdir()]
    return {words_of(packet, {}).credit for packet in packets}


def test_files_and_row(people: People) -> None:
    by = people("reporter")
    media = take(by)
    kept = [f"{media.pk}/{width}.{suffix}" for width in (480, 960) for suffix in ("avif", "jpg", "webp")]
    assert files() == [f"{media.pk}/1000.jpg", *kept]
    row = Media.objects.get()
    assert (row.wide_width, row.wide_height) == (1000, 500)
    assert (row.caption, row.credit, row.alt) == ("Water", "Ada Holm", "A flooded street")
    assert (row.width, row.height, row.uploaded_by_id, row.publisher_id) == (
        960,
        480,
        by.user_id,
        by.publisher_id,
    )
    assert row.renditions == [
        {"src": f"/media/{row.pk}/{width}.{suffix}", "width": width, "height": width // 2}
        for suffix in ("avif", "webp", "jpg")
        for width in (480, 960)
    ]
    for each in row.renditions:
        data = (Path(settings.MEDIA_ROOT) / each["src"].removeprefix("/media/")).read_bytes()
        assert Image.open(BytesIO(data)).size == (each["width"], each["height"])
    assert media_for(by=by, media_id=row.pk) == row


def test_the_node_may_stand_in_a_post(people: People) -> None:
    node = image_node(take(people("reporter")))
    document = parse_document({"type": "doc", "content": [node]})
    attrs = document.root["content"][0]["attrs"]
    assert (attrs["alt"], str(attrs["src"])[-3:]) == ("A flooded street", "jpg")
    assert isinstance(attrs["renditions"], list)
    assert len(attrs["renditions"]) == 6


def test_what_matters_in_a_picture_is_remembered(people: People) -> None:
    by = people("reporter")
    media = take(by)
    assert focus_media(by=by, media_id=media.pk, x=20, y=100).focus_x == 20
    attrs = image_node(Media.objects.get())["attrs"]
    assert (attrs["focus_x"], attrs["focus_y"]) == (20, 100)
    with pytest.raises(InvalidInput, match="from 0 to 100"):
        focus_media(by=by, media_id=media.pk, x=101, y=0)
    with pytest.raises(NotAllowed):
        focus_media(by=people("moderator"), media_id=media.pk, x=1, y=1)


def test_words_of_the_reporter_stand_instead_of_those_in_the_file(people: People) -> None:
    upload = Upload(filename="", data=PHOTO, caption="Mud", credit="", alt=None)
    media = upload_described_media(by=people("reporter"), upload=upload, at=clock.now())
    assert (media.caption, media.credit, media.alt) == ("Mud", "", "A flooded street")
    assert credits_in_files(media) == {""}


def test_who_may_upload(people: People) -> None:
    for role in (Role.REPORTER, Role.EDITOR, Role.PRODUCER, Role.ADMIN):
        take(people(role))
    with pytest.raises(NotAllowed):
        take(people("moderator"))
    assert Media.objects.count() == 4


def test_no_picture_is_a_refusal_with_a_sentence(people: People) -> None:
    with pytest.raises(InvalidInput, match="SVG drawing") as refused:
        take(people("reporter"), b"<svg onload=alert(1)>")
    assert refused.value.field == "file"
    assert not Media.objects.exists()
    assert files() == []


def test_words_too_long_leave_nothing(people: People) -> None:
    upload = Upload(filename="", data=PHOTO, alt="x" * (limits.ALT_CHARS + 1))
    with pytest.raises(InvalidInput, match="alt has"):
        upload_described_media(by=people("reporter"), upload=upload, at=clock.now())
    assert files() == []


def test_a_failed_transaction_takes_the_files_away(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    by = people("reporter")
    seen: list[list[str]] = []

    def fail(*_args: object, **_named: object) -> None:
        seen.append(files())
        raise RuntimeError

    monkeypatch.setattr(Media, "save", fail)
    with pytest.raises(RuntimeError):
        take(by)
    assert len(seen[0]) == 7  # they were on the disk before the row
    assert files() == []


@pytest.mark.parametrize("fault", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_a_full_disk_is_said_and_leaves_nothing(
    people: People, monkeypatch: pytest.MonkeyPatch, fault: int
) -> None:
    by = people("reporter")

    def full(_descriptor: int) -> None:
        raise OSError(fault, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(NoRoom, match="disk is full"):
        take(by)
    assert not Media.objects.exists()
    assert files() == []


def test_too_many_at_once_is_said(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PICTURE_WAIT_SECONDS", 0.01)
    by = people("reporter")
    with reading._turns, reading._turns, pytest.raises(Busy, match="Wait a few seconds"):
        take(by)


def once(data: bytes = PHOTO) -> Once:
    return Once(key="k", request=data, answer=lambda media: Answer(201, media.pk))


def ask(by: Staff, data: bytes = PHOTO) -> Answer:
    upload = Upload(filename="photo.jpg", data=data)
    return upload_media_once(by=by, upload=upload, once=once(data), at=clock.now())


def test_a_repeated_upload_is_one_picture(people: People) -> None:
    by = people("reporter")
    assert ask(by) == ask(by)
    assert Media.objects.count() == 1
    assert len(files()) == 7
    with pytest.raises(InvalidInput, match="used for another request"):
        ask(by, photos.encoded(photos.bands(9, 9)))
    assert len(files()) == 7


def test_a_refused_upload_may_be_tried_again_with_its_key(people: People) -> None:
    by = people("reporter")
    with pytest.raises(InvalidInput):
        ask(by, b"no picture")
    assert ask(by).status == 201


@pytest.mark.django_db(transaction=True)
def test_uploads_repeated_at_the_same_time_are_one_picture(people: People) -> None:
    by = people("reporter")
    came: list[Answer] = []

    def run() -> None:
        try:
            came.append(ask(by))
        finally:
            connection.close()

    threads = [Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(came) == 3
    assert len(set(came)) == 1
    assert [media.pk for media in Media.objects.all()] == [came[0].body]
    assert len(files()) == 7
    assert KeptAnswer.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_credit_put_right_goes_into_the_files(people: People) -> None:
    by = people("reporter")
    media = take(by)
    changed = describe_media(by=by, media_id=media.pk, credit=" Ben Roe/Verrin Press ")
    assert (changed.credit, changed.caption) == ("Ben Roe/Verrin Press", "Water")
    assert credits_in_files(media) == {"Ben Roe/Verrin Press"}
    assert describe_media(by=by, media_id=media.pk, alt="Mud").credit == "Ben Roe/Verrin Press"


def test_who_may_describe(people: People) -> None:
    author, other, editor = people("reporter"), people("reporter", "Reporter Two"), people("editor")
    media = take(author)
    describe_media(by=author, media_id=media.pk, alt="one")
    describe_media(by=editor, media_id=media.pk, alt="two")
    for by in (other, people("moderator")):
        with pytest.raises(NotAllowed):
            describe_media(by=by, media_id=media.pk, alt="three")
    assert Media.objects.get().alt == "two"


def archived(media: Media) -> ArchivedPicture:
    data = (Path(settings.MEDIA_ROOT) / media.pk / f"{media.width}.webp").read_bytes()
    return ArchivedPicture(
        id=media.pk,
        width=media.width,
        height=media.height,
        bytes_base64=base64.b64encode(data).decode(),
        alt=media.alt,
        caption=media.caption,
        credit=media.credit,
    )


def test_a_picture_comes_back_from_an_archive_even_where_a_killed_import_left_files(people: People) -> None:
    by = people("editor")
    media = take(by)
    picture = archived(media)
    restore_picture(by=by, picture=picture, at=clock.now())  # it is here: nothing to do
    Media.objects.all().delete()
    before = files()
    restore_picture(by=by, picture=picture, at=clock.now())
    assert files() == before
    row = Media.objects.get()
    assert (row.pk, row.credit, row.renditions) == (media.pk, media.credit, media.renditions)


def test_pictures_of_others_are_not_there(people: People) -> None:
    media = take(people("reporter"))
    elsewhere = Publisher.objects.create(slug="elsewhere", name="Elsewhere")
    stranger = Staff(people("admin").user_id, "Stranger", Role.ADMIN, elsewhere.pk)
    attempts: tuple[Callable[[], Media], ...] = (
        lambda: media_for(by=stranger, media_id=media.pk),
        lambda: describe_media(by=stranger, media_id=media.pk, alt="mine"),
        lambda: media_for(by=people("reporter"), media_id="nothing"),
    )
    for attempt in attempts:
        with pytest.raises(NotFound):
            attempt()


def test_words_with_controls_are_refused(people: People) -> None:
    by = people("reporter")
    media = take(by)
    with pytest.raises(InvalidInput, match="caption holds a control character"):
        describe_media(by=by, media_id=media.pk, caption="two\nlines")
