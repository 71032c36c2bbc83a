"""Streams over real sockets: what comes, in which order, how often, and how they end."""

import asyncio

import pytest
from tests.edge.client import ask, exchange, get, reader, serving
from tests.edge.readmodel import ReadModel

from stoppress.bus.memory import MemoryBus
from stoppress.edge.app import Edge
from stoppress.lib import limits
from stoppress.lib.ids import Seq

EVENTS = "/live/storm/events"


def test_a_published_post_comes_by_itself(edge: Edge, model: ReadModel, bus: MemoryBus) -> None:
    blog = model.blog()
    with serving(edge) as port, reader(port).open(EVENTS) as someone:
        someone.until_standing(1)
        post_id = model.post(blog, "Quay Street is closed.")
        bus.announce(blog.blog_id, Seq(2))
        (change,) = someone.until(1)
        assert (change["kind"], change["id"], change["seq"], change["after"]) == ("post", post_id, 2, None)
        assert "Quay Street is closed." in str(change["html"])
        event = someone.stream.events[-1]
        assert (event.kind, event.last_event_id) == ("post", "2")


def test_the_head_of_a_stream(edge: Edge, model: ReadModel) -> None:
    model.blog()
    with serving(edge) as port, reader(port).open(EVENTS) as someone:
        someone.until_standing(1)
        assert someone.status == 200
        assert someone.headers["content-type"] == "text/event-stream; charset=utf-8"
        assert someone.headers["cache-control"] == "no-cache, no-transform"
        assert someone.headers["x-accel-buffering"] == "no"
        assert someone.headers["x-content-type-options"] == "nosniff"
        assert "date" in someone.headers
        assert someone.stream.retry is not None
        assert limits.RETRY_MS_MIN <= someone.stream.retry <= limits.RETRY_MS_MAX


def test_readers_are_told_different_times_to_come_back(edge: Edge, model: ReadModel) -> None:
    model.blog()
    with serving(edge) as port:
        told = set()
        for _ in range(12):
            with reader(port).open(EVENTS) as someone:
                someone.until_standing(1)
                told.add(someone.stream.retry)
    assert len(told) > 1


def test_without_a_word_of_the_bus_the_sweep_finds_it(edge: Edge, model: ReadModel) -> None:
    blog = model.blog()
    with serving(edge) as port, reader(port).open(EVENTS) as someone:
        someone.until_standing(1)
        model.post(blog)
        (change,) = someone.until(1)
        assert change["seq"] == 2


def test_what_was_missed_comes_first_collapsed(edge: Edge, model: ReadModel) -> None:
    blog = model.blog()
    first = model.post(blog, "Rumour.")
    second = model.post(blog, "Fact.")
    model.amend(blog, first, "Not so.")
    model.status(blog, "paused")
    with serving(edge) as port, reader(port).open(f"{EVENTS}?after=1") as someone:
        changes = someone.until(3)
        assert [(change["kind"], change["seq"]) for change in changes] == [
            ("post", 3),
            ("post", 4),
            ("status", 5),
        ]
        assert [change.get("id") for change in changes] == [second, first, None]
        assert "Rumour." not in str(changes)
        someone.until_standing(5)


def test_last_event_id_wins_over_after(edge: Edge, model: ReadModel) -> None:
    blog = model.blog()
    model.post(blog)
    model.post(blog)
    with serving(edge) as port, reader(port).open(f"{EVENTS}?after=0", "Last-Event-ID: 2") as someone:
        assert [change["seq"] for change in someone.until(1)] == [3]


def test_a_reader_who_returns_gets_each_change_once(edge: Edge, model: ReadModel, bus: MemoryBus) -> None:
    blog = model.blog()
    seen: list[object] = []
    last = "1"
    with serving(edge) as port:
        for _ in range(5):
            with reader(port).open(EVENTS, f"Last-Event-ID: {last}") as someone:
                model.post(blog)
                bus.announce(blog.blog_id, model.newest(blog))
                someone.until_standing(model.newest(blog))
                seen += [int(event.last_event_id) for event in someone.stream.events]
                last = someone.stream.last_event_id
            model.post(blog)
    assert seen == list(range(2, 11))


def test_every_reader_of_every_live_blog_gets_its_own(edge: Edge, model: ReadModel, bus: MemoryBus) -> None:
    storm, council = model.blog("storm"), model.blog("council")
    with serving(edge) as port:
        crowd = [reader(port).open(EVENTS) for _ in range(20)]
        others = [reader(port).open("/live/council/events") for _ in range(3)]
        for someone in crowd + others:
            someone.until_standing(1)
        for number in range(5):
            model.post(storm, f"Post {number}")
            bus.announce(storm.blog_id, model.newest(storm))
        model.post(council, "Votes.")
        bus.announce(council.blog_id, model.newest(council))
        for someone in crowd:
            assert [change["seq"] for change in someone.until(5)] == [2, 3, 4, 5, 6]
        for someone in others:
            (change,) = someone.until(1)
            assert "Votes." in str(change["html"])
        for someone in crowd + others:
            someone.connection.close()


