"""Whatever a change holds, a browser reads back the same change, from whichever pieces it comes in."""

import json
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st
from tests.events.reading import EventStream

from stoppress.events import sse
from stoppress.events.changes import (
    Change,
    HeadChange,
    PostChange,
    Reload,
    StatusChange,
    WithdrawnChange,
    to_json,
)
from stoppress.lib.ids import PostId, Seq

# Surrogates too: JSON can carry them, UTF-8 cannot.
texts = st.text(st.characters() | st.sampled_from("\r\n\0\x85\u2028\u2029\ufeff\ud800:<"), max_size=60)
seqs = st.integers(0, 2**63 - 1).map(Seq)
post_ids = texts.map(PostId)
moments = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 (the zone is given beside)
posts = st.builds(
    PostChange,
    seq=seqs,
    id=post_ids,
    html=texts,
    after=st.none() | post_ids,
    leaf=st.integers(0, 99),
    key_event=st.booleans(),
    summary=st.booleans(),
    first_published_at=moments,
    last_changed_at=moments,
)
withdrawals = st.builds(
    WithdrawnChange,
    seq=seqs,
    id=post_ids,
    html=texts,
    after=st.none() | post_ids,
    leaf=st.integers(0, 99),
    last_changed_at=moments,
)
heads = st.builds(HeadChange, seq=seqs, html=st.dictionaries(texts, texts, max_size=3))
changes: st.SearchStrategy[Change] = st.one_of(
    posts,
    withdrawals,
    heads,
    st.builds(StatusChange, seq=seqs, status=texts),
    st.builds(Reload, seq=seqs, why=texts),
)


@given(st.lists(changes, max_size=4), st.integers(1, 50))
def test_a_browser_reads_back_what_was_sent(sent: list[Change], piece: int) -> None:
    stream = EventStream()
    data = b"".join(map(sse.frame, sent))
    for start in range(0, len(data), piece):
        stream.feed(data[start : start + piece])
    assert [json.loads(event.data) for event in stream.events] == [to_json(change) for change in sent]
    assert [event.last_event_id for event in stream.events] == [str(change.seq) for change in sent]
    assert [event.kind for event in stream.events] == [to_json(change)["kind"] for change in sent]


@given(changes)
def test_data_is_one_line_and_utf8(change: Change) -> None:
    frame = sse.frame(change)
    assert frame.endswith(b"\n\n")
    assert frame.count(b"\n") == 4
    assert b"\r" not in frame
    assert b"\0" not in frame
    frame.decode("utf-8")


def test_a_heartbeat_is_seen_by_proxies_only() -> None:
    stream = EventStream()
    stream.feed(sse.HEARTBEAT)
    assert (stream.comments, stream.events, stream.last_event_id) == (1, [], "")


def test_standing_tells_the_browser_and_not_the_page() -> None:
    stream = EventStream()
    stream.feed(sse.standing(Seq(12)))
    assert (stream.last_event_id, stream.events) == ("12", [])


def test_retry_is_read() -> None:
    stream = EventStream()
    stream.feed(sse.retry(2781))
    assert stream.retry == 2781
    assert stream.events == []


@given(st.binary(min_size=1, max_size=5_000))
def test_a_chunk_is_framed_as_http_frames_it(data: bytes) -> None:
    size, _, rest = sse.chunk(data).partition(b"\r\n")
    assert int(size, 16) == len(data)
    assert rest == data + b"\r\n"
