"""Messages of real shape that stand in `shared/cases/feeds`, and what each of them must give."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import pytest

CASES: Final = Path(__file__).resolve().parents[2] / "shared" / "cases" / "feeds"


def message(name: str) -> bytes:
    """Read one of the shared messages; without them a test is skipped, and fails under CI."""
    path = CASES / name
    if path.is_file():
        return path.read_bytes()
    if os.environ.get("CI"):
        pytest.fail(f"CI has no {path}")
    pytest.skip("the shared cases are not here")
