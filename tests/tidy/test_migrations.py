"""What was migrated since the last release only adds, so that the version before still works on the new tables.

During an upgrade both versions are at work on one database (docs/decisions/0029). What looks otherwise and is safe says
why in the migration: `beside_former_version = "Nothing has read the column since 0.2."`
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

RELEASED = Path(__file__).with_name("released_migrations.txt")
HARMLESS = (
    *(migrations.CreateModel, migrations.AddIndex, migrations.RemoveIndex, migrations.RenameIndex),
    *(migrations.RemoveConstraint, migrations.AlterModelOptions),
)
NOT_IN_THE_TABLE = {
    "choices",
    "help_text",
    "verbose_name",
    "validators",
    "blank",
    "default",
    "error_messages",
}


def ours() -> dict[str, migrations.Migration]:
    """Every migration of this project, by "app.name"."""
    loader = MigrationLoader(None)
    return {
        f"{app}.{name}": found
        for (app, name), found in loader.disk_migrations.items()
        if found.__module__.startswith("stoppress.")
    }


def released() -> set[str]:
    return {line for line in RELEASED.read_text().splitlines() if not line.startswith("#")}


def state_before(migration: migrations.Migration) -> ProjectState:
    loader = MigrationLoader(None)
    state: ProjectState = loader.project_state((migration.app_label, migration.name), at_end=False)
    return state


def faults(migration: migrations.Migration) -> Iterator[str]:
    """What the version before could not live with, one sentence each."""
    if getattr(migration, "beside_former_version", ""):
        return
    state = state_before(migration)
    known = set(state.models)
    for operation in migration.operations:
        fault = _fault(operation, state, known, migration.app_label)
        if fault:
            yield f"{migration.app_label}.{migration.name}: {operation.describe()}: {fault}"
        operation.state_forwards(migration.app_label, state)


def _fault(operation: Operation, state: ProjectState, known: set[tuple[str, str]], app: str) -> str:
    if isinstance(operation, HARMLESS):
        return ""
    table = (app, str(getattr(operation, "model_name", "")).lower())
    if table[1] and table not in known:
        return ""  # made by this migration: the version before does not know it
    if isinstance(operation, migrations.AddField):
        return "" if _may_be_left_out(operation.field) else "give it null=True or a db_default"
    if isinstance(operation, migrations.AlterField):
        before = state.models[table].fields[operation.name]
        return "" if _is_loosened(before, operation.field) else "it only may become wider"
    return "it takes away, or nobody can tell; say in beside_former_version why it is safe"


def _may_be_left_out(field: models.Field) -> bool:  # type: ignore[type-arg]  # of any kind
    return field.null or field.many_to_many or field.has_db_default()


def _is_loosened(before: models.Field, after: models.Field) -> bool:  # type: ignore[type-arg]  # of any kind
    _, kind, _, was = before.deconstruct()
    _, new_kind, _, now = after.deconstruct()
    differing = {name for name in was.keys() | now.keys() if was.get(name) != now.get(name)}
    if "max_length" in differing and (now.get("max_length") or 0) >= (was.get("max_length") or 0):
        differing.discard("max_length")
    if now.get("null"):
        differing.discard("null")
    if "db_default" in now:
        differing.discard("db_default")
    return kind == new_kind and not differing - NOT_IN_THE_TABLE


def test_migrations_since_the_release_only_add() -> None:
    wrong = [
        sentence
        for name, migration in ours().items()
        if name not in released()
        for sentence in faults(migration)
    ]
    assert not wrong, "The version before still writes these tables during an upgrade:\n" + "\n".join(wrong)


def test_no_released_migration_was_taken_away() -> None:
    assert not released() - ours().keys()


@pytest.mark.parametrize(
    ("operation", "is_fine"),
    [
        (migrations.AddField("publisher", "motto", models.TextField(null=True)), True),
        (migrations.AddField("publisher", "motto", models.TextField(db_default="")), True),
        (migrations.AddField("publisher", "motto", models.TextField(default="")), False),
        (migrations.RemoveField("publisher", "name"), False),
        (migrations.RenameField("publisher", "name", "called"), False),
        (migrations.AlterField("publisher", "name", models.CharField(max_length=10_000)), True),
        (migrations.AlterField("publisher", "name", models.CharField(max_length=1)), False),
        (migrations.AlterField("publisher", "name", models.IntegerField()), False),
        (migrations.RunSQL("DROP TABLE publisher"), False),
        (migrations.DeleteModel("publisher"), False),
    ],
)
def test_the_check_tells_adding_from_taking_away(
    operation: Operation, *, is_fine: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state_before(ours()["newsroom.0007_looks"])
    monkeypatch.setattr("tests.tidy.test_migrations.state_before", lambda _: before)
    made = type("Made", (migrations.Migration,), {"operations": [operation]})("0008_made", "newsroom")
    assert (not list(faults(made))) is is_fine


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stoppress.config.settings")
    django.setup()
    first = RELEASED.read_text().splitlines()[0]
    RELEASED.write_text("\n".join([first, *sorted(ours())]) + "\n")
