"""Imports point one way: a room may import what stands on its line, and nothing else (law 6)."""

import ast
from collections.abc import Iterator

import pytest
from tests.tidy.source import ROOMS_WITHOUT_DJANGO, Module, package, rooms

BELOW_SCREENS = (
    "websub push audience intake liveblogs newsroom accounts archive unfurl document render events bus lib"
)
TABLE = {
    "lib": "",
    "document": "lib",
    "render": "document lib",
    "events": "lib",
    "bus": "lib",
    "archive": "document lib",
    "unfurl": "document lib",
    "accounts": "lib",
    "newsroom": "accounts lib",
    "liveblogs": "newsroom accounts archive document render events bus lib",
    "intake": "liveblogs newsroom accounts document lib",
    "audience": "liveblogs newsroom accounts document lib",
    "cards": "liveblogs render lib",
    "websub": "liveblogs newsroom accounts lib",
    "push": "audience liveblogs newsroom accounts document events lib",
    "desk": BELOW_SCREENS,
    "api": BELOW_SCREENS,
    "worker": BELOW_SCREENS,
    "backup": BELOW_SCREENS,
    "edge": "events bus lib",
    "config": "*",
    "cli": "*",
    "demo": "*",
}
WITH_DJANGO = ("django", "ninja", "allauth", "csp", "storages")


def drawn() -> str:
    """The table as it is printed when the test fails."""
    return "\n".join(f"  {room:<10} → {allowed or 'nothing'}" for room, allowed in TABLE.items())


def imported(module: Module) -> Iterator[tuple[str, ast.AST]]:
    """Every module named by an import, wherever it stands: late and type-only imports count too."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            source = _absolute(module, node)
            yield source, node
            if source == "stoppress":  # from stoppress import desk
                yield from ((f"stoppress.{alias.name}", node) for alias in node.names)
        elif isinstance(node, ast.Call) and _called(node) in {"import_module", "__import__"}:
            yield from ((name, node) for name in _text(node))


def _absolute(module: Module, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    parts = ["stoppress", *module.path.relative_to(module.path.parents[_depth(module)]).parts]
    return ".".join([*parts[: len(parts) - node.level], node.module or ""]).rstrip(".")


def _depth(module: Module) -> int:
    return module.path.parts[::-1].index("stoppress") - 1


def _called(node: ast.Call) -> str:
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def _text(node: ast.Call) -> list[str]:
    return [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]


def test_every_room_stands_in_the_table() -> None:
    assert set(rooms()) <= set(TABLE), f"A new room needs its line in the table:\n{drawn()}"


def _breaks(room: str, name: str) -> bool:
    """Whether a file of `room` may not import `name`."""
    allowed = TABLE.get(room, "*").split()
    if "*" in allowed or not name.startswith("stoppress."):
        return False
    target = name.split(".")[1]
    return target in TABLE and target not in {room, *allowed}


def test_rooms_import_only_what_stands_on_their_line() -> None:
    wrong = [
        f"{module.at(node)} imports {name}"
        for module in package()
        for name, node in imported(module)
        if _breaks(module.room, name)
    ]
    assert not wrong, "\n".join([*wrong, "", "The table:", drawn()])


@pytest.mark.parametrize("room", ROOMS_WITHOUT_DJANGO)
def test_rooms_without_django_stay_without(room: str) -> None:
    wrong = [
        f"{module.at(node)} imports {name}"
        for module in package()
        if module.room == room
        for name, node in imported(module)
        if name.split(".")[0] in WITH_DJANGO
    ]
    assert not wrong, "\n".join(
        [*wrong, "", f"{room} knows nothing of Django: move the line to liveblogs or config."]
    )


def test_product_imports_no_tests() -> None:
    wrong = [
        module.at(node)
        for module in package()
        for name, node in imported(module)
        if name.split(".")[0] in {"tests", "pytest", "hypothesis"}
    ]
    assert not wrong, wrong
