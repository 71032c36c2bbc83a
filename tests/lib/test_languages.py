"""What the interface says, in every language it speaks."""

import re
import string

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from ops.words import in_python, in_template, main

from stoppress.document.text import claim_words, state_words
from stoppress.lib.languages import DOMAIN, LANGUAGES, LOCALE, accepted, direction, spoken, words_in

OTHERS = [language for language in LANGUAGES if language != "en"]
STATES = ("unverified", "confirmed", "disputed", "false")


def catalogue(language: str) -> list[Message]:
    with (LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po").open("rb") as file:
        return [message for message in read_po(file, locale=language) if message.id]


def texts(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, tuple | list) else [str(value)]


def places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_row_32_everything_is_translated(capsys: pytest.CaptureFixture[str]) -> None:
    behind = main(check=True)
    assert not behind, f"`make words`, then translate what it lists:\n{capsys.readouterr().out}"


@pytest.mark.parametrize("language", OTHERS)
def test_row_32_names_stand_in_their_places(language: str) -> None:
    for message in catalogue(language):
        english = set.union(*map(places, texts(message.id)))
        for said in texts(message.string):
            without_count = english - {"count"}  # a language may say "two" in a word
            assert without_count <= places(said) <= english, said


@pytest.mark.parametrize(("language", "forms"), [("es", 2), ("fr", 2), ("de", 2), ("uk", 3), ("ar", 6)])
def test_row_32_plural_forms_are_the_languages_own(language: str, forms: int) -> None:
    counted = [message for message in catalogue(language) if message.pluralizable]
    assert counted
    assert {len(texts(message.string)) for message in counted} == {forms}


@pytest.mark.parametrize(
    ("language", "count", "said"),
    [
        ("en", 1, "1 vote in all"),
        ("en", 1204, "1,204 votes in all"),
        ("es-MX", 2, "2 votos en total"),
        ("fr", 0, "0 vote au total"),
        ("de-AT", 2, "2 Stimmen insgesamt"),
        ("uk", 21, "Усього 21 голос"),
        ("uk", 3, "Усього 3 голоси"),
        ("uk", 11, "Усього 11 голосів"),
        ("ar", 2, "المجموع: صوتان"),
        ("ar", 3, "المجموع: 3 أصوات"),
        ("ar-EG", 15, "المجموع: ١٥ صوتًا"),  # noqa: RUF001 (the digits of Egypt)
        ("pl", 2, "2 votes in all"),
    ],
)
def test_row_32_numbers_are_counted_as_the_language_counts(language: str, count: int, said: str) -> None:
    assert words_in(language).many("{count} vote in all", "{count} votes in all", count=count) == said


@pytest.mark.parametrize(
    ("language", "listed"),
    [("en", "A, B and C"), ("es", "A, B y C"), ("fr", "A, B et C"), ("de", "A, B und C")],
)
def test_names_are_listed(language: str, listed: str) -> None:
    assert words_in(language).names(["A", "B", "C"]) == listed


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_claim_is_told_beginning_with_how_it_stands(language: str) -> None:
    say = words_in(language)
    for state in STATES:
        assert claim_words(state, "N. {braces}", say).startswith(state_words(state, say))
        assert "N. {braces}" in claim_words(state, "N. {braces}", say)
    assert len({state_words(state, say) for state in STATES}) == len(STATES)


def test_french_is_set_in_french() -> None:
    for message in catalogue("fr"):
        for said in texts(message.string):
            assert not re.search(r"(?<![\u00a0\u202f\d]) [:;?!»%]|['\"]", said), said


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("fr-CA", "fr"),
        ("de", "de"),
        ("ar-EG", "ar"),
        ("pl", "en"),
        ("", "en"),
        ("../../x", "en"),
        ("UK", "uk"),
    ],
)
def test_a_tag_is_served_by_the_language_of_its_first_part(tag: str, language: str) -> None:
    assert spoken(tag) == language


@pytest.mark.parametrize(
    ("tag", "way"),
    [("ar", "rtl"), ("ar-EG", "rtl"), ("he", "rtl"), ("uk", "ltr"), ("uz-Arab", "rtl"), ("ar-Latn", "ltr")],
)
def test_direction(tag: str, way: str) -> None:
    assert direction(tag) == way


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"),
        ("fr-CA,fr;q=0.9,en;q=0.8", "fr"),
        ("pl,uk;q=0.7,de;q=0.9", "de"),
        ("en;q=0, ar", "ar"),
        ("en;q=0", "en"),
        ("*", "en"),
        ("fr;q=nonsense", "fr"),
        ("xx," * 1000 + "fr", "en"),
    ],
)
def test_row_32_a_page_that_is_nobodys_speaks_the_readers_language(header: str, language: str) -> None:
    assert accepted(header) == language


def test_sentences_are_found_where_they_are_said() -> None:
    source = """
        x = f'<p>{say("One")}</p>' + blog.say("Two {n}", n=2) + words_in(language)("Three")
        y = say.many("{count} four", "{count} fours", count=n) + later("Five") + display("Six") + say(seven)
    """
    found = dict(in_python("def f():" + source))
    assert found == {
        "One": "",
        "Two {n}": "",
        "Three": "",
        "{count} four": "{count} fours",
        "Five": "",
    }
    assert list(in_template('{% say "Sign in" %} {% say "{n} of" n=3 %}')) == [
        ("Sign in", ""),
        ("{n} of", ""),
    ]
