"""A story file that does not hold is refused with the file and the line."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stoppress.demo.script import BadScript, Verb, minute_of, parse_script

HEAD = """slug: surge
headline: Surge
standfirst: Water.
timezone: Europe/Amsterdam
language: en
"""
POST = """
@ 06:00 publish first by ana
headline: Gate shut
claim: gate | unverified | a sailor

[The gate](claim:gate) is shut.
"""
CAST = ("ana", "ben")


def parse(text: str) -> object:
    return parse_script(HEAD + text, name="x.story", cast=CAST)


def test_a_script_is_read_deed_by_deed() -> None:
    script = parse_script(
        HEAD + POST + "\n// a remark\n@ 00:10+1 withdraw first by ben\nreason: Wrong.\n", name="x", cast=CAST
    )
    publish, withdraw = script.deeds
    assert (publish.verb, publish.minute, publish.who, publish.label) == (Verb.PUBLISH, 360, "ana", "first")
    assert publish.text == "[The gate](claim:gate) is shut."
    assert publish.claims[0].source == "a sailor"
    assert (withdraw.minute, withdraw.fields) == (24 * 60 + 10, {"reason": "Wrong."})


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("@ 25:00 open by ana", 6, "no deed"),
        ("@ 06:00 jump by ana", 6, "no verb 'jump'"),
        ("@ 06:00 open by zoe", 6, "nobody called 'zoe'"),
        ("@ 06:00 open by ana\n@ 05:59 pause by ana", 7, "before what stands above"),
        ("@ 06:00 open by ana\nheadline: No", 7, "does not belong here"),
        ("@ 06:00 open first by ana", 6, "not about a post"),
        ("@ 06:00 publish by ana\n\nText.", 6, "needs the label"),
        ("@ 06:00 publish first by ana", 6, "needs a text"),
        ("@ 06:00 pin first by ana", 6, "no post 'first' to pin"),
        (POST + "\n@ 07:00 publish first by ana\n\nAgain.", 13, "already"),
        (POST + "\n@ 07:00 withdraw first by ana", 13, "needs a line `reason"),
        (POST + "\n@ 07:00 pin first by ana\n\nText.", 13, "takes no text"),
        (POST + "\n@ 07:00 claim gates by ana\nstate: false", 13, "no post above makes a claim 'gates'"),
        (POST + "\n@ 07:00 claim gate by ana\nstate: perhaps", 13, "'perhaps'"),
        ("@ 06:00 publish first by ana\nkey event: maybe\n\nText.", 7, "yes or no"),
        ("@ 06:00 publish first by ana\nheadline: A\nheadline: B\n\nText.", 8, "twice"),
        ("@ 06:00 publish first by ana\n\n[A](post:nothing).", 6, "readers cannot see"),
        ("@ 06:00 publish first by ana\n\n[A](claim:gate).", 6, "add a line `claim: gate"),
        ("@ 06:00 publish first by ana\nclaim: gate | false | x\n\nText.", 6, "not marked in the text"),
        ("@ 06:00 publish first by ana\nclaim: gate, false\n\nText.", 7, "is no claim"),
    ],
)
def test_faults_name_the_line(text: str, line: int, says: str) -> None:
    with pytest.raises(BadScript) as refused:
        parse(text)
    assert str(refused.value).startswith(f"x.story:{line}: ")
    assert says in str(refused.value)


def test_a_head_that_lacks_something_is_refused() -> None:
    with pytest.raises(BadScript, match=r"x\.story:1: the head lacks timezone"):
        parse_script(HEAD.replace("timezone: Europe/Amsterdam\n", ""), name="x.story", cast=CAST)
    with pytest.raises(BadScript, match="no time"):
        parse_script(HEAD + "begins: noon\n", name="x.story", cast=CAST)


@given(st.text(max_size=400))
def test_any_text_is_a_script_or_refused(text: str) -> None:
    with suppress(BadScript):
        parse(text)


@given(st.text(max_size=12))
def test_only_times_are_times(words: str) -> None:
    minute = minute_of(words)
    assert minute is None or 0 <= minute < 10 * 24 * 60
