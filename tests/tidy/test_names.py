"""Rooms are named after a noun or a step, things by the words of the glossary (docs/reference/words.md)."""

import ast
from collections.abc import Iterator

from tests.tidy.source import ROOT, Module, kept_files, package, words_of

SAYS_NOTHING = {
    "util",
    "utils",
    "helper",
    "helpers",
    "core",
    "common",
    "misc",
    "shared_code",
    "manager",
    "base_class",
}
# Not to be used in a name of ours → the word we use.
GLOSSARY = {
    "sticky": "pinned",
    "featured": "pinned",
    "highlight": "key event",
    "highlights": "key event",
    "subtitle": "standfirst",
    "timestamp": "first_published_at or last_changed_at",
    "amendment": "correction",
    "liveblogupdate": "post",
}
CODE = (".py", ".ts", ".mjs", ".html", ".css")


def defined(module: Module) -> Iterator[tuple[str, ast.AST]]:
    """Every name that the module gives: functions, classes, parameters, variables."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name, node
        elif isinstance(node, ast.arg):
            yield node.arg, node
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node


def test_no_room_or_module_says_nothing() -> None:
    wrong = [
        str(path.relative_to(ROOT))
        for path in kept_files()
        if path.suffix in CODE
        for part in path.relative_to(ROOT).parts
        if part.split(".")[0].lower() in SAYS_NOTHING
    ]
    assert not wrong, f"Name these after what they hold or do: {wrong}"


def test_names_use_the_words_of_the_glossary() -> None:
    wrong = [
        f"{module.at(node)}: {name} (say {GLOSSARY[word]})"
        for module in package()
        for name, node in defined(module)
        for word in words_of(name)
        if word in GLOSSARY
    ]
    assert not wrong, "\n".join(wrong)


def test_nothing_is_left_for_later_in_a_comment() -> None:
    marks = ("TODO", "FIXME", "XXX", "HACK")
    wrong = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in kept_files()
        if path.suffix in CODE and path.name != "test_names.py"
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if any(f"{mark}:" in line or f"{mark} " in line for mark in marks)
    ]
    assert not wrong, f"Do it, or open an issue: {wrong}"
