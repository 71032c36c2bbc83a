"""Takes apart JSON that others wrote, without believing its shape. Called by `slack.py` and `telegram.py`."""

import json

from stoppress.intake.refusals import Unreadable

Json = dict[str, object]


def json_object(body: bytes) -> Json:
    """The body as an object. Raises: Unreadable."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as fault:
        raise Unreadable("The body is no JSON; send what the tool’s documentation says.") from fault
    if not isinstance(found, dict):
        raise Unreadable("The body is no JSON object; send what the tool’s documentation says.")
    return found


def part(of: Json, name: str) -> Json:
    """An object in an object, empty when there is none."""
    found = of.get(name)
    return found if isinstance(found, dict) else {}


def parts(of: Json, name: str) -> list[Json]:
    """A list of objects in an object; what is none is left out."""
    found = of.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def text(of: Json, name: str) -> str:
    """A text in an object, "" when there is none. A number becomes its digits."""
    found = of.get(name)
    if isinstance(found, int) and not isinstance(found, bool):
        return str(found)
    return found if isinstance(found, str) else ""


def number(of: Json, name: str) -> int:
    """A number in an object, 0 when there is none."""
    found = of.get(name)
    return found if isinstance(found, int) and not isinstance(found, bool) else 0


def files_left_out(count: int) -> tuple[str, ...]:
    """The note about files that came along."""
    if not count:
        return ()
    if count == 1:
        return ("A file that came along was left out; add it on the desk.",)
    return (f"{count} files that came along were left out; add them on the desk.",)
