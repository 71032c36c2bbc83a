"""A site that is switched off: readers get link cards everywhere, at once, and embeds again when it is on."""

from datetime import timedelta

import pytest
from tests.people import People

from stoppress.document.parse import parse_document
from stoppress.lib import clock
from stoppress.lib.providers import PROVIDERS
from stoppress.liveblogs.actions.amend_post import amend_post
from stoppress.liveblogs.actions.content import NewLiveBlog, PostContent
from stoppress.liveblogs.actions.create_liveblog import create_liveblog
from stoppress.liveblogs.actions.publish_post import publish_new_post
from stoppress.liveblogs.actions.rebuild_liveblog import rebuild_liveblog
from stoppress.liveblogs.actions.switch_embeds import switch_embeds
from stoppress.liveblogs.exports import export
from stoppress.liveblogs.models import LiveBlog, Page, PagePost, Post
from stoppress.liveblogs.refusals import InvalidInput, NotAllowed
from stoppress.newsroom.models import Publisher
from stoppress.newsroom.roles import Staff

pytestmark = [pytest.mark.database, pytest.mark.django_db]

FORMS = ("html", "json_ld", "atom", "rss", "json_feed", "ninjs", "history_html", "annotations")
OFF = [name for name in PROVIDERS if name != "x"]


def content(*texts: str, tweet: str = "") -> PostContent:
    blocks: list[object] = [
        {"type": "paragraph", "content": [{"type": "text", "text": text}]} for text in texts
    ]
    if tweet:
        attrs = {"provider": "x", "url": "https://x.com/ana/status/123", "text": tweet, "author": "Ana"}
        blocks.append({"type": "embed", "attrs": attrs})
    return PostContent(document=parse_document({"type": "doc", "content": blocks}))


def blog(by: Staff, slug: str) -> LiveBlog:
    details = NewLiveBlog(headline="Surge", slug=slug, timezone="UTC", status="live")
    return create_liveblog(by=by, details=details, at=clock.now())


def forms(post_id: str) -> dict[str, str]:
    return dict(PagePost.objects.values(*FORMS).get(pk=post_id))


def test_off_and_on_again(people: People) -> None:
    producer = people("producer")
    blog(producer, "surge")
    blog(producer, "quiet")
    now = clock.now()
    post = publish_new_post(
        by=producer, slug="surge", content=content("See.", tweet="Waves."), at=now
    ).post_id
    publish_new_post(by=producer, slug="quiet", content=content("No “embed” here."), at=now)
    before, quiet = forms(post), Page.objects.get(slug="quiet").changed_seq
    assert 'data-embed="x"' in before["html"]

    assert switch_embeds(by=producer, enabled=OFF, at=now) == 1
    off, page = forms(post), Page.objects.get(slug="surge")
    assert not any("data-embed" in text or "data-frame" in text for text in off.values())
    assert '<a class="card" href="https://x.com/ana/status/123"' in off["html"]
    assert "Waves." in off["html"]
    assert page.reload_seq == page.changed_seq  # open pages fetch theirs afresh
    assert Page.objects.get(slug="quiet").changed_seq == quiet
    assert b"data-embed" not in export(producer, "surge", "html")
    assert b'"embed"' in export(producer, "surge", "archive")
    assert Post.objects.get(pk=post).document["content"][1]["type"] == "embed"

    switch_embeds(by=producer, enabled=list(PROVIDERS), at=now)
    assert forms(post) == before


def test_what_comes_later_and_the_pinned_copy_are_cards_too(people: People) -> None:
    producer = people("producer")
    row = blog(producer, "surge")
    switch_embeds(by=producer, enabled=OFF, at=clock.now())
    written = publish_new_post(
        by=producer, slug="surge", content=content("See.", tweet="Waves."), at=clock.now()
    )
    assert "data-embed" not in forms(written.post_id)["html"]
    stored = forms(written.post_id)
    rebuild_liveblog(blog_id=row.pk, by="Test", at=clock.now())
    assert forms(written.post_id) == stored


def test_history_compares_like_with_like(people: People) -> None:
    """A site that is off must not look like a change of words between two versions."""
    producer = people("producer")
    blog(producer, "surge")
    at = clock.now() - timedelta(minutes=1)
    post = publish_new_post(by=producer, slug="surge", content=content("One.", tweet="Waves."), at=at).post_id
    amend_post(
        by=producer, post_id=post, content=content("Two.", tweet="Waves."), base_revision=None, at=clock.now()
    )
    switch_embeds(by=producer, enabled=OFF, at=clock.now())
    history = forms(post)["history_html"]
    assert "Post on X" not in history
    assert "Post by Ana" in history


@pytest.mark.parametrize("role", ["reporter", "editor", "moderator"])
def test_others_may_not(role: str, people: People) -> None:
    with pytest.raises(NotAllowed, match="ask a producer"):
        switch_embeds(by=people(role), enabled=[], at=clock.now())
    assert Publisher.objects.get().embed_providers == list(PROVIDERS)


def test_an_unknown_name(people: People) -> None:
    with pytest.raises(InvalidInput, match="geocities"):
        switch_embeds(by=people("admin"), enabled=["x", "geocities"], at=clock.now())
    assert Publisher.objects.get().embed_providers == list(PROVIDERS)
