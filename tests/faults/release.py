"""Another release of the product, installed beside the one under test: its package, copied, and changed as a next
version would change it. A process whose PYTHONPATH names the folder runs it, as one of another installation would.
"""

import re
import shutil
from pathlib import Path

import stoppress
from stoppress.render.facts import RENDERER

NEXT = "99.0.0"
NEXT_RENDERER = RENDERER + 1

# A version's migrations only add (docs/decisions/0029).
_MIGRATION = """
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("liveblogs", "{last}")]
    operations = [
        migrations.AddField("post", "of_the_next_release", models.TextField(null=True)),
        migrations.CreateModel("OfTheNextRelease", [("id", models.BigAutoField(primary_key=True))]),
    ]
"""


def installed(folder: Path) -> Path:
    """The release under test, copied into `folder`; returns it."""
    shutil.copytree(
        Path(stoppress.__file__).parent, folder / "stoppress"
    )  # with times: compiled files stay true
    return folder


def advance(folder: Path) -> None:
    """Make of the copy in `folder` the next release, as an installer would over a running one."""
    package = folder / "stoppress"
    migrations = package / "liveblogs/migrations"
    last = max(path.stem for path in migrations.glob("[0-9]*.py"))
    (migrations / "9000_next_release.py").write_text(_MIGRATION.format(last=last))
    _change(package / "render/facts.py", r"^RENDERER = \d+", f"RENDERER = {NEXT_RENDERER}")
    _change(package / "__init__.py", r'^__version__ = ".*"', f'__version__ = "{NEXT}"')


def _change(file: Path, before: str, after: str) -> None:
    words, count = re.subn(before, after, file.read_text(), flags=re.MULTILINE)
    assert count == 1, file
    file.write_text(words)
