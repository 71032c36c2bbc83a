"""An edge of `serve --edges N` is a process without the desk: nothing the desk computes can hold up a delivery."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.faults

LOADED = """
import sys
from pathlib import Path
from stoppress.cli import child
server = child._edge(0, Path("desk.sock"))
rooms = ("stoppress.desk", "stoppress.api", "stoppress.worker", "stoppress.liveblogs", "django.db.models", "PIL")
print(sorted(name for name in sys.modules if name.startswith(rooms)), server._edge.newsroom)
"""


def test_an_edge_loads_nothing_of_the_desk(tmp_path: Path) -> None:
    done = subprocess.run(
        (sys.executable, "-c", LOADED), cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["[]", "None"]
