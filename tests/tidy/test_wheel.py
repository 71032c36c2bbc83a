"""The wheel holds all that runs: every file of the package, and the browser files built from web/."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from tests.tidy.source import PACKAGE, ROOT, kept_files


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """What is in a wheel built from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    build = "import sys; from hatchling.build import build_wheel; build_wheel(sys.argv[1])"
    subprocess.run((sys.executable, "-c", build, str(folder)), cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    return set(zipfile.ZipFile(wheel).namelist())


def test_every_file_of_the_package_is_in_it(names: set[str]) -> None:
    ours = {str(path.relative_to(PACKAGE.parent)) for path in kept_files() if path.is_relative_to(PACKAGE)}
    assert ours <= names


def test_the_built_browser_files_are_in_it(names: set[str]) -> None:
    manifest = Path(PACKAGE / "static/manifest.json")
    built = set(json.loads(manifest.read_text()).values())
    assert {f"stoppress/static/{name}" for name in ("manifest.json", *built)} <= names


def test_nothing_else_is_in_it(names: set[str]) -> None:
    assert {name.split("/")[0].split("-")[0] for name in names} == {"stoppress"}
