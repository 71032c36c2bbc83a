"""What a reader's page must have, row by row, asked for as a browser without a script asks."""

import asyncio
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.edge.client import Reply
from tests.edge.client import ask as request
from tests.liveblogs.newsdesk import Desk, content, open_desk
from tests.people import People
from tests.property.test_page_plus_changes import store

from stoppress.bus.memory import MemoryBus
from stoppress.document.markdown import from_markdown
from stoppress.document.parse import parse_document
from stoppress.edge.app import Edge
from stoppress.liveblogs.actions.amend_post import amend_post
from stoppress.liveblogs.actions.change_status import close_liveblog
from stoppress.liveblogs.actions.content import PostContent
from stoppress.liveblogs.actions.pin_post import pin_post
from stoppress.liveblogs.actions.publish_post import publish_new_post
from stoppress.liveblogs.actions.withdraw_post import withdraw_post

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]

PUBLIC = "https://gazette.example"


@pytest.fixture
def desk(people: People, noon: datetime) -> Desk:
    return open_desk(people("editor", "Ana Editor"), noon)


def ask(address: str, status: int = 200) -> str:
    """The page at `address`, from the database of this test."""

    async def asked() -> Reply:
        reads = store()
        edge = Edge(store=reads, bus=MemoryBus(), media_root=Path("no-pictures"), public_url=PUBLIC)
        try:
            return await request(edge, address)
        finally:
            await reads.close()

    page = asyncio.run(asked())
    assert page.status == status, address
    return page.text


def slot(page: str, name: str) -> str:
    """What stands in a slot."""
    return page.partition(f'data-slot="{name}"')[2].partition(">")[2].partition('<div data-slot="')[0]


def post(page: str, post_id: str) -> str:
    """The bytes of one post."""
    found = re.search(rf'<article[^>]* id="post-{post_id}".*?</article>', page, re.DOTALL)
    assert found
    return found[0]


def publish(desk: Desk, markdown: str) -> str:
    document = from_markdown(markdown)
    written = publish_new_post(
        by=desk.by, slug="surge", content=PostContent(document=document), at=desk.tick()
    )
    return str(written.post_id)


def test_row_09_a_pinned_post_is_open_while_it_is_the_newest(desk: Desk) -> None:
    pinned = desk.publish("What to do when the siren sounds.", headline="If you live by the harbour")
    pin_post(by=desk.by, post_id=pinned.post_id, at=desk.tick())
    shown = slot(ask("/live/surge"), "pinned")
    assert '<details class="box pinned-box" open><summary>' in shown  # which a keyboard opens and folds
    assert "What to do when the siren sounds." in shown
    desk.publish("The siren sounds.")
    page = ask("/live/surge")
    assert '<details class="box pinned-box"><summary>' in slot(page, "pinned")
    assert page.count(f'id="post-{pinned.post_id}"') == 1  # the copy has none


def test_row_10_key_events_are_a_list_with_a_heading_jump_links_and_a_skip_link(desk: Desk) -> None:
    alarm = desk.publish("It is rising.", headline="Alarm", key_event=True)
    desk.publish("Somebody waved.")
    shut = desk.publish("It is shut.", headline="Gate shut", key_event=True)
    page = ask("/live/surge")
    listed = slot(page, "key_events")
    assert '<a class="skip to-key-events" href="#key-events">' in page
    assert 'id="key-events"' in page
    assert "<h2>Key events</h2>" in listed
    links = re.findall(r'href="([^"]*)" data-post="(\w+)"', listed)
    assert [post_id for _, post_id in links] == [shut.post_id, alarm.post_id]
    for address, post_id in links:
        assert address == f"/live/surge?from={post_id}#post-{post_id}"
        assert f'id="post-{post_id}"' in ask(address.partition("#")[0])


def test_row_10_once_it_is_closed_it_is_an_index_with_the_summaries(desk: Desk) -> None:
    alarm = desk.publish("It is rising.", headline="Alarm", key_event=True)
    first = desk.publish("One quay is under water.", headline="At six", summary=True)
    last = desk.publish("Three are.", headline="At midnight", summary=True, key_event=True)
    assert first.post_id not in slot(ask("/live/surge"), "key_events")
    close_liveblog(by=desk.by, slug="surge", at=desk.tick())
    page = ask("/live/surge")
    listed = re.findall(r'data-post="(\w+)"', slot(page, "key_events"))
    assert listed == [alarm.post_id, first.post_id, last.post_id]
    assert slot(page, "key_events").count('<b class="label">Summary</b>') == 2
    assert "<title>Storm surge reaches the harbour – as it happened | " in page


def test_row_11_the_summary_has_a_box_with_its_own_time(desk: Desk) -> None:
    summary = desk.publish("One quay is under water.", headline="Where things stand", summary=True)
    desk.publish("The siren sounds.")
    box = slot(ask("/live/surge"), "summary")
    assert '<details class="box summary-box" open>' in box
    assert 'datetime="2026-03-14T12:01:00Z"' in box
    assert "Where things stand" in box
    assert f"?from={summary.post_id}#post-{summary.post_id}" in box


