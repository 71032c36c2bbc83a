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


# Neither installed nor unpacked into .venv/servers, and no Debian package to be had.
needs_nginx = pytest.mark.skipif(nginx() is None, reason="no nginx here; do: make servers")
# As above.
needs_nchan = pytest.mark.skipif(
    nginx() is None or nchan_module() is None, reason="no nginx with Nchan here; do: make servers"
)
# As above.
needs_redis = pytest.mark.skipif(redis_server() is None, reason="no redis-server here; do: make servers")
