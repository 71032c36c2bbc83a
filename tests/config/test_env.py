import stat
from pathlib import Path

import pytest

from stoppress.config.env import BadEnvironment, read, remember_public_url


def test_everything_has_a_default_inside_the_data_folder(tmp_path: Path) -> None:
    found = read({"STOPPRESS_DATA": str(tmp_path)})
    assert found.sqlite_path == tmp_path / "stoppress.sqlite3"
    assert found.media_root == tmp_path / "media"
    assert found.public_url == "http://127.0.0.1:8000"
    assert found.bus_url == "database"


def test_the_secret_key_is_made_once_and_only_for_us(tmp_path: Path) -> None:
    first = read({"STOPPRESS_DATA": str(tmp_path)}).secret_key
    assert read({"STOPPRESS_DATA": str(tmp_path)}).secret_key == first
    assert len(first) >= 64
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_where_serve_was_started_is_remembered_unless_the_environment_says(tmp_path: Path) -> None:
    remember_public_url(tmp_path, "http://127.0.0.1:9000")
    assert read({"STOPPRESS_DATA": str(tmp_path)}).public_url == "http://127.0.0.1:9000"
    given = {"STOPPRESS_DATA": str(tmp_path), "STOPPRESS_PUBLIC_URL": "https://live.example.org/"}
    assert read(given).public_url == "https://live.example.org"


def test_postgresql_is_named_by_its_address(tmp_path: Path) -> None:
    url = "postgres://ana:pass%20word@db:5433/news"
    found = read({"STOPPRESS_DATA": str(tmp_path), "STOPPRESS_DATABASE_URL": url})
    assert found.database_url == "postgresql://ana:pass%20word@db:5433/news"
    assert found.sqlite_path is None


def test_a_secret_comes_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("k" * 40 + "\n")
    given = {"STOPPRESS_DATA": str(tmp_path), "STOPPRESS_SECRET_KEY_FILE": str(tmp_path / "key")}
    assert read(given).secret_key == "k" * 40


def test_mail_and_proxies_are_named(tmp_path: Path) -> None:
    given = {
        "STOPPRESS_DATA": str(tmp_path),
        "STOPPRESS_MAIL_URL": "smtp://desk:word@mail.example.org:587",
        "STOPPRESS_MAIL_FROM": "Desk <desk@example.org>",
        "STOPPRESS_TRUSTED_PROXIES": "127.0.0.1, 10.0.0.0/8,",
    }
    known = read(given)
    assert known.mail_url == "smtp://desk:word@mail.example.org:587"
    assert known.mail_from == "Desk <desk@example.org>"
    assert [str(network) for network in known.trusted_proxies] == ["127.0.0.1/32", "10.0.0.0/8"]
    assert read({"STOPPRESS_DATA": str(tmp_path)}).trusted_proxies == ()


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("STOPPRESS_DATABASE_URL", "mysql://x/y", "sqlite:///PATH or postgresql://"),
        ("STOPPRESS_DATABASE_URL", "postgresql://ana:secretword@db", "STOPPRESS_DATABASE_URL"),
        ("STOPPRESS_BUS_URL", "kafka://x", "STOPPRESS_BUS_URL"),
        ("STOPPRESS_MEDIA_URL", "ftp://x", "file:///FOLDER"),
        ("STOPPRESS_MEDIA_URL", "s3://key:secretword@A_BUCKET", "s3://KEY:SECRET@BUCKET"),
        ("STOPPRESS_MEDIA_URL", "s3://key:secretword@abc?acl=public", "'acl' is no part"),
        ("STOPPRESS_PUBLIC_URL", "live.example.org", "https://HOST"),
        ("STOPPRESS_PUBLIC_URL", "https://example.org/live", "without a path"),
        ("STOPPRESS_MAIL_URL", "imap://mail.example.org", "smtp://USER"),
        ("STOPPRESS_MAIL_URL", "smtp://ana:secretword@", "smtps://USER"),
        ("STOPPRESS_MAIL_FROM", "desk", "NAME <desk@example.org>"),
        ("STOPPRESS_MAIL_FROM", "desk@example.org\nBcc: eve@example.org", "NAME <desk@example.org>"),
        ("STOPPRESS_WEBSUB_HUB", "hub.example.org", "https://hub.example.org/"),
        ("STOPPRESS_WEBSUB_HUB", "https://ana:secretword@hub.example.org/", "https://hub.example.org/"),
        ("STOPPRESS_PURGE_URL", "api.example.net/purge", "https://…"),
        ("STOPPRESS_PURGE_URL", "https://ana:secretword@api.example.net/purge", "https://…"),
        ("STOPPRESS_PURGE_URL", "https://[secretword", "https://…"),
        ("STOPPRESS_PURGE_URL", "http://10.1.2.3:0/", "https://…"),
        ("STOPPRESS_PURGE_NETWORKS", "our own", "10.0.0.0/8"),
        ("STOPPRESS_PURGE_HEADER", "secretword", "Authorization: Bearer …"),
        ("STOPPRESS_PURGE_HEADER", "Name: secretword\r\nOther: x", "Authorization: Bearer …"),
        ("STOPPRESS_TRUSTED_PROXIES", "all", "127.0.0.1, 10.0.0.0/8"),
        ("STOPPRESS_SECRET_KEY", "short", "at least 32"),
        ("STOPPRESS_SECRET_KEY_FILE", "/no/such/file", "STOPPRESS_SECRET_KEY_FILE"),
    ],
)
def test_a_wrong_value_names_the_variable_the_fault_and_the_form(
    tmp_path: Path, name: str, value: str, says: str
) -> None:
    with pytest.raises(BadEnvironment, match=name) as wrong:
        read({"STOPPRESS_DATA": str(tmp_path), name: value})
    assert says in str(wrong.value)
    assert "secretword" not in str(wrong.value)
