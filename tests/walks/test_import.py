"""A file of events goes in once, however often it is imported, and what is refused says why."""

from __future__ import annotations

import csv
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.walks.conftest import Demo, Run

Bring = Callable[..., subprocess.CompletedProcess[str]]

CALIFORNIA = "california-recovery-incentives"
VOUCHERS = "silverman-1996-vouchers"
HEAD = "participant_reference,target,outcome,occurred_at,program,starts_on\n"


@pytest.fixture
def bring(demo: Demo, rewards: Run) -> Bring:
    """Give a way to import a file into the running demo's clinic."""

    def run(path: Path, *words: str) -> subprocess.CompletedProcess[str]:
        where = ("--clinic", demo.said["clinic"], "--data", str(demo.data))
        return rewards("import", str(path), *where, *words, check=False)

    return run


def test_a_csv_enrolls_records_and_adds_nothing_the_second_time(
    demo: Demo, bring: Bring, tmp_path: Path
) -> None:
    """The second import finds everything on record, with and without references of the clinic's own."""
    path = tmp_path / "visits.csv"
    lines = [f"CSV-1,stimulant-negative,negative,2026-03-{day:02}T09:30:00-08:00" for day in (2, 5, 9, 12)]
    path.write_text(HEAD + "".join(f"{line},{CALIFORNIA},2026-03-02\n" for line in lines), encoding="utf-8")
    first = bring(path, "--enroll")
    assert (first.returncode, first.stdout) == (0, "4 recorded, 0 on record already, 0 refused.\n")
    again = bring(path, "--enroll")
    assert (again.returncode, again.stdout) == (0, "0 recorded, 4 on record already, 0 refused.\n")
    (person,) = demo.get("/v1/participants?reference=CSV-1")["items"]
    (balance,) = demo.get(f"/v1/participants/{person['id']}/balance")["balances"]
    assert balance["earned"] == 1000 + 1000 + 1150 + 1150


def test_ndjson_takes_the_fields_of_the_api(demo: Demo, bring: Bring, tmp_path: Path) -> None:
    """Each line is what `POST /v1/events` takes, with the enrollment's program and start beside it."""
    path = tmp_path / "visits.ndjson"
    line = {
        "participant_reference": "ND-1",
        "behavior": "test",
        "outcome": "negative",
        "occurred_at": "2026-03-02T17:30:00Z",
        "program": VOUCHERS,
        "starts_on": "2026-03-02",
        "reference": "lab-nd-1",
        "note": "first visit",
    }
    path.write_text(json.dumps(line) + "\n\n", encoding="utf-8")
    assert bring(path, "--enroll").stdout.startswith("1 recorded")
    assert bring(path).stdout.startswith("0 recorded, 1 on record already")
    (person,) = demo.get("/v1/participants?reference=ND-1")["items"]
    events = demo.get(f"/v1/events?participant={person['id']}")["items"]
    # The demo's worker may have written down the visits that this person missed since.
    assert [event["reference"] for event in events if event["outcome"] != "missed"] == ["lab-nd-1"]


def test_each_refused_line_is_written_down_with_its_number_code_and_words(
    bring: Bring, tmp_path: Path
) -> None:
    """The good lines go in, and the refused ones can be corrected where they stand and imported again."""
    path = tmp_path / "mixed.csv"
    path.write_text(
        HEAD
        + f"MIX-1,stimulant-negative,negative,2026-03-02T09:30:00-08:00,{CALIFORNIA},2026-03-02\n"
        + f"MIX-1,stimulant-negative,negative,2026-03-05T09:30:00,{CALIFORNIA},2026-03-02\n"
        + "MIX-2,stimulant-negative,negative,2026-03-05T09:30:00Z,nowhere,2026-03-02\n"
        + "MIX-3,stimulant-negative,negative,2026-03-05T09:30:00Z,,\n"
        + f"MIX-1,stimulant-negative,attended,2026-03-05T09:30:00Z,{CALIFORNIA},2026-03-02\n"
        + f"MIX-1,stimulant-negative,negative,2026-02-05T09:30:00Z,{CALIFORNIA},2026-03-02\n"
        + "MIX-1,a,b,c,d,e,f\n",
        encoding="utf-8",
    )
    ended = bring(path, "--enroll")
    assert ended.returncode == 3
    assert ended.stdout == "1 recorded, 0 on record already, 6 refused.\n"
    refused = tmp_path / "mixed.csv.refused.csv"
    assert str(refused) in ended.stderr
    with refused.open(encoding="utf-8", newline="") as file:
        rows = {int(row["line"]): row for row in csv.DictReader(file)}
    assert {number: row["code"] for number, row in rows.items()} == {
        3: "invalid",
        4: "unknown_program",
        5: "not_enrolled",
        6: "outcome_not_allowed",
        7: "outside_enrollment",
        8: "malformed",
    }
    assert "-08:00" in rows[3]["words"]
    assert CALIFORNIA in rows[4]["words"]
    refused.write_text(
        refused.read_text(encoding="utf-8").replace("2026-03-05T09:30:00,", "2026-03-05T09:30:00-08:00,"),
        encoding="utf-8",
    )
    assert bring(refused, "--enroll").stdout.startswith("1 recorded")


def test_importing_without_enroll_makes_no_participant(demo: Demo, bring: Bring, tmp_path: Path) -> None:
    """A mistyped reference is refused and not made into a new person."""
    path = tmp_path / "visits.csv"
    path.write_text(
        HEAD + f"NEW-1,stimulant-negative,negative,2026-03-02T09:30:00Z,{CALIFORNIA},2026-03-02\n",
        encoding="utf-8",
    )
    assert bring(path).returncode == 3
    assert demo.get("/v1/participants?reference=NEW-1")["items"] == []


@pytest.mark.parametrize(
    ("name", "content", "code", "words"),
    [
        ("visits.txt", "", 2, "neither .csv nor .ndjson"),
        ("visits.csv", "participant_reference,target,outcome\n", 3, "needs the columns"),
        ("visits.csv", HEAD.replace("program", "programme"), 3, "'programme'"),
        ("visits.csv", HEAD.replace("program", "target"), 3, "twice"),
        ("visits.csv", "", 3, "needs the columns"),
    ],
)
def test_a_file_that_cannot_be_meant_is_refused_as_a_whole(
    bring: Bring, tmp_path: Path, name: str, content: str, code: int, words: str
) -> None:
    """One sentence says what is wrong with it; no trace, and nothing is recorded."""
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    ended = bring(path)
    assert ended.returncode == code
    assert words in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1


def test_an_unknown_clinic_is_refused(demo: Demo, rewards: Run, tmp_path: Path) -> None:
    """The remedy is named."""
    path = tmp_path / "visits.csv"
    path.write_text(HEAD, encoding="utf-8")
    nobody = "00000000-0000-7000-8000-000000000000"
    ended = rewards("import", str(path), "--clinic", nobody, "--data", str(demo.data), check=False)
    assert ended.returncode == 3
    assert "rewards clinic create" in ended.stderr