def test_row_12_nothing_hides_posts_from_the_reader(desk: Desk) -> None:
    desk.publish("Not a key event.")
    desk.publish("One.", key_event=True)
    for query in ("", "?order=oldest", "?filter=key-events"):
        page = ask(f"/live/surge{query}")
        assert page.count('<article class="post') == 2
        assert not re.search(r"<select|type=\"(checkbox|search)\"", page)


def test_row_13_a_post_has_an_address_that_works_alone(desk: Desk) -> None:
    written = desk.publish("The gate is shut.", headline="Shut")
    path = f"/live/surge/posts/{written.post_id}"
    whole, alone = ask("/live/surge"), ask(path)
    assert f'href="{path}"' in post(whole, written.post_id)
    assert post(alone, written.post_id) == post(whole, written.post_id)
    assert f'<link rel="canonical" href="{PUBLIC}{path}">' in alone
    assert "<title>Shut" in alone
    among = f"/live/surge?from={written.post_id}#post-{written.post_id}"
    assert f'href="{among}"' in alone
    assert f'id="post-{written.post_id}"' in ask(among.partition("#")[0])


def test_row_13_and_says_so_when_the_post_is_withdrawn(desk: Desk) -> None:
    written = desk.publish("Police named somebody.", headline="A name")
    withdraw_post(by=desk.by, post_id=written.post_id, reason="Given in error.", at=desk.tick())
    alone = ask(f"/live/surge/posts/{written.post_id}", 410)
    assert "Given in error." in alone
    assert '<meta name="robots" content="noindex">' in alone
    for page in (alone, ask("/live/surge"), ask("/live/surge?order=oldest"), ask("/live/surge/print")):
        assert "named somebody" not in page
        assert "A name" not in page
        assert post(page, written.post_id) == post(alone, written.post_id)


def test_row_17_it_says_when_a_post_came_and_when_it_was_changed(desk: Desk) -> None:
    written = desk.publish("Two metres.")
    assert "Updated at" not in post(ask("/live/surge"), written.post_id)
    desk.at += timedelta(hours=1)
    amend_post(by=desk.by, post_id=written.post_id, content=content("2 metres."), at=desk.tick())
    changed = post(ask("/live/surge"), written.post_id)
    assert changed.index("2026-03-14T12:01:00Z") < changed.index("Updated at")
    assert 'datetime="2026-03-14T13:02:00Z"' in changed.partition("Updated at")[2]
    assert "correction" not in changed
    amend_post(
        by=desk.by,
        post_id=written.post_id,
        content=content("3 metres."),
        correction="It was three.",
        at=desk.tick(),
    )
    assert "It was three." in post(ask("/live/surge"), written.post_id)


def test_row_18_each_post_says_who_wrote_it_and_where(desk: Desk) -> None:
    said = PostContent(
        document=content().document, dateline="Fish Quay", byline=("Marit Oldenkamp", "Joost de Wit")
    )
    written = publish_new_post(by=desk.by, slug="surge", content=said, at=desk.tick())
    own = desk.publish("Another.")
    page = ask("/live/surge")
    for name in ("Marit Oldenkamp", "Joost de Wit", "Fish Quay"):
        assert name in post(page, written.post_id)
    assert "Ana Editor" in post(page, own.post_id)


def test_row_19_pictures_have_a_size_words_for_it_and_a_credit(desk: Desk) -> None:
    source = "/media/0123456789abcdefghjk/480.webp"
    image = {"src": source, "alt": "Boats in a row", "caption": "Fish Quay at noon", "credit": "Ana Editor"}
    image |= {"width": 480, "height": 320}  # type: ignore[dict-item]  # numbers among words
    document = parse_document({"type": "doc", "content": [{"type": "image", "attrs": image}]})
    written = publish_new_post(
        by=desk.by, slug="surge", content=PostContent(document=document), at=desk.tick()
    )
    html = post(ask("/live/surge"), written.post_id)
    tag = re.search(r"<img[^>]*>", html)
    assert tag
    for told in (f'src="{source}"', 'width="480"', 'height="320"', 'alt="Boats in a row"'):
        assert told in tag[0]
    caption = html.partition("<figcaption")[2].partition("</figcaption>")[0]
    assert "Fish Quay at noon" in caption
    assert "Ana Editor" in caption


def test_row_21_quotes_lists_tables_and_links_are_what_they_are(desk: Desk) -> None:
    written = publish(
        desk,
        "> Stay in.\n\n- one\n- two\n\n3. three\n\n| Gauge | Now |\n|---|---|\n| Lock | 3.1 |\n\n"
        "**Stay** [inside](https://example.org/inside).",
    )
    html = post(ask("/live/surge"), written)
    for tag in ("<blockquote", "<ul>", '<ol start="3">', "<table>", "<th", "<strong>"):
        assert tag in html, tag
    assert 'href="https://example.org/inside"' in html
    card = {"url": "https://example.org/a", "title": "Tides", "description": "When", "site": "Example"}
    document = parse_document({"type": "doc", "content": [{"type": "link_card", "attrs": card}]})
    last = publish_new_post(by=desk.by, slug="surge", content=PostContent(document=document), at=desk.tick())
    html = post(ask("/live/surge"), last.post_id)
    assert "Tides" in html
    assert 'href="https://example.org/a"' in html
    assert "<img" not in html
