"""Page before + changes = fresh page: for every action, every cut, every page of a live blog, on both databases."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.liveblogs.newsdesk import Desk, content, open_desk
from tests.property.fold import MustReload, Shown, apply, fresh

from stoppress.audience.actions.count_votes import count_votes
from stoppress.audience.actions.vote import Ballot, vote
from stoppress.audience.refusals import NotTaken
from stoppress.document.check import CLAIM_STATES
from stoppress.document.parse import parse_document
from stoppress.document.schema import Document
from stoppress.document.structured import polls
from stoppress.document.text import plain_text
from stoppress.edge.collapse import changes
from stoppress.edge.postgres_store import PostgresStore
from stoppress.edge.sqlite_store import SqliteStore
from stoppress.edge.store import Store
from stoppress.events.changes import Change
from stoppress.lib import limits
from stoppress.lib.ids import BlogId, PostId, Seq
from stoppress.liveblogs.actions.amend_post import amend_post
from stoppress.liveblogs.actions.change_claim import ClaimChange, change_claim
from stoppress.liveblogs.actions.change_liveblog import LiveBlogChange, change_liveblog
from stoppress.liveblogs.actions.change_status import (
    close_liveblog,
    open_liveblog,
    pause_liveblog,
    reopen_liveblog,
)
from stoppress.liveblogs.actions.content import Marks, PostContent
from stoppress.liveblogs.actions.draft_post import draft_post, save_draft
from stoppress.liveblogs.actions.mark_post import mark_post
from stoppress.liveblogs.actions.pin_post import pin_post, unpin_post
from stoppress.liveblogs.actions.publish_post import publish_new_post, publish_post
from stoppress.liveblogs.actions.rebuild_liveblog import rebuild_liveblog
from stoppress.liveblogs.actions.return_post import approve_post, return_post
from stoppress.liveblogs.actions.shift import end_shift, start_shift
from stoppress.liveblogs.actions.submit_post import submit_new_post
from stoppress.liveblogs.actions.take_questions import take_questions
from stoppress.liveblogs.actions.withdraw_post import withdraw_post
from stoppress.liveblogs.models import (
    Event,
    LiveBlog,
    Page,
    PageByline,
    PageClaim,
    PageCorrection,
    PageMedia,
    PagePost,
    PageSlot,
    PageText,
    PageTopic,
    Post,
)
from stoppress.liveblogs.refusals import Refused
from stoppress.newsroom.actions.add_staff import add_staff
from stoppress.newsroom.models import Publisher
from stoppress.newsroom.queries import staff_of
from stoppress.newsroom.roles import Role, Staff

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]

_SLUGS = count()
START = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)


def store() -> Store:
    """The edge's own store, on the database of this test."""
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return SqliteStore(Path(str(facts["NAME"])))
    user, password = quote(str(facts["USER"])), quote(str(facts["PASSWORD"]))
    return PostgresStore(f"postgresql://{user}:{password}@{facts['HOST']}:{facts['PORT']}/{facts['NAME']}")


