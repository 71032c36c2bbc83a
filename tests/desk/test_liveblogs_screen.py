"""The list of live blogs, making one, changing its head."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from tests.desk.ground import Ground, open_surge
from tests.desk.visitor import BLOG, visitor
from tests.people import People

from stoppress.events import reach
from stoppress.lib import limits
from stoppress.liveblogs.models import LiveBlog

pytestmark = [pytest.mark.database, pytest.mark.django_db]

FIELDS = {
    "headline": "Budget night",
    "standfirst": "",
    "timezone": "Europe/Kyiv",
    "slug": "",
    "status": "draft",
}


def test_an_empty_newsroom_is_told_how_to_begin(people: People) -> None:
    page = visitor(people("editor")).page("/desk/").content.decode()
    assert "Nothing is running" in page
    assert "New live blog" in page
    assert "New live blog" not in visitor(people("reporter")).page("/desk/").content.decode()


def test_live_blogs_are_listed_by_status_with_people_and_age(people: People) -> None:
    on = Ground(people)
    editor = on.visitor("editor")
    editor.form("/desk/new/", **FIELDS)
    on.visitor("owner").press(f"{BLOG}shift/", to="start")
    assert on.public
    page = editor.page("/desk/").content.decode()
    assert page.index("Storm surge") < page.index("Budget night")
    assert "Ana Owner" in page
    assert "5 min ago" in page


def test_readers_now_stand_beside_those_that_have_some(people: People) -> None:
    on = Ground(people)
    number = LiveBlog.objects.get(slug="surge").pk
    assert on.public
    for said, shown in ((f"{number}=1204,9999=3", "<dd>1,204</dd>"), ("", ""), ("x=y,,1=", "")):
        page = on.visitor("editor").page("/desk/", **{reach.HEADER: said}).content.decode()
        assert ("Readers now" in page) == bool(shown)
        assert shown in page


def test_a_new_live_blog_is_made_once(people: People) -> None:
    editor, key = visitor(people("editor")), uuid4().hex
    first, second = editor.form("/desk/new/", key=key, **FIELDS), editor.form("/desk/new/", key=key, **FIELDS)
    assert first.headers["Location"] == second.headers["Location"] == "/desk/live/budget-night/"
    blog = LiveBlog.objects.get()
    assert (blog.headline, blog.timezone, blog.status) == ("Budget night", "Europe/Kyiv", "draft")


def test_a_slug_and_an_open_start(people: People) -> None:
    editor = visitor(people("editor"))
    editor.form("/desk/new/", **{**FIELDS, "slug": "budget", "status": "live"})
    assert LiveBlog.objects.get(slug="budget").status == "live"


def test_a_new_live_blog_may_say_at_once_what_it_is_about(people: People) -> None:
    editor = visitor(people("editor"))
    assert "<details>" in editor.page("/desk/new/").content.decode()
    wrong = editor.client.post(
        "/desk/new/", {**FIELDS, **EVENT, "event_starts_at": "tonight", "key": uuid4().hex}
    )
    assert wrong.status_code == 422
    assert "day and a time" in wrong.content.decode()
    assert "<details open>" in wrong.content.decode()
    assert editor.form("/desk/new/", **FIELDS, **EVENT).status_code == 302
    blog = LiveBlog.objects.get()
    assert (blog.event_name, blog.event_place) == ("Cup final", "Verrin Stadium")
    assert blog.event_starts_at == datetime(2026, 11, 22, 18, 5, tzinfo=UTC)
    assert blog.planned_end_at == datetime(2026, 11, 22, 22, 0, tzinfo=UTC)


WRONG: list[tuple[dict[str, str], str]] = [
    ({"headline": ""}, "required"),
    ({"headline": "x" * (limits.HEADLINE_CHARS + 1)}, "at most"),
    ({"slug": "Not A Slug"}, "cannot be an address"),
    ({"slug": "surge"}, "is taken"),
    ({"timezone": "Mars/Olympus"}, "There is no time zone"),
    ({"status": "closed"}, "valid choice"),
    ({"key": ""}, "required"),
]


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(people: People) -> None:
    open_surge(people)
    editor = visitor(people("editor", "Edith Lead"))
    for change, words in WRONG:
        fields = {**FIELDS, "standfirst": "Typed already.", "key": uuid4().hex, **change}
        answer = editor.client.post("/desk/new/", fields)
        assert answer.status_code == 422, change
        page = answer.content.decode()
        assert words in page, change
        assert "Typed already." in page
    assert LiveBlog.objects.count() == 1


def test_settings_change_the_head(people: People) -> None:
    on = Ground(people)
    editor = on.visitor("editor")
    assert "Storm surge" in editor.page(f"{BLOG}settings/").content.decode()
    fields = {"headline": "Surge falls", "standfirst": "One.\nTwo.", "timezone": "UTC"}
    answer = editor.form(f"{BLOG}settings/", **fields)
    assert answer.headers["Location"] == BLOG
    blog = LiveBlog.objects.get()
    assert (blog.headline, blog.standfirst, blog.timezone) == ("Surge falls", "One. Two.", "UTC")


def test_settings_that_cannot_be(people: People) -> None:
    editor = Ground(people).visitor("editor")
    answer = editor.form(f"{BLOG}settings/", headline="New", timezone="nowhere")
    assert answer.status_code == 422
    assert "There is no time zone" in answer.content.decode()
    assert LiveBlog.objects.get().headline == "Storm surge"


EVENT = {
    "event_name": "Cup final",
    "event_place": "Verrin Stadium",
    "event_starts_at": "2026-11-22T20:05",
    "planned_end_at": "2026-11-23T00:00",
}


def test_the_event_is_told_by_its_own_clock_and_kept_to_the_second(people: People) -> None:
    editor = Ground(people).visitor("editor")
    fields = {"headline": "Cup final", "timezone": "Europe/Kyiv", **EVENT}
    assert editor.form(f"{BLOG}settings/", **fields).status_code == 302
    blog = LiveBlog.objects.get()
    assert (blog.event_name, blog.event_place) == ("Cup final", "Verrin Stadium")
    assert blog.event_starts_at == datetime(2026, 11, 22, 18, 5, tzinfo=UTC)
    assert blog.planned_end_at == datetime(2026, 11, 22, 22, 0, tzinfo=UTC)
    LiveBlog.objects.update(event_starts_at=datetime(2026, 11, 22, 18, 5, 30, tzinfo=UTC))
    page = editor.page(f"{BLOG}settings/").content.decode()
    assert 'value="2026-11-22T20:05"' in page
    editor.form(f"{BLOG}settings/", **fields)
    assert LiveBlog.objects.get().event_starts_at == datetime(2026, 11, 22, 18, 5, 30, tzinfo=UTC)
    editor.form(f"{BLOG}settings/", **(fields | {"timezone": "UTC", "planned_end_at": ""}))
    blog = LiveBlog.objects.get()
    assert blog.event_starts_at == datetime(2026, 11, 22, 20, 5, tzinfo=UTC)
    assert blog.planned_end_at is None


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"event_starts_at": "tonight"}, "day and a time"),
        ({"event_starts_at": "0001-01-01T00:00"}, "day and a time"),
        ({"event_starts_at": "1066-10-14T09:00"}, "between 1900 and 2200"),
        ({"event_starts_at": "2026-03-29T03:30"}, "skip 03:30"),
        ({"planned_end_at": "2026-11-22"}, "day and a time"),
        ({"event_name": "x" * (limits.EVENT_NAME_CHARS + 1)}, "at most"),
        ({"event_place": "\u202e"}, "control character"),
        ({"timezone": "nowhere"}, "There is no time zone"),
    ],
)
def test_an_event_that_cannot_be(people: People, change: dict[str, str], words: str) -> None:
    editor = Ground(people).visitor("editor")
    fields = {"headline": "New", "timezone": "Europe/Kyiv", **EVENT, **change}
    answer = editor.form(f"{BLOG}settings/", **fields)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert LiveBlog.objects.get().headline == "Storm surge"
