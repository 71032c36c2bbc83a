"""Nothing an attacker writes into a document, or into what is read into one, does anything."""

from collections.abc import Iterator

import pytest
from tests.document.payloads import ADDRESSES, WORDS
from tests.document.strategies import Json

from stoppress.document.addresses import link_fault, picture_fault, web_fault
from stoppress.document.html import from_html
from stoppress.document.markdown import from_markdown
from stoppress.document.parse import InvalidDocument, parse_document
from stoppress.document.schema import Document, JsonNode

HOLDERS: dict[str, object] = {
    "link": {
        "type": "paragraph",
        "content": [{"type": "text", "text": "x", "marks": [{"type": "link", "attrs": {"href": "ADDRESS"}}]}],
    },
    "image": {"type": "image", "attrs": {"src": "ADDRESS"}},
    "rendition": {
        "type": "image",
        "attrs": {"src": "/media/m", "renditions": [{"src": "ADDRESS", "width": 1, "height": 1}]},
    },
    "link_card": {"type": "link_card", "attrs": {"url": "ADDRESS"}},
    "embed": {"type": "embed", "attrs": {"provider": "youtube", "url": "ADDRESS"}},
    "quote": {
        "type": "quote",
        "attrs": {"source_url": "ADDRESS"},
        "content": [{"type": "paragraph", "content": [{"type": "text", "text": "x"}]}],
    },
}


def test_the_corpus_is_large() -> None:
    assert len(set(ADDRESSES)) + len(set(WORDS)) >= 200


def _with(address: str, holder: object) -> Json:
    if isinstance(holder, dict):
        return {key: _with(address, value) for key, value in holder.items()}
    if isinstance(holder, list):
        return [_with(address, value) for value in holder]
    return address if holder == "ADDRESS" else holder


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_document_takes_no_such_address(address: str) -> None:
    assert link_fault(address)
    assert web_fault(address)
    assert picture_fault(address)
    for name, holder in HOLDERS.items():
        if name == "quote" and not address:
            continue  # "" is a quote without a source
        with pytest.raises(InvalidDocument):
            parse_document({"type": "doc", "content": [_with(address, holder)]})


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org",
        "http://example.org/",
        "HTTPS://EXAMPLE.ORG/",
        "https://example.org:8443/a/@b;c?d=e&f[]=g@h#i@j",
        "https://[2001:db8::1]:80/",
        "https://192.0.2.1/",
        "https://bücher.example/ü?ß#漢",
        "https://xn--bcher-kva.example/",
        "https://example.org./",
        "https://a_b.example/",
        "https://localhost:8000/",
        "https://example.org/%zz|{}^[]",
        "https://example.org/" + "a" * 1_900,
        "mailto:desk@example.org",
        "MAILTO:desk@example.org?subject=a%20b&body=c",
    ],
)
def test_an_honest_address_is_taken(address: str) -> None:
    assert link_fault(address) == ""
    assert (web_fault(address) == "") == address.lower().startswith("http")


@pytest.mark.parametrize(
    "address",
    ["/media/", "/media", "/media/..", "/media/../x", "/media/a/../b", "/media/.a", "/media/a//b", "/media/a/",
     "/media/a?b", "/media/a#b", "/media/a b", "/media/%2e%2e", "/Media/a", "media/a", "/media/a\\b", "/media/a\n"],
)  # fmt: skip
def test_only_plain_upload_addresses_are_our_own(address: str) -> None:
    assert picture_fault(address)


def _addresses(node: JsonNode) -> Iterator[str]:
    waiting = [node]
    while waiting:
        here = waiting.pop()
        waiting.extend(here.get("content", []))
        holders = [here.get("attrs", {}), *(mark.get("attrs", {}) for mark in here.get("marks", []))]
        for attrs in holders:
            yield from (str(attrs[key]) for key in ("href", "src", "url", "source_url") if attrs.get(key))


def _harmless(document: Document) -> None:
    assert parse_document(document.root) == document
    for address in _addresses(document.root):
        assert address.lower().startswith(("https://", "http://", "mailto:", "/media/"))


@pytest.mark.parametrize("payload", ADDRESSES + WORDS)
def test_html_is_read_without_harm(payload: str) -> None:
    quoted = payload.replace("&", "&amp;").replace('"', "&quot;")
    pages = [
        payload,
        f'<a href="{quoted}">x</a>',
        f'<img src="{quoted}" alt="{quoted}">',
        f'<iframe src="{quoted}">',
    ]
    pages += [
        f'<blockquote cite="{quoted}">x</blockquote>',
        f"<a href={payload}>x</a>",
        f'<base href="{quoted}"><a href=x>x</a>',
    ]
    for page in pages:
        for base in ("", "https://example.org/dir/page", payload):
            _harmless(from_html(page, base)[0])


@pytest.mark.parametrize("payload", ADDRESSES + WORDS)
def test_markdown_is_read_without_harm(payload: str) -> None:
    for text in (payload, f"[x]({payload})", f"![x]({payload})", f"<{payload}>", f"[x][1]\n\n[1]: {payload}"):
        _harmless(from_markdown(text))
