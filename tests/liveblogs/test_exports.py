"""Live blogs as files: everything in the archive, nothing but what readers see in the rest."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.liveblogs.newsdesk import Desk, content, open_desk
from tests.liveblogs.photos import bands, encoded
from tests.people import People

from stoppress.archive import codec
from stoppress.archive.detect import read_file
from stoppress.archive.format import Archive, ArchivedEvent
from stoppress.document.parse import parse_document
from stoppress.liveblogs.actions.amend_post import amend_post
from stoppress.liveblogs.actions.change_liveblog import LiveBlogChange, change_liveblog
from stoppress.liveblogs.actions.change_status import close_liveblog, reopen_liveblog
from stoppress.liveblogs.actions.content import About, Marks, PostContent
from stoppress.liveblogs.actions.draft_post import draft_post
from stoppress.liveblogs.actions.import_liveblog import import_liveblog
from stoppress.liveblogs.actions.pin_post import pin_post
from stoppress.liveblogs.actions.publish_post import publish_new_post
from stoppress.liveblogs.actions.shift import end_shift, start_shift
from stoppress.liveblogs.actions.upload_media import image_node, upload_media
from stoppress.liveblogs.actions.withdraw_post import withdraw_post
from stoppress.liveblogs.exports import export
from stoppress.liveblogs.models import Page, PagePost
from stoppress.liveblogs.refusals import InvalidInput, NotAllowed, NotFound, WrongState
from stoppress.render.addresses import absolute_html

pytestmark = [pytest.mark.database, pytest.mark.django_db, pytest.mark.long]

READERS_FORMATS = ("jsonld", "jsonfeed", "atom", "ninjs", "html", "text")


@pytest.fixture
def desk(people: People, noon: datetime) -> Desk:
    """A live blog in which everything has happened once."""
    desk = open_desk(people("editor", "Ana Ruiz"), noon)
    start_shift(by=desk.by, slug="surge", at=desk.tick())
    desk.publish("Water rises.")
    key = desk.publish("The gate is <shut>.", headline="Gate & harbour", key_event=True)
    wrong = desk.publish("Mr Unnamed did it.", headline="Unnamed")
    amend_post(
        by=desk.by,
        post_id=key.post_id,
        content=content("Gate 2 is shut.", "Gate & harbour"),
        correction="It was gate 2.",
        at=desk.tick(),
    )
    withdraw_post(by=desk.by, post_id=wrong.post_id, reason="It named the wrong man.", at=desk.tick())
    pin_post(by=desk.by, post_id=key.post_id, at=desk.tick())
    draft_post(by=desk.by, slug="surge", content=content("Secret draft."), at=desk.tick())
    end_shift(by=desk.by, slug="surge", at=desk.tick())
    close_liveblog(by=desk.by, slug="surge", at=desk.tick())
    return desk


def publish_picture(desk: Desk) -> None:
    """A post that is only a picture, after the close of the live blog that the fixture made."""
    reopen_liveblog(by=desk.by, slug="surge", at=desk.tick())
    media = upload_media(by=desk.by, filename="gate.jpg", data=encoded(bands(600, 400)), at=desk.tick())
    media.alt = "A steel gate"
    node = image_node(media)
    document = parse_document({"type": "doc", "content": [node]})
    publish_new_post(
        by=desk.by,
        slug="surge",
        content=PostContent(document=document),
        marks=Marks(summary=True),
        at=desk.tick(),
    )
    close_liveblog(by=desk.by, slug="surge", at=desk.tick())


def text_of(desk: Desk, name: str) -> str:
    return export(desk.by, "surge", name).decode()


@pytest.mark.parametrize("name", READERS_FORMATS)
def test_readers_formats_hold_what_readers_see(desk: Desk, name: str) -> None:
    text = text_of(desk, name)
    assert "Gate 2 is shut." in text
    assert "Water rises." in text
    for hidden in ("Secret draft", "Mr Unnamed", "Unnamed", "The gate is"):
        assert hidden not in text


@pytest.mark.parametrize("name", ["digest", "digest-text"])
def test_row_36_a_digest_holds_nothing_that_readers_do_not_see(desk: Desk, name: str) -> None:
    text = text_of(desk, name)
    assert "/live/surge" in text
    for hidden in ("Secret draft", "Mr Unnamed", "Unnamed", "The gate is"):
        assert hidden not in text


def test_an_exported_feed_is_the_served_one(desk: Desk) -> None:
    page = Page.objects.get()
    rows = list(PagePost.objects.order_by("-first_published_at", "-post_id"))
    atom = text_of(desk, "atom")
    assert atom.startswith(page.atom)
    assert atom.endswith("".join(row.atom for row in rows) + "</feed>\n")
    feed = text_of(desk, "jsonfeed")
    assert feed == page.json_feed + ",".join(row.json_feed for row in rows if row.json_feed) + "]}\n"


def test_the_page_keeps_its_bytes(desk: Desk) -> None:
    html = text_of(desk, "html")
    for row in PagePost.objects.all():
        assert absolute_html(row.html, "http://testserver") in html


def test_withdrawn_posts_leave_a_note(desk: Desk) -> None:
    for name in ("atom", "ninjs", "html", "text"):
        assert "It named the wrong man." in text_of(desk, name)


def test_structured_data_comes_back(desk: Desk) -> None:
    publish_picture(desk)
    reading = read_file(export(desk.by, "surge", "jsonld"))
    assert len(reading.archive.posts) == 3
    assert reading.archive.headline == "Storm surge reaches the harbour"


def test_a_json_feed_is_json(desk: Desk) -> None:
    assert len(json.loads(text_of(desk, "jsonfeed"))["items"]) == 2
    assert len(json.loads(text_of(desk, "ninjs"))["associations"]) == 3


def _without_names(archive: Archive) -> Archive:
    """What must survive an import where ids and address were taken."""
    posts = tuple(replace(post, id="") for post in archive.posts)
    return replace(archive, slug="", posts=posts)


def test_an_archive_is_complete_and_comes_back(desk: Desk) -> None:
    publish_picture(desk)
    about = About(
        event_name="Spring tide", event_place="Port Verrin", event_starts_at=desk.at, planned_end_at=desk.at
    )
    change_liveblog(by=desk.by, slug="surge", change=LiveBlogChange(about=about), at=desk.tick())
    first = codec.loads(export(desk.by, "surge", "archive"))
    assert first.event == ArchivedEvent("Spring tide", "Port Verrin", about.event_starts_at)
    assert [post.state for post in first.posts] == [
        "published",
        "published",
        "withdrawn",
        "draft",
        "published",
    ]
    assert len(first.posts[1].revisions) == 2
    assert first.posts[1].corrections[0].text == "It was gate 2."
    assert len(first.pictures) == 1
    reading = read_file(codec.dumps(first))
    done = import_liveblog(by=desk.by, reading=reading, slug="again", at=desk.at + timedelta(days=9))
    assert done.skipped == ()
    second = codec.loads(export(desk.by, "again", "archive"))
    assert _without_names(second) == _without_names(first)


def test_a_lost_picture_file_is_told(desk: Desk, settings: object) -> None:
    publish_picture(desk)
    for file in Path(getattr(settings, "MEDIA_ROOT")).rglob("*.webp"):  # noqa: B009 (the fixture has no types)
        file.unlink()
    with pytest.raises(WrongState, match="put it back from a backup"):
        export(desk.by, "surge", "archive")


def test_who_may_export(desk: Desk, people: People) -> None:
    reporter = people("reporter")
    with pytest.raises(NotAllowed):
        export(reporter, "surge", "archive")
    assert b"Gate 2 is shut." in export(reporter, "surge", "text")
    with pytest.raises(NotFound):
        export(reporter, "no-such", "text")
    with pytest.raises(InvalidInput, match="archive, jsonld"):
        export(reporter, "surge", "odt")
    assert desk.blog.slug == "surge"


def test_an_empty_live_blog_can_be_exported(people: People, noon: datetime) -> None:
    desk = open_desk(people("editor"), noon)
    for name in (*READERS_FORMATS, "archive"):
        assert export(desk.by, "surge", name)
