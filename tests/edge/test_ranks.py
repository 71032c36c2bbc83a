"""What readers are owed, and how it reaches them: whatever each socket takes, and whoever goes amid it."""

import asyncio
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stoppress.edge.ranks import Rank, Ranks
from stoppress.edge.stream import Reader
from stoppress.lib import limits
from stoppress.lib.ids import Seq


class Crowd:
    """Lists nobody, notes whom it was told to cut."""

    def __init__(self) -> None:
        self.late: set[int] = set()
        self.cuts: list[Reader] = []

    def leave(self, reader: Reader) -> None:
        raise AssertionError(reader)

    def cut(self, reader: Reader) -> None:
        self.cuts.append(reader)


@dataclass(slots=True, eq=False)
class Line(asyncio.Transport):
    """A transport with a socket of its own number, which takes what `takes` says: bytes, or an error's type."""

    number: int
    takes: list[int | type[OSError]] = field(default_factory=list)
    came: bytes = b""
    held: bytes = b""
    reader: Reader | None = None

    def get_extra_info(self, name: str, default: object = None) -> object:
        return self if name == "socket" else default

    def fileno(self) -> int:
        return self.number

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        assert (high, low) == (0, 0)

    def get_write_buffer_size(self) -> int:
        return len(self.held)

    def direct(self, data: bytes) -> int:
        """What the kernel does with a write to this socket."""
        assert not self.held, "overtakes what the transport still holds"
        taken = self.takes.pop(0) if self.takes else len(data)
        if not isinstance(taken, int):
            raise taken
        taken = min(taken, len(data))
        self.came += data[:taken]
        return taken

    def write(self, data: bytes | bytearray | memoryview) -> None:
        assert self.reader is not None
        was_empty = not self.held
        self.held += data
        if was_empty and data:
            self.reader.pause_writing()

    def drain(self, count: int) -> None:
        """The peer reads `count` bytes."""
        assert self.reader is not None
        if self.held:
            self.came += self.held[:count]
            self.held = self.held[count:]
            if not self.held:
                self.reader.resume_writing()


@contextmanager
def written_to(lines: Sequence[Line]) -> Iterator[None]:
    """`os.write` to the numbers of `lines` goes to them."""
    by_number = {line.number: line for line in lines}
    real = os.write

    def write(number: int, data: bytes) -> int:
        return by_number[number].direct(data) if number in by_number else real(number, data)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "write", write)
        yield


def listed(crowd: Crowd, ranks: Ranks, line: Line, *, chunked: bool = False) -> Reader:
    reader = Reader(crowd, 1, 0, chunked=chunked)
    line.reader = reader
    reader.open(line, b"", b"")
    line.held = line.came = b""  # the head is not looked at here
    reader.resume_writing()
    ranks.add(reader)
    return reader


def owe(ranks: Ranks, seq: int) -> None:
    """Everyone is owed a frame for each number it has not got."""
    ranks.owe(Seq(seq), "", lambda rank: frames(rank.seq, seq))


def frames(after: int, seq: int) -> bytes:
    return b"".join(b"<%d>" % number for number in range(after + 1, seq + 1))


answers = st.one_of(st.integers(0, 12), st.sampled_from([BlockingIOError, BrokenPipeError]))
steps = st.one_of(
    st.tuples(st.just("owe"), st.just(0)),
    st.tuples(st.just("write"), st.integers(1, 3)),
    st.tuples(st.just("drain"), st.integers(1, 12)),
)


@given(st.lists(st.lists(answers, max_size=12), min_size=1, max_size=5), st.lists(steps, max_size=40))
def test_whatever_each_socket_takes_every_byte_comes_once_and_in_order(
    sockets: list[list[int | type[OSError]]], steps: list[tuple[str, int]]
) -> None:
    crowd = Crowd()
    ranks = Ranks(Seq(0), crowd.late)
    lines = [Line(number + 100_010, list(takes)) for number, takes in enumerate(sockets)]
    seq = 0
    with written_to(lines):
        for line in lines:
            listed(crowd, ranks, line)
        for step, count in [*steps, *[("drain", 99), ("write", 99)] * 60]:
            if step == "owe":
                seq += 1
                owe(ranks, seq)
            elif step == "write":
                ranks.write(count)
            else:
                for line in lines:
                    line.drain(count)
    assert ranks.behind == 0
    assert [line.came for line in lines] == [frames(0, seq)] * len(lines)
    assert crowd.late == set()
    assert crowd.cuts == []