def test_http_1_0_reads_too(edge: Edge, model: ReadModel, bus: MemoryBus) -> None:
    blog = model.blog()
    with serving(edge) as port, reader(port).open(EVENTS, version="1.0") as someone:
        assert "transfer-encoding" not in someone.headers
        someone.until_standing(1)
        model.post(blog)
        bus.announce(blog.blog_id, Seq(2))
        assert [change["seq"] for change in someone.until(1)] == [2]


def test_a_heartbeat_comes_while_nothing_happens(
    edge: Edge, model: ReadModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(edge.hub, "_beats", [set()])
    monkeypatch.setattr(limits, "HEARTBEAT_SECONDS", 1)
    model.blog()
    with serving(edge) as port, reader(port).open(EVENTS) as someone:
        someone.until_comment()
        assert someone.stream.events == []


@pytest.mark.parametrize(
    "cursor", ["-1", "abc", "1e3", "%00", "9223372036854775808", "1" + "0" * 30, "0x10", "%D9%A3"]
)
def test_a_bad_cursor_is_refused(edge: Edge, model: ReadModel, cursor: str) -> None:
    model.blog()
    for path in (f"{EVENTS}?after={cursor}", f"/live/storm/changes?after={cursor}"):
        answer = get(edge, path)
        assert (answer.status, answer.headers["content-type"]) == (400, "application/problem+json")
        assert b"from 0 to 9223372036854775807 was expected" in answer.body  # 10^30 is a whole number, too
    assert get(edge, EVENTS, last_event_id=cursor).status == 400


@pytest.mark.parametrize("cursor", ["17", "9223372036854775807"])
def test_a_cursor_from_the_future_means_reload(edge: Edge, model: ReadModel, cursor: str) -> None:
    model.blog()
    with serving(edge) as port, reader(port).open(EVENTS, f"Last-Event-ID: {cursor}") as someone:
        (change,) = someone.until(1)
        assert (change["kind"], change["seq"]) == ("reload", 1)
        someone.until_standing(1)


def test_a_number_that_only_the_newsroom_has_seen_is_no_future(
    edge: Edge, model: ReadModel, bus: MemoryBus
) -> None:
    blog = model.blog()
    model.silent(blog)
    with serving(edge) as port, reader(port).open(f"{EVENTS}?after=2") as someone:
        someone.until_standing(1)
        model.post(blog)
        bus.announce(blog.blog_id, Seq(3))
        assert [(change["kind"], change["seq"]) for change in someone.until(1)] == [("post", 3)]


@pytest.mark.parametrize("slug", ["nowhere", "hidden", "STORM", "a" * 81, "\0", "..", "storm "])
def test_only_public_live_blogs_have_streams(edge: Edge, model: ReadModel, slug: str) -> None:
    model.blog()
    model.blog("hidden", status="draft")
    assert get(edge, f"/live/{slug}/events").status == 404


def test_a_live_blog_that_is_taken_back_ends_its_streams(edge: Edge, model: ReadModel) -> None:
    blog = model.blog()
    with serving(edge) as port, reader(port).open(EVENTS) as someone:
        someone.until_standing(1)
        model.status(blog, "draft")
        someone.until_end()
        assert exchange(port, f"GET {EVENTS} HTTP/1.0\r\n\r\n".encode()).startswith(b"HTTP/1.1 404 ")


def test_a_new_build_means_reload(edge: Edge, model: ReadModel) -> None:
    blog = model.blog()
    with serving(edge) as port, reader(port).open(EVENTS) as someone:
        someone.until_standing(1)
        model.run("UPDATE page SET build = 'b2' WHERE liveblog_id = ?", blog.blog_id)
        (change,) = someone.until(1)
        assert change["kind"] == "reload"


def test_a_page_changed_as_a_whole_means_reload(edge: Edge, model: ReadModel) -> None:
    blog = model.blog()
    with serving(edge) as port, reader(port).open(EVENTS) as someone:
        someone.until_standing(1)
        seq = model.whole(blog)
        (change,) = someone.until(1)
        assert (change["kind"], change["seq"]) == ("reload", seq)


def test_a_restored_older_database_means_reload(edge: Edge, model: ReadModel) -> None:
    blog = model.blog()
    model.post(blog)
    with serving(edge) as port, reader(port).open(EVENTS) as someone:
        someone.until_standing(2)
        model.run("UPDATE page SET changed_seq = 1 WHERE liveblog_id = ?", blog.blog_id)
        (change,) = someone.until(1)
        assert (change["kind"], change["seq"]) == ("reload", 1)


def test_too_much_missed_means_reload(edge: Edge, model: ReadModel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CHANGES_AT_ONCE", 5)
    blog = model.blog()
    for _ in range(6):
        model.post(blog)
    with serving(edge) as port:
        with reader(port).open(f"{EVENTS}?after=1") as someone:
            assert [change["kind"] for change in someone.until(1)] == ["reload"]
        with reader(port).open(f"{EVENTS}?after=2") as someone:
            assert [change["kind"] for change in someone.until(5)] == ["post"] * 5


def test_too_many_bytes_missed_means_reload(edge: Edge, model: ReadModel) -> None:
    blog = model.blog()
    model.post(blog, "x" * (limits.CATCH_UP_BYTES + 1))
    with serving(edge) as port, reader(port).open(f"{EVENTS}?after=1") as someone:
        assert [change["kind"] for change in someone.until(1)] == ["reload"]


def test_a_stream_beyond_the_places_is_refused_with_a_way_out(
    edge: Edge, model: ReadModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "STREAMS_PER_PROCESS", 1)
    model.blog()
    with serving(edge) as port, reader(port).open(EVENTS) as someone:
        someone.until_standing(1)
        answer = exchange(port, f"GET {EVENTS} HTTP/1.0\r\n\r\n".encode())
        assert answer.startswith(b"HTTP/1.1 503 ")
        assert b"retry-after: " in answer
        assert b"/live/storm/changes" in answer


def test_head_of_a_stream_ends(edge: Edge, model: ReadModel) -> None:
    model.blog()
    answer = asyncio.run(ask(edge, EVENTS, method="HEAD"))
    assert (answer.status, answer.headers["content-type"]) == (200, "text/event-stream; charset=utf-8")


def test_a_server_that_cannot_hand_over_says_so(edge: Edge, model: ReadModel) -> None:
    model.blog()
    answer = get(edge, EVENTS)
    assert (answer.status, answer.json()["next_url"]) == (501, "/live/storm/changes?after=0")


def test_a_reader_who_takes_nothing_is_cut_and_the_others_go_on(
    edge: Edge, model: ReadModel, bus: MemoryBus
) -> None:
    blog = model.blog()
    with serving(edge) as port, reader(port).open(EVENTS) as good:
        good.until_standing(1)
        slow = reader(port, receive_buffer=4_096).open(EVENTS)
        for number in range(400):
            model.post(blog, f"{number} " + "Water. " * 9_000)
            bus.announce(blog.blog_id, model.newest(blog))
            good.until(1)
            if edge.hub.count == 1:
                break
        assert edge.hub.count == 1
        assert b"stoppress_readers_dropped_total 1.0" in edge.metrics.text()
        slow.until_end()
        slow.connection.close()


def test_a_reader_who_talks_back_is_cut(edge: Edge, model: ReadModel) -> None:
    model.blog()
    with serving(edge) as port, reader(port).open(EVENTS) as someone:
        someone.until_standing(1)
        someone.connection.sendall(b"hello?\r\n")
        someone.until_end()


def test_readers_who_left_are_forgotten(edge: Edge, model: ReadModel, bus: MemoryBus) -> None:
    blog = model.blog()
    with serving(edge) as port:
        with reader(port).open(EVENTS) as staying:
            staying.until_standing(1)
            for _ in range(5):
                with reader(port).open(EVENTS) as someone:
                    someone.until_standing(1)
            while edge.hub.count > 1:
                model.post(blog)
                bus.announce(blog.blog_id, model.newest(blog))
                staying.until(1)
        with reader(port).open("/live/storm/changes?after=0"):
            pass
    assert edge.hub.count == 0


def test_stopping_ends_streams_and_asks_them_back_later(edge: Edge, model: ReadModel) -> None:
    model.blog()
    with serving(edge) as port:
        crowd = [reader(port).open(EVENTS) for _ in range(30)]
        for someone in crowd:
            someone.until_standing(1)
    waits = set()
    for someone in crowd:
        someone.until_end()
        assert someone.stream.retry is not None
        assert limits.RETRY_MS_MIN <= someone.stream.retry <= limits.DRAIN_RETRY_MS_MAX
        waits.add(someone.stream.retry)
        someone.connection.close()
    assert len(waits) > 20


def test_no_frame_holds_withdrawn_text(edge: Edge, model: ReadModel, bus: MemoryBus) -> None:
    blog = model.blog()
    post_id = model.post(blog, "CANARY")
    model.amend(blog, post_id, "CANARY again")
    with serving(edge) as port, reader(port).open(EVENTS) as live:
        live.until_standing(3)
        model.withdraw(blog, post_id)
        bus.announce(blog.blog_id, Seq(4))
        (change,) = live.until(1)
        assert change["kind"] == "withdrawn"
        for after in range(5):
            with reader(port).open(f"{EVENTS}?after={after}") as someone:
                someone.until_standing(4)
                assert "CANARY" not in str(someone.stream.events)
