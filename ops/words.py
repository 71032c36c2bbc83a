"""Bring the catalogues of translations up to what the code says: `make words`.

Finds every sentence in calls of `say("…")`, `say.many("…", "…")`, `words_in(…)("…")`, `later("…")` and in templates'
`{% say "…" %}`, by the syntax tree, so that calls inside f-strings count too. New sentences come in untranslated,
those that nobody says any more go. `--check` changes nothing and fails when a catalogue is behind.
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from stoppress.lib.languages import DOMAIN, LANGUAGES, LOCALE

SOURCE = Path(__file__).resolve().parent.parent / "src" / "stoppress"
_NOT_FOR_READERS = ("cli/", "demo/", "api/")  # programs, made-up stories and operators speak English
_SPEAKERS = frozenset({"say", "later", "words_in", "_said"})
_IN_TEMPLATE = re.compile(r"""{%\s*say\s+(["'])(?P<one>.+?)\1(?:\s+plural=(["'])(?P<more>.+?)\3)?[^%]*%}""")
_WIDTH = 110
# What changes with every run and says nothing.
_NOISE = re.compile(
    rb'^"(?:POT-Creation-Date|PO-Revision-Date|Last-Translator|Generated-By|Report-Msgid-Bugs-To|Language-Team'
    rb"|Project-Id-Version):.*\n",
    re.MULTILINE,
)


@dataclass(slots=True)
class Sentence:
    """What is said: one text, or one for each number; and the files that say it."""

    one: str
    more: str = ""
    files: set[str] = field(default_factory=set)


def sentences() -> dict[str, Sentence]:
    """Everything the interface says, by its (singular) English."""
    found: dict[str, Sentence] = {}
    for file in sorted([*SOURCE.rglob("*.py"), *SOURCE.rglob("*.html"), *SOURCE.rglob("*.txt")]):
        name = file.relative_to(SOURCE).as_posix()
        if name.startswith(_NOT_FOR_READERS):
            continue
        read = in_python if file.suffix == ".py" else in_template
        for one, more in read(file.read_text("utf-8")):
            sentence = found.setdefault(one, Sentence(one, more))
            sentence.files.add(name)
            if more:
                sentence.more = more
    return found


def in_python(source: str) -> Iterator[tuple[str, str]]:
    """Sentences in a module: the singular, and the plural or ""."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        texts = [
            arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
        ]
        match node.func:
            case ast.Attribute(attr="many") if len(texts) > 1:
                yield texts[0], texts[1]
            case ast.Attribute(attr=name) | ast.Name(id=name) if (
                name in _SPEAKERS and name != "words_in" and texts
            ):
                yield texts[0], ""
            case ast.Call(func=ast.Name(id=name)) if name in _SPEAKERS and texts:
                yield texts[0], ""


def in_template(source: str) -> Iterator[tuple[str, str]]:
    """Sentences in a template."""
    for match in _IN_TEMPLATE.finditer(source):
        yield match["one"], match["more"] or ""


def updated(language: str, said: dict[str, Sentence]) -> tuple[Catalog, bytes]:
    """The language's catalogue with exactly these sentences, and the same as a file."""
    file = LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    old = read_po(BytesIO(file.read_bytes()), locale=language) if file.is_file() else Catalog(locale=language)
    new = Catalog(
        locale=language,
        fuzzy=False,
        header_comment=f"# {LANGUAGES[language]}. What is said is kept up by `make words`.",
    )
    for sentence in said.values():
        known = old.get(sentence.one)
        name = (sentence.one, sentence.more) if sentence.more else sentence.one
        fits = known is not None and isinstance(known.id, tuple) == isinstance(name, tuple)
        flags = {"python-brace-format"} if "{" in f"{sentence.one}{sentence.more}" else set()
        new.add(
            name,
            known.string if known is not None and fits else None,
            locations=[(place, 0) for place in sorted(sentence.files)],
            flags=flags,
        )
    out = BytesIO()
    write_po(out, new, width=_WIDTH, include_lineno=False, sort_output=True)
    return new, _NOISE.sub(b"", out.getvalue())


def missing(catalogue: Catalog) -> list[str]:
    """What has no translation yet."""
    return [
        str(message.id)
        for message in catalogue
        if message.id
        and not all(message.string if isinstance(message.string, tuple | list) else [message.string])
    ]


def main(*, check: bool) -> int:
    """Write, or only compare; the number of catalogues that are behind or not whole."""
    said, behind = sentences(), 0
    for language in LANGUAGES:
        if language == "en":
            continue
        catalogue, written = updated(language, said)
        file = LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po"
        open_ones = missing(catalogue)
        stale = not file.is_file() or file.read_bytes() != written
        behind += bool(open_ones) or (check and stale)
        if not check:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(written)
        sys.stdout.write(f"{language}: {len(said) - len(open_ones)} of {len(said)} sentences translated.\n")
        sys.stdout.writelines(f"  {one}\n" for one in open_ones)
    return behind


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv) and 1)