@pytest.mark.parametrize("taken", range(len(frames(0, 3)) + 1))
def test_a_write_may_end_at_any_byte(taken: int) -> None:
    crowd = Crowd()
    ranks = Ranks(Seq(0), crowd.late)
    line = Line(100_010, [taken])
    with written_to([line]):
        listed(crowd, ranks, line)
        owe(ranks, 3)
        ranks.write(1)
        owe(ranks, 4)
        ranks.write(1)  # must wait behind what is left of the first
        line.drain(99)
        owe(ranks, 5)
        ranks.write(1)
    assert line.came == frames(0, 5)


def test_who_takes_nothing_is_cut_at_the_bound_and_not_before(monkeypatch: pytest.MonkeyPatch) -> None:
    crowd = Crowd()
    ranks = Ranks(Seq(0), crowd.late)
    line = Line(100_010, [BlockingIOError])
    with written_to([line]):
        reader = listed(crowd, ranks, line)
        monkeypatch.setattr(limits, "READER_BUFFER_BYTES", 10)
        for seq in range(1, 5):  # three bytes each
            owe(ranks, seq)
            ranks.write(1)
            assert crowd.cuts == [reader] * (seq * 3 > 10)


def test_each_framing_gets_its_own_bytes_and_one_object_serves_all() -> None:
    objects: list[bytes] = []

    class Noting(Line):
        def direct(self, data: bytes) -> int:
            objects.append(data)
            return len(data)

    crowd = Crowd()
    ranks = Ranks(Seq(0), crowd.late)
    lines = [Noting(number) for number in range(100_010, 100_016)]
    with written_to(lines):
        for line in lines:
            listed(crowd, ranks, line, chunked=line.number % 2 == 1)
        owe(ranks, 1)
        assert ranks.write(99) == 3  # one rank at a time
        assert ranks.write(99) == 3
    assert sorted(set(objects)) == [b"3\r\n<1>\r\n", b"<1>"]
    assert len({id(data) for data in objects}) == 2


def test_who_waited_longest_comes_first_and_gets_all_in_one_write() -> None:
    crowd = Crowd()
    ranks = Ranks(Seq(0), crowd.late)
    lines = [Line(number) for number in range(100_010, 100_014)]
    with written_to(lines):
        for line in lines:
            listed(crowd, ranks, line)
        owe(ranks, 1)
        ranks.write(2)
        owe(ranks, 2)
        assert (ranks.behind, ranks.lowest) == (2, 0)
        ranks.write(2)
        assert [line.came for line in lines] == [b"<1>", b"<1>", b"<1><2>", b"<1><2>"]
        ranks.write(99)
    assert {line.came for line in lines} == {b"<1><2>"}


def test_a_reader_that_left_is_not_written_to_even_if_its_number_is_anothers_now() -> None:
    crowd = Crowd()
    ranks = Ranks(Seq(0), crowd.late)
    lines = [Line(100_010), Line(100_011)]
    with written_to(lines):
        first, second = (listed(crowd, ranks, line) for line in lines)
        owe(ranks, 1)
        ranks.drop(first)
        newcomer = Line(100_010)
        someone = listed(crowd, ranks, newcomer)
        ranks.drop(first)  # told twice: the other stays
        ranks.write(99)
        assert (lines[0].came, lines[1].came, newcomer.came) == (b"", b"<1>", b"")
        assert set(ranks) == {second, someone}
        ranks.drop(second)
        ranks.drop(someone)
    assert len(ranks) == 0


def test_a_rank_that_must_load_anew_must_so_whatever_comes_after() -> None:
    crowd = Crowd()
    ranks = Ranks(Seq(5), crowd.late)
    whys: list[str] = []

    def told(rank: Rank) -> bytes:
        whys.append(rank.why)
        return b"!"

    with written_to([]):
        listed(crowd, ranks, Line(100_010))
        ranks.owe(Seq(3), "restored", told)
        ranks.owe(Seq(6), "", told)
    assert whys == ["restored", "restored"]


def test_readers_without_a_number_to_write_to_get_theirs_by_their_transport() -> None:
    class Bare(Line):
        def get_extra_info(self, name: str, default: object = None) -> object:  # noqa: ARG002 (asyncio's)
            return None

    crowd = Crowd()
    ranks = Ranks(Seq(0), crowd.late)
    lines = [Bare(100_010), Bare(100_011)]
    with written_to([]):
        keys = {listed(crowd, ranks, line).key for line in lines}
        owe(ranks, 1)
        ranks.write(99)
    assert len(keys) == 2
    assert max(keys) < 0
    assert [line.held for line in lines] == [b"<1>"] * 2


def test_a_broken_socket_is_its_transports_to_end() -> None:
    crowd = Crowd()
    ranks = Ranks(Seq(0), crowd.late)
    reading, writing = os.pipe()
    os.close(reading)
    line = Line(writing)
    listed(crowd, ranks, line)
    owe(ranks, 1)
    ranks.write(1)
    os.close(writing)
    assert line.held == b"<1>"
    assert crowd.cuts == []
