"""The product with other bounds: `python within.py HEADER_SECONDS=1 … serve --data DIR …`.

For tests of what happens at a bound that takes minutes, or thousands of connections, to reach. Nothing else differs.
"""

import sys

from stoppress.cli.main import run
from stoppress.lib import limits

_NUMBER = {int: int, float: float}


def bound(said: str) -> None:
    """Take one `NAME=VALUE`. Raises: KeyError (there is no such bound)."""
    name, _, value = said.partition("=")
    setattr(limits, name, _NUMBER[type(getattr(limits, name))](value))


if __name__ == "__main__":
    while "=" in sys.argv[1]:
        bound(sys.argv.pop(1))
    run()
