"""F32: whatever an editor does, a page loaded at any number becomes the fresh page, for every kind of reader.

A state machine over every deed of the desk. At each number every page is loaded, the first one and the older ones,
newest first and mirrored; later it takes in what changed since, and must be what a fresh load shows. Readers of
the JSON at `changes` and of the stream fold the same objects, so bytes that do not survive JSON would show here too.
"""

import asyncio
import json

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from tests.chaos.checker import Verdict
from tests.chaos.form import SEED, sized, step
from tests.chaos.shown import change_of
from tests.property.fold import MustReload, Shown, apply
from tests.property.test_page_plus_changes import DEEDS, Story, new_story, pages, perform, store

from stoppress.edge.collapse import changes
from stoppress.edge.store import Store
from stoppress.events.changes import to_json
from stoppress.lib import limits
from stoppress.lib.ids import BlogId, Seq

pytestmark = [pytest.mark.faults, pytest.mark.timeout(3_600)]

HISTORIES = sized(4, 250)
STEPS = sized(15, 50)
LATELY = 8  # pages that are looked at after each step; all of them at the end


@pytest.fixture(autouse=True)
def _small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sealing happens every few posts."""
    monkeypatch.setattr(limits, "PAGE_POSTS", 3)


class EveryState(RuleBasedStateMachine):
    """One live blog, and a reader left behind at each of its numbers."""

    taken = 0  # steps, of all histories
    folded = 0  # pages brought up to date
    histories = 0

    edge: Store
    story: Story
    loaded: dict[tuple[int, int], Shown]

    @initialize()
    def begin(self) -> None:
        self.edge, self.story, self.loaded = store(), new_story(), {}
        EveryState.histories += 1
        step("histories", EveryState.histories, HISTORIES)

    @rule(
        name=st.sampled_from([*DEEDS, "publish", "publish", "publish_in_the_past"]),
        number=st.integers(0, 1000),
    )
    def act(self, name: str, number: int) -> None:
        EveryState.taken += 1
        perform(self.story, DEEDS[name], number)

    @invariant()
    def pages_loaded_lately_become_the_fresh_ones(self) -> None:
        self._look(list(self.loaded)[-LATELY:])

    def teardown(self) -> None:
        """In the end every page that was ever loaded does."""
        if hasattr(self, "edge"):
            self._look(list(self.loaded))
            asyncio.run(self.edge.close())

    def _look(self, numbers: list[tuple[int, int]]) -> None:
        now = {page.leaf: page for page in pages(self.edge, self.story)}
        for number, page in [(number, self.loaded[number]) for number in numbers]:
            caught_up = self._caught_up(page)
            EveryState.folded += 1
            if caught_up is None:
                del self.loaded[number]  # told to fetch afresh: that reader is at the newest number now
            else:
                assert caught_up == now[page.leaf], f"loaded at {page.seq}, leaf {page.leaf}"
        self.loaded |= {(page.seq, page.leaf): page for page in now.values()}

    def _caught_up(self, page: Shown) -> Shown | None:
        rows = asyncio.run(self.edge.changed(BlogId(self.story.desk.blog.pk), Seq(page.seq)))
        assert rows is not None
        mirror: Shown | None = page.mirrored
        for told in changes(rows, Seq(page.seq)):
            text = json.dumps(to_json(told), ensure_ascii=False)
            assert not any(words in text for words in self.story.withdrawn), "withdrawn text was sent"
            change = change_of(text)
            assert change is not None
            assert to_json(change) == to_json(told), "the same after a way through JSON"
            try:
                mirror = mirror and apply(mirror, change)
            except MustReload:
                mirror = None
            try:
                page = apply(page, change)
            except MustReload:
                return None
            assert mirror is None or mirror == page.mirrored
        return page


@pytest.mark.fault("F32", "Every number, every reader")
@pytest.mark.django_db(transaction=True)
def test_a_page_loaded_at_any_number_becomes_the_fresh_page(verdict: Verdict) -> None:
    EveryState.TestCase.settings = settings(
        max_examples=HISTORIES,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    EveryState._hypothesis_internal_use_seed = SEED  # what @seed sets on functions
    run_state_machine_as_test(EveryState, settings=EveryState.TestCase.settings)
    verdict.broken = f"{EveryState.taken:,} steps in {EveryState.histories} histories"
    verdict.note = f"{EveryState.folded:,} pages brought up to date, all of them the fresh page"