@pytest.fixture(autouse=True)
def _small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sealing happens every few posts."""
    monkeypatch.setattr(limits, "PAGE_POSTS", 3)


def person(role: Role, name: str) -> Staff:
    user = add_staff(email=f"{name.lower()}@example.org", role=role, name=name)
    staff = staff_of(user)
    assert staff is not None
    return staff


@dataclass(slots=True)
class Story:
    """One live blog under way, and every page a reader could have loaded of it."""

    desk: Desk
    reporter: Staff
    withdrawn: list[str] = field(default_factory=list)
    written: int = 0

    def posts(self, *states: str) -> list[Post]:
        return list(Post.objects.filter(liveblog=self.desk.blog, state__in=states).order_by("id"))

    def words(self) -> str:
        self.written += 1
        return f"word{self.desk.blog.pk}x{self.written}e"


Deed = Callable[[Story, int], object]


def _pick(story: Story, number: int, *states: str) -> Post | None:
    posts = story.posts(*states or ("published",))
    return posts[number % len(posts)] if posts else None


def publish(story: Story, number: int) -> None:
    marks = Marks(key_event=number % 3 == 0, summary=number % 7 == 0)
    by = story.reporter if number % 2 and not marks.summary else story.desk.by
    publish_new_post(
        by=by,
        slug=story.desk.blog.slug,
        content=content(story.words(), "H" * (number % 2)),
        marks=marks,
        at=story.desk.tick(),
    )


def publish_in_the_past(story: Story, number: int) -> None:
    at = story.desk.tick()
    earlier = START + (at - START) * (number % 97) / 97
    publish_new_post(
        by=story.desk.by,
        slug=story.desk.blog.slug,
        content=content(story.words()),
        first_published_at=earlier,
        at=at,
    )


def draft(story: Story, number: int) -> None:  # noqa: ARG001 (every deed takes one)
    draft_post(
        by=story.reporter, slug=story.desk.blog.slug, content=content(story.words()), at=story.desk.tick()
    )


def work_on_draft(story: Story, number: int) -> None:
    post = _pick(story, number, "draft")
    if post and number % 2:
        save_draft(by=story.desk.by, post_id=post.pk, content=content(story.words()), at=story.desk.tick())
    elif post:
        publish_post(by=story.desk.by, post_id=post.pk, at=story.desk.tick())


def amend(story: Story, number: int) -> None:
    post = _pick(story, number)
    if post:
        note = "It was not so." if number % 2 else ""
        amend_post(
            by=story.desk.by,
            post_id=post.pk,
            content=content(story.words()),
            correction=note,
            at=story.desk.tick(),
        )


def publish_claim(story: Story, number: int) -> None:
    mark = {"type": "claim", "attrs": {"source": story.words(), "id": "" if number % 2 else "named"}}
    said = {"type": "text", "text": story.words(), "marks": [mark]}
    paragraph = {"type": "paragraph", "content": [said, {"type": "text", "text": ", it is said."}]}
    publish_new_post(
        by=story.desk.by,
        slug=story.desk.blog.slug,
        content=PostContent(document=parse_document({"type": "doc", "content": [paragraph, paragraph]})),
        marks=Marks(key_event=number % 2 == 0, summary=number % 5 == 0),
        at=story.desk.tick(),
    )


def settle_claim(story: Story, number: int) -> None:
    rows = PageClaim.objects.filter(page_id=story.desk.blog.pk).order_by("post_id", "number")
    claims = list(rows.values_list("post_id", "claim_id"))
    if not claims:
        publish_claim(story, number)
        return
    post_id, claim_id = claims[number % len(claims)]
    state = CLAIM_STATES[number % len(CLAIM_STATES)]
    note = "It was not so." if state == "false" and number % 3 else ""
    change = ClaimChange(claim_id=claim_id, state=state, note=note)
    change_claim(by=story.desk.by, post_id=post_id, change=change, at=story.desk.tick())


def withdraw(story: Story, number: int) -> None:
    post = _pick(story, number)
    if post:
        story.withdrawn += [
            plain_text(Document.stored(revision.document)) for revision in post.revisions.all()
        ]
        withdraw_post(by=story.desk.by, post_id=post.pk, reason="Not confirmed.", at=story.desk.tick())


def mark(story: Story, number: int) -> None:
    post = _pick(story, number, "published", "draft")
    if post:
        mark_post(
            by=story.desk.by,
            post_id=post.pk,
            key_event=bool(number % 2),
            summary=bool(number % 3),
            at=story.desk.tick(),
        )


def pin(story: Story, number: int) -> None:
    post = _pick(story, number)
    if post and number % 4:
        pin_post(by=story.desk.by, post_id=post.pk, at=story.desk.tick())
    else:
        unpin_post(by=story.desk.by, slug=story.desk.blog.slug, at=story.desk.tick())


def change_head(story: Story, number: int) -> None:
    change = LiveBlogChange(
        headline=f"Headline {number}", standfirst="" if number % 2 else f"Standfirst {number}"
    )
    change_liveblog(by=story.desk.by, slug=story.desk.blog.slug, change=change, at=story.desk.tick())


def change_status(story: Story, number: int) -> None:
    deed = (pause_liveblog, open_liveblog, close_liveblog, reopen_liveblog)[number % 4]
    deed(by=story.desk.by, slug=story.desk.blog.slug, at=story.desk.tick())


def change_zone(story: Story, number: int) -> None:
    zone = ("UTC", "Asia/Tokyo", "Europe/Kyiv")[number % 3]
    change_liveblog(
        by=story.desk.by,
        slug=story.desk.blog.slug,
        change=LiveBlogChange(timezone=zone),
        at=story.desk.tick(),
    )


def shift(story: Story, number: int) -> None:
    deed = start_shift if number % 2 else end_shift
    deed(by=story.reporter, slug=story.desk.blog.slug, at=story.desk.tick())


def publish_poll(story: Story, number: int) -> None:
    closes = story.desk.at + timedelta(minutes=number % 9)
    options = [{"id": name, "text": f"{story.words()} {name}"} for name in "abc"]
    poll = {
        "id": f"poll{story.desk.blog.pk:04}{number:04}",
        "question": story.words(),
        "options": options,
        "closes": f"{closes:%Y-%m-%dT%H:%M:%SZ}" if number % 3 == 0 else "",
    }
    document = parse_document({"type": "doc", "content": [{"type": "poll", "attrs": poll}]})
    publish_new_post(
        by=story.desk.by,
        slug=story.desk.blog.slug,
        content=PostContent(document=document),
        at=story.desk.tick(),
    )


def vote_and_count(story: Story, number: int) -> None:
    for post in story.posts("published"):
        for poll in polls(Document.stored(post.document)):
            option = poll.options[number % len(poll.options)].id
            ballot = Ballot(
                slug=story.desk.blog.slug,
                post_id=post.pk,
                poll_id=poll.id,
                option_id=option,
                voter=f"{number:064x}",
            )
            with suppress(NotTaken):
                vote(ballot=ballot, at=story.desk.at)
    count_votes(at=story.desk.tick())


def open_to_questions(story: Story, number: int) -> None:
    take_questions(by=story.desk.by, slug=story.desk.blog.slug, wanted=number % 3 > 0, at=story.desk.tick())


def second_pair_of_eyes(story: Story, number: int) -> None:
    """A reporter submits; an editor publishes or returns what waits. The rule holds for this deed alone."""
    waiting = _pick(story, number, "submitted")
    Publisher.objects.update(two_pairs_of_eyes=True)
    try:
        if waiting is None:
            text = content(f"{story.words()}; more at 15:00")
            submit_new_post(by=story.reporter, slug=story.desk.blog.slug, content=text, at=story.desk.tick())
        elif number % 3:
            approve_post(by=story.desk.by, post_id=waiting.pk, at=story.desk.tick())
        else:
            return_post(by=story.desk.by, post_id=waiting.pk, note="Why?", at=story.desk.tick())
    finally:
        Publisher.objects.update(two_pairs_of_eyes=False)


DEEDS: dict[str, Deed] = {
    deed.__name__: deed
    for deed in (
        publish,
        publish_in_the_past,
        draft,
        work_on_draft,
        second_pair_of_eyes,
        amend,
        publish_claim,
        settle_claim,
        withdraw,
        mark,
        pin,
        change_head,
        change_status,
        shift,
        publish_poll,
        vote_and_count,
        open_to_questions,
    )
}
# Publishing outweighs the rest, as in life; otherwise pages stay too short to be sealed.
histories = st.lists(
    st.tuples(st.sampled_from([*DEEDS, "publish", "publish", "publish_in_the_past"]), st.integers(0, 1000)),
    min_size=1,
    max_size=22,
)
quick = settings(
    max_examples=25,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)


def new_story() -> Story:
    editor, reporter = person(Role.EDITOR, "Editor"), person(Role.REPORTER, "Reporter")
    return Story(open_desk(editor, START, slug=f"story-{next(_SLUGS)}"), reporter)


def perform(story: Story, deed: Deed, number: int) -> None:
    with suppress(Refused):  # a closed live blog takes no posts, and so on: nothing may have changed then
        deed(story, number)


def pages(edge: Store, story: Story) -> list[Shown]:
    """Every page of the live blog, as a fresh load shows it now."""
    slug = story.desk.blog.slug
    first = asyncio.run(edge.page(slug, order="newest"))
    assert first is not None
    newest = PagePost.objects.filter(page_id=story.desk.blog.pk, leaf__gt=0).values_list("post_id", "leaf")
    by_leaf = {leaf: post_id for post_id, leaf in newest}
    older = [
        asyncio.run(edge.page(slug, PostId(post_id), "newest")) for _, post_id in sorted(by_leaf.items())
    ]
    return [fresh(rows) for rows in (first, *older) if rows]


def caught_up(edge: Store, story: Story, page: Shown) -> tuple[Shown, bool]:
    """`page` after the changes since it was loaded; and whether it had to be fetched afresh instead."""
    rows = asyncio.run(edge.changed(BlogId(story.desk.blog.pk), Seq(page.seq)))
    assert rows is not None
    found = changes(rows, Seq(page.seq))
    everything = repr(found)
    assert not any(words in everything for words in story.withdrawn), "withdrawn text was sent"
    _check_the_mirror(page, found)
    for change in found:
        try:
            page = apply(page, change)
        except MustReload:
            return page, True
    return page, False


def _check_the_mirror(page: Shown, found: Sequence[Change]) -> None:
    """The page read oldest first takes in the same changes, and stays the mirror of the other."""
    mirror = page.mirrored
    with suppress(MustReload):
        for change in found:
            mirror, page = apply(mirror, change), apply(page, change)
            assert mirror == page.mirrored


def check_the_orders(edge: Store, story: Story, now: dict[int, Shown]) -> None:
    """Each order begins at its own end; an address without one follows the status."""
    slug = story.desk.blog.slug
    newest, oldest, usual = (
        asyncio.run(edge.page(slug, order=order)) for order in ("newest", "oldest", None)
    )
    assert newest and oldest and usual  # noqa: PT018 (for the type checker)
    assert fresh(newest) == now[0]
    assert fresh(oldest) == now[min(1, len(now) - 1)].mirrored
    assert usual == (oldest if usual.blog.status == "closed" else newest)


def check_every_cut(edge: Store, story: Story, loaded: list[Shown]) -> None:
    now = {page.leaf: page for page in pages(edge, story)}
    check_the_orders(edge, story, now)
    for page in loaded:
        result, reload = caught_up(edge, story, page)
        if not reload:
            expected = now[page.leaf]
            assert result.posts == expected.posts
            assert result.slots == expected.slots
            assert result.status == expected.status
            assert result.seq == expected.seq


@quick
@given(histories)
def test_a_page_loaded_at_any_moment_becomes_the_fresh_page(history: list[tuple[str, int]]) -> None:
    edge = store()
    story = new_story()
    loaded = pages(edge, story)
    for name, number in history:
        perform(story, DEEDS[name], number)
        loaded += [page for page in pages(edge, story) if page not in loaded]
        check_every_cut(edge, story, loaded[-3:])
    check_every_cut(edge, story, loaded)
    asyncio.run(edge.close())


@quick
@given(histories, st.lists(st.booleans(), min_size=22, max_size=22))
def test_one_reader_who_looks_in_now_and_then_always_converges(
    history: list[tuple[str, int]], looks: list[bool]
) -> None:
    edge = store()
    story = new_story()
    mine = pages(edge, story)[0]
    for (name, number), look in zip(history, looks, strict=False):
        perform(story, DEEDS[name], number)
        if look:
            mine, reload = caught_up(edge, story, mine)
            mine = pages(edge, story)[0] if reload else mine
    mine, _ = caught_up(edge, story, mine)
    assert mine == pages(edge, story)[0]
    asyncio.run(edge.close())


@quick
@given(histories)
def test_rebuilt_is_stored_and_the_log_has_no_gap(history: list[tuple[str, int]]) -> None:
    story = new_story()
    for name, number in history:
        perform(story, DEEDS[name], number)
    pk = story.desk.blog.pk
    before = _read_model(pk)
    rebuild_liveblog(blog_id=pk, by="Stoppress", at=story.desk.tick())
    assert _read_model(pk) == before
    seqs = list(Event.objects.filter(liveblog_id=pk).order_by("seq").values_list("seq", flat=True))
    assert seqs == list(range(1, LiveBlog.objects.get(pk=pk).last_seq + 1))
    assert not any(words in repr(before) for words in story.withdrawn)


def _read_model(pk: int) -> tuple[object, ...]:
    return (
        Page.objects.filter(pk=pk).values().get(),
        list(PageSlot.objects.filter(page_id=pk).order_by("name").values("name", "html", "changed_seq")),
        list(PagePost.objects.filter(page_id=pk).order_by("post_id").values()),
        list(
            PageClaim.objects.filter(page_id=pk)
            .order_by("post_id", "number")
            .values("post_id", "claim_id", "state", "source", "text", "since", "post_at", "html")
        ),
        list(PageCorrection.objects.filter(page_id=pk).order_by("post_id", "number").values("at", "html")),
        list(PageMedia.objects.filter(page_id=pk).order_by("post_id", "media_id").values("withdrawn")),
        list(
            PageText.objects.filter(page_id=pk)
            .order_by("post_id")
            .values("title_words", "text_words", "text")
        ),
        list(
            PageByline.objects.filter(page_id=pk).order_by("post_id", "name").values("post_id", "name", "at")
        ),
        list(PageTopic.objects.filter(page_id=pk).order_by("slug").values("slug", "name")),
    )


@quick
@given(histories)
def test_the_past_of_a_withdrawn_post_is_told_nowhere(history: list[tuple[str, int]]) -> None:
    edge = store()
    story = new_story()
    for name, number in history:
        perform(story, DEEDS[name], number)
        perform(story, amend, number)
    slug = story.desk.blog.slug
    told: list[object] = [asyncio.run(edge.corrections(slug)), asyncio.run(edge.claims(slug))]
    told += [asyncio.run(edge.past(slug, PostId(post.pk))) for post in story.posts("published", "withdrawn")]
    assert None not in told
    everything = repr(told)
    assert not any(words in everything for words in story.withdrawn)
    asyncio.run(edge.close())


@quick
@given(histories)
def test_a_read_model_that_was_lost_is_made_again(history: list[tuple[str, int]]) -> None:
    edge = store()
    story = new_story()
    for name, number in history:
        perform(story, DEEDS[name], number)
    before = pages(edge, story)
    Page.objects.filter(pk=story.desk.blog.pk).delete()
    rebuild_liveblog(blog_id=story.desk.blog.pk, by="Stoppress", at=story.desk.tick())
    after = pages(edge, story)
    assert [(page.leaf, page.posts, page.slots, page.status) for page in after] == [
        (page.leaf, page.posts, page.slots, page.status) for page in before
    ]
    check_every_cut(edge, story, before)
    asyncio.run(edge.close())


def test_a_new_zone_tells_every_open_page_to_fetch() -> None:
    edge = store()
    story = new_story()
    perform(story, publish, 1)
    before = pages(edge, story)[0]
    change_zone(story, 1)
    _, reload = caught_up(edge, story, before)
    assert reload
    perform(story, publish, 2)
    after, reload = caught_up(edge, story, pages(edge, story)[0])
    assert not reload
    assert after == pages(edge, story)[0]
    asyncio.run(edge.close())


@pytest.mark.parametrize("name", sorted(DEEDS))
def test_each_deed_by_itself(name: str) -> None:
    """So that a failure names the action, not a history."""
    edge = store()
    story = new_story()
    for number in range(8):
        perform(story, publish, number)
    perform(story, draft, 1)
    for number in range(4):
        before = pages(edge, story)
        story.desk.at += timedelta(minutes=1)
        perform(story, DEEDS[name], number)
        check_every_cut(edge, story, before)
    asyncio.run(edge.close())
