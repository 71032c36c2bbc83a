"""The parts of docs/reference that are made from the code: commands, limits, the API.

`make reference` writes them; a test says when they are stale. Each stands between two marks in its page; what is
around them is written by people.
"""

import ast
import io
import os
import re
import sys
import tokenize
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import click

ROOT = Path(__file__).resolve().parent.parent.parent
REFERENCE = ROOT / "docs/reference"
BEGIN, END = "<!-- made from the code: begin -->", "<!-- made from the code: end -->"

FIRST_REFUSAL = 400

Json: TypeAlias = dict[str, Any]


def commands() -> str:
    """One section for each command: what it does, its arguments and options."""
    from stoppress.cli.main import stoppress

    context = click.Context(stoppress, info_name="stoppress")
    return "\n".join(
        line for name, command in _leaves(context, stoppress) for line in _command(name, command)
    )


def _leaves(context: click.Context, group: click.Group) -> Iterator[tuple[str, click.Command]]:
    """Every command that can be called, with its whole name."""
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from ((f"{name} {inner}", leaf) for inner, leaf in _leaves(context, command))
        elif command is not None:
            yield name, command


def _command(name: str, command: click.Command) -> Iterator[str]:
    shown = click.Context(command, info_name=f"stoppress {name}")
    arguments = [param for param in command.params if isinstance(param, click.Argument)]
    words = [param.make_metavar(shown) for param in arguments]
    yield f"## `{' '.join(['stoppress', name, *words])}`"
    yield " ".join((command.help or "").split("\f")[0].split())
    yield ""
    options = [param for param in command.params if isinstance(param, click.Option) and not param.hidden]
    records = [record for option in options if (record := option.get_help_record(shown))]
    if records:
        yield from ("| option | |", "|---|---|")
        yield from (f"| `{_cell(option)}` | {_cell(words)} |" for option, words in records)
        yield ""


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def limits() -> str:
    """Every bound with its value and its reason, in the sections of lib/limits.py."""
    text = (ROOT / "src/stoppress/lib/limits.py").read_text()
    comments = _comments(text)
    lines: list[str] = []
    for node in ast.parse(text).body:
        if isinstance(node, ast.Assign):
            section = max(
                (line for line in comments if line < node.lineno and "---" in comments[line]), default=0
            )
            title = comments.get(section, "").strip("- ").capitalize()
            if f"## {title}" not in lines:
                lines += ["", f"## {title}", "", "| bound | value | why |", "|---|---|---|"]
            names = ", ".join(f"`{ast.unparse(target).strip('()')}`" for target in node.targets)
            reason = comments.get(node.end_lineno or node.lineno, comments.get(node.lineno, ""))
            lines.append(f"| {names} | {_cell(_value(ast.unparse(node.value)))} | {_cell(reason)} |")
    return "\n".join(lines).strip()


def _comments(text: str) -> dict[int, str]:
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return {token.start[0]: token.string.lstrip("# ") for token in tokens if token.type == tokenize.COMMENT}


def _value(source: str) -> str:
    """As a person would write it: thousands apart."""
    return re.sub(r"\b\d{4,}\b", lambda number: f"{int(number.group(0)):,}", source)


def api() -> str:
    """Every request of the API with what it takes and what it answers."""
    from stoppress.api.openapi import document
    from stoppress.api.problems import KINDS
    from stoppress.api.routes import api as routes

    described: Json = document(routes)
    lines = ["## Refusals", "", "| status | kind | means | cure |", "|---|---|---|---|"]
    lines += [f"| {kind.status} | `{kind.name}` | {kind.title} | {_cell(kind.cure)} |" for kind in KINDS]
    lines.append("")
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            lines += [
                f"## `{method.upper()} {path.removeprefix('/api/v1')}`",
                operation.get("summary", "") + ".",
            ]
            lines += ["", *_paragraph(operation), *_body(described, operation), *_answers(operation)]
    return "\n".join(lines).strip()


def _paragraph(operation: Json) -> list[str]:
    text = " ".join(str(operation.get("description", "")).split())
    return [text, ""] if text else []


def _body(described: Json, operation: Json) -> list[str]:
    for content in operation.get("requestBody", {}).get("content", {}).values():
        schema = _resolved(described, content["schema"])
        required = set(schema.get("required", ()))
        lines = ["| field | is | |", "|---|---|---|"]
        for name, field in schema.get("properties", {}).items():
            needed = " (required)" if name in required else ""
            lines.append(
                f"| `{name}`{needed} | {_type(described, field)} | {_cell(field.get('description', ''))} |"
            )
        return [*lines, ""]
    return []


def _resolved(described: Json, schema: Json) -> Json:
    if "$ref" in schema:
        named: Json = described["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
        return named
    return schema


def _type(described: Json, field: Json) -> str:
    """In a few words: text, number, list of text, `draft` or `live` …"""
    field = _resolved(described, field)
    if "anyOf" in field:
        return " or ".join(_type(described, one) for one in field["anyOf"])
    if "enum" in field or "const" in field:
        return " or ".join(f"`{one}`" for one in field.get("enum", [field.get("const")]))
    kind = str(field.get("type", "object"))
    if kind == "array":
        return f"list of {_type(described, field.get('items', {}))}"
    words = {"string": "text", "boolean": "true or false", "integer": "number", "null": "null"}
    return words.get(kind, kind) + (f", {field['format']}" if "format" in field else "")


def _answers(operation: Json) -> list[str]:
    statuses = sorted(int(status) for status in operation["responses"])
    good = ", ".join(str(status) for status in statuses if status < FIRST_REFUSAL)
    refusals = ", ".join(str(status) for status in statuses if status >= FIRST_REFUSAL)
    return [f"Answers {good}; refuses with {refusals}.", ""]


PARTS: dict[str, Callable[[], str]] = {"commands.md": commands, "limits.md": limits, "api.md": api}


def fresh(page: str) -> str:
    """The page's text with its generated part made anew."""
    text = (REFERENCE / page).read_text()
    block = f"{BEGIN}\n\n{PARTS[page]()}\n\n{END}"
    return re.sub(f"{BEGIN}.*{END}", lambda _: block, text, flags=re.DOTALL)


def main() -> None:
    """Write all parts."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings_for_tests")
    import django

    django.setup()
    for page in PARTS:
        (REFERENCE / page).write_text(fresh(page))
        sys.stdout.write(f"docs/reference/{page}\n")


if __name__ == "__main__":
    main()
