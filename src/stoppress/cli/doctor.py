"""`stoppress doctor`: what is wrong with this newsroom, and the command or the deed that mends it."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import click
from rich.table import Table
from rich.text import Text

from stoppress.cli.checks import ground, site, store, work
from stoppress.cli.checks.finding import Check, Finding
from stoppress.cli.newsroom import STDERR, STDOUT, data_option, newsroom_at
from stoppress.config.env import Environment

GROUND: dict[str, Check] = {
    "folder": ground.folder,
    "disk": ground.room,
    "secret key": ground.secret_key,
    "place of the database": ground.database_place,
    "pictures": ground.pictures,
    "browser files": ground.browser_files,
    "public address": ground.public_url,
    "open files": ground.open_files,
    "time zones": ground.time_zones,
    "database": store.reachable,
}
WITHIN: dict[str, Check] = {
    "database file": store.sqlite_file,
    "PostgreSQL": store.postgres_settings,
    "clocks": store.clocks,
    "people": store.staff,
    "pages": store.pages,
    "numbers": store.numbers,
    "texts": store.texts,
    "worker": work.worker,
    "scheduled posts": work.scheduled,
    "queues": work.queues,
    "bus": work.bus,
    "mail": work.mail,
    "notifications": work.push_keys,
    "backups": work.backups,
}
SITE: dict[str, Check] = {
    "site": site.answers,
    "encryption": site.encrypted,
    "stream": site.stream,
    "desk": site.desk,
}
NAMES = tuple({**GROUND, **WITHIN, **SITE})


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of one check. None: it could not be made, for the database was not there."""

    check: str
    findings: tuple[Finding, ...] | None


def look_over(environment: Environment, only: tuple[str, ...], *, ask_site: bool) -> Iterator[Looked]:
    """Each check in turn. Without a database that can be asked, what needs one is left out."""
    there = True
    for name, check in {**GROUND, **WITHIN, **(SITE if ask_site else {})}.items():
        if only and name not in only and name != "database":
            continue
        if not there and name not in GROUND:
            yield Looked(name, None)
            continue
        looked = Looked(name, tuple(_made(check, environment)))
        there = there and not (name == "database" and looked.findings)
        if not only or name in only or looked.findings:
            yield looked


def _made(check: Check, environment: Environment) -> Iterator[Finding]:
    """A check that itself fails is a finding: the mistake may be of a kind that nobody thought of."""
    try:
        yield from check(environment)
    except Exception as fault:  # noqa: BLE001 (whatever it is, the other checks go on)
        yield Finding(
            f"This could not be looked at ({type(fault).__name__}: {' '.join(str(fault).split())[:200]}).",
            "look at what that names; if it is none of yours, report it",
        )


def _mark(finding: Finding | None) -> Text:
    if finding is None:
        return Text("ok", "green")
    return Text("mend", "bold red") if finding.grave else Text("note", "yellow")


def _rows(table: Table, looked: Looked) -> None:
    if looked.findings is None:
        table.add_row(Text("–", "dim"), looked.check, Text("not looked at: it needs the database", "dim"))
        return
    if not looked.findings:
        table.add_row(_mark(None), looked.check, "")
    for finding in looked.findings:
        table.add_row(_mark(finding), looked.check, Text(f"{finding.wrong}\n→ {finding.cure}"))


def _shown(seen: list[Looked], *, grave: int) -> None:
    """A table on a terminal; elsewhere one line for each, so that nothing is cut."""
    if STDOUT.is_terminal:
        table = Table(box=None, show_header=False, pad_edge=False)
        table.add_column(no_wrap=True)
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        for looked in seen:
            _rows(table, looked)
        STDOUT.print(table)
    else:
        for looked in seen:
            for line in _lines(looked):
                STDOUT.print(line, markup=False)
    made = sum(looked.findings is not None for looked in seen)
    verdict = f"{grave} to mend." if grave else "nothing wrong."
    STDOUT.print(f"{'✗' if grave else '✓'} {made} checks, {verdict}", markup=False)


def _lines(looked: Looked) -> Iterator[str]:
    if looked.findings is None:
        yield f"–    {looked.check}: not looked at, it needs the database"
    elif not looked.findings:
        yield f"ok   {looked.check}"
    else:
        for finding in looked.findings:
            yield f"{_mark(finding).plain}  {looked.check}: {finding.wrong}\n  → {finding.cure}"


def _as_json(seen: list[Looked], *, grave: int) -> str:
    checks = [
        {
            "check": looked.check,
            "looked": looked.findings is not None,
            "findings": [asdict(finding) for finding in looked.findings or ()],
        }
        for looked in seen
    ]
    return json.dumps({"ok": not grave, "checks": checks}, ensure_ascii=False, indent=1)


@click.command()
@click.option(
    "--site", "ask_site", is_flag=True, help="Also ask the public address, as a reader's browser would."
)
@click.option(
    "--only", multiple=True, type=click.Choice(NAMES), metavar="CHECK", help="Make this check (repeatable)."
)
@click.option("--json", "in_json", is_flag=True, help="Print one JSON object, for monitoring.")
@data_option
def doctor(data: Path | None, only: tuple[str, ...], *, ask_site: bool, in_json: bool) -> int:
    """Look the newsroom over and name the cure for what is wrong; exit status 1 when something must be mended."""
    environment = newsroom_at(data)
    ask_site = ask_site or any(name in SITE for name in only)
    seen: list[Looked] = []
    with STDERR.status("Looking…") as status:
        for looked in look_over(environment, only, ask_site=ask_site):
            seen.append(looked)
            status.update(f"Looked at: {looked.check}…")
    grave = sum(finding.grave for looked in seen for finding in looked.findings or ())
    if in_json:
        click.echo(_as_json(seen, grave=grave))
    else:
        _shown(seen, grave=grave)
    return 1 if grave else 0
