"""Newest or oldest first: which page an address answers, and how its pages hang together."""

import re
from html import unescape

import pytest
from tests.edge.client import get
from tests.edge.readmodel import Blog, ReadModel

from stoppress.edge.app import Edge

_POST = re.compile(r'id="post-(\d+)"')
_PAGER = re.compile(r'<nav class="pager".*?</nav>', re.DOTALL)
_HREF = re.compile(r'href="([^"]*)"')


def _numbers(edge: Edge, address: str) -> list[int]:
    """The posts on a page, from top to bottom, by the order in which they were published."""
    page = get(edge, address)
    assert page.status == 200, address
    return [int(number) for number in _POST.findall(page.text)]


def _link(edge: Edge, address: str, name: str) -> str | None:
    """Where the pager under the posts leads, by the words on the link; None without it."""
    pagers = _PAGER.findall(get(edge, address).text)
    links = re.findall(r'<a href="([^"]*)"[^>]*>([^<]*)</a>', pagers[-1]) if pagers else []
    return next((unescape(href) for href, words in links if words == name), None)


def test_row_15_newest_first_while_live_and_oldest_first_once_closed(
    edge: Edge, model: ReadModel, storm: Blog
) -> None:
    assert _numbers(edge, "/live/storm") == [7, 6, 5]
    assert _numbers(edge, "/live/storm?order=oldest") == [1, 2]
    model.status(storm, "closed")
    assert _numbers(edge, "/live/storm") == [1, 2]
    assert _numbers(edge, "/live/storm?order=newest") == [7, 6, 5]
    model.status(storm, "live")
    assert _numbers(edge, "/live/storm") == [7, 6, 5]


@pytest.mark.parametrize("status", ["live", "closed"])
@pytest.mark.parametrize(("order", "forward"), [("newest", "Older posts"), ("oldest", "Later posts")])
def test_row_15_either_order_leads_through_every_post_once(
    edge: Edge, model: ReadModel, storm: Blog, *, status: str, order: str, forward: str
) -> None:
    model.status(storm, status)
    model.head(storm, older='<nav class="pager"></nav>')  # the first page's own way down is the slot's
    address: str | None = f"/live/storm?order={order}"
    if order == "newest":
        read = _numbers(edge, f"/live/storm?order={order}")
        newest_sealed = next(number for number in range(7, 0, -1) if number not in read)
        address = f"/live/storm?from={newest_sealed:020}&order=newest"
    else:
        read = []
    while address is not None:
        read += _numbers(edge, address)
        address = _link(edge, address, forward)
    assert read == ([7, 6, 5, 4, 3, 2, 1] if order == "newest" else [1, 2, 3, 4, 5, 6, 7])


def test_row_15_the_switch_names_both_orders_and_marks_the_present_one(
    edge: Edge, model: ReadModel, storm: Blog
) -> None:
    live = get(edge, "/live/storm").text
    assert '<a href="/live/storm?order=newest" aria-current="true">Newest first</a>' in live
    assert '<a href="/live/storm?order=oldest">Oldest first</a>' in live
    model.status(storm, "closed")
    closed = get(edge, "/live/storm").text
    assert '<a href="/live/storm?order=oldest" aria-current="true">Oldest first</a>' in closed
    assert 'data-order="oldest"' in closed
    assert 'aria-label="Posts, oldest first"' in closed


def test_row_14_a_link_to_a_post_leads_to_the_page_that_holds_it_in_either_order(
    edge: Edge, model: ReadModel, storm: Blog
) -> None:
    for status in ("live", "closed"):
        model.status(storm, status)
        for number in range(1, 8):
            for order in ("", "&order=newest", "&order=oldest"):
                assert number in _numbers(edge, f"/live/storm?from={number:020}{order}")


def test_row_14_search_engines_are_told_one_address_for_each_page(
    edge: Edge, model: ReadModel, storm: Blog
) -> None:
    model.status(storm, "closed")
    pages = ["/live/storm", "/live/storm?order=oldest", f"/live/storm?from={1:020}&order=newest"]
    for page in pages:
        assert 'rel="canonical" href="https://gazette.example/live/storm"' in get(edge, page).text, page
    newest = get(edge, "/live/storm?order=newest").text
    assert f'rel="canonical" href="https://gazette.example/live/storm?from={7:020}"' in newest


def test_an_order_that_there_is_not_is_no_order(edge: Edge, storm: Blog) -> None:  # noqa: ARG001 (it is there)
    assert _numbers(edge, "/live/storm?order=random") == [7, 6, 5]


def test_a_live_blog_without_posts_has_both_orders(edge: Edge, model: ReadModel) -> None:
    blog = model.blog("empty")
    model.status(blog, "closed")
    for address in ("/live/empty", "/live/empty?order=newest"):
        assert _numbers(edge, address) == []
        assert not _PAGER.search(get(edge, address).text)


def test_every_link_between_pages_of_a_closed_live_blog_keeps_the_order(
    edge: Edge, model: ReadModel, storm: Blog
) -> None:
    model.status(storm, "closed")
    page = get(edge, f"/live/storm?from={3:020}&order=newest").text
    pager = _PAGER.findall(page)[-1]
    assert all("order=newest" in href for href in _HREF.findall(pager))
    pager = _PAGER.findall(get(edge, f"/live/storm?from={3:020}").text)[-1]
    assert not any("order=" in href for href in _HREF.findall(pager))
