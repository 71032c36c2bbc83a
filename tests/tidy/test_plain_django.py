"""Django without its magic: functions as views, no signals, no hidden writes, objects through one door."""

import ast
import re

from tests.tidy.source import PACKAGE, ROOT, Module, package, room
from tests.tidy.test_imports import imported

VIEW_CLASSES = {
    "View",
    "TemplateView",
    "ListView",
    "DetailView",
    "FormView",
    "CreateView",
    "UpdateView",
    "DeleteView",
}
SIGNALS = (
    "django.dispatch",
    "django.db.models.signals",
    "django.core.signals",
    "django.contrib.auth.signals",
)
MARKS_SAFE = {"mark_safe", "SafeString", "SafeText"}
# The one module that may declare text to be HTML: what `render` made, on its way into a desk template.
SAFE_DOOR = "src/stoppress/desk/safe_html.py"
INLINE = re.compile(
    r"<[a-z][^>]*\s(?:style|on[a-z]+)\s*=|<style\b|<script(?![^>]*(?:\bsrc=|type=\"application/))",
    re.IGNORECASE,
)
COUNTS = "src/stoppress/worker/figures.py"  # counts rows of everybody, and shows none


def _bases(node: ast.ClassDef) -> set[str]:
    return {getattr(base, "attr", getattr(base, "id", "")) for base in node.bases}


def test_no_class_based_views() -> None:
    wrong = [
        module.at(node)
        for module in package()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef) and _bases(node) & VIEW_CLASSES
    ]
    wrong += [
        module.at(node)
        for module in package()
        for name, node in imported(module)
        if name.startswith("django.views.generic")
    ]
    assert not wrong, f"A view is a function: {wrong}"


def test_no_signals() -> None:
    wrong = [
        f"{module.at(node)} imports {name}"
        for module in package()
        for name, node in imported(module)
        if name.startswith(SIGNALS)
    ]
    assert not wrong, f"Call the function where the thing happens: {wrong}"


def test_no_logic_in_save() -> None:
    wrong = [
        module.at(node)
        for module in package()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef)
        and node.name in {"save", "delete"}
        and "models" in module.path.name
        if not all(isinstance(line, ast.Raise) for line in node.body)  # to refuse is no logic
    ]
    assert not wrong, f"A row that writes more than itself hides it: {wrong}"


def _called(module: Module) -> set[str]:
    return {
        getattr(node.func, "attr", getattr(node.func, "id", ""))
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
    }


def test_one_module_may_declare_html_safe() -> None:
    wrong = [module.name for module in package() if _called(module) & MARKS_SAFE and module.name != SAFE_DOOR]
    assert not wrong, f"Only {SAFE_DOOR} may: {wrong}"


def test_templates_escape_everything() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in PACKAGE.rglob("*.html")
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if re.search(r"\|\s*safe(seq)?\b|autoescape\s+off", line)
    ]
    assert not wrong, f"Pass it through {SAFE_DOOR} in the view: {wrong}"


def test_templates_need_no_inline_script_or_style() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}: {found.group(0)[:60]}"
        for path in PACKAGE.rglob("*.html")
        for found in INLINE.finditer(path.read_text())
    ]
    assert not wrong, f"The content security policy refuses these: {wrong}"


def test_screens_reach_rows_through_queries() -> None:
    wrong = [
        module.at(node)
        for module in room("desk", "api", "worker")
        if module.name != COUNTS
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}
    ]
    assert not wrong, f"Ask liveblogs/queries.py or newsroom/queries.py, which know who may see what: {wrong}"
