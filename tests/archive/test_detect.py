"""The front door: what kind of file it is, in which letters, and what is turned away."""

import gzip
import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.archive.shapes import headlines, live_blog, page, update, whys

from stoppress.archive.detect import bytes_taken, read_file
from stoppress.archive.format import UnreadableArchive
from stoppress.lib import limits

BLOG = live_blog([update(1, headline="Zażółć gęślą")])


def _page(text: str, charset: str) -> bytes:
    return (
        page(BLOG, head=charset)
        .decode()
        .replace("Za\\u017c\\u00f3\\u0142\\u0107 g\\u0119\\u015bl\\u0105", text)
        .encode()
    )


RAW = _page("Zażółć gęślą", "").decode()


@pytest.mark.parametrize(
    "data",
    [
        RAW.encode(),
        b"\xef\xbb\xbf" + RAW.encode(),
        b"\xff\xfe" + RAW.encode("utf-16-le"),
        b"\xfe\xff" + RAW.encode("utf-16-be"),
        RAW.replace("<head>", '<head><meta charset="iso-8859-2">').encode("iso-8859-2"),
        RAW.replace(
            "<head>", '<head><meta http-equiv="Content-Type" content="text/html; charset=windows-1250">'
        ).encode("cp1250"),
        RAW.replace("<head>", '<head><meta charset="iso-8859-2">').encode(),  # says one thing, is another
        b'<?xml version="1.0" encoding="ISO-8859-2"?>' + RAW.encode("iso-8859-2"),
    ],
)
def test_encodings(data: bytes) -> None:
    reading = read_file(data)
    assert headlines(reading) == ["Zażółć gęślą"]
    assert whys(reading, "the file") == ""


def test_an_unknown_encoding_is_assumed_and_said() -> None:
    reading = read_file(page(BLOG).replace(b"Gate", b"Gate") + b"<p>caf\xe9</p>")
    assert "Windows-1252 was assumed" in whys(reading, "the file")


def test_broken_letters_are_counted() -> None:
    reading = read_file(page(BLOG, head='<meta charset="utf-8">') + b"<p>caf\xe9</p>")
    assert "1 characters are not valid utf-8" in whys(reading, "the file")


@pytest.mark.parametrize(
    ("data", "came"),
    [
        (b"", "an empty file"),
        (b" \n\0", "an empty file"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"PK\x03\x04....", "a ZIP file"),
        (gzip.compress(page(BLOG)), "a gzip file"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"Just some words.", "neither JSON nor html"),
        (b'<?xml version="1.0"?><rss version="2.0"><channel/></rss>', "a feed"),
        (b'{"a": 1}', "JSON without a live blog"),
        (b"[1, 2]", "JSON without a live blog"),
        (b'{"a": ', "cut on the way"),
        (b"<html><body><p>An article.</p></body></html>", "declares no live blog"),
        (b"<html></html>", "declares no live blog"),
    ],
)
def test_other_files_are_turned_away_with_a_sentence(data: bytes, came: str) -> None:
    with pytest.raises(UnreadableArchive, match=came) as refused:
        read_file(data)
    assert "An import takes" in str(refused.value)


def test_entity_bombs_are_words() -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
    reading = read_file((bomb + page(BLOG, body="<p>&c;</p>").decode()).encode())
    assert len(reading.archive.posts) == 1


def test_large_files_are_refused_before_they_are_read() -> None:
    with pytest.raises(UnreadableArchive, match="at most 32 MB"):
        read_file(b"<html>" + b" " * limits.IMPORT_BYTES)


def test_archives_of_ours_may_be_larger() -> None:
    assert bytes_taken(b'{\n "format": "stoppress archive",\n') == limits.ARCHIVE_BYTES
    assert bytes_taken(b"<html>") == limits.IMPORT_BYTES


def test_a_wanted_format_is_kept_to() -> None:
    assert read_file(page(BLOG), format="jsonld").format == "jsonld"
    for wanted in ("archive", "guardian", "microdata", "odt"):
        with pytest.raises(UnreadableArchive):
            read_file(page(BLOG), format=wanted)
    for wanted in ("archive", "microdata"):
        with pytest.raises(UnreadableArchive):
            read_file(json.dumps(BLOG).encode(), format=wanted)


def test_where_it_came_from_can_be_told() -> None:
    bare = {name: value for name, value in BLOG.items() if name != "url"}
    reading = read_file(page(bare), source_url="https://news.example/live/told-by-hand")
    assert reading.archive.source_url == "https://news.example/live/told-by-hand"


def test_more_posts_than_one_import_takes_are_cut_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "IMPORT_POSTS", 2)
    reading = read_file(page(live_blog([update(3), update(2), update(1)])))
    assert len(reading.archive.posts) == 2
    assert "1 more were left out" in whys(reading, "updates")


def test_remarks_beyond_the_bound_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "IMPORT_NOTES", 3)
    updates = [
        update(each, datePublished=None if each > 1 else "2026-01-02T08:00:00Z") for each in range(1, 9)
    ]
    reading = read_file(page(live_blog(updates)))
    assert len(reading.skipped) == 4
    assert "more remarks of these kinds" in reading.skipped[-1].why


def test_a_long_live_blog_is_read_in_seconds() -> None:
    body = "<p>The water at the north pier rose again &amp; the crew moved her.</p>" * 20
    blog = live_blog(
        [update(each % 60, **{"@id": f"#p{each}", "articleBody": f"{body}{each}"}) for each in range(428)]
    )
    started = time.perf_counter()
    assert len(read_file(page(blog)).archive.posts) == 428
    assert time.perf_counter() - started < 10


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with pytest.raises(UnreadableArchive):
        read_file(data)


_texts = st.text(max_size=20) | st.sampled_from(
    ["<p>x</p>", "19:30", "http://[", "&amp;lt;", "67'", "2026-01-02"]
)
_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _texts,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["@id", "@type", "@value", "@list", "name", "url", "text"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)
_fields = st.dictionaries(
    st.sampled_from([*update(1), "image", "video", "correction", "dateModified"]), _values
)


@settings(deadline=None)
@given(st.lists(_fields, max_size=4), st.dictionaries(st.sampled_from(sorted(BLOG)), _values, max_size=3))
def test_any_json_ld_is_read_or_refused(updates: list[dict[str, object]], fields: dict[str, object]) -> None:
    blog = {**BLOG, "liveBlogUpdate": [update(1) | each for each in updates], **fields}
    try:
        reading = read_file(json.dumps([blog]).encode())
    except UnreadableArchive:
        return
    assert all(each.where and each.why for each in reading.skipped)


@given(
    st.lists(
        st.sampled_from(
            [
                "<div>",
                "</div>",
                "<time>18:05</time>",
                "<p>12:30 ",
                "</p>",
                "<form>",
                "text",
                "&#0;",
                "<li id='1767380400'>",
            ]
        )
    )
)
def test_any_markup_is_read_or_refused(parts: list[str]) -> None:
    body = f'<div itemscope itemtype="https://schema.org/LiveBlogPosting">{"".join(parts)}</div>'
    try:
        read_file(page(body=body))
    except UnreadableArchive:
        return
