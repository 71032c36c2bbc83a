"""Rows written in plain SQL: those that every post writes while the live blog is locked.

Called by `writing.py` and `projection.py` for the log and the read model. Table and column names are their own
constants, never anybody's input. Why not the ORM: docs/decisions/0013-plain-sql-under-the-lock.md.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import Any

from django.db import connection


def insert(table: str, columns: Mapping[str, object]) -> None:
    """Add one row."""
    names, places = ", ".join(columns), ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({names}) VALUES ({places})",  # noqa: S608 (our own names)
            [_value(value) for value in columns.values()],
        )


def update(table: str, key: str, columns: Mapping[str, object]) -> None:
    """Write the row of which `columns` names the `key`."""
    changes = ", ".join(f"{name} = %s" for name in columns if name != key)
    values = [_value(value) for name, value in columns.items() if name != key]
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {changes} WHERE {key} = %s",  # noqa: S608 (our own names)
            [*values, _value(columns[key])],
        )


def _value(value: Any) -> Any:
    """A moment as this database keeps it, a choice as its word; anything else as it is."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value.value if isinstance(value, Enum) else value
