"""The title's own pages on real databases: what search, authors, topics and policies show, and what they never show."""

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection
from tests.edge.client import Reply, get
from tests.liveblogs.newsdesk import Desk, content, open_desk
from tests.people import People

from stoppress.accounts.models import User
from stoppress.bus.memory import MemoryBus
from stoppress.edge.app import Edge
from stoppress.edge.postgres_store import PostgresStore
from stoppress.edge.sqlite_store import SqliteStore
from stoppress.edge.store import Store
from stoppress.lib import assets, limits
from stoppress.liveblogs.actions.amend_post import amend_post
from stoppress.liveblogs.actions.change_liveblog import LiveBlogChange, change_liveblog
from stoppress.liveblogs.actions.change_status import close_liveblog
from stoppress.liveblogs.actions.content import PostContent
from stoppress.liveblogs.actions.draft_post import draft_post
from stoppress.liveblogs.actions.keep_author import AuthorWords, keep_author
from stoppress.liveblogs.actions.keep_policies import keep_machine_texts, keep_policy
from stoppress.liveblogs.actions.rebuild_liveblog import rebuild_liveblog
from stoppress.liveblogs.actions.withdraw_post import withdraw_post
from stoppress.liveblogs.models import LiveBlog, Media, PageByline, PagePost, PageText, PageTopic
from stoppress.liveblogs.refusals import InvalidInput, NotAllowed
from stoppress.newsroom.refusals import ManagersOnly

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]

EVERY_PATH = ("/", "/search?q={word}", "/search?in=surge", "/search?by=ana", "/by/ana-ruiz", "/topic/floods")


def _store() -> Store:
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return SqliteStore(Path(str(facts["NAME"])))
    user, password = quote(str(facts["USER"])), quote(str(facts["PASSWORD"]))
    return PostgresStore(f"postgresql://{user}:{password}@{facts['HOST']}:{facts['PORT']}/{facts['NAME']}")


@pytest.fixture
def ana(people: People, noon: datetime) -> Desk:
    """An editor at a live blog."""
    return open_desk(people("editor", "Ana Ruiz"), noon)


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    names = ("reader.css", "reader.js", "reader-later.js", "front.js", "title.css")
    (tmp_path / "manifest.json").write_text(json.dumps(dict(zip(names, names, strict=True))))
    monkeypatch.setattr(assets, "FOLDER", tmp_path)
    assets._manifest.cache_clear()
    yield
    assets._manifest.cache_clear()


def read(path: str, tmp_path: Path = Path("/nowhere")) -> Reply:
    """What a reader gets there now, from a process that has just begun."""
    store = _store()
    edge = Edge(store=store, bus=MemoryBus(), media_root=tmp_path, public_url="https://news.example")
    try:
        return get(edge, path, accept="text/html")
    finally:
        asyncio.run(store.close())


def test_search_finds_words_whatever_their_case_and_accents(ana: Desk) -> None:
    ana.publish("The sluice at Kerč was shut.", headline="Évacuation begins")
    ana.publish("Nothing of the kind.")
    for words in ("evacuation", "ÉVACUATION", "kerc shut", "sluic", "évac"):
        page = read(f"/search?q={quote(words)}")
        assert page.status == 200
        assert "<mark>" in page.text, words
        assert "Nothing of the kind" not in page.text
    assert "<mark>Évacuation</mark> begins" in read("/search?q=evacuation").text
    assert "Nothing was found" in read("/search?q=sluice+nothing").text


def test_what_is_found_in_another_language_keeps_its_own_direction(ana: Desk) -> None:
    LiveBlog.objects.filter(pk=ana.blog.pk).update(language="ar")
    ana.publish("أُغلقت البوابات.", headline="البوابات", key_event=True)
    page = read(f"/search?q={quote('البوابات')}").text
    assert '<li lang="ar" dir="rtl">' in page
    assert '<span class="label" lang="en" dir="ltr">Key event</span>' in page
    assert '<span lang="en" dir="ltr"><time' in page


def test_the_headline_weighs_more_than_the_text(ana: Desk) -> None:
    ana.publish("The bridge is mentioned here.", headline="Traffic")
    ana.publish("Something else.", headline="The bridge")
    ana.publish("A bridge again.", headline="Later")
    text = read("/search?q=bridge").text
    assert text.index("The <mark>bridge</mark></bdi></a>") < text.index("<bdi>Traffic<")


