"""Reads a story file: what a newsroom does during one live blog, deed by deed, each with its time.

Pure; called by `seed.py` and `perform.py`, and by tests. A story file is written by hand, so everything that
does not hold is refused with the file and the line. The text of posts is read by `prose.py`. The form:

    slug: storm-surge                         first the live blog itself: `name: value` lines
    // a remark
    @ 14:31 amend shelters by hanneke         then the deeds: time, verb, post's label, who
    headline: Where to go                     what belongs to it, `name: value`
                                              an empty line, then the post's text
    Three shelters open at {09:00}.

Times are the story's own, in its zone, and never run back; `00:14+1` is on the next day.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

_TIME = r"(?P<hours>[01]\d|2[0-3]):(?P<minutes>[0-5]\d)(?:\+(?P<days>\d))?"
_DEED = re.compile(rf"@ +{_TIME} +(?P<verb>[a-z-]+)(?: +(?P<label>[a-z0-9-]+))? +by +(?P<who>[a-z]+)")
_FIELD = re.compile(r"(?P<name>[a-z ]+): +(?P<value>\S.*)")
_CLAIM = re.compile(r"(?P<label>[a-z0-9-]+) \| (?P<state>[a-z]+) \| (?P<source>\S.*)")
_REFERENCE = re.compile(r"\]\((post|claim):([^)]*)\)")
_REMARK = "//"
_YES_NO = {"yes": True, "no": False}

CLAIM_STATES = ("unverified", "confirmed", "disputed", "false")
MINUTES_PER_DAY = 24 * 60


class BadScript(ValueError):
    """The story file does not hold. The message begins with the file and the line."""


class Verb(StrEnum):
    """What can be done; each is one action of the newsroom."""

    OPEN = "open"
    PAUSE = "pause"
    CLOSE = "close"
    CHANGE = "change"
    START_SHIFT = "start-shift"
    END_SHIFT = "end-shift"
    PUBLISH = "publish"
    AMEND = "amend"
    CORRECT = "correct"
    WITHDRAW = "withdraw"
    MARK = "mark"
    PIN = "pin"
    UNPIN = "unpin"
    CLAIM = "claim"


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """Somebody's assertion inside a post: `[words](claim:label)` in its text."""

    label: str
    state: str
    source: str


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing done. `minute`: since midnight of the story's first day; `label`: the post, or the claim."""

    line: int
    minute: int
    verb: Verb
    who: str
    label: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    claims: tuple[ClaimLine, ...] = ()
    text: str = ""

    @property
    def byline(self) -> tuple[str, ...]:
        """The names to print; none means whoever did it."""
        return tuple(name.strip() for name in self.fields.get("byline", "").split(";") if name.strip())

    def says(self, name: str) -> bool | None:
        """A mark: yes, no, or not spoken of."""
        return _YES_NO.get(self.fields.get(name, ""))


@dataclass(frozen=True, slots=True)
class Script:
    """One live blog from its opening to its close.

    `begins`: what is done up to this minute lies in the past when the demonstration starts; None: nothing does.
    """

    slug: str
    headline: str
    standfirst: str
    timezone: str
    language: str
    deeds: tuple[Deed, ...]
    begins: int | None = None


# What a deed may carry besides its time and who did it, and which of that it must.
_POST_FIELDS = {"headline", "dateline", "byline", "key event", "summary", "claim"}
_MAY: dict[Verb, set[str]] = {
    Verb.CHANGE: {"headline", "standfirst"},
    Verb.PUBLISH: _POST_FIELDS,
    Verb.AMEND: {"headline", "dateline", "byline", "claim"},
    Verb.CORRECT: {"headline", "dateline", "byline", "claim", "correction"},
    Verb.WITHDRAW: {"reason"},
    Verb.MARK: {"key event", "summary"},
    Verb.CLAIM: {"state"},
}
_MUST = {Verb.CORRECT: "correction", Verb.WITHDRAW: "reason", Verb.CLAIM: "state"}
_WITH_TEXT = {Verb.PUBLISH, Verb.AMEND, Verb.CORRECT}
_ON_A_POST = {Verb.PUBLISH, Verb.AMEND, Verb.CORRECT, Verb.WITHDRAW, Verb.MARK, Verb.PIN}
_HEAD = ("slug", "headline", "standfirst", "timezone", "language", "begins")


