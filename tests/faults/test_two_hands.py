"""F9 and F10: two people on one post at the same time. No text of either is lost, and none overwrites another unseen.

Not processes but turns: each seed deals another order of opening, typing and saving, so that a failure repeats itself.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from tests.liveblogs.newsdesk import content, open_desk
from tests.people import People

from stoppress.document.schema import Document
from stoppress.document.text import plain_text
from stoppress.liveblogs.actions.amend_post import amend_post
from stoppress.liveblogs.actions.draft_post import draft_post, save_draft
from stoppress.liveblogs.actions.keep_text import keep_text
from stoppress.liveblogs.actions.lease import take_lease
from stoppress.liveblogs.actions.publish_post import publish_new_post
from stoppress.liveblogs.actions.withdraw_post import withdraw_post
from stoppress.liveblogs.models import PagePost, Post, Revision, State
from stoppress.liveblogs.refusals import Leased, StaleRevision, WrongState
from stoppress.newsroom.roles import Staff

pytestmark = [pytest.mark.faults, pytest.mark.django_db]

INTERLEAVINGS = 200
SAVES = 2  # of each reporter in each, at most
WITHDRAWALS = 20


def words_of(document: object) -> str:
    return plain_text(Document.stored(document))


@dataclass(slots=True)
class Hand:
    """One reporter at one post, as the desk's script does it; every `next` is one move."""

    by: Staff
    post_id: str
    chance: random.Random
    at: datetime
    typed: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)  # texts whose author was shown another version
    unseen: list[str] = field(default_factory=list)  # what stood when a save went over it unread

    def moves(self) -> Iterator[None]:
        for turn in range(self.chance.randint(1, SAVES)):
            if self.chance.random() < 0.2:
                self._lease()
                yield
            post = Post.objects.get(pk=self.post_id)
            text, base = words_of(post.document), post.revision
            yield
            mine = f"{text} {self.by.name} {turn}".strip()
            self.typed.append(mine)
            yield
            while not self._saved(mine, base):
                self.told.append(mine)
                yield
                newest = Post.objects.get(pk=self.post_id)
                base = newest.revision
                decision = self.chance.choice(("mine", "theirs", "both"))
                if decision == "theirs":
                    break
                if decision == "both":
                    mine = f"{mine} + {words_of(newest.document)}"
                    self.typed.append(mine)
                yield
            yield

    def _lease(self) -> None:
        try:
            take_lease(
                by=self.by, post_id=self.post_id, tab="aa", over=self.chance.random() < 0.5, at=self.at
            )
        except Leased:
            return  # looks on, and writes all the same: a lease is no lock

    def _saved(self, text: str, base: int) -> bool:
        post = Post.objects.get(pk=self.post_id)
        write: Callable[..., object] = amend_post if post.state == State.PUBLISHED else save_draft
        try:
            write(by=self.by, post_id=self.post_id, content=content(text), base_revision=base, at=self.at)
        except StaleRevision:
            return False
        if post.revision != base:
            self.unseen.append(words_of(post.document))
        return True


def take_turns(hands: list[Hand], chance: random.Random) -> None:
    """Everybody's moves in one random order."""
    under_way = [hand.moves() for hand in hands]
    while under_way:
        one = chance.choice(under_way)
        if next(one, StopIteration) is StopIteration:
            under_way.remove(one)


def test_f9_two_reporters_on_one_post(people: People, noon: datetime) -> None:
    """Every text is a revision, or its author was shown the other one; nothing was overwritten unseen."""
    pair = [people("editor", "Ana"), people("editor", "Bo")]
    open_desk(pair[0], noon)
    at, conflicts = noon + timedelta(minutes=1), 0
    for seed in range(INTERLEAVINGS):
        chance = random.Random(seed)  # noqa: S311 (repeatable, no secret)
        begin = publish_new_post if seed % 10 == 0 else draft_post
        post_id = begin(by=pair[0], slug="surge", content=content(f"Post {seed}."), at=at).post_id
        hands = [Hand(by, post_id, chance, at) for by in pair]
        take_turns(hands, chance)
        revisions = list(Revision.objects.filter(post_id=post_id).order_by("number"))
        kept = {words_of(revision.document) for revision in revisions}
        assert [revision.number for revision in revisions] == list(range(1, len(revisions) + 1)), seed
        for hand in hands:
            lost = [text for text in hand.typed if text not in kept and text not in hand.told]
            assert not lost, f"seed {seed}: {hand.by.name} was not told of {lost}"
            assert not hand.unseen, f"seed {seed}: overwritten unseen: {hand.unseen}"
        assert words_of(Post.objects.get(pk=post_id).document) == words_of(revisions[-1].document)
        conflicts += sum(len(hand.told) for hand in hands)
    assert conflicts > INTERLEAVINGS / 4, "the orders dealt hardly ever met; the test shows nothing"


def test_f10_a_withdrawal_under_somebodys_hands(people: People, noon: datetime) -> None:
    """Whatever the order: the withdrawal stands, and the text is a revision or a draft of its author's."""
    bo, editor = people("reporter", "Bo"), people("editor", "Edith")
    open_desk(editor, noon)
    at, late = noon + timedelta(minutes=1), 0
    for seed in range(WITHDRAWALS):
        chance = random.Random(seed)  # noqa: S311 (repeatable, no secret)
        post_id = publish_new_post(by=bo, slug="surge", content=content(f"Post {seed}."), at=at).post_id
        text, is_late = f"Post {seed}, as Bo had it.", chance.random() < 0.5

        def withdraw(post_id: str = post_id) -> None:
            withdraw_post(by=editor, post_id=post_id, reason="Wrong.", at=at)

        if is_late:
            withdraw()
        try:
            amend_post(by=bo, post_id=post_id, content=content(text), base_revision=1, at=at)
        except WrongState:
            late += 1
            draft = Post.objects.get(
                pk=keep_text(by=bo, post_id=post_id, content=content(text), at=at).post_id
            )
            assert (draft.state, draft.created_by_id, words_of(draft.document)) == (
                State.DRAFT,
                bo.user_id,
                text,
            )
        else:
            withdraw()
            assert text in {words_of(one.document) for one in Revision.objects.filter(post_id=post_id)}
        assert Post.objects.get(pk=post_id).state == State.WITHDRAWN
        shown = PagePost.objects.get(pk=post_id)
        assert (shown.withdrawn, "as Bo had it" in shown.html) == (True, False)
    assert 0 < late < WITHDRAWALS
