"""What `write` and `read` agree on."""

from collections.abc import Callable
from dataclasses import dataclass

from django.apps import apps
from django.core.serializers import sort_dependencies
from django.db import models

FORMAT = "stoppress-backup"
VERSION = 1
MANIFEST = "manifest.json"
ROWS = "rows/"
MEDIA = "media/"
# Whose tables go along. Sessions do not: after a restore everybody signs in again. Nor do those whom this server tells
# of news (`push`, `websub`): a copy that is restored to try something out must tell nobody.
APPS = ("accounts", "newsroom", "liveblogs", "intake", "audience", "account", "mfa")
LEFT_OUT = ("accounts.desksession", "intake.seensignature", "newsroom.pulse")

TOLD_EACH = 25  # pictures, of which one is told to whoever watches
Show = Callable[[int, int, str], None]  # how many parts are done, of how many, what is copied now


def unseen(_number: int, _of: int, _title: str) -> None:
    """Nobody watches."""


class UnreadableBackup(ValueError):
    """The file is no backup that can be restored here. The message says what was expected and what came."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What was copied."""

    rows: int
    pictures: int
    bytes: int


def kept_models() -> list[type[models.Model]]:
    """Every model that goes along, those that others point at first."""
    configs = [(apps.get_app_config(label), None) for label in APPS]
    found: list[type[models.Model]] = sort_dependencies(configs, allow_cycles=True)
    kept = (model for model in found if model._meta.label_lower not in LEFT_OUT)
    return [model for model in kept if model._meta.managed and not model._meta.proxy]


def name_of(model: type[models.Model]) -> str:
    """The member of the file that holds this model's rows."""
    return f"{ROWS}{model._meta.label_lower}.jsonl"