def parse_script(text: str, *, name: str, cast: Iterable[str]) -> Script:
    """The script in `text`. `name`: the file's, for messages; `cast`: who may do things.

    Raises: BadScript.
    """
    parts = _parts(text)
    first, head = next(parts)
    values = _head(head, first, name)
    deeds = tuple(_deed(lines, number, name) for number, lines in parts)
    _Order(name, set(cast)).check(deeds)
    return Script(
        slug=values["slug"],
        headline=values["headline"],
        standfirst=values["standfirst"],
        timezone=values["timezone"],
        language=values["language"],
        begins=_begins(values.get("begins"), name),
        deeds=deeds,
    )


def minute_of(words: str) -> int | None:
    """`00:14+1` as minutes since the first midnight; None when `words` is not a time."""
    found = re.fullmatch(_TIME, words)
    return _minute(found) if found else None


def _minute(found: re.Match[str]) -> int:
    return int(found["days"] or 0) * MINUTES_PER_DAY + int(found["hours"]) * 60 + int(found["minutes"])


def _parts(text: str) -> Iterator[tuple[int, list[str]]]:
    """The head, then every deed: its first line's number and its lines, remarks left out."""
    start, part = 1, list[str]()
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("@"):
            yield start, part
            start, part = number, []
        if not line.startswith(_REMARK):
            part.append(line.rstrip())
    yield start, part


def _head(lines: list[str], first: int, name: str) -> dict[str, str]:
    values: dict[str, str] = {}
    for number, line in enumerate(lines, first):
        if line:
            key, value = _field(line, f"{name}:{number}", set(_HEAD))
            values[key] = value
    missing = [key for key in _HEAD if key not in values and key != "begins"]
    if missing:
        raise BadScript(f"{name}:1: the head lacks {', '.join(missing)}; write each as `name: value`.")
    return values


def _begins(words: str | None, name: str) -> int | None:
    if words is None:
        return None
    minute = minute_of(words)
    if minute is None:
        raise BadScript(f"{name}:1: begins is {words!r}, which is no time; write it like 08:26 or 00:14+1.")
    return minute


def _field(line: str, where: str, allowed: set[str]) -> tuple[str, str]:
    found = _FIELD.fullmatch(line)
    if found is None or found["name"] not in allowed:
        may = ", ".join(sorted(allowed)) or "nothing"
        raise BadScript(f"{where}: {line[:60]!r} does not belong here; what may stand here: {may}.")
    return found["name"], found["value"]


def _deed(lines: list[str], number: int, name: str) -> Deed:
    where = f"{name}:{number}"
    found = _DEED.fullmatch(lines[0])
    if found is None:
        raise BadScript(f"{where}: {lines[0][:60]!r} is no deed; write `@ 14:31 amend shelters by hanneke`.")
    if found["verb"] not in set(Verb):
        raise BadScript(f"{where}: there is no verb {found['verb']!r}; use one of {', '.join(Verb)}.")
    verb = Verb(found["verb"])
    blank = lines.index("") if "" in lines else len(lines)
    fields, claims = _fields(lines[1:blank], number, name, verb)
    return Deed(
        line=number,
        minute=_minute(found),
        verb=verb,
        who=found["who"],
        label=found["label"] or "",
        fields=fields,
        claims=claims,
        text="\n".join(lines[blank:]).strip("\n"),
    )


def _fields(
    lines: list[str], number: int, name: str, verb: Verb
) -> tuple[dict[str, str], tuple[ClaimLine, ...]]:
    fields: dict[str, str] = {}
    claims: list[ClaimLine] = []
    for place, line in enumerate(lines, number + 1):
        where = f"{name}:{place}"
        key, value = _field(line, where, _MAY.get(verb, set()))
        if key in fields:
            raise BadScript(f"{where}: {key} stands here twice; take one away.")
        if key == "claim":
            claims.append(_claim(value, where))
            continue
        if key in ("key event", "summary") and value not in _YES_NO:
            raise BadScript(f"{where}: {key} is {value!r}; write yes or no.")
        fields[key] = value
    return fields, tuple(claims)