def test_search_is_narrowed_by_live_blog_author_day_and_key_events(ana: Desk, people: People) -> None:
    ana.publish("Storm one.", headline="First", key_event=True)
    other = open_desk(people("editor", "Bo Lind"), datetime(2026, 5, 2, 12, tzinfo=UTC), slug="council")
    other.publish("Storm two.", headline="Second")
    days = ("from=2026-05-01", "to=2026-05-01", "from=x")
    found = {
        query: (">First<" in text, ">Second<" in text)
        for query in (*("in=surge", "in=council", "by=bo+lind", "by=BO", "key=1"), *days)
        if (text := read(f"/search?q=storm&{query}").text)
    }
    first_day = ana.at.date().isoformat() <= "2026-05-01"
    assert found == {
        "in=surge": (True, False),
        "in=council": (False, True),
        "by=bo+lind": (False, True),
        "by=BO": (False, False),
        "key=1": (True, False),
        "from=2026-05-01": (not first_day, True),
        "to=2026-05-01": (first_day, False),
        "from=x": (True, True),
    }
    assert ">First<" in read("/search?in=surge").text  # without words: the newest


def test_what_is_asked_is_escaped_and_never_read_as_a_query(ana: Desk) -> None:
    ana.publish("<b>5 < 6</b> & so on.", headline='"quoted" OR')
    for query in (
        '"',
        "a OR b",
        "NEAR(x",
        "*",
        "' | 'x':*",
        "<script>",
        "title_words:x",
        "-",
        "\x00",
        "so <b>",
    ):
        page = read(f"/search?q={quote(query)}")
        assert page.status == 200, query
        assert "<script>a" not in page.text
        assert "<b>" not in page.text
    assert "&lt;b&gt;5 &lt; 6&lt;/b&gt; &amp; <mark>so</mark> on." in read("/search?q=so").text
    assert read(f"/search?q={'x' * 5000}&page=99999999999999999999&in={'y' * 900}").status == 200


def test_drafts_and_withdrawn_words_are_in_no_page_of_the_title(ana: Desk) -> None:
    change_liveblog(by=ana.by, slug="surge", change=LiveBlogChange(topics=("Floods",)), at=ana.tick())
    keep_author(
        by=ana.by, user_id=ana.by.user_id, words=AuthorWords(role="Editor"), portrait=None, at=ana.tick()
    )
    draft_post(by=ana.by, slug="surge", content=content("Zebrasecret draft."), at=ana.tick())
    gone = ana.publish("Zebrasecret withdrawn.", headline="Zebrasecret head", key_event=True)
    amended = ana.publish("Zebrasecret before.")
    amend_post(
        by=ana.by, post_id=amended.post_id, content=content("Other words."), base_revision=1, at=ana.tick()
    )
    assert "Zebrasecret" in read("/search?q=zebrasecret").text.replace("<mark>", "")
    assert "Zebrasecret" in read("/").text
    withdraw_post(by=ana.by, post_id=gone.post_id, reason="Wrong.", at=ana.tick())
    open_desk(ana.by, ana.tick(), slug="hidden", status="draft").publish("Zebrasecret in a draft.")
    for path in EVERY_PATH:
        assert "Zebrasecret" not in read(path.format(word="zebra")).text, path
    assert not PageText.objects.filter(post_id=gone.post_id).exists()
    assert not PageByline.objects.filter(post_id=gone.post_id).exists()


def test_the_index_is_the_same_when_it_is_made_again(ana: Desk) -> None:
    change_liveblog(by=ana.by, slug="surge", change=LiveBlogChange(topics=("Floods", "Київ")), at=ana.tick())
    ana.publish("One gate.", headline="Gates")
    withdraw_post(by=ana.by, post_id=ana.publish("Two gates.").post_id, reason="Wrong.", at=ana.tick())

    def rows() -> list[object]:
        return [
            sorted(
                PageText.objects.values_list("post_id", "title_words", "text_words", "text", "moment_html")
            ),
            sorted(PageByline.objects.values_list("post_id", "name", "name_key", "at")),
            sorted(PageTopic.objects.values_list("slug", "name")),
        ]

    before, seq = rows(), ana.blog.last_seq
    rebuild_liveblog(blog_id=ana.blog.pk, by="rebuild", at=ana.tick())
    ana.blog.refresh_from_db()
    assert (rows(), before[2]) == (before, [("floods", "Floods"), ("киів", "Київ")])
    assert "<mark>gate</mark>" in read("/search?q=gate").text
    assert seq <= ana.blog.last_seq


