"""The first hour of the documentation runs as it is written: these are its very commands."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tests import clock

if TYPE_CHECKING:
    from tests.walks.conftest import Demo, Environment

Begin = Callable[..., "Demo"]

ROOT = Path(__file__).resolve().parents[2]


def first_hour() -> list[str]:
    """Take the shell blocks of the page, in their order."""
    text = (ROOT / "docs" / "first-hour.md").read_text(encoding="utf-8")
    return re.findall(r"^```bash\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


def test_the_first_hour_runs_as_written(data: Path, begin: Begin, elsewhere: Environment) -> None:
    """Nine negatives earn $97.50, a positive resets, there is a way back, and a card is given once."""
    home = data.parent
    (home / ".venv").symlink_to(Path(sys.executable).parents[1])
    demo = begin(home / ".rewards")
    blocks = first_hour()
    assert len(blocks) >= 8
    ran = subprocess.run(
        ["/bin/bash", "-eu", "-o", "pipefail", "-c", clock.shifted("\n".join(blocks))],
        cwd=home,
        env={**elsewhere, "URL": demo.url},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    said = ran.stdout
    assert "first-hour is sound" in said
    assert "first-hour is published as version 1" in said
    assert said.count("Bonus for") >= 3
    assert "The steps start again at the first one. Everything you earned is still yours." in said
    assert "the same receipt" in said
    assert "'earned': 9750" in said
    assert "now $13.75 instead of $0.00. Added after we corrected the record: $13.75." in said
    (first, second) = re.findall(r"^given (\S+)$", said, re.MULTILINE)
    assert first == second
    assert "clean" in said
