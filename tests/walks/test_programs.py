"""A nurse's program is judged and shown on the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.walks.conftest import Run

PROGRAMS = Path(__file__).resolve().parents[2] / "schemas" / "programs"
CALIFORNIA = str(PROGRAMS / "california-recovery-incentives.yaml")


def test_a_published_program_is_sound_and_its_cases_come_out(rewards: Run) -> None:
    """The check says so in one sentence."""
    assert "is sound, and every case of" in rewards("program", "check", CALIFORNIA).stdout


def test_a_fault_is_named_at_its_place(rewards: Run, tmp_path: Path) -> None:
    """The pointer says where, the words what to do, and the exit code is 1."""
    path = tmp_path / "p.yaml"
    path.write_text(
        Path(CALIFORNIA).read_text(encoding="utf-8").replace("step: 150", "steps: 150"), encoding="utf-8"
    )
    ended = rewards("program", "check", str(path), check=False)
    assert ended.returncode == 1
    assert "$.targets[0].phases[0].earn.steps" in ended.stderr


def test_a_case_that_does_not_come_out_is_named(rewards: Run, tmp_path: Path) -> None:
    """The case, the visit, what was expected and what came out."""
    path = tmp_path / "p.yaml"
    path.write_text(
        Path(CALIFORNIA).read_text(encoding="utf-8").replace("step: 150", "step: 151"), encoding="utf-8"
    )
    cases = Path(CALIFORNIA).with_name("california-recovery-incentives.cases.json")
    (tmp_path / "p.cases.json").write_bytes(cases.read_bytes())
    ended = rewards("program", "check", str(path), check=False)
    assert ended.returncode == 1
    assert "p.cases.json: case " in ended.stderr
    assert "expected " in ended.stderr


def test_a_correction_that_pays_something_else_is_named(rewards: Run, tmp_path: Path) -> None:
    """The case, the visit that is corrected, what the correction must do and what it did."""
    (tmp_path / "p.yaml").write_bytes(Path(CALIFORNIA).read_bytes())
    cases = Path(CALIFORNIA).with_name("california-recovery-incentives.cases.json")
    told = cases.read_text(encoding="utf-8").replace('"pays": 2950', '"pays": 2800')
    (tmp_path / "p.cases.json").write_text(told, encoding="utf-8")
    ended = rewards("program", "check", str(tmp_path / "p.yaml"), check=False)
    assert ended.returncode == 1
    assert ended.stderr.endswith(
        "case positive-overturned, target stimulant-negative, visit 9: expected lab_overturn pays 2800 usd, "
        "overpaid 0, unrecovered 0, came out as pays 2950 usd, overpaid 0, unrecovered 0\n"
    )


def test_the_table_of_a_perfect_participant_has_the_published_total(rewards: Run) -> None:
    """As a table for a person, and as JSON for a machine."""
    words = ("program", "table", CALIFORNIA, "--outcomes", "negative*36")
    assert "Total: $599.00" in rewards(*words).stdout
    found = json.loads(rewards(*words, "--json").stdout)
    assert found["total"] == 59900
    assert len(found["rows"]) == 36


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("program", "check", "nowhere.yaml"), 2, "cannot be read"),
        (("program", "table", CALIFORNIA, "--outcomes", "negativ*3"), 2, "negativ"),
        (("program", "table", CALIFORNIA, "--outcomes", "negative*0"), 2, "--outcomes is wrong"),
        (
            ("program", "table", CALIFORNIA, "--outcomes", "negative", "--target", "x"),
            2,
            "stimulant-negative",
        ),
        (("program", "table", str(PROGRAMS / "iop-six-weeks.yaml"), "--outcomes", "attended"), 2, "--target"),
        (("program",), 2, "usage"),
        (("key", "create", "--clinic", "x", "--role", "manager"), 2, "--clinic"),
        (("serve", "--port", "99999"), 2, "65535"),
    ],
)
def test_a_mistake_is_one_sentence_with_a_remedy(
    rewards: Run, words: tuple[str, ...], code: int, said: str
) -> None:
    """No trace, and the exit code of what was typed wrongly."""
    ended = rewards(*words, check=False)
    assert ended.returncode == code
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr
