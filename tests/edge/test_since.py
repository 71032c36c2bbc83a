"""What a reader who returns is told, in numbers and titles; never more than readers can see now."""

from typing import cast

import pytest
from tests.edge.client import get
from tests.edge.readmodel import Blog, ReadModel

from stoppress.edge.app import Edge


@pytest.fixture
def blog(model: ReadModel) -> Blog:
    """A live blog with two posts."""
    blog = model.blog()
    model.post(blog, "Before.", key_event=True)
    model.post(blog, "Also before.")
    return blog


def _since(edge: Edge, after: int) -> dict[str, object]:
    return get(edge, f"/live/storm/since?after={after}").json()


def test_nothing_happened(edge: Edge, model: ReadModel, blog: Blog) -> None:
    here = model.newest(blog)
    assert _since(edge, here) == {
        "seq": here,
        "known": True,
        "posts": 0,
        "key_events": [],
        "corrected": [],
        "withdrawn": [],
    }


def test_new_posts_are_counted_and_key_events_named(edge: Edge, model: ReadModel, blog: Blog) -> None:
    here = model.newest(blog)
    model.post(blog, "Plain.")
    key = model.post(blog, "The dyke breaks.", key_event=True)
    told = _since(edge, here)
    assert told["posts"] == 2
    (event,) = cast("list[dict[str, object]]", told["key_events"])
    assert (event["id"], event["new"]) == (key, True)
    assert event["title"]
    assert str(event["at"]).endswith("Z")


def test_corrections_are_of_posts_that_were_there(edge: Edge, model: ReadModel, blog: Blog) -> None:
    old = model.post(blog, "Three metres.")
    here = model.newest(blog)
    new = model.post(blog, "Four metres.")
    model.amend(blog, new, "Five metres.")
    model.correct(blog, new, "It was five.")
    model.amend(blog, old, "Two metres.")
    assert _since(edge, here)["corrected"] == []
    model.amend(blog, old, "Two metres and a half.")
    model.correct(blog, old, "It was two and a half.")
    told = _since(edge, here)
    assert [(one["id"], one["corrections"]) for one in told["corrected"]] == [(old, 1)]  # type: ignore[attr-defined]  # as JSON
    assert told["posts"] == 1


def test_nothing_of_a_withdrawn_post_is_told_but_its_id(edge: Edge, model: ReadModel, blog: Blog) -> None:
    old = model.post(blog, "A name nobody should read.", key_event=True)
    here = model.newest(blog)
    new = model.post(blog, "Another name nobody should read.", key_event=True)
    for post in (old, new):
        model.withdraw(blog, post)
    answer = get(edge, f"/live/storm/since?after={here}")
    assert "name" not in answer.text
    told = answer.json()
    assert (told["posts"], told["key_events"], told["withdrawn"]) == (0, [], [{"id": old}])


def test_it_is_told_when_changes_can_only_say_reload(edge: Edge, model: ReadModel, blog: Blog) -> None:
    here = model.newest(blog)
    model.post(blog, "New.")
    model.whole(blog)
    assert '"reload"' in get(edge, f"/live/storm/changes?after={here}").text
    assert _since(edge, here)["posts"] == 1


@pytest.mark.usefixtures("blog")
def test_a_number_from_another_life_is_not_known(edge: Edge) -> None:
    assert _since(edge, 1_000)["known"] is False


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/live/storm/since", 400),
        ("/live/storm/since?after=x", 400),
        ("/live/storm/since?after=-1", 400),
        ("/live/nothing/since?after=1", 404),
    ],
)
def test_other_questions_are_refused(edge: Edge, model: ReadModel, path: str, status: int) -> None:
    model.blog()
    assert get(edge, path).status == status


def test_a_draft_does_not_exist(edge: Edge, model: ReadModel) -> None:
    model.blog(status="draft")
    assert get(edge, "/live/storm/since?after=0").status == 404
