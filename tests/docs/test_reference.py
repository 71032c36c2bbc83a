"""What is public is documented, and what is documented exists."""

import ast
import json
import re
from dataclasses import fields

import pytest
from tests.docs import generated
from tests.docs.pages import ROOT, named_in_tables, reference
from tests.security.addresses import django_routes
from tests.tidy.source import package
from tests.tidy.test_imports import TABLE

from stoppress.archive.format import (
    Archive,
    ArchivedCorrection,
    ArchivedPicture,
    ArchivedPost,
    ArchivedRevision,
    ArchivedShift,
)
from stoppress.cli.main import COMMANDS
from stoppress.events.changes import KIND, Change
from stoppress.events.kinds import Kind
from stoppress.newsroom.roles import Role
from stoppress.render.page import SLOTS

VARIABLE = re.compile(r"STOPPRESS_[A-Z]+(?:_[A-Z]+)*")
FOR_TESTS = {"STOPPRESS_CHROMIUM"}


@pytest.mark.parametrize("page", generated.PARTS)
def test_parts_made_from_the_code_are_fresh(page: str) -> None:
    stands = (generated.REFERENCE / page).read_text()
    assert stands == generated.fresh(page), (
        f"docs/reference/{page} is stale: run `make reference` and commit it."
    )


def test_every_command() -> None:
    sections = re.findall(r"^## `stoppress ([a-z]+)", reference("commands"), re.MULTILINE)
    assert set(sections) == set(COMMANDS)


def test_every_variable_of_the_environment() -> None:
    read = {name for module in package() for name in VARIABLE.findall(module.text)}
    read = {name.removesuffix("_FILE") for name in read}
    assert {name for name in named_in_tables(reference("environment")) if "STOPPRESS" in name} == read


def test_every_kind_of_event() -> None:
    assert named_in_tables(reference("events")) == {kind.value for kind in Kind}


def test_every_kind_of_change() -> None:
    sections = set(re.findall(r"^## `(\w+)`", reference("changes"), re.MULTILINE))
    assert sections == set(KIND.values())


@pytest.mark.parametrize("change", KIND, ids=str)
def test_every_field_of_a_change(change: type[Change]) -> None:
    section = reference("changes").split(f"## `{KIND[change]}`")[1].split("\n## ")[0]
    assert named_in_tables(section) == set(change.__dataclass_fields__) - {"seq"}


def test_every_role() -> None:
    heading = next(line for line in reference("roles").splitlines() if line.startswith("| may"))
    assert [cell.strip() for cell in heading.split("|")[2:-1]] == [role.value for role in Role]


def test_every_make_target() -> None:
    makefile = (ROOT / "Makefile").read_text()
    listed = makefile.split(".PHONY:")[1].split("\n")[0].split()
    assert {name for name in named_in_tables(reference("make")) if name.startswith("make ")} == {
        f"make {target}" for target in listed
    }


def test_every_node_mark_and_attribute() -> None:
    schema = json.loads((ROOT / "src/stoppress/document/schema.json").read_text())
    for title, kind in (("Nodes", "nodes"), ("Marks", "marks")):
        section = reference("document").split(f"## {title}")[1].split("\n## ")[0]
        rows = [line.split("|") for line in section.splitlines() if line.startswith("| `")]
        told = {row[1].strip(" `"): set(re.findall(r"`(\w+)`", row[3])) for row in rows}
        assert set(told) == set(schema[kind])
        for name, attributes in told.items():
            assert set(schema[kind][name].get("attrs", {})) <= attributes, name


@pytest.mark.parametrize(
    "part", [Archive, ArchivedPost, ArchivedRevision, ArchivedCorrection, ArchivedShift, ArchivedPicture]
)
def test_every_field_of_an_archive(part: type[object]) -> None:
    section = reference("archive").split(f"## {part.__name__}\n")[1].split("\n## ")[0]
    assert named_in_tables(section) == {field.name for field in fields(part)}  # type: ignore[arg-type]  # they are dataclasses


def test_every_slot() -> None:
    section = reference("page").split("| slot | holds |")[1].split("\n## ")[0]
    assert named_in_tables(section) == set(SLOTS)


def test_every_address_for_readers() -> None:
    tree = ast.parse((ROOT / "src/stoppress/edge/app.py").read_text())
    table = next(
        node.value
        for node in tree.body
        if isinstance(node, ast.AnnAssign)
        and isinstance(node.target, ast.Name)
        and node.target.id == "ROUTES"
    )
    paths = {key.value for key in ast.walk(table) if isinstance(key, ast.Constant)} if table else set()
    named = named_in_tables(reference("reader-routes"))
    told = {name.removeprefix("GET ").split("?")[0] for name in named if not name.startswith("POST ")}
    assert {path for path in told if not path.startswith(("/audience/", "/cards/"))} == paths
    readers = [route for route in django_routes() if route.startswith(("/audience/", "/cards/", "/websub"))]
    sent = {route.replace("<", "{").replace(">", "}") for route in readers}
    assert {name.partition(" ")[2] for name in named if re.search("/audience/|/cards/|/websub", name)} == sent


def test_every_room() -> None:
    text = (ROOT / "docs/explanation/how-it-works.md").read_text().split("| room | holds | may import |")[1]
    assert named_in_tables(text.split("\n\n")[0]) == set(TABLE)
