"""What the read model holds of a post's past, after each action that makes one."""

from datetime import datetime, timedelta

import pytest
from tests.liveblogs.newsdesk import Desk, content, open_desk, paragraphs
from tests.people import People

from stoppress.document.parse import parse_document
from stoppress.document.schema import Document
from stoppress.lib import limits
from stoppress.lib.ids import new_post_id
from stoppress.liveblogs.actions.amend_post import amend_post
from stoppress.liveblogs.actions.content import PostContent, Written
from stoppress.liveblogs.actions.draft_post import draft_post, save_draft
from stoppress.liveblogs.actions.publish_post import publish_new_post, publish_post
from stoppress.liveblogs.actions.rebuild_liveblog import rebuild_liveblog
from stoppress.liveblogs.actions.withdraw_post import withdraw_post
from stoppress.liveblogs.models import Correction, PageCorrection, PageMedia, PagePost

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def desk(people: People, noon: datetime) -> Desk:
    return open_desk(people("editor"), noon)


def amend(desk: Desk, written: Written, document: Document | str, correction: str = "") -> None:
    words = PostContent(document=paragraphs(document) if isinstance(document, str) else document)
    amend_post(by=desk.by, post_id=written.post_id, content=words, correction=correction, at=desk.tick())


def picture(name: str) -> Document:
    """A document with one upload in it."""
    return parse_document(
        {
            "type": "doc",
            "content": [
                {
                    "type": "image",
                    "attrs": {
                        "src": f"/media/{name}/960.webp",
                        "alt": "A gate",
                        "width": 960,
                        "height": 640,
                        "renditions": [{"src": f"/media/{name}/480.webp", "width": 480, "height": 320}],
                    },
                }
            ],
        }
    )


def publish(desk: Desk, document: Document) -> Written:
    return publish_new_post(
        by=desk.by, slug=desk.blog.slug, content=PostContent(document=document), at=desk.tick()
    )


def shown(name: str) -> list[bool]:
    """Whether each post that has the picture is withdrawn."""
    return list(
        PageMedia.objects.filter(media_id=name).order_by("post_id").values_list("withdrawn", flat=True)
    )


def test_a_first_publication_stores_nothing_of_it(desk: Desk) -> None:
    desk.publish("Two metres.")
    row = PagePost.objects.get()
    assert (row.history_html, row.annotations) == ("", "")
    assert not PageCorrection.objects.exists()
    assert not PageMedia.objects.exists()


def test_drafts_are_no_part_of_the_public_past(desk: Desk) -> None:
    first = draft_post(by=desk.by, slug="surge", content=content("SECRETWORD one"), at=desk.tick())
    save_draft(by=desk.by, post_id=first.post_id, content=content("SECRETWORD two"), at=desk.tick())
    save_draft(by=desk.by, post_id=first.post_id, content=content("Two metres."), at=desk.tick())
    published = publish_post(by=desk.by, post_id=first.post_id, at=desk.tick())
    assert PagePost.objects.get().history_html == ""
    amend(desk, published, "Three metres.")
    row = PagePost.objects.get()
    assert "SECRETWORD" not in row.history_html + row.annotations
    assert row.history_html.count('<li class="version">') == 2
    assert 'datetime="2026-03-14T12:04:00Z"' in row.history_html  # the first version is as old as the post


def test_an_amendment_adds_a_version_and_an_annotation(desk: Desk) -> None:
    written = desk.publish("Two metres.")
    amend(desk, written, "Three metres.")
    row = PagePost.objects.get()
    assert "[put in: " in row.history_html
    assert '"exact":"Two"' in row.annotations
    assert f'href="/live/surge/posts/{written.post_id}/history"' in row.html
    assert not PageCorrection.objects.exists()


