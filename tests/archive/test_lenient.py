import pytest
from hypothesis import given
from hypothesis import strategies as st

from stoppress.archive.lenient import BrokenJson, parse


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ('{"a": 1}', [{"a": 1}]),
        ('<!-- {"a": 1} -->', [{"a": 1}]),
        ('//<![CDATA[\n{"a": 1}\n//]]>', [{"a": 1}]),
        ('/*<![CDATA[*/ {"a": "]]>"} /*]]>*/', [{"a": "]]>"}]),
        ('\ufeff {"a": 1};', [{"a": 1}]),
        ('{"a": [1, 2,], }', [{"a": [1, 2]}]),
        ('{"a": "two\nlines\tand a tab"}', [{"a": "two\nlines\tand a tab"}]),
        ('{"a": 1} {"b": 2}', [{"a": 1}, {"b": 2}]),
        ('{"a": 1},{"b": 2}', [{"a": 1}, {"b": 2}]),
        ('{"a": 1, // why\n "b": "http://x.example/y" /* and */}', [{"a": 1, "b": "http://x.example/y"}]),
        ('{"a": "He said "no", he did.", "b": 1}', [{"a": 'He said "no", he did.', "b": 1}]),
        (r'{"a": "it\'s \x"}', [{"a": "it's x"}]),
        ("{&quot;a&quot;: &quot;b&quot;}", [{"a": "b"}]),
        ("", []),
        (" \n", []),
    ],
)
def test_what_pages_hold_is_read(text: str, values: list[object]) -> None:
    assert parse(text) == values


@pytest.mark.parametrize("text", ['{"a": "cut off', '{"a": 1', "{a: 1}", "[" * 100_000, "<p>no</p>"])
def test_what_cannot_be_mended_is_refused(text: str) -> None:
    with pytest.raises(BrokenJson):
        parse(text)


@pytest.mark.long
def test_long_rubbish_is_refused_at_once() -> None:
    for text in (
        '{"a": 1, /*' * 100_000,
        '{"a": ' + '" ' * 500_000,
        "{" + " " * 500_000 + "x",
        "{" + "," * 100_000,
    ):
        with pytest.raises(BrokenJson):
            parse(text)


@given(st.text(alphabet='{}[]",:\\/*-> ab1\n', max_size=60))
def test_any_text_is_values_or_broken(text: str) -> None:
    try:
        values = parse(text)
    except BrokenJson:
        return
    assert isinstance(values, list)
