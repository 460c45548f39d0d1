"""Programs that some tests need: without them they are skipped on a person's machine, and fail under CI."""

from __future__ import annotations

import importlib
import importlib.util
import os
import shutil
import sys
from pathlib import Path
from typing import Any, Final

import pytest

OURS: Final = Path(sys.executable).parent
"""Where the programs of this environment lie, which come before the system's."""
ALSO: Final = "/usr/sbin:/sbin"
"""Where programs lie that are not on everybody's path."""
TOOLS: Final = "make tools"
"""Installs what deploy/tools.lock names."""


def found(program: str) -> str | None:
    """Where a program is, if it is installed."""
    return shutil.which(program, path=f"{OURS}:{os.environ.get('PATH', os.defpath)}:{ALSO}")


def needed(**packages: str) -> None:
    """Skip the test unless all programs are there, each named with what installs it: a package, or TOOLS."""
    missing = {program: package for program, package in packages.items() if found(program) is None}
    if missing:
        _missing(missing)


def module(name: str) -> Any:  # noqa: ANN401  a package that is not everywhere has no types
    """Import a package of deploy/tools.lock, or skip the test without it."""
    if importlib.util.find_spec(name) is None:
        _missing({name: TOOLS})
    return importlib.import_module(name)


def _missing(what: dict[str, str]) -> None:
    ways = sorted({way if way == TOOLS else f"apt-get install {way}" for way in what.values()})
    said = f"{', '.join(what)} not installed: {'; '.join(ways)}"
    if os.environ.get("CI"):
        pytest.fail(f"{said}. Under CI it is part of the check.")
    pytest.skip(said)