def test_row_18_a_byline_says_who_with_role_and_portrait(ana: Desk) -> None:
    written = ana.publish("The gate is shut.")
    portrait = _portrait(ana)
    words = AuthorWords(
        role="Europe correspondent", biography="Ana is here.\n\nStill.", alt="Ana in the rain"
    )
    keep_author(by=ana.by, user_id=ana.by.user_id, words=words, portrait=portrait, at=ana.tick())
    html = PagePost.objects.get(pk=written.post_id).html
    assert '<a rel="author" href="/by/ana-ruiz"><bdi>Ana Ruiz</bdi></a>' in html
    assert '<span class="role">Europe correspondent' in html
    assert 'src="/media/' in html
    assert 'alt="Ana in the rain"' in html
    page = read("/by/ana-ruiz").text
    for part in (
        "<h1>Ana Ruiz</h1>",
        "Europe correspondent",
        "Still.",
        'alt="Ana in the rain"',
        "The gate is shut.",
    ):
        assert part in page, part
    assert '"jobTitle":"Europe correspondent"' in page
    assert "@example" not in page  # no address of an account
    keep_author(
        by=ana.by, user_id=ana.by.user_id, words=AuthorWords(shown=False), portrait=None, at=ana.tick()
    )
    assert read("/by/ana-ruiz").status == 404
    assert 'rel="author"' not in PagePost.objects.get(pk=written.post_id).html


def test_two_people_of_one_name_never_share_a_page(ana: Desk, people: People) -> None:
    keep_author(by=ana.by, user_id=ana.by.user_id, words=AuthorWords(), portrait=None, at=ana.tick())
    other = people("reporter", "Other Person")
    namesake = _user(other.user_id)
    namesake.name = "Ana Ruiz"
    namesake.save()
    with pytest.raises(InvalidInput, match="somebody else's page"):
        keep_author(by=other, user_id=other.user_id, words=AuthorWords(), portrait=None, at=ana.tick())
    with pytest.raises(ManagersOnly):
        keep_author(by=other, user_id=ana.by.user_id, words=AuthorWords(), portrait=None, at=ana.tick())


def test_a_page_stays_for_who_has_left_and_follows_a_new_name(ana: Desk, people: People) -> None:
    producer = people("producer", "Pia Stage")
    ana.publish("Under the old name.")
    keep_author(by=producer, user_id=ana.by.user_id, words=AuthorWords(), portrait=None, at=ana.tick())
    user = _user(ana.by.user_id)
    user.name, user.is_active = "Ana Lind", False
    user.save()
    keep_author(by=producer, user_id=user.pk, words=AuthorWords(), portrait=None, at=ana.tick())
    page = read("/by/ana-ruiz").text
    assert "<h1>Ana Lind</h1>" in page
    assert "Under the old name." in page


def test_topics_gather_live_blogs(ana: Desk) -> None:
    topics = ("Floods", "floods ", "Київ & Одеса")
    change_liveblog(by=ana.by, slug="surge", change=LiveBlogChange(topics=topics), at=ana.tick())
    ana.publish()
    live = read("/live/surge").text
    assert live.count('rel="tag"') == 2
    page = read("/topic/floods")
    assert (page.status, "<h1>Floods</h1>" in page.text, 'data-card="surge"' in page.text) == (
        200,
        True,
        True,
    )
    assert read("/topic/киів-одеса").status == 200
    change_liveblog(by=ana.by, slug="surge", change=LiveBlogChange(topics=()), at=ana.tick())
    assert read("/topic/floods").status == 404
    for bad in (("!!!",), ("x" * 61,), tuple(f"t{number}" for number in range(11))):
        with pytest.raises(InvalidInput):
            change_liveblog(by=ana.by, slug="surge", change=LiveBlogChange(topics=bad), at=ana.tick())


