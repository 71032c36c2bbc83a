"""A link to another post of ours: without a host on the page, with it wherever the page's address is not known."""

from stoppress.document.parse import parse_document
from stoppress.render.addresses import absolute_html
from stoppress.render.html import document_html

HREF = "/live/storm/posts/01m0000000abcdefghjk"


def test_the_host_is_put_in_only_where_it_is_needed() -> None:
    link = {"type": "text", "text": "the gate", "marks": [{"type": "link", "attrs": {"href": HREF}}]}
    document = parse_document({"type": "doc", "content": [{"type": "paragraph", "content": [link]}]})
    html = document_html(document)
    assert html == f'<p><a href="{HREF}" rel="noopener">the gate</a></p>'
    there = absolute_html(html, "https://news.example")
    assert f'href="https://news.example{HREF}"' in there
