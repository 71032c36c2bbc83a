"""The desk's search: found by every word wherever it stands, and only what this person may see."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from tests.desk.ground import Ground
from tests.desk.visitor import BLOG, POSTS
from tests.liveblogs.newsdesk import content
from tests.people import People

from stoppress.archive.format import Reading
from stoppress.desk.views import search
from stoppress.lib import clock, limits
from stoppress.lib.pace import Pace
from stoppress.liveblogs import access
from stoppress.liveblogs.actions.content import NewLiveBlog, PostContent
from stoppress.liveblogs.actions.create_liveblog import create_liveblog
from stoppress.liveblogs.actions.draft_post import discard_draft
from stoppress.liveblogs.actions.import_liveblog import import_liveblog
from stoppress.liveblogs.actions.publish_post import publish_new_post
from stoppress.liveblogs.models import Post, PostWords
from stoppress.liveblogs.queries import archive_of
from stoppress.liveblogs.search import Asked, search_posts
from stoppress.newsroom.roles import Staff

pytestmark = [pytest.mark.database, pytest.mark.django_db]

SEARCH = "/desk/search/"


def second_blog(by: Staff, status: str = "live") -> None:
    details = NewLiveBlog(headline="Council budget", slug="budget", timezone="UTC", status=status)
    create_liveblog(by=by, details=details, at=clock.now())


def titles(by: Staff, **asked: object) -> list[str]:
    found = search_posts(by, Asked(**asked))  # type: ignore[arg-type]  # as given
    return [post.headline or post.pk for post in found.posts]


def test_every_word_is_found_wherever_it_stands(people: People) -> None:
    on = Ground(people)
    document = content("Voda u Kerčenského mostu stoupá.").document
    post = PostContent(document=document, headline="The Bridge", dateline="Kerch", byline=("Ana Owner",))
    publish_new_post(by=on.owner, slug="surge", content=post, at=on.at)
    for words in ("bridge", "KERCENSKEHO", "mostu bridge", "ana kerch", "surge stoup", "  Storm   BRIDGE "):
        assert titles(on.owner, words=words) == ["The Bridge"], words
    for words in ("bridge budget", "most\\u", "%", "_", "'"):
        assert titles(on.owner, words=words) == [], words


def test_the_newest_text_is_what_counts(people: People) -> None:
    on = Ground(people)
    owner = on.visitor("owner")
    post = owner.publish("The gate holds.", headline="Gate")
    body = {"key": "k", "intent": "amend", "headline": "Gate", "document": content("It broke.").document.root}
    assert owner.send(f"{POSTS}{post}/content/", body).status_code == 200
    assert titles(on.owner, words="holds") == []
    assert titles(on.owner, words="broke") == ["Gate"]
    draft = owner.draft("Perhaps a leak.")
    assert titles(on.owner, words="leak") == [draft]
    discard_draft(by=on.owner, post_id=draft, at=clock.now())
    assert titles(on.owner, words="leak") == []
    assert PostWords.objects.count() == Post.objects.count()


def test_filters_narrow_and_nothing_asked_finds_nothing(people: People) -> None:
    on = Ground(people).filled()
    editor = people("editor", "Edith Lead")
    second_blog(editor)
    publish_new_post(
        by=editor,
        slug="budget",
        content=PostContent(document=content("Taxes text.").document, headline="Taxes"),
        at=on.at,
    )
    assert titles(editor) == []
    assert titles(editor, slug="budget") == ["Taxes"]
    assert titles(editor, words="text", author=editor.user_id) == ["Taxes"]
    assert titles(editor, words="text", state="draft") == [on.draft.pk]
    assert set(titles(editor, words="text", slug="surge")) == {on.public.pk, on.draft.pk, on.scheduled.pk}


@pytest.mark.parametrize("role", ["reporter", "moderator", "editor", "producer", "admin"])
def test_nobody_finds_what_they_may_not_see(role: str, people: People) -> None:
    on = Ground(people).filled()
    somebody = people(role, "Some Body")
    found = {post.pk for post in search_posts(somebody, Asked(words="text")).posts}
    assert found == {post.pk for post in Post.objects.all() if access.may_see_post(somebody, post)}
    shows = on.visitor("colleague").page(f"{SEARCH}?q=text").content.decode()
    assert "Draft text." not in shows
    assert "Public text." in shows


def test_a_withdrawn_post_is_found_and_its_words_are_not_repeated(people: People) -> None:
    on = Ground(people)
    post = on.visitor("owner").publish("An untrue sentence.")
    on.visitor("owner").press(f"{POSTS}{post}/withdraw/", reason="It was wrong.")
    page = on.visitor("colleague").page(f"{SEARCH}?q=untrue").content.decode()
    assert "Withdrawn post" in page
    assert "An untrue sentence." not in page


def test_the_screen_links_to_posts_and_keeps_what_was_asked(people: People) -> None:
    on = Ground(people).filled()
    owner = on.visitor("owner")
    page = owner.page(f"{SEARCH}?q=draft&state=draft&live=surge&author={on.owner.user_id}").content.decode()
    assert f'href="{POSTS}{on.draft.pk}/"' in page
    assert page.count(" selected") == 3
    assert "1 post<" in page
    hostile = owner.page(f"{SEARCH}?q=%3Cscript%3E&state=x&author=x&live=%27").content.decode()
    assert "<script>" not in hostile.split("<main")[1]
    part = owner.ask(f"{SEARCH}?q=draft").json()["html"]
    assert "Draft text." in part
    assert "<main" not in part


def test_there_is_an_end_to_results_and_to_asking(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    on = Ground(people).filled()
    monkeypatch.setattr(limits, "SEARCH_ROWS", 2)
    assert "The newest 2 of more" in on.visitor("owner").page(f"{SEARCH}?q=text").content.decode()
    monkeypatch.setattr(search, "pace", Pace(1))
    monkeypatch.setattr(clock, "now", lambda at=on.at: at)
    owner = on.visitor("owner")
    assert owner.ask(f"{SEARCH}?q=text").status_code == 200
    assert owner.ask(f"{SEARCH}?q=text").status_code == 429
    assert owner.ask(f"{BLOG}linkable/?q=text").headers["Retry-After"]


def test_links_are_offered_to_what_readers_can_open(people: People) -> None:
    on = Ground(people).filled()
    editor = people("editor", "Edith Lead")
    second_blog(editor)
    later = on.at + timedelta(minutes=1)
    text = PostContent(document=content("More public text.").document, headline="Taxes")
    publish_new_post(by=editor, slug="budget", content=text, at=later)
    posts = on.visitor("owner").ask(f"{BLOG}linkable/?q=public").json()["posts"]
    assert [post["title"] for post in posts] == ["Public text.", "Taxes"]
    assert posts[0]["href"] == f"/live/surge/posts/{on.public.pk}"
    assert "Council budget" in posts[1]["where"]
    assert [post["title"] for post in on.visitor("owner").ask(f"{BLOG}linkable/").json()["posts"]] == [
        "Public text."
    ]
    assert on.visitor("moderator").ask(f"{BLOG}linkable/?q=public").status_code == 403


def test_posts_from_before_the_search_are_found(people: People) -> None:
    on = Ground(people).filled()
    PostWords.objects.all().delete()
    assert titles(on.owner, words="text") == []
    import_module("stoppress.liveblogs.migrations.0007_at_hand").index_posts(apps, None)
    assert set(titles(on.owner, words="text")) == {on.public.pk, on.draft.pk, on.scheduled.pk}


def test_imported_posts_are_found(people: People) -> None:
    assert Ground(people).filled()
    editor = people("editor", "Edith Lead")
    reading = Reading(archive=archive_of(editor, "surge"), format="archive", skipped=())
    import_liveblog(by=editor, reading=reading, slug="again", status="closed", at=clock.now())
    assert len(titles(editor, words="public text", slug="again")) == 1
