"""The version is written in `pyproject.toml` alone; command, contract and change log repeat it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import msgspec
import pytest

from service.cli import main
from service.version import VERSION

ROOT = Path(__file__).resolve().parents[2]


def project_version() -> str:
    """Read the version from `pyproject.toml`."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        return str(tomllib.load(file)["project"]["version"])


def test_installed_package_has_the_version_of_the_project_file() -> None:
    """Whoever raises the version installs again: `make install`."""
    assert project_version() == VERSION


def test_version_option_prints_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    """`rewards --version` ends with 0 and prints one line."""
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"rewards {project_version()}\n"


def test_printed_contract_has_the_version() -> None:
    """A raised version shows in the printed OpenAPI document."""
    printed = msgspec.json.decode((ROOT / "schemas" / "published" / "openapi.json").read_bytes())
    assert printed["info"]["version"] == project_version()


def test_newest_release_in_the_change_log_is_the_version() -> None:
    """The first release below `Unreleased`, if there is such a part, is the one that is built."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    releases = re.findall(r"(?m)^## \[(\d[^\]]*)\] - (\d{4}-\d{2}-\d{2})$", text)
    assert releases
    assert releases[0][0] == project_version()
    days = [day for _, day in releases]
    assert days == sorted(days, reverse=True)


def test_version_is_written_nowhere_else_in_the_code() -> None:
    """A second place would drift; programs that another package versions name that package."""
    written = re.compile(rf"(?i)\bversion\b.*[\"']{re.escape(project_version())}[\"']")
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in sorted((ROOT / "service").rglob("*.py"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if written.search(line)
    ]
    assert found == []