def test_corrections_are_lines_of_the_log_in_the_order_they_were_made(desk: Desk) -> None:
    one, two = desk.publish("One."), desk.publish("Two.")
    amend(desk, one, "One and a half.", "Half more.")
    amend(desk, two, "Twenty.", "Ten times more.")
    amend(desk, one, "One again.", "No half.")
    lines = PageCorrection.objects.order_by("at").values_list("post_id", "number")
    assert list(lines) == [(one.post_id, 1), (two.post_id, 1), (one.post_id, 2)]
    assert "Half more." in PagePost.objects.get(pk=one.post_id).history_html


def test_what_is_withdrawn_has_no_past(desk: Desk) -> None:
    written = publish_new_post(
        by=desk.by, slug="surge", content=content("SECRETWORD one", "SECRETWORD"), at=desk.tick()
    )
    amend(desk, written, "SECRETWORD two", "SECRETWORD was not so.")
    withdraw_post(by=desk.by, post_id=written.post_id, reason="Not confirmed.", at=desk.tick())
    row = PagePost.objects.get()
    assert (row.history_html, row.annotations) == ("", "")
    line = PageCorrection.objects.get()
    assert "SECRETWORD" not in line.html
    assert "Not confirmed." in line.html


def test_a_withdrawn_picture_is_marked_wherever_readers_saw_it(desk: Desk) -> None:
    early, late = new_post_id(desk.at), new_post_id(desk.at)
    one, two = publish(desk, picture(early)), publish(desk, picture(early))
    amend(desk, one, picture(late))
    assert (shown(early), shown(late)) == ([False], [False])
    withdraw_post(by=desk.by, post_id=one.post_id, reason="Wrong place.", at=desk.tick())
    assert (shown(early), shown(late)) == ([True, False], [True])
    withdraw_post(by=desk.by, post_id=two.post_id, reason="Wrong place.", at=desk.tick())
    assert shown(early) == [True, True]


def test_pictures_of_drafts_are_not_told(desk: Desk) -> None:
    draft_post(
        by=desk.by,
        slug="surge",
        content=PostContent(document=picture(new_post_id(desk.at))),
        at=desk.tick(),
    )
    assert not PageMedia.objects.exists()


def test_very_many_versions_are_counted_and_replay_still(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "HISTORY_VERSIONS", 3)
    written = desk.publish("Version 1.")
    for number in range(2, 8):
        amend(desk, written, f"Version {number}.")
    row = PagePost.objects.get()
    assert "one by one: 4." in row.history_html
    assert row.annotations.count('"type":"Annotation"') == 2
    assert '"value":"6"' in row.annotations
    assert '"value":"7"' in row.annotations


def test_a_correction_that_came_with_the_first_version_is_told(desk: Desk) -> None:
    """As an importer brings it: one version, with its note."""
    written = desk.publish("Three metres.")
    Correction.objects.create(post_id=written.post_id, revision=1, text="It was three.", at=desk.tick())
    rebuild_liveblog(blog_id=desk.blog.pk, by="Stoppress", at=desk.tick())
    row = PagePost.objects.get()
    assert "It was three." in row.html
    assert "It was three." in row.history_html
    assert "It was three." in row.annotations
    assert "It was three." in PageCorrection.objects.get().html


def test_rebuilt_is_stored(desk: Desk) -> None:
    name = new_post_id(desk.at)
    one, two = publish(desk, picture(name)), desk.publish("Two.")
    amend(desk, one, picture(new_post_id(desk.at + timedelta(seconds=1))), "Another picture.")
    amend(desk, two, "Three.", "Three.")
    withdraw_post(by=desk.by, post_id=two.post_id, reason="Wrong.", at=desk.tick())

    def stored() -> tuple[object, ...]:
        return (
            list(PagePost.objects.order_by("post_id").values()),
            list(PageCorrection.objects.order_by("post_id", "number").values("post_id", "at", "html")),
            list(
                PageMedia.objects.order_by("post_id", "media_id").values("post_id", "media_id", "withdrawn")
            ),
        )

    before = stored()
    rebuild_liveblog(blog_id=desk.blog.pk, by="Stoppress", at=desk.tick())
    assert stored() == before
