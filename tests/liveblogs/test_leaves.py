from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stoppress.lib import limits
from stoppress.liveblogs.leaves import Leaves

START = datetime(2026, 3, 14, tzinfo=UTC)
places = st.lists(st.integers(0, 10_000), unique=True, max_size=120).map(
    lambda minutes: [(START + timedelta(minutes=minute), f"p{minute:05}") for minute in minutes]
)


@given(places)
def test_leaves_are_runs_of_neighbours_and_never_change_once_sealed(
    shown: list[tuple[datetime, str]],
) -> None:
    leaves = Leaves()
    for place in shown:
        sealed = {post: leaf for post, leaf in leaves.leaf.items() if leaf}
        leaves.add(place)
        assert sealed.items() <= leaves.leaf.items()
    in_order = [leaves.leaf[post_id] for _, post_id in sorted(shown)]
    steps = [(below, above) for below, above in pairwise(in_order) if below != above]
    assert steps == [(leaf, leaf + 1 if leaf < leaves.sealed else 0) for leaf in range(1, leaves.sealed + 1)]


@given(places)
def test_the_first_page_holds_one_to_two_pages_worth(shown: list[tuple[datetime, str]]) -> None:
    leaves = Leaves(shown)
    first = sum(leaf == 0 for leaf in leaves.leaf.values())
    assert first < 2 * limits.PAGE_POSTS
    if leaves.sealed:
        assert first >= limits.PAGE_POSTS


@pytest.mark.parametrize(
    ("posts", "sealed", "first"), [(0, 0, 0), (39, 0, 39), (40, 1, 20), (59, 1, 39), (300, 14, 20)]
)
def test_a_page_seals_at_twice_its_size(posts: int, sealed: int, first: int) -> None:
    leaves = Leaves((START + timedelta(minutes=number), f"p{number:05}") for number in range(posts))
    assert leaves.sealed == sealed
    assert sum(leaf == 0 for leaf in leaves.leaf.values()) == first
