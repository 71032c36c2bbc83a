import gzip
import json
import shutil
import tarfile
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from PIL import Image
from tests.liveblogs.newsdesk import content, open_desk
from tests.people import People

from stoppress.backup import read
from stoppress.backup.format import UnreadableBackup, kept_models
from stoppress.backup.write import write_backup
from stoppress.liveblogs.actions.amend_post import amend_post
from stoppress.liveblogs.actions.upload_media import upload_media
from stoppress.liveblogs.actions.withdraw_post import withdraw_post
from stoppress.newsroom.actions.issue_token import issue_token
from stoppress.newsroom.queries import staff_by_token

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]


def everything() -> dict[str, list[dict[str, object]]]:
    return {model._meta.label: list(model._base_manager.order_by("pk").values()) for model in kept_models()}


def picture() -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (900, 600), "navy").save(buffer, "JPEG")
    return buffer.getvalue()


def test_what_readers_sent_goes_along_and_whom_we_tell_does_not() -> None:
    kept = {model._meta.label_lower for model in kept_models()}
    assert {"audience.vote", "audience.question"} <= kept
    assert not {name for name in kept if name.startswith(("push.", "websub."))}


def test_what_is_restored_is_what_was_copied(people: People, noon: datetime, tmp_path: Path) -> None:
    desk = open_desk(people("editor", "Ed Itor"), noon)
    token = issue_token(email="ed.itor@example.org")
    one, two = desk.publish("One.", key_event=True), desk.publish("Two.")
    amend_post(
        by=desk.by, post_id=one.post_id, content=content("One!"), correction="Not one.", at=desk.tick()
    )
    withdraw_post(by=desk.by, post_id=two.post_id, reason="Wrong.", at=desk.tick())
    media = upload_media(by=desk.by, filename="gate.jpg", data=picture(), at=desk.tick())
    before = everything()
    root = Path(settings.MEDIA_ROOT)
    files = {path.name: path.read_bytes() for path in (root / media.pk).iterdir()}

    summary = write_backup(tmp_path / "copy.tgz")
    assert summary.rows == sum(map(len, before.values()))
    call_command("flush", interactive=False, verbosity=0)
    shutil.rmtree(root)
    read.check(tmp_path / "copy.tgz")
    restored = read.restore_backup(tmp_path / "copy.tgz")

    assert everything() == before
    assert restored.rows == summary.rows
    assert {path.name: path.read_bytes() for path in (root / media.pk).iterdir()} == files
    assert staff_by_token(token) == desk.by
    desk.publish("Three.")  # counters go on where they stood
    assert not list(tmp_path.glob("*.part"))


def test_nothing_is_restored_over_a_newsroom(people: People, noon: datetime, tmp_path: Path) -> None:
    open_desk(people("editor"), noon)
    write_backup(tmp_path / "copy.tgz")
    before = everything()
    with pytest.raises(UnreadableBackup, match="has content already"):
        read.restore_backup(tmp_path / "copy.tgz")
    assert everything() == before


@pytest.mark.parametrize("fault", ["truncated", "text", "empty", "another tar", "newer"])
def test_what_is_no_backup_is_refused_before_anything_changes(
    people: People, noon: datetime, tmp_path: Path, fault: str
) -> None:
    open_desk(people("editor"), noon)
    file = tmp_path / "copy.tgz"
    write_backup(file)
    whole = file.read_bytes()
    if fault == "truncated":
        file.write_bytes(whole[: len(whole) // 2])
    elif fault == "text":
        file.write_bytes(b"not a tar at all")
    elif fault == "empty":
        file.write_bytes(b"")
    elif fault == "another tar":
        with tarfile.open(file, "w:gz") as tar:
            tar.addfile(tarfile.TarInfo("something"), BytesIO())
    else:
        with tarfile.open(fileobj=BytesIO(gzip.decompress(whole))) as tar:
            member = tar.next()
            assert member is not None
            content_of = tar.extractfile(member)
            assert content_of is not None
            manifest = json.loads(content_of.read())
        manifest["migrations"].append("liveblogs.9999_from_the_future")
        text = json.dumps(manifest).encode()
        member = tarfile.TarInfo("manifest.json")
        member.size = len(text)
        with tarfile.open(file, "w:gz") as tar:
            tar.addfile(member, BytesIO(text))
    with pytest.raises(UnreadableBackup, match=r"backup|newer"):
        read.check(file)
