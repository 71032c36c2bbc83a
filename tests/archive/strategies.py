"""Archives of every shape, for property tests."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st
from tests.document.strategies import documents

from stoppress.archive.format import (
    Archive,
    ArchivedCorrection,
    ArchivedEvent,
    ArchivedPicture,
    ArchivedPost,
    ArchivedRevision,
    ArchivedShift,
)

_FIRST = datetime(2026, 1, 1, tzinfo=UTC)

moments = st.integers(0, 10**12).map(lambda micros: _FIRST + timedelta(microseconds=micros))
maybe_moments = st.none() | moments
lines = st.text(
    st.characters(categories=["L", "N", "P", "Z", "S"], exclude_characters="\u2028\u2029"), max_size=40
)
words = lines.filter(str.strip)


revisions = st.builds(
    ArchivedRevision,
    number=st.just(1),
    at=moments,
    by=lines,
    document=documents(most=2),
    headline=lines,
    dateline=lines,
    byline=st.lists(words, max_size=3).map(tuple),
    public=st.booleans(),
)


@st.composite
def posts(draw: st.DrawFn, number: int) -> ArchivedPost:
    """A post whose parts fit together."""
    state = draw(st.sampled_from(["draft", "scheduled", "published", "withdrawn"]))
    saved = draw(st.lists(revisions, min_size=1, max_size=3))
    versions = tuple(
        ArchivedRevision(
            place, each.at, each.by, each.document, each.headline, each.dateline, each.byline, each.public
        )
        for place, each in enumerate(saved, 1)
    )
    notes = draw(
        st.lists(st.builds(ArchivedCorrection, text=words, at=moments, revision=st.just(1)), max_size=2)
    )
    return ArchivedPost(
        revisions=versions,
        first_published_at=_FIRST + timedelta(minutes=number),
        last_changed_at=draw(moments),
        id=draw(st.sampled_from(["", f"post-{number}"])),
        state=state,
        key_event=draw(st.booleans()),
        summary=draw(st.booleans()),
        pinned=number == 0 and draw(st.booleans()),
        publish_at=draw(moments) if state == "scheduled" else None,
        withdrawn_at=draw(moments) if state == "withdrawn" else None,
        withdrawn_reason=draw(lines),
        corrections=tuple(notes),
    )


@st.composite
def archives(draw: st.DrawFn) -> Archive:
    count = draw(st.integers(0, 4))
    picture = ArchivedPicture(id="p1", width=1, height=1, bytes_base64="AAAA", alt="x")
    shift = st.builds(ArchivedShift, name=words, started_at=moments, ended_at=maybe_moments)
    return Archive(
        headline=draw(words),
        posts=tuple(draw(posts(number)) for number in range(count)),
        slug=draw(st.sampled_from(["", "surge", "storm-surge-2026"])),
        standfirst=draw(lines),
        timezone=draw(st.sampled_from(["UTC", "Europe/Kyiv", "America/New_York"])),
        language=draw(st.sampled_from(["en", "pt-BR", "uk"])),
        topics=draw(st.sampled_from([(), ("Floods", "Київ")])),
        event=draw(st.none() | st.builds(ArchivedEvent, name=lines, place=lines, starts_at=maybe_moments)),
        planned_end_at=draw(maybe_moments),
        status=draw(st.sampled_from(["draft", "live", "paused", "closed"])),
        opened_at=draw(maybe_moments),
        closed_at=draw(maybe_moments),
        source_url=draw(st.sampled_from(["", "https://news.example/live/surge"])),
        shifts=tuple(draw(st.lists(shift, max_size=2))),
        pictures=draw(st.sampled_from([(), (picture,)])),
    )
