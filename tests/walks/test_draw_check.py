"""Anybody who has a draw's record can check it, without a database and without a key."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from schemas.draws import DrawRecord, HatRecord
from service.web.contract import examples
from tests.walks.conftest import REWARDS, clean_environment

if TYPE_CHECKING:
    from tests.walks.conftest import Run


@pytest.fixture
def record() -> dict[str, Any]:
    """Make the true record of a draw, as `GET /v1/draws/{id}` answers it."""
    made: dict[str, Any] = json.loads(msgspec.json.encode(examples.ANSWERS[DrawRecord]))
    return made


def written(folder: Path, record: dict[str, Any]) -> str:
    """Write a record to a file."""
    path = folder / "draw.json"
    path.write_text(json.dumps(record), encoding="utf-8")
    return str(path)


def test_a_true_draw_is_shown_and_said_to_be_true(
    rewards: Run, tmp_path: Path, record: dict[str, Any]
) -> None:
    """The table shows each slip; the sentence says what to compare the commitment with."""
    said = rewards("draw", "check", written(tmp_path, record)).stdout
    assert "is true: 2 slips follow from its seed" in said
    assert record["commitment"] in said.replace("\n", "")
    assert "How much caps clipped is not proven" in " ".join(said.split())
    assert "of 500" in said


def test_a_record_can_come_from_another_command(record: dict[str, Any]) -> None:
    """A hyphen stands for stdin."""
    ended = subprocess.run(
        [str(REWARDS), "draw", "check", "-"],
        input=json.dumps(record),
        capture_output=True,
        text=True,
        env=clean_environment(),
        check=True,
    )
    assert "is true" in ended.stdout


def test_a_forged_slip_is_named(rewards: Run, tmp_path: Path, record: dict[str, Any]) -> None:
    """The exit code is 1, and the first fault is said."""
    record["draws"][1] |= {"slip": 500, "tier": "jumbo"}
    ended = rewards("draw", "check", written(tmp_path, record), check=False)
    assert ended.returncode == 1
    assert "Slip 1 must be number" in ended.stderr


def test_a_seed_that_is_not_revealed_yet_is_asked_for(
    rewards: Run, tmp_path: Path, record: dict[str, Any]
) -> None:
    """Until it is revealed there is nothing to check with; who has it may give it."""
    seed = record.pop("revealed_seed")
    path = written(tmp_path, record)
    ended = rewards("draw", "check", path, check=False)
    assert ended.returncode == 3
    assert "not revealed yet" in ended.stderr
    assert "is true" in rewards("draw", "check", path, "--seed", seed).stdout
    wrong = rewards("draw", "check", path, "--seed", "00" * 32, check=False)
    assert (wrong.returncode, "SHA-256" in wrong.stderr) == (1, True)
    short = rewards("draw", "check", path, "--seed", "2a", check=False)
    assert (short.returncode, "64 hexadecimal digits" in short.stderr) == (2, True)


def test_a_file_that_is_no_draw_record_is_refused(rewards: Run, tmp_path: Path) -> None:
    """A file of something else, or no file at all, ends with a sentence."""
    ended = rewards("draw", "check", written(tmp_path, {"id": 1}), check=False)
    assert (ended.returncode, "no record of a draw" in ended.stderr) == (3, True)
    ended = rewards("draw", "check", str(tmp_path / "none.json"), check=False)
    assert (ended.returncode, "cannot be read" in ended.stderr) == (2, True)


@pytest.fixture
def hat() -> dict[str, Any]:
    """Make the true record of a hat, as `GET /v1/hats/{id}` answers it."""
    made: dict[str, Any] = json.loads(msgspec.json.encode(examples.ANSWERS[HatRecord]))
    return made


def test_names_from_the_hat_are_checked_alike(rewards: Run, tmp_path: Path, hat: dict[str, Any]) -> None:
    """The same command tells a hat by the people in it; an exchanged name is found."""
    said = rewards("draw", "check", written(tmp_path, hat)).stdout
    assert "is true: 2 of 3 names follow from its seed" in said.replace("\n", " ")
    hat["names"].reverse()
    ended = rewards("draw", "check", written(tmp_path, hat), check=False)
    assert (ended.returncode, "Name 0 must be ticket" in ended.stderr) == (1, True)
