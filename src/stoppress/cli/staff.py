"""`stoppress staff` and `stoppress token`: people and their keys."""

import sys
from pathlib import Path

import click

from stoppress.cli.newsroom import data_option, open_newsroom, say
from stoppress.newsroom.roles import Role


@click.group()
def staff() -> None:
    """The people who sign in to the desk."""


def _password(from_stdin: bool) -> str | None:
    """The first line of standard input, checked by the same rules as on the desk."""
    if not from_stdin:
        return None
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    given = sys.stdin.readline().rstrip("\r\n")
    try:
        validate_password(given)
    except ValidationError as weak:
        raise click.UsageError("The password was refused: " + " ".join(weak.messages)) from None
    return given


@staff.command()
@click.argument("email")
@click.option(
    "--role", required=True, type=click.Choice([role.value for role in Role]), help="What they may do."
)
@click.option("--name", default="", help="The byline as printed.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@data_option
def add(email: str, role: str, name: str, password_stdin: bool, data: Path | None) -> None:
    """Make an account with a role, or give an existing one a new role, name or password."""
    open_newsroom(data, make=True)
    from stoppress.newsroom.actions.add_staff import add_staff

    password = _password(password_stdin)
    person = add_staff(email=email, role=Role(role), name=name, password=password)
    say(f"{person.name} <{person.email}> is on the staff as {role}.")


@staff.command("forget-factor")
@click.argument("email")
@data_option
def forget_factor(email: str, data: Path | None) -> None:
    """Remove EMAIL's authenticator, passkeys and recovery codes, when the device is lost; every session ends."""
    open_newsroom(data, make=True)
    from stoppress.lib import clock
    from stoppress.newsroom.actions.second_factor import forget_second_factor

    forgotten = forget_second_factor(email=email, at=clock.now())
    say(f"The password alone signs {email} in now." if forgotten else f"{email} had no second factor.")


@click.command()
@click.argument("email")
@click.option("--name", default="", help="What the token is for, as the list of tokens shows it.")
@data_option
def token(email: str, name: str, data: Path | None) -> None:
    """Print a new API token, once; it can do what EMAIL's role can do."""
    open_newsroom(data, make=True)
    from stoppress.newsroom.actions.issue_token import issue_token

    click.echo(issue_token(email=email, name=name))
