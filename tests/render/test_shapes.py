"""The shapes of pictures in structured data: exact, as large as may be, never enlarged, with what matters in sight."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stoppress.render.facts import WidestFacts
from stoppress.render.shapes import SHAPES, WIDTH, Cut, drawn_height

SIDES = st.integers(1, 4_000)
PER_CENT = st.integers(0, 100)


def cut(shape: str, width: int, height: int, focus: tuple[int, int] = (50, 50)) -> Cut:
    return Cut("storm", shape, WidestFacts("/media/a/1.jpg", width, height, *focus))


@given(st.sampled_from(sorted(SHAPES)), SIDES, SIDES, st.tuples(PER_CENT, PER_CENT))
def test_any_picture_in_any_shape(shape: str, width: int, height: int, focus: tuple[int, int]) -> None:
    one = cut(shape, width, height, focus)
    across, down = SHAPES[shape]
    wide, high = one.size
    assert wide * down == high * across  # exactly
    left, top, right, bottom = one.box
    assert 0 <= left < right <= width
    assert 0 <= top < bottom <= height
    assert wide <= min(right - left + 1e-6, WIDTH)
    assert high <= bottom - top + 1e-6
    assert left - 1e-6 <= width * focus[0] / 100 <= right + 1e-6
    assert top - 1e-6 <= height * focus[1] / 100 <= bottom + 1e-6
    assert (right - left) / (bottom - top) == pytest.approx(across / down)


def test_a_photo_as_cameras_make_them_gives_all_three_at_full_width() -> None:
    sizes = [cut(shape, 1800, 1200).size for shape in SHAPES]
    assert sizes == [(1200, 1200), (1200, 900), (1200, 675)]
    assert [drawn_height(shape) for shape in SHAPES] == [1200, 900, 675]


def test_a_small_picture_is_not_enlarged() -> None:
    assert [cut(shape, 640, 360).size for shape in SHAPES] == [(360, 360), (480, 360), (640, 360)]
    assert cut("16x9", 15, 400).size == (0, 0)


def test_another_focal_point_is_another_address() -> None:
    addresses = {cut("1x1", 900, 600, focus).path for focus in ((50, 50), (10, 50), (50, 10))}
    assert len(addresses) == 3
    assert all(address.startswith("/cards/storm/") and address.endswith("-1x1.jpg") for address in addresses)
