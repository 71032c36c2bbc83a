"""The Dockerfile and the compose file, read as far as that goes without a container: what they name exists, and
nothing runs with more rights than it needs."""

import re
import shlex
from pathlib import Path
from typing import TypeAlias, cast

import click
import pytest
import yaml

from stoppress.cli.main import stoppress
from stoppress.config import env
from stoppress.lib import limits

ROOT = Path(__file__).resolve().parents[2]
OPS = ROOT / "ops"
Service: TypeAlias = dict[str, object]


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile's lines, each as its word and the rest; continued lines in one."""
    text = re.sub(r"\\\n\s*", "", (OPS / "Dockerfile").read_text())
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return [(word, rest) for word, _, rest in (line.strip().partition(" ") for line in lines)]


def last_stage() -> list[tuple[str, str]]:
    """What the image is made of."""
    lines = instructions()
    return lines[max(place for place, (word, _) in enumerate(lines) if word == "FROM") :]


def takes(words: list[str]) -> None:
    """Whether `stoppress` knows this command line; nothing is run."""
    command = stoppress.get_command(click.Context(stoppress), words[0])
    assert command is not None, words
    command.make_context(words[0], words[1:])  # raises what a wrong option would


# --- Dockerfile -------------------------------------------------------------------------------------------


def test_it_is_built_from_pinned_images_of_the_python_we_test() -> None:
    images = [rest.split()[0] for word, rest in instructions() if word == "FROM"]
    assert len(images) == 2
    assert set(images) == {"python:3.11-slim-bookworm"}


def test_packages_come_by_their_hashes() -> None:
    runs = " && ".join(rest for word, rest in instructions() if word == "RUN").split(" && ")
    for command in (command.strip() for command in runs):
        if "pip install" in command and "dist/*.whl" not in command:
            assert "--require-hashes" in command, command
        if command.startswith("apt-get install"):
            assert "--no-install-recommends" in command, command
    assert any(command.strip().startswith("rm -rf /var/lib/apt/lists") for command in runs)
    assert not [word for word, _ in instructions() if word == "ADD"]


def test_the_image_runs_as_nobody_in_particular_and_says_how_it_is() -> None:
    words = dict(last_stage())
    assert words["USER"] == "10001:10001"
    assert words["STOPSIGNAL"] == "SIGTERM"
    assert "/healthz" in words["HEALTHCHECK"]
    order = [word for word, _ in last_stage()]
    assert order.index("USER") < order.index("ENTRYPOINT")
    assert not [rest for word, rest in instructions() if word in ("ENV", "ARG") and "SECRET" in rest]


def test_its_command_is_one_of_ours() -> None:
    words = dict(last_stage())
    assert yaml.safe_load(words["ENTRYPOINT"]) == ["stoppress"]
    takes(yaml.safe_load(words["CMD"]))
    assert f":{words['EXPOSE']}/" in words["HEALTHCHECK"]


def test_what_the_build_may_read_exists_and_is_no_secret() -> None:
    lines = (OPS / "Dockerfile.dockerignore").read_text().splitlines()
    assert lines[1] == "*"
    named = [line[1:] for line in lines if line.startswith("!")]
    assert not [name for name in named if not (ROOT / name).exists()]
    assert "ops" not in named
    assert "/ops/secrets/" in (ROOT / ".gitignore").read_text().splitlines()


# --- compose ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def compose() -> dict[str, dict[str, Service]]:
    """The compose file, anchors and merges resolved."""
    read = yaml.safe_load((OPS / "compose.yaml").read_text())
    return cast("dict[str, dict[str, Service]]", read)


def test_every_service_has_few_rights(compose: dict[str, dict[str, Service]]) -> None:
    for name, service in compose["services"].items():
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert not {"privileged", "network_mode", "pid"} & set(service), name
        assert name == "database" or service["read_only"] is True, name
        assert re.fullmatch(r"stoppress|[a-z]+:[0-9][0-9.]*", str(service["image"])), name


def test_only_the_proxy_is_reached_from_outside(compose: dict[str, dict[str, Service]]) -> None:
    assert [name for name, service in compose["services"].items() if "ports" in service] == ["proxy"]


def test_commands_are_ours(compose: dict[str, dict[str, Service]]) -> None:
    ours = {name: service for name, service in compose["services"].items() if service["image"] == "stoppress"}
    assert set(ours) == {"desk", "edge", "worker"}
    for service in ours.values():
        takes(cast("list[str]", service["command"]))


def test_settings_are_known_and_secrets_are_files(compose: dict[str, dict[str, Service]]) -> None:
    known = (ROOT / "docs/reference/environment.md").read_text()
    settings = cast("dict[str, str]", compose["services"]["edge"]["environment"])
    for name, value in settings.items():
        assert f"`{name.removesuffix('_FILE')}`" in known, name
        if name.endswith("_FILE"):
            assert Path(value).name in compose["secrets"], name
    assert "STOPPRESS_SECRET_KEY" not in settings
    for service in compose["services"].values():
        assert set(cast("list[str]", service.get("secrets", []))) <= set(compose["secrets"])


def test_the_proxy_is_believed_and_nobody_else(
    compose: dict[str, dict[str, Service]], tmp_path: Path
) -> None:
    settings = cast("dict[str, str]", compose["services"]["edge"]["environment"])
    subnet = yaml.safe_load((OPS / "compose.yaml").read_text())["networks"]["default"]["ipam"]["config"][0][
        "subnet"
    ]
    told = {
        "STOPPRESS_DATA": str(tmp_path),
        "STOPPRESS_TRUSTED_PROXIES": settings["STOPPRESS_TRUSTED_PROXIES"],
    }
    assert [str(network) for network in env.read(told).trusted_proxies] == [subnet]


def test_files_that_are_mounted_exist(compose: dict[str, dict[str, Service]]) -> None:
    for service in compose["services"].values():
        for volume in cast("list[str]", service.get("volumes", [])):
            source = volume.split(":")[0]
            assert (OPS / source).is_file() if source.startswith(".") else source in compose["volumes"], (
                volume
            )


def test_the_proxys_upstreams_are_those_that_are_tested() -> None:
    def statements(path: Path) -> list[str]:
        lines = (line.partition("#")[0].strip() for line in path.read_text().splitlines())
        return [re.sub(r"(127\.0\.0\.1|edge|desk):8000", "HERE", line) for line in lines if line]

    assert statements(OPS / "compose/upstreams.conf") == statements(OPS / "nginx/stoppress-upstreams.conf")


def test_it_is_given_time_to_send_its_readers_away(compose: dict[str, dict[str, Service]]) -> None:
    needed = limits.DRAIN_SECONDS + limits.STOP_SECONDS
    for service in compose["services"].values():
        if service["image"] == "stoppress":
            assert int(str(service["stop_grace_period"]).removesuffix("s")) >= 2 * needed
            assert cast("dict[str, int]", service["ulimits"])["nofile"] >= (
                limits.STREAMS_PER_PROCESS + limits.CONNECTIONS_PER_PROCESS
            )


def test_the_commands_at_its_head_make_the_secrets_it_names(compose: dict[str, dict[str, Service]]) -> None:
    head = (OPS / "compose.yaml").read_text().partition("\nname:")[0]
    made = {
        word for line in head.splitlines() for word in shlex.split(line, comments=False) if "secret" in word
    }
    for name, secret in compose["secrets"].items():
        assert secret["file"] == f"./secrets/{name}"
        assert name in head, made
