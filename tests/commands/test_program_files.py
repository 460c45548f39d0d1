"""A program's file and the file of cases beside it are judged together, and each fault names its own file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from service.cli import main
from service.commands.speech import Exit

PROGRAMS = Path(__file__).resolve().parents[2] / "schemas" / "programs"
CALIFORNIA = PROGRAMS / "california-recovery-incentives.yaml"
CASES = PROGRAMS / "california-recovery-incentives.cases.json"


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """Give a copy of a published program, without its cases."""
    path = tmp_path / "p.yaml"
    path.write_bytes(CALIFORNIA.read_bytes())
    return path


def cases() -> dict[str, Any]:
    """Read the cases of that program."""
    found: dict[str, Any] = json.loads(CASES.read_text(encoding="utf-8"))
    return found


def printed(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """Read the one JSON object that was printed."""
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


@pytest.mark.parametrize("ending", ["yaml", "yml"])
def test_cases_in_yaml_are_run_like_those_in_json(
    program: Path, ending: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same cases come out in either language, and a changed amount is found in either."""
    beside = program.with_name(f"p.cases.{ending}")
    told = cases()
    beside.write_text(yaml.safe_dump(told), encoding="utf-8")
    assert main(["program", "check", str(program)]) == Exit.DONE
    assert capsys.readouterr().out.endswith(f"is sound, and every case of p.cases.{ending} comes out.\n")
    told["cases"][0]["totals"] = {"usd": 1}
    beside.write_text(yaml.safe_dump(told), encoding="utf-8")
    assert main(["program", "check", str(program)]) == Exit.WRONG
    assert f"p.cases.{ending}: case {told['cases'][0]['name']}: expected 1 usd" in capsys.readouterr().err


def test_two_files_of_cases_are_refused(program: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody can tell which of them is meant."""
    program.with_name("p.cases.json").write_bytes(CASES.read_bytes())
    program.with_name("p.cases.yaml").write_text(yaml.safe_dump(cases()), encoding="utf-8")
    assert main(["program", "check", str(program)]) == Exit.USAGE
    said = capsys.readouterr().err
    assert "p.cases.json" in said
    assert "p.cases.yaml" in said


@pytest.mark.parametrize(
    ("faulty", "pointer"),
    [
        ('{"program": "california-recovery-incentives", "cases": [{"name": 1}]}', "$.cases[0].name"),
        ('{"program": "california-recovery-incentives", "kases": []}', "$.kases"),
        ('{"program": \n  nothing}', "$"),
    ],
)
def test_a_fault_in_a_cases_file_names_that_file_and_the_place_in_it(
    program: Path, faulty: str, pointer: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not the program's file, in which nothing is wrong."""
    beside = program.with_name("p.cases.json")
    beside.write_text(faulty, encoding="utf-8")
    assert main(["program", "check", str(program)]) == Exit.WRONG
    said = capsys.readouterr().err
    assert said.startswith(f"rewards: {beside}: {pointer}: ")
    assert str(program) not in said
    assert main(["program", "check", str(program), "--json"]) == Exit.WRONG
    found = printed(capsys)
    assert (found["code"], found["sound"]) == ("program_faulty", False)
    assert {one["file"] for one in found["faults"]} == {str(beside)}
    assert found["faults"][0]["pointer"] == pointer


def test_a_fault_in_the_program_names_the_program_s_file(
    program: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The cases beside it are not run, and are not named."""
    program.with_name("p.cases.json").write_bytes(CASES.read_bytes())
    program.write_text(
        CALIFORNIA.read_text(encoding="utf-8").replace("step: 150", "steps: 150"), encoding="utf-8"
    )
    assert main(["program", "check", str(program), "--json"]) == Exit.WRONG
    (fault,) = printed(capsys)["faults"]
    assert (fault["file"], fault["pointer"]) == (str(program), "$.targets[0].phases[0].earn.steps")


def test_a_sound_program_is_one_object_with_its_notes(capsys: pytest.CaptureFixture[str]) -> None:
    """What `check` says to a person it says to a program too."""
    assert main(["program", "check", str(CALIFORNIA), "--json"]) == Exit.DONE
    assert printed(capsys) == {
        "program": "california-recovery-incentives",
        "sound": True,
        "cases": str(CASES),
        "notes": [],
        "faults": [],
        "case_faults": [],
    }


@pytest.mark.parametrize("wrong", ["step: 151", "step: -1", "steps: 150"])
def test_a_table_is_refused_where_the_check_is_with_the_same_words(
    program: Path, wrong: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A case that does not come out, a rule that cannot be, a word that is no field: no table is shown."""
    program.with_name("p.cases.json").write_bytes(CASES.read_bytes())
    program.write_text(CALIFORNIA.read_text(encoding="utf-8").replace("step: 150", wrong), encoding="utf-8")
    assert main(["program", "check", str(program)]) == Exit.WRONG
    checked = capsys.readouterr()
    assert main(["program", "table", str(program), "--outcomes", "negative*3"]) == Exit.WRONG
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("", checked.err)
    assert shown.err
    assert main(["program", "check", str(program), "--json"]) == Exit.WRONG
    checked_json = printed(capsys)
    assert main(["program", "table", str(program), "--outcomes", "negative*3", "--json"]) == Exit.WRONG
    assert printed(capsys) == checked_json


def test_faults_and_notes_are_told_in_spanish_too(program: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An author reads them in either language; the places are the document's."""
    text = CALIFORNIA.read_text(encoding="utf-8")
    program.write_text(text.replace("step: 150", "step: 1.50"), encoding="utf-8")
    assert main(["program", "check", str(program), "--language", "es"]) == Exit.WRONG
    assert "las cantidades van en centavos enteros: escribe 150 para $1.50" in capsys.readouterr().err
    program.write_text(
        text.replace("missed_after_hours: 24}\n    phases", "per_day: 1}\n    phases"), encoding="utf-8"
    )
    assert main(["program", "check", str(program), "--language", "es"]) == Exit.DONE
    assert "nota: $.targets[0].visits: no dice nada de las faltas" in capsys.readouterr().out


def test_all_targets_are_shown_together_under_their_shared_caps(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two targets share one cap of a week: what it clips is clipped in the table of both."""
    path = tmp_path / "two.yaml"
    phases = "[{weeks: [1, 2], earn: {type: flat, amount: 1000}}]"
    targets = "".join(
        f"  - {{name: {name}, behavior: test, limit: {{per_week: 1}}, phases: {phases}}}\n" for name in "ab"
    )
    head = "name: two\ntitle: Two\nunit: usd\nweeks: 2\ncaps: [{per: week, amount: 1500}]\ntargets:\n"
    path.write_text(head + targets, encoding="utf-8")
    assert main(["program", "table", str(path), "--json"]) == Exit.DONE
    assert [(one["target"], one["total"]) for one in printed(capsys)["rows"]] == [
        ("a", 1000),
        ("b", 500),
        ("a", 1000),
        ("b", 500),
    ]
    assert main(["program", "table", str(path), "--outcomes", "b=positive", "--json"]) == Exit.DONE
    assert printed(capsys)["total"] == 2000
    assert main(["program", "table", str(path), "--outcomes", "positive"]) == Exit.USAGE
    assert "b=" not in capsys.readouterr().out


def test_table_of_draws_says_what_their_prizes_cost(capsys: pytest.CaptureFixture[str]) -> None:
    """164 draws of the standard bowl are worth $363.75 on average."""
    assert main(["program", "table", str(PROGRAMS / "veterans-prize-draws.yaml")]) == Exit.DONE
    assert "costs $363.75 on average, $16,400.00 at the most." in capsys.readouterr().out
