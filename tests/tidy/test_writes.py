"""Every write is one function in an `actions/` folder (law 1): nowhere else does a row change."""

import ast
import re

from tests.tidy.source import Module, package

WRITES = {
    *("save", "create", "acreate", "asave", "delete", "adelete", "get_or_create", "update_or_create"),
    *("bulk_create", "bulk_update", "aupdate", "abulk_create"),
}
# `update` is also a word of dictionaries and hashes: it counts when it ends a chain of these.
QUERY = {"objects", "filter", "exclude", "all", "using", "select_for_update"}
SQL_WRITE = re.compile(r"\b(INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM)\b")
# The few places beside actions/ that write, each for a reason.
DOORS = {
    "src/stoppress/accounts/models.py": "the manager that makes accounts; called by newsroom/actions",
    "src/stoppress/backup/read.py": "puts a whole newsroom back into an empty database; no event happens",
    "src/stoppress/liveblogs/claims.py": "the part of the read model that holds a post's claims",
    "src/stoppress/liveblogs/history.py": "the part of the read model that holds a post's past",
    "src/stoppress/liveblogs/versions.py": "the same for the page at a past time",
    "src/stoppress/liveblogs/plain_rows.py": "one row each for the doors below; calling it counts as a write",
    "src/stoppress/liveblogs/title_index.py": "the part of the read model that readers find posts by",
    "src/stoppress/liveblogs/title_projection.py": "the read model of the title's own pages",
    "src/stoppress/liveblogs/writing.py": "opens the transaction and appends events for every action",
}
# The read model is made inside the action's transaction; pictures are files, not rows.
DOOR_FOLDERS = (
    "src/stoppress/liveblogs/projection",
    "src/stoppress/liveblogs/pictures/",
    "src/stoppress/demo/drawing/",
    "src/stoppress/cards/draw",
    "src/stoppress/cards/cut",
)


def _is_door(module: Module) -> bool:
    in_actions = "actions" in module.path.parts
    return in_actions or module.name in DOORS or module.name.startswith(DOOR_FOLDERS)


def _chain(node: ast.expr) -> set[str]:
    """Every name in `a.b(…).c`: {"a", "b", "c"}."""
    return {getattr(part, "attr", getattr(part, "id", "")) for part in ast.walk(node)}


def _writes(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute):
        return False
    if _chain(call.func.value) == {"plain_rows"}:
        return True
    if call.func.attr == "update":
        return bool(_chain(call.func.value) & QUERY)
    if call.func.attr == "create" and isinstance(call.func.value, ast.Name):
        return False  # a thing of ours that makes something; rows are made through managers
    return call.func.attr in WRITES


def test_rows_change_only_in_actions() -> None:
    wrong = [
        f"{module.at(node)}: .{node.func.attr}()"
        for module in package()
        if not _is_door(module)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _writes(node)
    ]
    assert not wrong, "\n".join([*wrong, "", "Move the write into liveblogs/actions or newsroom/actions."])


def test_sql_that_writes_stands_only_in_actions() -> None:
    wrong = [
        f"{module.at(node)}: {node.value[:60]!r}"
        for module in package()
        if not _is_door(module)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL_WRITE.search(node.value)
    ]
    assert not wrong, "\n".join([*wrong, "", "Move the write into liveblogs/actions or newsroom/actions."])


def test_the_named_doors_exist() -> None:
    names = {module.name for module in package()}
    assert set(DOORS) <= names, "A door that is gone needs no exception: take it off the list."
