"""Archives as JSON: nothing lost on the way, nothing half-right let in."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta, timezone
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.archive.strategies import archives

from stoppress.archive import codec
from stoppress.archive.detect import read_file
from stoppress.archive.format import Archive, UnreadableArchive


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(archives())
def test_round_trip(archive: Archive) -> None:
    data = codec.dumps(archive)
    reading = read_file(data)
    assert (reading.format, reading.archive, reading.skipped) == ("archive", archive, ())
    assert codec.dumps(reading.archive) == data


def test_times_are_written_in_utc(archive: Archive) -> None:
    east = timezone(timedelta(hours=5, minutes=30))
    moved = replace(archive, opened_at=archive.posts[0].first_published_at.astimezone(east))
    assert json.loads(codec.dumps(moved))["opened_at"] == "2026-01-01T00:00:00Z"
    assert codec.loads(codec.dumps(moved)) == moved


@pytest.fixture
def archive() -> Archive:
    """One with everything in it."""
    return codec.from_json(_whole())


def _whole() -> dict[str, Any]:
    paragraph = {"type": "paragraph", "content": [{"type": "text", "text": "The gate is shut."}]}
    return {
        "format": "stoppress archive",
        "version": 1,
        "headline": "Storm surge",
        "slug": "storm-surge",
        "standfirst": "",
        "timezone": "Europe/Kyiv",
        "language": "en",
        "topics": ["Floods"],
        "event": {"name": "Spring tide", "place": "Port Verrin", "starts_at": "2026-01-01T06:00:00+02:00"},
        "planned_end_at": "2026-01-02T00:00:00Z",
        "status": "closed",
        "opened_at": "2026-01-01T00:00:00Z",
        "closed_at": None,
        "source_url": "",
        "shifts": [{"name": "Ana Ruiz", "started_at": "2026-01-01T00:00:00Z", "ended_at": None}],
        "pictures": [
            {
                "id": "p1",
                "width": 1,
                "height": 1,
                "bytes_base64": "AAAA",
                "alt": "",
                "caption": "",
                "credit": "",
            }
        ],
        "posts": [
            {
                "revisions": [
                    {
                        "number": 1,
                        "at": "2026-01-01T00:00:00+02:00",
                        "by": "Ana Ruiz",
                        "document": {"type": "doc", "content": [paragraph]},
                        "headline": "",
                        "dateline": "",
                        "byline": ["Ana Ruiz"],
                        "public": True,
                    }
                ],
                "first_published_at": "2026-01-01T00:00:00Z",
                "last_changed_at": "2026-01-01T00:00:00.123456Z",
                "id": "a",
                "state": "published",
                "key_event": False,
                "summary": False,
                "pinned": False,
                "publish_at": None,
                "withdrawn_at": None,
                "withdrawn_reason": "",
                "corrections": [{"text": "It was gate 2.", "at": "2026-01-01T00:00:00Z", "revision": 1}],
            }
        ],
    }


def _set(*path: str | int, to: object) -> Callable[[dict[str, Any]], None]:
    def change(whole: dict[str, Any]) -> None:
        place: Any = whole
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = to

    return change


def _drop(*path: str | int) -> Callable[[dict[str, Any]], None]:
    def change(whole: dict[str, Any]) -> None:
        place: Any = whole
        for step in path[:-1]:
            place = place[step]
        del place[path[-1]]

    return change


POST = ("posts", 0)
REVISION = (*POST, "revisions", 0)


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (_set("format", to="other"), "format"),
        (_set("version", to=2), "version"),
        (_set("headline", to=""), "headline"),
        (_set("headline", to="x" * 201), "headline"),
        (_set("headline", to=7), "headline"),
        (_set("headline", to="a\x00b"), "headline"),
        (_set("slug", to="Not a slug"), "slug"),
        (_set("timezone", to="Mars/Olympus"), "timezone"),
        (_set("language", to="en_US!"), "language"),
        (_set("status", to="over"), "status"),
        (_set("opened_at", to="yesterday"), "opened_at"),
        (_set("opened_at", to="2026-01-01T00:00:00"), "opened_at"),
        (_set("opened_at", to="2026-02-30T00:00:00Z"), "opened_at"),
        (_set("opened_at", to="0001-01-01T00:00:00+23:59"), "opened_at"),
        (_set("surprise", to=1), "surprise"),
        (_set("topics", to=["x" * 61]), "topics"),
        (_set("event", "name", to="x" * 201), "event.name"),
        (_set("event", "starts_at", to="at six"), "event.starts_at"),
        (_set("event", "organiser", to="x"), "event.organiser"),
        (_set("event", to="Spring tide"), "event"),
        (_set("planned_end_at", to="tonight"), "planned_end_at"),
        (_drop("standfirst"), "standfirst"),
        (_set("posts", to={}), "posts"),
        (_set("posts", to=[1]), r"posts\[0\]"),
        (_set("shifts", 0, "name", to=" "), r"shifts\[0\].name"),
        (_set("pictures", 0, "width", to=True), r"pictures\[0\].width"),
        (_set("pictures", 0, "bytes_base64", to="***"), r"pictures\[0\].bytes_base64"),
        (_set(*POST, "state", to="lost"), r"posts\[0\].state"),
        (_set(*POST, "pinned", to=1), r"posts\[0\].pinned"),
        (_set(*POST, "revisions", to=[]), r"posts\[0\].revisions"),
        (_set(*POST, "surprise", to=1), r"posts\[0\].surprise"),
        (_set(*POST, "state", to="withdrawn"), r"posts\[0\].withdrawn_at"),
        (_set(*POST, "state", to="scheduled"), r"posts\[0\].publish_at"),
        (_set(*POST, "corrections", 0, "revision", to=2), r"posts\[0\].corrections\[0\].revision"),
        (_set(*REVISION, "number", to=0), r"posts\[0\].revisions\[0\].number"),
        (_set(*REVISION, "byline", to=["", "b"]), r"posts\[0\].revisions\[0\].byline"),
        (_set(*REVISION, "byline", to=["x"] * 13), r"posts\[0\].revisions\[0\].byline"),
        (_set(*REVISION, "document", to={"type": "doc"}), r"posts\[0\].revisions\[0\].document"),
        (_set(*REVISION, "document", to="<p>x</p>"), r"posts\[0\].revisions\[0\].document"),
    ],
)
def test_what_is_wrong_is_refused_by_its_path(change: Callable[[dict[str, Any]], None], where: str) -> None:
    whole = _whole()
    change(whole)
    with pytest.raises(UnreadableArchive, match=where):
        codec.loads(json.dumps(whole).encode())


def test_posts_must_fit_together() -> None:
    for change, said in (
        ({"id": "b", "first_published_at": "2025-01-01T00:00:00Z"}, "oldest post first"),
        ({}, "ids that differ"),
        ({"id": "b", "pinned": True}, "at most one pinned"),
    ):
        whole = _whole()
        whole["posts"][0]["pinned"] = True
        whole["posts"].append({**_whole()["posts"][0], **change})
        with pytest.raises(UnreadableArchive, match=said):
            codec.from_json(whole)


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe\x00", b"[" * 100_000, b"{", b"[]", b"null", b'{"format": 1' + b"1" * 5000]
)
def test_what_is_no_json_object_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableArchive):
        codec.loads(data)


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)


@settings(deadline=None)
@given(_json, st.sampled_from(sorted(_whole())))
def test_any_value_in_any_field_is_taken_or_refused(value: object, name: str) -> None:
    try:
        codec.from_json(_whole() | {name: value})
    except UnreadableArchive:
        return
