"""Each module says what belongs in it and who calls it; each public class says what it is."""

import ast

from tests.tidy.source import ROOT, package, read

WORDS_AT_LEAST = 4


def test_every_module_says_what_it_is() -> None:
    modules = package() + read(ROOT / "bench") + read(ROOT / "ops")
    wrong = [
        module.name
        for module in modules
        if len((ast.get_docstring(module.tree) or "").split()) < WORDS_AT_LEAST
    ]
    assert not wrong, f"Say in the first lines what belongs here, who calls it, what it may import: {wrong}"


def test_public_functions_of_the_writing_side_say_their_effect() -> None:
    wrong = [
        f"{module.at(node)} {node.name}"
        for module in package()
        if "actions" in module.path.parts
        for node in module.tree.body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert not wrong, wrong
