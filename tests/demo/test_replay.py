"""A live blog once more: every public version in its turn, from wherever the last attempt was cut."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from tests.people import People

from stoppress.archive.format import (
    Archive,
    ArchivedCorrection,
    ArchivedPost,
    ArchivedRevision,
)
from stoppress.demo.replay import Plan, Replay, Replayed, plan
from stoppress.document.markdown import from_markdown
from stoppress.liveblogs import queries
from stoppress.liveblogs.actions.content import NewLiveBlog, PostContent
from stoppress.liveblogs.actions.create_liveblog import create_liveblog
from stoppress.liveblogs.actions.publish_post import publish_new_post
from stoppress.liveblogs.actions.withdraw_post import withdraw_post
from stoppress.liveblogs.models import Correction, LiveBlog, Post, Revision
from stoppress.liveblogs.refusals import BlogClosed, WrongState
from stoppress.newsroom.actions.ensure_house import ensure_house

START = datetime.fromisoformat("2026-03-14T06:00:00+00:00")
CREDIT = "The Harbour Ledger"


def at_once(_: float) -> bool:
    return True


def nobody(_: Replayed) -> None:
    """Watches and says nothing."""


def stops_after(steps: int) -> Callable[[float], bool]:
    """A `wait` that is cut before the step after so many."""
    waits = iter([True] * steps + [False])
    return lambda _: next(waits)


def revision(number: int, text: str, minute: int, *, public: bool = True) -> ArchivedRevision:
    return ArchivedRevision(
        number=number,
        at=START + timedelta(minutes=minute),
        by="Ana Ruiz",
        document=from_markdown(text),
        headline=text.split(".", maxsplit=1)[0],
        byline=("Ana Ruiz",),
        public=public,
    )


def post(minute: int, *revisions: ArchivedRevision, state: str = "published") -> ArchivedPost:
    return ArchivedPost(
        revisions=revisions,
        first_published_at=START + timedelta(minutes=minute),
        last_changed_at=revisions[-1].at,
        id=f"p{minute}",
        state=state,
    )


def archive() -> Archive:
    """Six posts: one amended after the next came, one corrected, a draft, a withdrawn one, a pinned one."""
    amended = post(0, revision(1, "Gate one. Open.", 0), revision(2, "Gate one. Shut.", 7))
    unchanged = post(5, revision(1, "Gate two. Open.", 5), revision(2, "Gate two. Open.", 6))
    corrected = post(
        10,
        revision(1, "Not for readers. Yet.", 8, public=False),
        revision(2, "Ninety people.", 10),
        revision(3, "Nineteen people.", 12),
    )
    note = ArchivedCorrection("It said ninety.", START + timedelta(minutes=12), revision=3)
    return Archive(
        headline="Surge",
        slug="surge",
        timezone="Europe/Kyiv",
        posts=(
            amended,
            unchanged,
            replace(corrected, corrections=(note,), key_event=True),
            post(15, revision(1, "Never shown.", 15), state="draft"),
            post(16, revision(1, "A name too early.", 16), state="withdrawn"),
            replace(post(20, revision(1, "Summary.", 20)), summary=True, pinned=True),
        ),
    )


def planned() -> Plan:
    return plan(archive(), credit=CREDIT)


def test_the_plan_holds_every_public_version_in_order() -> None:
    steps = planned().steps
    minutes = [(step.at - START).seconds // 60 for step in steps]
    assert [(step.post, step.version) for step in steps] == [(0, 0), (1, 0), (0, 1), (2, 0), (2, 1), (5, 0)]
    assert minutes == [0, 5, 7, 10, 12, 20]
    assert [step.correction for step in steps] == ["", "", "", "", "It said ninety.", ""]
    assert [step.marks.key_event for step in steps] == [False, False, False, True, True, False]
    assert [skipped.where for skipped in planned().skipped] == ["post 4", "post 5"]


def test_the_plan_has_a_name_of_its_own() -> None:
    other = replace(archive(), posts=archive().posts[:-1])
    assert planned().name == planned().name != plan(other, credit=CREDIT).name


def test_posts_that_name_nobody_are_credited_to_the_publisher() -> None:
    anonymous = post(0, replace(revision(1, "Gate one. Open.", 0), byline=()))
    steps = plan(replace(archive(), posts=(anonymous,)), credit=CREDIT).steps
    assert steps[0].content.byline == (CREDIT,)


def blank_archive() -> Archive:
    return replace(archive(), posts=(post(0, revision(1, "One. Post.", 0)), *archive().posts[3:5]))


def texts(slug: str) -> list[str]:
    """What readers see, oldest first."""
    posts = Post.objects.filter(liveblog__slug=slug, state="published").order_by("first_published_at")
    return [post.headline for post in posts]


def versions(slug: str) -> list[int]:
    posts = Post.objects.filter(liveblog__slug=slug).order_by("first_published_at")
    return [Revision.objects.filter(post=post).count() for post in posts]


def begun(into: str = "again", *, of: Plan | None = None) -> tuple[Replay, int]:
    replay = Replay(of or planned(), by=ensure_house(), into=into)
    return replay, replay.begin(at=START)


def whole(into: str = "again") -> None:
    assert begun(into)[0].run(speed=1, wait=at_once, tell=nobody)


TOLD = ["Gate one", "Gate two", "Nineteen people", "Summary"]


@pytest.mark.database
@pytest.mark.django_db
class TestOnADatabase:
    """Everything that writes."""

    def test_a_replay_tells_the_whole_story(self) -> None:
        told: list[Replayed] = []
        replay, done = begun()
        assert done == 0
        assert replay.run(speed=60, wait=at_once, tell=told.append)
        assert [(one.number, one.total) for one in told] == [(number, 6) for number in range(1, 7)]
        assert texts("again") == TOLD
        assert versions("again") == [2, 1, 2, 1]
        blog = LiveBlog.objects.get(slug="again")
        assert (blog.headline, blog.timezone, blog.status) == ("Surge", "Europe/Kyiv", "closed")
        assert blog.pinned_post is not None
        assert blog.pinned_post.headline == "Summary"
        assert Correction.objects.get().text == "It said ninety."
        assert all(post.byline == ["Ana Ruiz"] for post in Post.objects.filter(liveblog=blog))

    def test_waits_are_the_gaps_divided_by_the_speed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        waits: list[float] = []
        replay, _ = begun()
        monkeypatch.setattr("stoppress.lib.clock.now", lambda: START)

        def wait(seconds: float) -> bool:
            waits.append(seconds)
            return True

        assert replay.run(speed=60, wait=wait, tell=nobody)
        assert waits == [0, 5, 7, 10, 12, 20]

    @pytest.mark.parametrize("cut", range(7))
    def test_a_replay_that_was_cut_goes_on_where_it_was(self, cut: int) -> None:
        ended = begun()[0].run(speed=1, wait=stops_after(cut), tell=nobody) if cut < 6 else False
        assert not ended
        replay, done = begun()
        assert done == (cut if cut < 6 else 0)
        assert replay.run(speed=1, wait=at_once, tell=nobody)
        assert texts("again") == TOLD
        assert versions("again") == [2, 1, 2, 1]

    def test_a_replay_that_is_done_does_nothing_more(self) -> None:
        whole()
        replay, done = begun()
        assert done == 6
        assert replay.run(speed=1, wait=at_once, tell=nobody)
        assert texts("again") == TOLD

    def test_two_at_once_do_nothing_twice(self) -> None:
        first, second = begun()[0], begun()[0]
        assert not first.run(speed=1, wait=stops_after(2), tell=nobody)
        with pytest.raises(WrongState, match="Another replay"):
            second.run(speed=1, wait=at_once, tell=nobody)
        assert texts("again") == ["Gate one", "Gate two"]

    def test_a_live_blog_of_other_posts_is_left_alone(self, people: People) -> None:
        editor = people("editor")
        create_liveblog(by=editor, details=NewLiveBlog(headline="Ours", slug="again"), at=START)
        content = PostContent(document=from_markdown("Our own post."))
        publish_new_post(by=editor, slug="again", content=content, at=START)
        with pytest.raises(WrongState, match="holds other posts"):
            begun()

    def test_another_file_does_not_go_on_with_a_replay(self) -> None:
        begun()[0].run(speed=1, wait=stops_after(1), tell=nobody)
        with pytest.raises(WrongState, match="the file it was begun with"):
            begun(of=plan(blank_archive(), credit=CREDIT))

    def test_an_empty_draft_is_opened_and_filled(self, people: People) -> None:
        create_liveblog(by=people("editor"), details=NewLiveBlog(headline="Ours", slug="again"), at=START)
        whole()
        assert texts("again") == TOLD
        assert LiveBlog.objects.get(slug="again").headline == "Ours"

    def test_what_the_desk_withdraws_meanwhile_stays_withdrawn(self) -> None:
        begun()[0].run(speed=1, wait=stops_after(2), tell=nobody)
        first = Post.objects.get(headline="Gate one")
        withdraw_post(by=ensure_house(), post_id=first.pk, reason="Tried out.", at=START)
        whole()
        assert texts("again") == TOLD[1:]

    def test_a_live_blog_that_somebody_closed_takes_no_more(self) -> None:
        begun()[0].run(speed=1, wait=stops_after(2), tell=nobody)
        LiveBlog.objects.filter(slug="again").update(status="closed")
        with pytest.raises(BlogClosed):
            whole()

    def test_a_replay_of_our_own_live_blog_says_the_same(self) -> None:
        whole("first")
        source = queries.archive_of(ensure_house(), "first")
        begun("second", of=plan(source, credit=CREDIT))[0].run(speed=1, wait=at_once, tell=nobody)
        assert texts("second") == texts("first") == TOLD
        assert versions("second") == versions("first")
