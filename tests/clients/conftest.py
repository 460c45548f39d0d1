"""Generators of clients, installed as their users do, and a served clinic for what they make."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest

from tests.web.conftest import clinic, served_database, server

__all__ = ["clinic", "served_database", "server"]

PYTHON_TOOLS = (
    "datamodel-code-generator==0.89.0",
    "openapi-generator-cli==7.26.0",
    "openapi-python-client==0.29.1",
    # What the client of openapi-generator imports.
    "pydantic==2.14.4",
    "python-dateutil==2.9.0.post0",
    "urllib3==2.8.0",
)
NODE_TOOLS = (
    "@hey-api/openapi-ts@0.84.4",
    "@types/node@20.19.43",
    "openapi-fetch@0.17.0",
    "openapi-typescript@7.13.0",
    "typescript@5.9.3",
)
INSTALL_S_MAX = 600


def missing(what: str) -> NoReturn:
    """Fail under CI, where the clients are part of the check, and skip elsewhere."""
    if os.environ.get("CI"):
        pytest.fail(f"{what}, and under CI the generated clients are part of the check")
    pytest.skip(what)


def needed(name: str, package: str) -> str:
    """Give the path of a program."""
    found = shutil.which(name)
    if found is None:
        missing(f"{name} is not installed: on Debian, apt-get install {package}")
    return found


def installed(command: list[str], folder: Path) -> None:
    """Install something into a folder."""
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=INSTALL_S_MAX, check=False
    )
    if done.returncode != 0:
        missing(f"{' '.join(command[:4])} failed: {(done.stdout + done.stderr)[-2000:]}")


@pytest.fixture(scope="session")
def python_tools(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the generators that PyPI has, and give the folder of their commands."""
    folder = tmp_path_factory.mktemp("python_tools")
    installed([sys.executable, "-m", "venv", "."], folder)
    installed(["bin/python", "-m", "pip", "install", "--quiet", *PYTHON_TOOLS], folder)
    return folder / "bin"


@pytest.fixture(scope="session")
def node_tools(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the generators that npm has, and give the folder that they are used in."""
    npm = needed("npm", "npm")
    folder = tmp_path_factory.mktemp("node_tools")
    (folder / "package.json").write_text('{"type": "module"}\n')
    quiet = ["--no-save", "--no-package-lock", "--no-audit", "--no-fund"]
    installed([npm, "install", *quiet, *NODE_TOOLS], folder)
    return folder