def test_policies_are_read_linked_and_told_to_machines(ana: Desk, people: People) -> None:
    producer = people("producer", "Pia Stage")
    assert read("/about").status == read("/about/ethics").status == 404
    keep_policy(by=producer, kind="ethics", text="We are **fair**.\n\n<script>", at=ana.tick())
    page = read("/about/ethics").text
    assert "<strong>fair</strong>" in page
    assert "&lt;script&gt;" in page
    for path in ("/", "/live/surge", "/about", "/search"):
        assert 'href="/about/ethics"' in read(path).text, path
    assert '"ethicsPolicy":"' in read("/live/surge").text.split("</head>")[0]
    keep_policy(by=producer, kind="ethics", text=" ", at=ana.tick())
    assert read("/about/ethics").status == 404
    assert "/about/ethics" not in read("/live/surge").text
    with pytest.raises(NotAllowed):
        keep_policy(by=ana.by, kind="ethics", text="x", at=ana.tick())


def test_texts_for_machines(ana: Desk, people: People) -> None:
    producer = people("producer", "Pia Stage")
    assert read("/.well-known/security.txt").status == read("/trust.txt").status == 404
    good = "Contact: mailto:security@news.example\r\nExpires: 2999-01-01T00:00:00Z"
    keep_machine_texts(by=producer, security_txt=good, trust_txt="social=https://x.example", at=ana.tick())
    assert read("/.well-known/security.txt").text == good.replace("\r\n", "\n") + "\n"
    assert read("/trust.txt").headers["content-type"].startswith("text/plain")
    for bad in (
        "Hello",
        "Contact: mailto:a@b.example",
        "Contact: mailto:a@b.example\nExpires: 2001-01-01T00:00:00Z",
    ):
        with pytest.raises(InvalidInput):
            keep_machine_texts(by=producer, security_txt=bad, trust_txt="", at=ana.tick())


def test_the_front_page_is_led_by_the_newest_that_is_live(ana: Desk, people: People) -> None:
    ana.publish("Gate shut.", headline="Gate shut", key_event=True)
    later = open_desk(people("editor", "Bo Lind"), ana.tick(), slug="council")
    front = read("/").text
    assert front.index('data-card="council"') < front.index('data-card="surge"')
    assert front.count("lead-card") == 1
    ana.publish("Another post does not move the page.")
    assert read("/").text.index('data-card="council"') < read("/").text.index('data-card="surge"')
    close_liveblog(by=later.by, slug="council", at=later.tick())
    front = read("/").text
    assert front.index("lead-card") < front.index('data-card="surge"') < front.index('data-card="council"')
    assert 'class="turning"' in front


def test_searches_are_paced(ana: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "READER_SEARCHES_PER_MINUTE", 1)
    store = _store()
    edge = Edge(store=store, bus=MemoryBus(), media_root=Path("/nowhere"), public_url="https://news.example")
    assert ana.blog.slug
    try:
        replies = [get(edge, "/search?q=a", accept="text/html") for _ in range(2)]
        assert [reply.status for reply in replies] == [200, 429]
        assert int(replies[1].headers["retry-after"]) > 0
        assert get(edge, "/search", accept="text/html").status == 200  # the form itself costs nothing
    finally:
        asyncio.run(store.close())


def _portrait(desk: Desk) -> Media:
    size = {"src": "/media/0123456789abcdefghjk/480.webp", "width": 480, "height": 480}
    return Media.objects.create(
        pk="0123456789abcdefghjk", publisher_id=desk.by.publisher_id, width=480, height=480, renditions=[size]
    )


def _user(user_id: int) -> User:
    return User.objects.get(pk=user_id)


def test_an_account_without_a_name_gets_no_page(ana: Desk) -> None:
    user = _user(ana.by.user_id)
    user.name = ""
    user.save()
    with pytest.raises(InvalidInput, match="set it first"):
        keep_author(by=ana.by, user_id=user.pk, words=AuthorWords(), portrait=None, at=ana.tick())


def test_bylines_of_others_lead_nowhere(ana: Desk) -> None:
    post = PostContent(document=content("By an agency.").document, byline=("Reuters",))
    amend = ana.publish("By Ana.")
    amend_post(by=ana.by, post_id=amend.post_id, content=post, base_revision=1, at=ana.tick())
    assert 'rel="author"' not in PagePost.objects.get(pk=amend.post_id).html
