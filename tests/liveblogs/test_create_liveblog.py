from datetime import datetime

import pytest
from tests.liveblogs.newsdesk import open_desk
from tests.people import People

from stoppress.events.kinds import Kind
from stoppress.lib import limits
from stoppress.liveblogs.actions.content import NewLiveBlog
from stoppress.liveblogs.actions.create_liveblog import create_liveblog
from stoppress.liveblogs.models import Event, LiveBlog, Page
from stoppress.liveblogs.refusals import InvalidInput, NotAllowed

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def kinds(blog: LiveBlog) -> list[str]:
    return list(Event.objects.filter(liveblog=blog).order_by("seq").values_list("kind", flat=True))


def test_a_draft_is_no_page_yet(people: People, noon: datetime) -> None:
    blog = open_desk(people("editor"), noon, status="draft").blog
    assert blog.opened_at is None
    assert kinds(blog) == [Kind.LIVEBLOG_CREATED, Kind.HEAD_CHANGED]
    assert Page.objects.get(pk=blog.pk).status == "draft"


def test_a_live_one_opens_at_once(people: People, noon: datetime) -> None:
    blog = open_desk(people("editor"), noon).blog
    assert (blog.status, blog.opened_at) == ("live", noon)
    assert kinds(blog) == [Kind.LIVEBLOG_CREATED, Kind.LIVEBLOG_OPENED, Kind.HEAD_CHANGED]


def test_addresses_made_from_headlines_are_numbered(people: People, noon: datetime) -> None:
    by = people("editor")
    made = [
        create_liveblog(by=by, details=NewLiveBlog(headline="Élection: la nuit"), at=noon).slug
        for _ in range(3)
    ]
    assert made == ["election-la-nuit", "election-la-nuit-2", "election-la-nuit-3"]


def test_a_headline_without_latin_letters_gets_an_address(people: People, noon: datetime) -> None:
    assert create_liveblog(by=people("editor"), details=NewLiveBlog(headline="Шторм"), at=noon).slug == "live"


@pytest.mark.parametrize("role", ["reporter", "moderator"])
def test_only_those_who_lead_create(people: People, noon: datetime, role: str) -> None:
    with pytest.raises(NotAllowed, match=f"A {role} may not create live blogs"):
        open_desk(people(role), noon)
    assert not LiveBlog.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("headline", "", "empty"),
        ("headline", "x" * (limits.HEADLINE_CHARS + 1), "shorten it by 1"),
        ("headline", "two\nlines", "control character"),
        ("headline", "turn \u202e round", "control character"),
        ("standfirst", "x" * (limits.STANDFIRST_CHARS + 1), "shorten"),
        ("slug", "Not A Slug", "cannot be an address"),
        ("slug", "../etc", "cannot be an address"),
        ("timezone", "Mars/Olympus", "no time zone"),
        ("timezone", "../../etc/passwd", "no time zone"),
        ("language", "english!", "language tag"),
        ("status", "closed", "draft or live"),
    ],
)
def test_what_cannot_be_taken_changes_nothing(
    people: People, noon: datetime, field: str, value: str, says: str
) -> None:
    given = {"headline": "Good", field: value}
    details = NewLiveBlog(**given)  # type: ignore[arg-type]  # texts alone
    with pytest.raises(InvalidInput, match=says) as refused:
        create_liveblog(by=people("editor"), details=details, at=noon)
    assert refused.value.field == field
    assert not LiveBlog.objects.exists()


def test_an_address_is_given_once(people: People, noon: datetime) -> None:
    by = people("editor")
    open_desk(by, noon, slug="surge")
    with pytest.raises(InvalidInput, match="taken"):
        open_desk(by, noon, slug="surge")
