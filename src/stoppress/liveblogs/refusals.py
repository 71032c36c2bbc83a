"""Why an action did nothing. Each message is one sentence for a person: what was expected, what came, what to do.

Raised by `access.py` and `actions/`; the desk and the API turn the type into a status (`http_status`).
"""


class Refused(Exception):
    """Nothing was changed."""

    http_status = 400


class NotAllowed(Refused):
    """The role may not do this."""

    http_status = 403


class NotFound(Refused):
    """No such thing, or none that this person may know of."""

    http_status = 404


class BlogClosed(Refused):
    """The live blog takes no new posts."""

    http_status = 409


class WrongState(Refused):
    """The thing is not in a state in which this can be done."""

    http_status = 409


class StaleRevision(Refused):
    """Somebody saved a newer revision meanwhile. `current` is its number."""

    http_status = 412

    def __init__(self, sentence: str, current: int) -> None:
        super().__init__(sentence)
        self.current = current


class Leased(Refused):
    """A colleague has the post open. `name` is theirs; who takes it over on purpose is not refused."""

    http_status = 409

    def __init__(self, sentence: str, name: str) -> None:
        super().__init__(sentence)
        self.name = name


class TooMuch(Refused):
    """More than one person, or one upload, may have."""

    http_status = 413


class InvalidInput(Refused):
    """A value cannot be taken. `field` names it as the API does."""

    http_status = 422

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class Busy(Refused):
    """The server has its hands full; the same again in a few seconds will do."""

    http_status = 503


class NoRoom(Refused):
    """The disk is full. Nothing was stored."""

    http_status = 507
