"""Where nginx, its Nchan module and Redis are, for the tests and the bench: the machine's, else .venv/servers.

`make servers` (tests/servers.sh) puts them there. What needs one is marked `needs_nginx`, `needs_nchan`,
`needs_redis`; where it is missing it does not run, and `tests/suite.py` closes with a banner that says so.
May import only the standard library and pytest.
"""

from pathlib import Path

import pytest

_OURS = Path(__file__).resolve().parent.parent / ".venv/servers"


def _first(*paths: Path) -> Path | None:
    return next((path for path in paths if path.exists()), None)


def nginx() -> Path | None:
    """The program nginx; None when there is none."""
    return _first(Path("/usr/sbin/nginx"), _OURS / "bin/nginx")


def nchan_module() -> Path | None:
    """The file for nginx's `load_module`; None when there is none."""
    module = "usr/lib/nginx/modules/ngx_nchan_module.so"
    return _first(Path("/") / module, _OURS / module)


def redis_server() -> Path | None:
    """The program redis-server; None when there is none."""
    return _first(Path("/usr/bin/redis-server"), _OURS / "bin/redis-server")


def _needs(name: str, *, is_there: bool) -> pytest.MarkDecorator:
    # Where Debian's package is neither installed nor to be had (.venv/servers): the suite says so at its end.
    return pytest.mark.skipif(not is_there, reason=f"no {name}: make servers")  # said loudly at the end


needs_nginx = _needs("nginx", is_there=nginx() is not None)
needs_nchan = _needs("nginx with Nchan", is_there=nginx() is not None and nchan_module() is not None)
needs_redis = _needs("redis-server", is_there=redis_server() is not None)
