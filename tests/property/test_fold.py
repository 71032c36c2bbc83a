"""The model of a reader's page itself."""

import pytest
from tests.property.fold import Shown, apply

from stoppress.events.changes import HeadChange
from stoppress.lib.ids import Seq

SECOND = "2026-11-22T18:05:0"


def _post(name: str, at: str) -> tuple[str, str]:
    return name, f'<article><time datetime="{SECOND}{at}Z"></time></article>'


@pytest.mark.parametrize(
    "times",
    [
        ("0.400", "0", "0"),
        ("1", "0.999", "0.998"),
        ("0.001", "0", "0"),
        ("5", "5", "5"),
    ],
)
def test_what_is_sealed_is_what_stands_at_the_edge_or_below(times: tuple[str, str, str]) -> None:
    """Of posts in one second, too, one of them at its very beginning: its time is written without milliseconds."""
    posts = (_post("c", times[0]), _post("b", times[1]), _post("a", times[2]))
    page = Shown(seq=1, leaf=0, status="live", slots={"older": ""}, posts=posts)
    older = f'<nav data-from="b" data-at="{SECOND}{times[1]}Z"></nav>'
    assert apply(page, HeadChange(Seq(2), {"older": older})).posts == posts[:1]
