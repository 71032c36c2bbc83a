"""Django's settings under test: the shipped ones, in a newsroom that is a temporary folder.

Sets the environment before the shipped settings read it. On PostgreSQL `STOPPRESS_DATABASE_URL` is set by
`tests/postgres.py`; on SQLite the test database is a file, so that threads and the edge can read it too.
"""

import os
import tempfile
from pathlib import Path

_DATA = tempfile.TemporaryDirectory(prefix="stoppress-test-")
os.environ["STOPPRESS_DATA"] = _DATA.name
os.environ["STOPPRESS_PUBLIC_URL"] = "http://testserver"
for _name in ("STOPPRESS_BUS_URL", "STOPPRESS_MEDIA_URL", "STOPPRESS_SECRET_KEY"):
    os.environ.pop(_name, None)

from stoppress.config.settings import *  # noqa: E402, F403 (all of them, read after the environment is set)
from stoppress.config.settings import ALLOWED_HOSTS, DATABASES, ENVIRONMENT  # noqa: E402 (the ones touched here)

ALLOWED_HOSTS = [*ALLOWED_HOSTS, "testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # real ones are slow on purpose
if ENVIRONMENT.sqlite_path:
    _worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    DATABASES["default"]["TEST"] = {"NAME": str(Path(_DATA.name) / f"test-{_worker}.sqlite3")}
