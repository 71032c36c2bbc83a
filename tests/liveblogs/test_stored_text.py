"""A corrupt row, a node type from another version (F30): that post is its words, an alert is logged, the page lives."""

from datetime import datetime
from typing import Any

import pytest
from structlog.testing import capture_logs
from tests.desk.conftest import _built_files
from tests.desk.visitor import visitor
from tests.liveblogs.newsdesk import content, open_desk
from tests.people import People

from stoppress.liveblogs.actions.amend_post import amend_post
from stoppress.liveblogs.actions.rebuild_liveblog import rebuild_liveblog
from stoppress.liveblogs.actions.withdraw_post import withdraw_post
from stoppress.liveblogs.models import PagePost, Post, Revision
from stoppress.newsroom.actions.issue_token import issue_token

__all__ = ["_built_files"]  # a fixture of the desk

pytestmark = [pytest.mark.database, pytest.mark.django_db, pytest.mark.long]

PARAGRAPH = {"type": "paragraph", "content": [{"type": "text", "text": "The gate is shut."}]}
ROTTEN: dict[str, tuple[Any, str]] = {
    "an unknown node": (
        {"type": "doc", "content": [PARAGRAPH, {"type": "hologram", "content": [PARAGRAPH]}]},
        "The gate is shut.",
    ),
    "an unknown mark": (
        {"type": "doc", "content": [{"type": "paragraph", "content": [
            {"type": "text", "text": "Shut.", "marks": [{"type": "glow", "attrs": {"hue": 7}}]}
        ]}]},
        "Shut.",
    ),
    "an address that was changed": (
        {"type": "doc", "content": [{"type": "paragraph", "content": [
            {"type": "text", "text": "Shut.", "marks": [{"type": "link", "attrs": {"href": "javascript:x"}}]}
        ]}]},
        "Shut.",
    ),
    "no document": ({"text": "Only these words"}, "Only these words"),
    "a list": (["The", "gate"], ""),
    "a text": ("half a docu", ""),
    "a number": (7, ""),
    "nothing": ({}, ""),
}  # fmt: skip


@pytest.mark.parametrize("what", ROTTEN)
def test_the_page_lives_and_somebody_is_told(what: str, people: People, noon: datetime) -> None:
    rotten, words = ROTTEN[what]
    editor = people("editor")
    desk = open_desk(editor, noon)
    before, broken, after = (desk.publish(text).post_id for text in ("One.", "Two.", "Three."))
    for table, key in ((Post, {"pk": broken}), (Revision, {"post_id": broken})):
        table.objects.filter(**key).update(document=rotten)
    kept = dict(PagePost.objects.exclude(pk=broken).values_list("pk", "html"))

    with capture_logs() as logged:
        assert rebuild_liveblog(blog_id=desk.blog.pk, by="Stoppress", at=desk.tick()) == 3
    alerts = [line for line in logged if line["log_level"] == "error"]
    assert [line["post"] for line in alerts] == [broken]
    assert dict(PagePost.objects.exclude(pk=broken).values_list("pk", "html")) == kept
    shown = PagePost.objects.get(pk=broken)
    assert words in shown.html
    assert "javascript:" not in shown.html

    _goes_on(desk_of(editor), broken)
    desk.publish("Four.")  # the live blog takes posts
    amend_post(by=editor, post_id=broken, content=content("Two, written anew."), at=desk.tick())
    with capture_logs() as logged:
        rebuild_liveblog(blog_id=desk.blog.pk, by="Stoppress", at=desk.tick())
    assert not [line for line in logged if line["log_level"] == "error" and line["post"] == broken]
    assert "Two, written anew." in PagePost.objects.get(pk=broken).html
    withdraw_post(by=editor, post_id=before, reason="Wrong.", at=desk.tick())
    assert PagePost.objects.get(pk=after).html


def desk_of(editor: Any) -> tuple[Any, str]:
    """The editor's browser, and a token of theirs."""
    return visitor(editor), issue_token(email="editor.one@example.org")


def _goes_on(who: tuple[Any, str], broken: str) -> None:
    """Every screen and the API answer, with that post on them."""
    browser, token = who
    for path in ("", f"posts/{broken}/", f"posts/{broken}/content/", f"posts/{broken}/fragment/"):
        assert browser.page(f"/desk/live/surge/{path}").status_code == 200, path
    for path in ("", "/posts", f"/posts/{broken}"):
        answer = browser.client.get(
            f"/api/v1/liveblogs/surge{path}", headers={"Authorization": f"Bearer {token}"}
        )
        assert answer.status_code == 200, path
