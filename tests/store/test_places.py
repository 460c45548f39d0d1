"""Stores of tests lie in memory only where there is room, and leave nothing in it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import places
from tests.places import PREFIX, ROOM, SPARE, in_memory, quick_folder, sweep


def said(folder: Path, kilobytes: int) -> Path:
    """Write down what a machine has to spare, as Linux says it."""
    found = folder / "meminfo"
    found.write_text(f"MemTotal:  99 kB\nMemAvailable:    {kilobytes} kB\nSwapFree: 0 kB\n", encoding="ascii")
    return found


def test_memory_is_used_where_the_machine_has_enough_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twice what must be free."""
    enough = ROOM * SPARE // 1024
    monkeypatch.setattr(places, "ROOM", 1)
    monkeypatch.setattr(places, "SPARE", enough * 1024)
    assert in_memory(tmp_path, said(tmp_path, enough)) == tmp_path
    assert in_memory(tmp_path, said(tmp_path, enough - 1)) is None


def test_a_disk_is_used_where_memory_is_no_place_for_stores(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not there, or not known, or too small."""
    plenty = said(tmp_path, 1024**3)
    assert in_memory(tmp_path / "none", plenty) is None
    assert in_memory(tmp_path, tmp_path / "none") is None
    monkeypatch.setattr(places, "ROOM", 1024**6)
    assert in_memory(tmp_path, plenty) is None


def test_what_killed_tests_left_in_memory_goes_with_the_next_ones(tmp_path: Path) -> None:
    """And nothing of those that run, or of others."""
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    left, held, other = (f"{PREFIX}{gone.pid}-x", f"{PREFIX}{os.getpid()}-x", "rw-elsewhere")
    for name in (left, held, other):
        (tmp_path / name / "inside").mkdir(parents=True)
    sweep(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted((held, other))


def test_a_quick_folder_is_gone_afterwards() -> None:
    """Its path leaves room for the name of a socket."""
    with quick_folder() as folder:
        (folder / "inside").write_text("something", encoding="utf-8")
        assert len(str(folder)) < 60
    assert not folder.exists()
