"""Encodings, validators and their comparison, as RFC 9110 has them."""

import gzip
import re
from dataclasses import replace

import brotli  # type: ignore[import-untyped]  # it ships no types
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from stoppress.edge.asgi import Answer
from stoppress.edge.headers import FEED_CACHING, PAGE_CACHING
from stoppress.edge.kept import Content, Kept, coding_for, compress, matches
from stoppress.lib import limits

BODY = b"<p>The tide gauge at the harbour entrance.</p>" * 100


def ask(kept: Kept, **headers: str) -> tuple[Answer, dict[str, str]]:
    lines = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    found = kept.answer(lines)
    return found, {name.decode(): value.decode() for name, value in found.headers}


@pytest.fixture
def kept() -> Kept:
    return Kept(Content(BODY, [(b"content-type", b"text/html")], seq=12))


@pytest.mark.parametrize(
    ("accepts", "coding"),
    [
        (b"", ""),
        (b"br", "br"),
        (b"gzip, deflate, br, zstd", "br"),
        (b"gzip, deflate", "gzip"),
        (b"GZIP", "gzip"),
        (b"*", "br"),
        (b"*;q=0", ""),
        (b"br;q=0, gzip", "gzip"),
        (b"br;q=0.5, gzip;q=0.8", "gzip"),
        (b"br;q=0.5, gzip;q=0.5", "br"),
        (b"identity", ""),
        (b"identity;q=1, br;q=0.2", ""),
        (b"br;q=nonsense", ""),
        (b"deflate, zstd", "zstd"),
        (b"gzip, zstd", "zstd"),
        (b"gzip, zstd;q=0.9", "gzip"),
        (b"br;q=0, *", "zstd"),
        (b"ZSTD", "zstd"),
        (b";;,,=", ""),
    ],
)
def test_the_encoding_is_the_best_that_is_taken(accepts: bytes, coding: str) -> None:
    assert coding_for(accepts) == coding


@given(st.binary(max_size=80))
def test_any_accept_encoding_is_survived(accepts: bytes) -> None:
    assert coding_for(accepts) in ("", "br", "zstd", "gzip")


def test_each_encoding_gives_the_same_bytes_back(kept: Kept) -> None:
    plain, headers = ask(kept)
    assert (plain.content, headers.get("content-encoding")) == (BODY, None)
    small, headers = ask(kept, accept_encoding="br")
    assert (brotli.decompress(small.content), headers["content-encoding"]) == (BODY, "br")
    small, headers = ask(kept, accept_encoding="gzip")
    assert (gzip.decompress(small.content), headers["content-encoding"]) == (BODY, "gzip")
    small, headers = ask(kept, accept_encoding="zstd")
    assert (zstandard.decompress(small.content), headers["content-encoding"]) == (BODY, "zstd")
    assert headers["vary"] == "accept-encoding"
    assert headers["content-length"] == str(len(small.content))


@given(st.binary(min_size=limits.COMPRESS_BYTES_MIN, max_size=5_000))
def test_any_body_comes_back_and_the_same_bytes_each_time(body: bytes) -> None:
    for coding, undo in (
        ("br", brotli.decompress),
        ("zstd", zstandard.decompress),
        ("gzip", gzip.decompress),
    ):
        found = [ask(Kept(Content(body, [], seq=1)), accept_encoding=coding) for _ in range(2)]
        assert undo(found[0][0].content) == body
        assert found[0][0].content == found[1][0].content
        assert found[0][1]["etag"] == found[1][1]["etag"]


def test_a_long_page_needs_no_larger_window_than_browsers_have() -> None:
    body = "".join(f"<p>Number {number}.</p>" for number in range(300_000)).encode()
    frame = zstandard.get_frame_parameters(compress(body, "zstd"))
    assert frame.window_size <= 8 * 1024 * 1024


def test_an_encoding_is_made_once(kept: Kept) -> None:
    assert ask(kept, accept_encoding="br")[0] is ask(kept, accept_encoding="gzip, br")[0]


