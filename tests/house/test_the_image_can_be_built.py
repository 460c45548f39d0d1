"""What the image copies is enough to install the package, and all of it is let into the build context."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def copied() -> list[str]:
    """List what the Dockerfile copies from the tree, by its path from the top."""
    text = (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8")
    lines = re.findall(r"(?m)^COPY (?!--from)(.+)$", text)
    return [source for line in lines for source in line.split()[:-1]]


def test_everything_copied_is_let_into_the_context() -> None:
    """The ignore file shuts out everything but what it names."""
    lines = (ROOT / "deploy" / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    assert "*" in lines
    assert {line.removeprefix("!") for line in lines if line.startswith("!")} == set(copied())


def test_package_builds_from_what_is_copied(tmp_path: Path) -> None:
    """A file that the project names and the image lacks would stop the image's build."""
    source = tmp_path / "src"
    for name in copied():
        place = source / name
        place.parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, place, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(ROOT / name, place)
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "out")]
    built = subprocess.run(command, cwd=source, capture_output=True, text=True, check=False, timeout=120)
    assert built.returncode == 0, built.stderr
    (wheel,) = (tmp_path / "out").iterdir()
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        (metadata,) = [name for name in names if name.endswith(".dist-info/METADATA")]
        said = archive.read(metadata).decode()
    assert "License-Expression: Apache-2.0" in said
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert "migrations/0001_ground.sql" in names
    assert "service/cli.py" in names
