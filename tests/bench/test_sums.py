"""The sums of scale.md beside a simulation of the same crowd, reader by reader, at small sizes."""

import pytest
from bench import simulate
from bench.sums import Polling, Storm, Streaming, edges_for

FACTOR = 1.25  # the sum has averages where the simulation has chance


def close(first: float, second: float) -> bool:
    return first <= second * FACTOR and second <= first * FACTOR


@pytest.mark.parametrize("edges", [1, 4, 10])
def test_streams_last_as_long_as_the_sum_says(edges: int) -> None:
    plan = Streaming(readers=10_000, edges=edges, delivery_seconds=12e-6, before_seconds=0.02)
    played = simulate.streaming(plan, [0.0, 1.0, 2.0], seed=edges)
    assert close(plan.last_seconds, played.last)
    assert close(plan.mean_seconds, played.mean)


def test_more_edges_make_the_last_reader_wait_less() -> None:
    def last(edges: int) -> float:
        return simulate.streaming(Streaming(8_000, edges, 12e-6), [0.0], seed=3).last

    assert close(last(1), 4 * last(4))


def test_an_edge_that_gets_more_than_it_can_deliver_falls_behind() -> None:
    plan = Streaming(readers=2_000, edges=1, delivery_seconds=100e-6)
    pace = plan.events_per_second * 2
    late = simulate.streaming(plan, [number / pace for number in range(10)], seed=1)
    assert late.last > 5 * plan.last_seconds
    assert plan.load(pace) > 1


@pytest.mark.parametrize("nodes", [1, 8])
def test_polls_ask_the_cache_and_the_origin_as_often_as_the_sum_says(nodes: int) -> None:
    plan = Polling(readers=3_000, interval_seconds=10.0, ttl_seconds=1.0, nodes=nodes)
    events = [20.0, 40.0, 60.0]
    played = simulate.polling(plan, events, 80.0, seed=nodes)
    assert close(plan.per_second, played.per_second)
    assert close(plan.mean_seconds, played.mean)
    assert played.last <= plan.last_seconds * FACTOR
    at_most = plan.origin_per_second(len(events) / 80)
    assert at_most / 2 <= played.origin_per_second <= at_most * FACTOR


def test_twice_the_readers_ask_the_origin_no_more_often() -> None:
    def origin(readers: int) -> float:
        return simulate.polling(Polling(readers, 10.0, 1.0, 2), [30.0], 60.0, seed=5).origin_per_second

    assert close(origin(2_000), origin(4_000))


@pytest.mark.parametrize(("capacity", "polls"), [(10_000, 0), (5_500, 3_500)])
def test_after_a_death_readers_come_back_as_the_sum_says(capacity: int, polls: int) -> None:
    plan = Storm(readers=20_000, edges=4, capacity=capacity, window_seconds=5.0, open_seconds=200e-6)
    played = simulate.storm(plan, seed=7)
    assert plan.polling == polls
    assert close(plan.polling, played.polling)
    if not polls:
        assert close(plan.back_seconds, played.back)
        assert played.opens_per_second <= plan.opens_per_second * FACTOR * 1.25  # nobody in the first second


def test_the_same_seed_plays_the_same() -> None:
    plan = Storm(readers=2_000, edges=4, capacity=1_000, window_seconds=5.0, open_seconds=200e-6)
    assert simulate.storm(plan, seed=1) == simulate.storm(plan, seed=1)


def test_a_process_more_is_taken_for_the_last_reader() -> None:
    assert (edges_for(20_000, 20_000), edges_for(20_001, 20_000)) == (1, 2)