def test_each_encoding_has_its_own_strong_tag_that_begins_with_the_number(kept: Kept) -> None:
    tags = {ask(kept, accept_encoding=accepts)[1]["etag"] for accepts in ("", "br", "zstd", "gzip")}
    assert len(tags) == 4
    assert all(tag.startswith('"12-') and tag.endswith('"') for tag in tags)


def test_other_bytes_have_another_tag_at_the_same_number() -> None:
    tags = {ask(Kept(Content(body, [], seq=12)))[1]["etag"] for body in (b"a", b"b")}
    assert len(tags) == 2


def test_what_is_known_is_not_sent_again(kept: Kept) -> None:
    _, headers = ask(kept, accept_encoding="br")
    again, fields = ask(kept, accept_encoding="br", if_none_match=headers["etag"])
    assert (again.status, again.content) == (304, b"")
    assert fields["etag"] == headers["etag"]
    assert fields["vary"] == "accept-encoding"
    assert fields["stoppress-seq"] == "12"
    assert "content-length" not in fields
    assert "content-encoding" not in fields


def test_a_tombstone_is_sent_whole_each_time() -> None:
    kept = Kept(Content(BODY, [], seq=12, status=410))
    _, headers = ask(kept)
    assert ask(kept, if_none_match=headers["etag"])[0].status == 410


def test_a_tag_of_another_encoding_is_not_known(kept: Kept) -> None:
    _, headers = ask(kept, accept_encoding="br")
    assert ask(kept, if_none_match=headers["etag"])[0].status == 200


@pytest.mark.parametrize(
    ("known", "same"),
    [
        (b'"1-a"', True),
        (b'W/"1-a"', True),
        (b'"0", "1-a"', True),
        (b'"0",W/"1-a" ,"2"', True),
        (b"*", True),
        (b" * ", True),
        (b'"1-b"', False),
        (b'"1-a', False),
        (b"1-a", False),
        (b'w/"1-a"', False),
        (b'"*"', False),
        (b"", False),
    ],
)
def test_tags_are_compared_weakly_and_in_lists(known: bytes, *, same: bool) -> None:
    assert matches(known, b'"1-a"') is same


def test_small_and_packed_bodies_are_not_compressed() -> None:
    for content in (Content(b"small", []), Content(BODY, [], packed=True)):
        assert "content-encoding" not in ask(Kept(content), accept_encoding="br, gzip")[1]


def test_a_stale_answer_says_so_and_only_while_it_is(kept: Kept) -> None:
    kept.stale = True
    found, headers = ask(kept, accept_encoding="br")
    assert headers["stoppress-stale"] == "1"
    assert headers["content-length"] == str(len(found.content))
    assert ask(kept, if_none_match=headers["etag"], accept_encoding="br")[0].status == 304
    kept.stale = False
    assert "stoppress-stale" not in ask(kept, accept_encoding="br")[1]


def test_a_cache_that_asks_on_is_told_how_long_and_nobody_else(kept: Kept) -> None:
    content = replace(kept.content, headers=[(b"cache-control", PAGE_CACHING)])
    page, feed = Kept(content), Kept(replace(content, headers=[(b"cache-control", FEED_CACHING)]))
    found, headers = ask(page, stoppress_cache="stale-while-revalidate")
    ages = re.findall(r"(?:s-maxage|stale-while-revalidate)=([0-9]+)", headers["cache-control"])
    assert (len(ages), sum(map(int, ages)) <= 3) == (2, True)
    assert headers["content-length"] == str(len(found.content))
    known = {"if_none_match": headers["etag"], "stoppress_cache": "stale-while-revalidate"}
    assert ask(page, **known)[1]["cache-control"] == headers["cache-control"]
    for one in (
        ask(page),
        ask(page, stoppress_cache="for ever"),
        ask(feed, stoppress_cache="stale-while-revalidate"),
    ):
        assert "stale-while-revalidate" not in one[1]["cache-control"]


def test_the_bytes_of_the_head_are_the_headers(kept: Kept) -> None:
    found, _ = ask(kept)
    line, *rest = found.head.split(b"\r\n")
    assert line == b"HTTP/1.1 200 OK"
    assert rest == [name + b": " + value for name, value in found.headers] + [b""]
