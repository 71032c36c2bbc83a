"""The table of commands, and how faults reach a person: one sentence on standard error, status 2 or 1."""

import sys
from importlib import import_module

import click

from stoppress import __version__
from stoppress.cli.newsroom import STDERR

# name → module and function, imported when called: `stoppress tail` need not load what `serve` needs.
COMMANDS = {
    "demo": "demo:demo",
    "serve": "serve:serve",
    "edge": "apart:edge",
    "desk": "apart:desk",
    "worker": "apart:worker",
    "staff": "staff:staff",
    "token": "staff:token",
    "import": "importing:import_",
    "replay": "replay:replay",
    "export": "exporting:export",
    "tail": "tail:tail",
    "rebuild": "rebuild:rebuild",
    "doctor": "doctor:doctor",
    "backup": "backup:backup",
    "restore": "backup:restore",
}
BAD_INPUT = 2
FAILED = 1


class _Commands(click.Group):
    """Finds commands by the table above."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 (click's)
        where = COMMANDS.get(cmd_name)
        if where is None:
            return None
        module, _, function = where.partition(":")
        command: click.Command = getattr(import_module(f"stoppress.cli.{module}"), function)
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="stoppress")
def stoppress() -> None:
    """Live coverage: reporters publish on the desk, every open page changes."""


def _bad_input() -> tuple[type[Exception], ...]:
    """Faults of what was given. Imported late: most need Django."""
    from stoppress.archive.format import UnreadableArchive
    from stoppress.backup.format import UnreadableBackup
    from stoppress.config.env import BadEnvironment
    from stoppress.document.parse import InvalidDocument
    from stoppress.liveblogs.refusals import Refused
    from stoppress.newsroom.refusals import NewsroomRefused

    return (UnreadableArchive, UnreadableBackup, BadEnvironment, InvalidDocument, Refused, NewsroomRefused)


def _failures() -> tuple[type[Exception], ...]:
    """Faults of the machine or of the newsroom's state."""
    from django.db import DatabaseError

    from stoppress.config.database import NewsroomUnusable
    from stoppress.lib.assets import AssetsMissing

    return (NewsroomUnusable, DatabaseError, AssetsMissing, OSError)


def sentence_of(fault: Exception) -> str:
    """What a fault of the machine means to whoever typed the command."""
    from django.db import DatabaseError

    if isinstance(fault, DatabaseError):
        return f"The database cannot be worked with ({fault}); `stoppress doctor` says what is wrong and what mends it."
    if isinstance(fault, OSError) and fault.filename and fault.strerror:
        name = str(fault.filename).removesuffix(".part")
        return f"{name} cannot be read or written ({fault.strerror}); check the path and who may use it."
    return str(fault)


def _end(sentence: str, status: int) -> None:
    STDERR.print(f"stoppress: {' '.join(sentence.split())}", markup=False, highlight=False)
    sys.exit(status)


def run(command: click.Command = stoppress) -> None:
    """The entry point of the `stoppress` program, and of the processes that it starts."""
    try:
        result = command.main(standalone_mode=False)
        sys.exit(result if isinstance(result, int) else 0)
    except click.exceptions.NoArgsIsHelpError as called_bare:
        click.echo(called_bare.ctx.get_help() if called_bare.ctx else "", err=True)
        sys.exit(BAD_INPUT)
    except click.ClickException as fault:
        _end(fault.format_message(), fault.exit_code)
    except (click.Abort, KeyboardInterrupt):
        _end("stopped.", 128 + 2)
    except BrokenPipeError:
        sys.exit(0)  # the reader of our output has gone, as in `stoppress tail x | head`
    except _bad_input() as fault:
        _end(str(fault), BAD_INPUT)
    except _failures() as fault:
        _end(sentence_of(fault), FAILED)
