"""The page for laboratories runs as it is written: these are its very commands."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests import clock

if TYPE_CHECKING:
    from tests.walks.conftest import Demo, Environment

Begin = Callable[..., "Demo"]

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    """Name a port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.mark.seconds(40)
def test_a_laboratory_is_connected_as_written(data: Path, begin: Begin, elsewhere: Environment) -> None:
    """A result is recorded once and corrected; what is missing waits; and MLLP does the same."""
    home = data.parent
    (home / ".venv").symlink_to(Path(sys.executable).parents[1])
    for folder in ("programs", "published"):
        shutil.copytree(ROOT / "schemas" / folder, home / "schemas" / folder)
    demo = begin(home / ".rewards")
    text = (ROOT / "docs" / "integrating.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```bash\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    assert len(blocks) >= 8
    ran = subprocess.run(
        ["/bin/bash", "-eu", "-o", "pipefail", "-c", clock.shifted("\n".join(blocks))],
        cwd=home,
        env={**elsewhere, "URL": demo.url, "PORT": str(free_port())},
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    said = ran.stdout.splitlines()
    assert said[1] == "open"
    assert said[2].startswith("negative, ACC-1, ")
    assert said.pop().startswith("Done: ")
    assert said[3:] == [
        "recorded None",
        "negative on record under ACC-1",
        "1000",
        "the same message",
        "recorded None",
        "1000",
        "recorded None",
        "positive after negative",
        "1000",
        "review invalid",
        said[-3],
        "discarded",
        "MSA|AA|M5",
    ]
    assert "14314-9" in said[-3] or "cocaine" in said[-3]
