"""The number that a request for the newsroom bears from the edge to the desk, into the log and onto an error page.

Given by `edge/app.py` and `config/numbered.py`; whoever says that something failed names it with `current`.
"""

import re
import secrets

from structlog.contextvars import get_contextvars

HEADER = "Stoppress-Request"
FIELD = "number"  # in a line of the log
_BYTES = 5
_NUMBER = re.compile(rf"[0-9a-f]{{{2 * _BYTES}}}")


def new() -> str:
    """Another one: ten letters and digits, which can be read out on the telephone."""
    return secrets.token_hex(_BYTES)


def is_one(text: str) -> bool:
    """Whether `text` can be such a number; what a browser sends as one goes into no log."""
    return _NUMBER.fullmatch(text) is not None


def current() -> str:
    """Of the request that is being answered in this thread; "" outside of one."""
    return str(get_contextvars().get(FIELD, ""))
