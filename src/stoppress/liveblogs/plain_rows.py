"""Rows read and written in plain SQL: those that every post needs while the live blog is locked.

Called by `writing.py`, `projection.py`, `facts.py` and the actions that publish. Table and column names are their own
constants, never anybody's input. Why not the ORM: docs/decisions/0013-plain-sql-under-the-lock.md.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import lru_cache
from typing import Any, TypeAlias, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.db.models import Model

Row = TypeVar("Row", bound=Model)
_Convert: TypeAlias = Callable[[Any, Any, Any], Any]  # Django's: value, expression, connection → value

_AS_IT_IS = (str, int, type(None))
_KEPT = "_plain_rows_cursor"  # on a connection: the connection it was made for, and the cursor
_SHAPES_REMEMBERED = 64  # a model, read with some of its columns: there are a dozen


def read(model: type[Row], statement: str, values: Sequence[Any]) -> list[Row]:
    """The rows of a SELECT of columns of `model`; what is not among them is asked for when it is needed.

    As `Model.objects.raw`, which finds out anew each time what it is reading.
    """
    here = _here()
    cursor = _cursor(here)
    cursor.execute(statement, values)
    found = cursor.fetchall()
    shape = _shape(model, tuple([column[0] for column in cursor.description]), here.vendor)
    rows = []
    for raw in found:
        row = [raw[place] for place in shape.places]
        for place, expression, converters in shape.turns:
            for convert in converters:
                row[place] = convert(row[place], expression, here)
        rows.append(model.from_db(here.alias, shape.fields, row))
    return rows


def ask(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """All that the statement gives back, as the database has it."""
    cursor = _cursor(_here())
    cursor.execute(statement, values)
    rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def do(statement: str, values: Sequence[Any]) -> None:
    """Carry out a statement that gives nothing back."""
    _cursor(_here()).execute(statement, values)


def _here() -> BaseDatabaseWrapper:
    """This thread's connection. `django.db.connection` would look for it anew at each of its attributes."""
    return connections[DEFAULT_DB_ALIAS]


def _cursor(here: BaseDatabaseWrapper) -> CursorWrapper:
    """In a transaction always the same one: making it takes as long as a short statement.

    Whoever has it takes all rows before it is asked for again. A test that counts statements gets a counting one.
    """
    if not here.in_atomic_block or here.force_debug_cursor:
        return here.cursor()
    kept: tuple[object, CursorWrapper] | None = here.__dict__.get(_KEPT)
    if kept is None or kept[0] is not here.connection:
        kept = here.__dict__[_KEPT] = (here.connection, here.cursor())
    return kept[1]


@dataclass(frozen=True, slots=True)
class _Shape:
    """How a row becomes a model: its fields, where each stands in the row, what this database keeps its own way."""

    fields: tuple[str, ...]
    places: tuple[int, ...]
    turns: tuple[tuple[int, Any, tuple[_Convert, ...]], ...]


@lru_cache(_SHAPES_REMEMBERED)
def _shape(model: type[Model], columns: tuple[str, ...], _vendor: str) -> _Shape:
    fields = [field for field in model._meta.concrete_fields if field.column in columns]
    turns, here = [], _here()
    for place, field in enumerate(fields):
        column = field.get_col(model._meta.db_table)
        converters = (*here.ops.get_db_converters(column), *column.get_db_converters(here))
        if converters:
            turns.append((place, column, converters))
    return _Shape(
        tuple(field.attname for field in fields),
        tuple(columns.index(field.column) for field in fields),
        tuple(turns),
    )


def insert_row(row: Model) -> None:
    """Add `row`, whose key is set, or is made by the database and not asked for."""
    fields = row._meta.concrete_fields
    values = {f'"{field.column}"': getattr(row, field.attname) for field in fields}
    if row.pk is None:
        del values[f'"{row._meta.pk.column}"']
    insert(row._meta.db_table, values)
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS  # noqa: SLF001 (as Django's own save leaves it)


def insert(table: str, columns: Mapping[str, object]) -> None:
    """Add one row."""
    names, places = ", ".join(columns), ", ".join(["%s"] * len(columns))
    here = _here()
    _cursor(here).execute(
        f"INSERT INTO {table} ({names}) VALUES ({places})",  # noqa: S608 (our own names)
        [_value(value, here) for value in columns.values()],
    )


def update(table: str, key: str, columns: Mapping[str, object]) -> None:
    """Write the row of which `columns` names the `key`."""
    here = _here()
    changes = ", ".join(f"{name} = %s" for name in columns if name != key)
    values = [_value(value, here) for name, value in columns.items() if name != key]
    _cursor(here).execute(
        f"UPDATE {table} SET {changes} WHERE {key} = %s",  # noqa: S608 (our own names)
        [*values, _value(columns[key], here)],
    )


def _value(value: Any, here: BaseDatabaseWrapper) -> Any:
    """A moment, a choice or JSON as this database keeps it; anything else as it is."""
    if isinstance(value, _AS_IT_IS) and not isinstance(value, Enum):
        return value
    if isinstance(value, datetime):
        return here.ops.adapt_datetimefield_value(value)
    if isinstance(value, dict | list):
        return here.ops.adapt_json_value(value, None)
    return value.value if isinstance(value, Enum) else value
