"""What commands share: finding the newsroom, speaking to people, and the words they all take."""

import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
import django
from rich.console import Console

from stoppress.config import env

Command = TypeVar("Command", bound=Callable[..., Any])

STDOUT = Console(file=sys.stdout, soft_wrap=True, highlight=False)
STDERR = Console(file=sys.stderr, soft_wrap=True, highlight=False)


class Failed(click.ClickException):
    """The operation was understood and could not be done: exit status 1."""

    exit_code = 1


def data_option(command: Command) -> Command:
    """Give a command `--data DIR`."""
    option = click.option(
        "--data",
        type=click.Path(file_okay=False, path_type=Path),
        help="The newsroom's folder (default: STOPPRESS_DATA, else ./stoppress-data).",
    )
    return option(command)


def newsroom_at(data: Path | None) -> env.Environment:
    """Set Django up on the newsroom in `data` without opening its database.

    Raises: BadEnvironment.
    """
    if data is not None:
        os.environ["STOPPRESS_DATA"] = str(data)
    environment = env.read()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stoppress.config.settings")
    django.setup()
    return environment


def open_newsroom(data: Path | None, *, make: bool = False) -> env.Environment:
    """Open the newsroom in `data`; with `make`, set it up when it is not there, or migrate it.

    Raises: BadEnvironment, NewsroomUnusable, Failed (there is none).
    """
    environment = newsroom_at(data)
    path = environment.sqlite_path
    if path and not make and not path.exists():
        raise Failed(
            f"There is no newsroom in {path.parent}; start `stoppress serve --data {path.parent}` once to make one."
        )
    if path:
        path.parent.mkdir(parents=True, exist_ok=True)

    from stoppress.config import database

    if make:
        with database.held_for_migration(environment.data):
            database.bring_up_to_date()
    else:
        database.require_ready()
    return environment


def family_of(host: str) -> socket.AddressFamily:
    """What kind of address `host` is."""
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def check_port(host: str, port: int) -> None:
    """Before anything is made or said. Raises: Failed when nothing can listen there."""
    try:
        with socket.socket(family_of(host)) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as taken:
        raise Failed(
            f"Port {port} cannot be used at {host} ({taken.strerror}); give another with --port or --host."
        ) from taken


def say(text: str) -> None:
    """One line to whoever watches: standard error, so that standard output stays for results."""
    STDERR.print(text, markup=False)
