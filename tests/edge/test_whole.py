"""A whole live blog on one page: every visible post once, oldest first, and nothing of a withdrawn one."""

import re

import pytest
from tests.edge.client import get
from tests.edge.readmodel import Blog, ReadModel, post_id

from stoppress.edge.app import Edge
from stoppress.lib import limits

_POST = re.compile(r'id="post-(\d+)"')


def test_row_36_a_whole_live_blog_stands_on_one_page_to_print(
    edge: Edge, model: ReadModel, storm: Blog
) -> None:
    model.withdraw(storm, post_id(3))
    model.head(storm, pinned="<p>Number 5.</p>", summary="<p>Number 6.</p>")
    page = get(edge, "/live/storm/print")
    assert page.status == 200
    assert [int(number) for number in _POST.findall(page.text)] == [1, 2, 3, 4, 5, 6, 7]
    for number in (1, 2, 4, 5, 6, 7):  # no copies: not in a pinned box, not in a summary's
        assert page.text.count(f"Number {number}.") == 1
    assert "Number 3." not in page.text
    assert 'rel="canonical" href="https://gazette.example/live/storm"' in page.text
    assert page.headers["stoppress-seq"] == str(model.newest(storm))
    assert get(edge, "/live/storm/print", if_none_match=page.headers["etag"]).status == 304


def test_its_index_leads_to_posts_on_the_same_page(edge: Edge, model: ReadModel, storm: Blog) -> None:
    link = '<a href="/live/storm?from={0}#post-{0}">Turn</a>'
    model.head(storm, key_events=link.format(post_id(2)) + link.format("0" * 19 + "z"))
    page = get(edge, "/live/storm/print").text
    assert f'<a href="#post-{post_id(2)}">' in page
    assert f'<a href="/live/storm?from={"0" * 19}z#post-{"0" * 19}z">' in page


def test_a_very_long_live_blog_goes_on_on_a_second_page(
    edge: Edge, model: ReadModel, storm: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    del model, storm
    monkeypatch.setattr(limits, "WHOLE_POSTS", 5)
    first = get(edge, "/live/storm/print").text
    assert [int(number) for number in _POST.findall(first)] == [1, 2, 3, 4, 5]
    assert f'href="/live/storm/print?from={post_id(6)}"' in first
    rest = get(edge, f"/live/storm/print?from={post_id(6)}").text
    assert [int(number) for number in _POST.findall(rest)] == [6, 7]


@pytest.mark.parametrize("address", ["/live/calm/print", f"/live/storm/print?from={'0' * 20}"])
def test_nothing_else_is_printed(edge: Edge, storm: Blog, address: str) -> None:
    del storm
    assert get(edge, address).status == 404


def test_a_draft_is_printed_for_nobody(edge: Edge, model: ReadModel) -> None:
    model.blog("secret", status="draft")
    assert get(edge, "/live/secret/print").status == 404
