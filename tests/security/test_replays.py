"""Every write, sent twice as a double click, a replay or a proxy's second try would: one effect (fault F11).

The list of routes is the sweep's own: a write that is added is replayed here the same minute.
"""

from copy import deepcopy
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from tests.people import People
from tests.security.addresses import filled
from tests.security.cast import Scene, all_rows, fresh_key, picture_file, sent
from tests.security.expectations import API, DESK, Line, lines
from tests.security.requests import body_of

# One database will do: what is asked here is whether views remember, not how rows are locked.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("built_files")]

WRITES = ("POST", "PUT", "PATCH", "DELETE")
# The trail says of each press that it came; a second press is the truth there.
TOLD_EACH_TIME = "audit_entry"
# Writes whose second time means something: why that is one effect all the same.
RENEWED = {
    "/desk/team/invite/": "a new link, which ends the first one's: one invitation is open",
    "/desk/live/<slug>/posts/<public>/lease/": "the lease lasts from the later request: one lease",
    "/desk/live/<slug>/posts/<draft>/lease/": "the lease lasts from the later request: one lease",
}
DONE = ("200", "201", "204", "302", "off")
WHO = ("owner", "admin", "editor")  # whoever of these may do it, does it


def _by(line: Line) -> str:
    """Somebody for whom the write succeeds, or ""."""
    return next((who for who in WHO if line.answers[who] in DONE), "")


def _again(body: Any) -> Any:
    """The same body, its file unread."""
    if isinstance(body, dict) and "file" in body:
        return {**body, "file": picture_file()}
    return deepcopy(body)


def _twice(client: Client, line: Line, path: str, **headers: str) -> str:
    """What a second sending did, or ""."""
    body, more = body_of(line.method, line.route)
    with transaction.atomic():
        cache.clear()
        first = sent(client, line.method, path, _again(body), **more, **headers)
        after_first = all_rows()
        second = sent(client, line.method, path, _again(body), **more, **headers)
        after_second = all_rows()
        transaction.set_rollback(True)
    if first.status_code >= 400:
        return f"{line.method} {line.route}: the first answered {first.status_code}"
    if second.status_code >= 500:
        return f"{line.method} {line.route}: the second answered {second.status_code}"
    changed = [
        table
        for table, rows in after_first.items()
        if table != TOLD_EACH_TIME and after_second[table] != rows and line.route not in RENEWED
    ]
    return f"{line.method} {line.route}: the second changed {', '.join(changed)}" if changed else ""


def _none(faults: list[str]) -> None:
    found = [fault for fault in faults if fault]
    if found:
        pytest.fail("\n".join(["A write that is sent twice has one effect:", *found]), pytrace=False)


def test_every_write_of_the_desk_counts_once(people: People) -> None:
    on = Scene(people)
    browsers = {who: on.browser(who) for who in WHO}
    values = {**on.values, "secret": "unknown", "key": "unknown"}
    writes = [line for line in lines(DESK) if line.method in WRITES and _by(line)]
    assert len(writes) > 40
    _none([_twice(browsers[_by(line)], line, filled(line.route, values)) for line in writes])


def test_every_write_of_the_api_counts_once(people: People) -> None:
    on = Scene(people)
    tokens = {who: on.token(who) for who in WHO}
    writes = [line for line in lines(API) if line.method in WRITES and _by(line)]
    assert len(writes) > 5
    faults = []
    for line in writes:
        headers = {"Authorization": f"Bearer {tokens[_by(line)]}", "Idempotency-Key": fresh_key()}
        faults.append(_twice(Client(), line, filled(line.route, on.values), **headers))
    _none(faults)