def _claim(value: str, where: str) -> ClaimLine:
    found = _CLAIM.fullmatch(value)
    if found is None or found["state"] not in CLAIM_STATES:
        states = ", ".join(CLAIM_STATES)
        raise BadScript(
            f"{where}: {value[:60]!r} is no claim; write `label | state | source`, state one of {states}."
        )
    return ClaimLine(found["label"], found["state"], found["source"])


@dataclass(slots=True)
class _Order:
    """What must hold from deed to deed: time, who, and that posts and claims are there before they are spoken of."""

    name: str
    cast: set[str]
    minute: int = 0
    standing: set[str] = field(default_factory=set)  # posts that readers can see
    known: set[str] = field(default_factory=set)  # posts there ever were
    claims: set[str] = field(default_factory=set)

    def check(self, deeds: Iterable[Deed]) -> None:
        """Raises: BadScript at the first deed that does not hold."""
        for deed in deeds:
            if fault := self._fault(deed):
                raise BadScript(f"{self.name}:{deed.line}: {fault}")
            self._remember(deed)

    def _fault(self, deed: Deed) -> str:
        if deed.minute < self.minute:
            return "this happens before what stands above it; put it in its place."
        if deed.who not in self.cast:
            return f"nobody called {deed.who!r} works here; use one of {', '.join(sorted(self.cast))}."
        must = _MUST.get(deed.verb)
        if must and must not in deed.fields:
            return f"{deed.verb} needs a line `{must}: …`."
        if deed.fields.get("state", CLAIM_STATES[0]) not in CLAIM_STATES:
            return f"the state is {deed.fields['state']!r}; use one of {', '.join(CLAIM_STATES)}."
        if bool(deed.text) != (deed.verb in _WITH_TEXT):
            return f"{deed.verb} needs a text." if deed.verb in _WITH_TEXT else f"{deed.verb} takes no text."
        return self._label_fault(deed) or self._reference_fault(deed)

    def _label_fault(self, deed: Deed) -> str:
        if deed.verb is Verb.CLAIM:
            return "" if deed.label in self.claims else f"no post above makes a claim {deed.label!r}."
        if deed.verb not in _ON_A_POST:
            return f"{deed.verb} is not about a post; take {deed.label!r} away." if deed.label else ""
        if not deed.label:
            return f"{deed.verb} needs the label of a post."
        if deed.verb is Verb.PUBLISH:
            return f"there is a post {deed.label!r} already." if deed.label in self.known else ""
        return "" if deed.label in self.standing else f"there is no post {deed.label!r} to {deed.verb} here."

    def _reference_fault(self, deed: Deed) -> str:
        own = {claim.label for claim in deed.claims}
        if again := own & self.claims and deed.verb is Verb.PUBLISH:
            return f"claims have labels of their own: {again}."
        spoken = set[str]()
        for kind, label in _REFERENCE.findall(deed.text):
            if kind == "post" and label not in self.standing:
                return f"the text refers to a post {label!r}, which readers cannot see at this time."
            if kind == "claim" and label not in own:
                return f"the text marks a claim {label!r}; add a line `claim: {label} | state | source`."
            spoken.add(f"{kind}:{label}")
        unused = sorted(label for label in own if f"claim:{label}" not in spoken)
        return f"the claim {unused[0]!r} is not marked in the text." if unused else ""

    def _remember(self, deed: Deed) -> None:
        self.minute = deed.minute
        self.claims |= {claim.label for claim in deed.claims}
        if deed.verb is Verb.PUBLISH:
            self.known.add(deed.label)
            self.standing.add(deed.label)
        if deed.verb is Verb.WITHDRAW:
            self.standing.discard(deed.label)


def with_state(claims: tuple[ClaimLine, ...], label: str, state: str) -> tuple[ClaimLine, ...]:
    """`claims` with one of them in another state."""
    return tuple(replace(claim, state=state) if claim.label == label else claim for claim in claims)
