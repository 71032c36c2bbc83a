"""Whoever silences a checker says which rule, and why."""

import re

from tests.tidy.source import ROOT, kept_files

SILENCED = re.compile(
    r"#\s*(?:noqa|type:\s*ignore)\b.*|//\s*@ts-(?:ignore|expect-error|nocheck).*|eslint-disable.*"
)
WITH_REASON = re.compile(
    r"#\s*noqa: [A-Z]+[0-9]+(?:, ?[A-Z]+[0-9]+)* ?\(.{3,}\)"
    r"|#\s*type: ignore\[[a-z, -]+\]\s*(?:#|\().{3,}"
    r"|//\s*@ts-expect-error:? \S.{3,}"
    r"|eslint-disable\S* [a-z/-]+ -- .{3,}"
)
# For good: nobody may. Only for a machine that lacks something: with a comment just above that says what.
SKIPPED = re.compile(  # words that are looked for: nothing is switched off here
    r"@?pytest\.mark\.(?:skip|xfail)\b(?!if)"
    r"|@unittest\.skip"
    r"|pragma:\s*no\s+cover"
)
SKIPPED_HERE = re.compile(r"@?pytest\.mark\.skipif\b")


def _lines() -> list[tuple[str, str, str]]:
    """(where, the line, the comment on a line of its own just above or "")."""
    found = []
    for path in kept_files():
        if path.suffix in {".py", ".ts"} and path.name != "test_excuses.py":
            above = ""
            for number, line in enumerate(path.read_text().splitlines(), 1):
                found.append((f"{path.relative_to(ROOT)}:{number}", line, above))
                above = line.strip() if line.strip().startswith(("#", "//")) else ""
    return found


def test_every_silenced_rule_has_a_reason() -> None:
    wrong = [
        f"{where}: {found.group(0)}"
        for where, line, above in _lines()
        if (found := SILENCED.search(line)) and not WITH_REASON.search(line) and not above
    ]
    assert not wrong, "\n".join([*wrong, "", "Write it like: # noqa: S603 (starts our own program)"])


def test_no_test_is_switched_off() -> None:
    wrong = [f"{where}: {line.strip()}" for where, line, _ in _lines() if SKIPPED.search(line)]
    assert not wrong, "\n".join(wrong)


def test_a_test_that_some_machines_skip_says_why() -> None:
    wrong = [
        f"{where}: {line.strip()}"
        for where, line, above in _lines()
        if SKIPPED_HERE.search(line) and not above
    ]
    assert not wrong, "\n".join([*wrong, "", "Say in a comment just above what is lacking there."])
