"""The builder cannot write anything unescaped."""

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from stoppress.render.element import Html, element, join, text


def test_attributes_keep_order_and_absent_ones_are_left_out() -> None:
    html = element(
        "a", {"href": "/x", "title": None, "hidden": True, "inert": False, "tabindex": -1}, text("y")
    )
    assert html == '<a href="/x" hidden tabindex="-1">y</a>'


def test_void_elements_are_not_closed() -> None:
    assert element("meta", {"name": "a"}) == '<meta name="a">'


def test_words_between_parts_are_words() -> None:
    assert join([Html("<b>a</b>"), Html("c")], " & ") == "<b>a</b> &amp; c"


@given(st.text(), st.text())
def test_any_value_comes_back_as_it_went_in(value: str, words: str) -> None:
    found: list[tuple[str, str | None]] = []
    said: list[str] = []

    class Parser(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.extend([(tag, None), *attrs])

        def handle_data(self, data: str) -> None:
            said.append(data)

    parser = Parser()
    parser.feed(element("p", {"title": value}, text(words)))
    parser.close()
    assert found == [("p", None), ("title", value)]
    assert "".join(said) == words
