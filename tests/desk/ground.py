"""One live blog with a post in each state, and the people of the access matrix."""

from datetime import timedelta
from functools import cached_property
from typing import Final

from tests.desk.visitor import Visitor, stranger, visitor
from tests.liveblogs.newsdesk import content
from tests.people import People

from stoppress.lib import clock
from stoppress.liveblogs.actions.content import NewLiveBlog, Written
from stoppress.liveblogs.actions.create_liveblog import create_liveblog
from stoppress.liveblogs.actions.draft_post import draft_post
from stoppress.liveblogs.actions.publish_post import publish_new_post
from stoppress.liveblogs.actions.schedule_post import schedule_new_post
from stoppress.liveblogs.models import LiveBlog, Post
from stoppress.newsroom.roles import Staff

WHO: Final = ("owner", "colleague", "editor", "moderator", "stranger", "anonymous")


def open_surge(people: People, status: str = "live") -> LiveBlog:
    """The live blog that the tests look at, made by an editor."""
    by = people("editor", "Edith Lead")
    details = NewLiveBlog(headline="Storm surge", slug="surge", timezone="Europe/Kyiv", status=status)
    return create_liveblog(by=by, details=details, at=clock.now())


class Ground:
    """`owner` is the reporter who writes the three posts; each is made when it is first asked for."""

    def __init__(self, people: People) -> None:
        self.blog = open_surge(people)
        self.people = people
        self.owner: Staff = people("reporter", "Ana Owner")
        self.at = clock.now() - timedelta(minutes=5)

    @cached_property
    def public(self) -> Post:
        """Readers see it."""
        text = content("Public text.")
        return _post(publish_new_post(by=self.owner, slug="surge", content=text, at=self.at))

    @cached_property
    def draft(self) -> Post:
        """Its author and editors see it."""
        return _post(draft_post(by=self.owner, slug="surge", content=content("Draft text."), at=self.at))

    @cached_property
    def scheduled(self) -> Post:
        """It goes out three hours later."""
        later, text = self.at + timedelta(hours=3), content("Scheduled text.")
        return _post(
            schedule_new_post(by=self.owner, slug="surge", content=text, publish_at=later, at=self.at)
        )

    def filled(self) -> "Ground":
        """With all three posts."""
        assert self.public
        assert self.draft
        assert self.scheduled
        return self

    def visitor(self, who: str) -> Visitor:
        """One of `WHO`."""
        if who == "anonymous":
            return Visitor()
        if who == "stranger":
            return stranger()
        roles = {"owner": "reporter", "colleague": "reporter", "editor": "editor", "moderator": "moderator"}
        names = {
            "owner": "Ana Owner",
            "colleague": "Bo Colleague",
            "editor": "Edith Lead",
            "moderator": "Moss Kettle",
        }
        return visitor(self.people(roles[who], names[who]))


def _post(written: Written) -> Post:
    return Post.objects.get(pk=written.post_id)
