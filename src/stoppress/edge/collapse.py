"""What a reader at n must do: rows of one snapshot → changes, in the order of their numbers. PURE.

Called by `hub.py` and `pages.py`. May import `events`, `rows` and `lib`.

Each touched post comes once, in its present state; each slot once; the status once. A
reader who took every change up to n thereby becomes the fresh page.
"""

from collections.abc import Iterator

from stoppress.edge.rows import ChangedRows, PlacedRow, TouchedRow
from stoppress.events.changes import Change, HeadChange, PostChange, Reload, StatusChange, WithdrawnChange
from stoppress.lib import limits
from stoppress.lib.ids import PostId, Seq


def changes(rows: ChangedRows, after: Seq) -> list[Change]:
    """The changes for a reader at `after`, which must not be below `rows.after`.

    A `Reload` alone when the page cannot be mended piece by piece: too much was missed, the page changed
    as a whole, or the reader comes from a future that this database does not have (it was restored from
    a copy).
    """
    why = _why_reload(rows, after)
    if why:
        return [Reload(rows.number.changed_seq, why)]
    found = [*_posts(rows, after), *_head(rows, after)]
    if rows.status_seq > after:
        found.append(StatusChange(rows.status_seq, rows.number.status))
    if len(found) > limits.CHANGES_AT_ONCE:
        return [Reload(rows.number.changed_seq, f"More than {limits.CHANGES_AT_ONCE} changes were missed.")]
    return sorted(found, key=lambda change: change.seq)


def _why_reload(rows: ChangedRows, after: Seq) -> str:
    if after > rows.last_seq and after > rows.number.changed_seq:
        return f"The reader is at {after}, but the newest number here is {rows.last_seq}."
    if after < rows.reload_seq:
        return "The page changed as a whole."
    return ""


def _posts(rows: ChangedRows, after: Seq) -> Iterator[Change]:
    places = {placed.post_id: index for index, placed in enumerate(rows.order)}
    for row in rows.touched:
        if row.changed_seq > after:
            above = _nearest_above(rows.order, places[row.post_id], row.changed_seq, after)
            yield _withdrawn(row, above) if row.withdrawn else _post(row, above)


def _nearest_above(order: tuple[PlacedRow, ...], index: int, seq: Seq, after: Seq) -> PostId | None:
    """The nearest post above that the reader has by then: shown to it before, or just received."""
    for placed in reversed(order[:index]):
        if placed.shown_seq <= after or placed.changed_seq < seq:
            return placed.post_id
    return None


def _post(row: TouchedRow, above: PostId | None) -> PostChange:
    return PostChange(
        seq=row.changed_seq,
        id=row.post_id,
        html=row.html,
        after=above,
        leaf=row.leaf,
        key_event=row.key_event,
        summary=row.summary,
        first_published_at=row.first_published_at,
        last_changed_at=row.last_changed_at,
    )


def _withdrawn(row: TouchedRow, above: PostId | None) -> WithdrawnChange:
    return WithdrawnChange(
        seq=row.changed_seq,
        id=row.post_id,
        html=row.html,
        after=above,
        leaf=row.leaf,
        last_changed_at=row.last_changed_at,
    )


def _head(rows: ChangedRows, after: Seq) -> Iterator[Change]:
    """Each slot once, at its own number: a reader cut off between two changes has all that its number says."""
    together: dict[Seq, dict[str, str]] = {}
    for slot in sorted(rows.slots, key=lambda slot: slot.name):
        if slot.changed_seq > after:
            together.setdefault(slot.changed_seq, {})[slot.name] = slot.html
    for seq, html in together.items():
        yield HeadChange(seq, html)
