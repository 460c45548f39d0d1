"""However an import ends, it says what became of the lines; a dry run says what would."""

from __future__ import annotations

import asyncio
import csv
import json
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import asyncpg
import httpx
import pytest

from service import embedded
from tests import tls
from tests.databases import of_database
from tests.walks.conftest import REWARDS, clean_environment

if TYPE_CHECKING:
    from tests.walks.conftest import Demo, Run

VOUCHERS = "silverman-1996-vouchers"
HEAD = "participant_reference,behavior,outcome,occurred_at,program,starts_on,note\n"
NOTES = ("line", "code", "words")


def line(who: str, at: str = "2026-03-02", outcome: str = "negative", note: str = "") -> str:
    """Write a line of a test."""
    return f"{who},test,{outcome},{at}T09:30:00-08:00,{VOUCHERS},2026-03-02,{note}\n"


def where(demo: Demo) -> tuple[str, ...]:
    """Name the running demo's clinic."""
    return "--clinic", demo.said["clinic"], "--data", str(demo.data)


def test_dry_run_says_what_each_line_would_earn_and_records_nothing(
    demo: Demo, rewards: Run, tmp_path: Path
) -> None:
    """In the order of the file, with the same counts as the deed; as JSON too."""
    path = tmp_path / "visits.csv"
    path.write_text(
        HEAD + line("DRY-1", "2026-03-05") + line("DRY-1") + line("DRY-2", outcome="no such"),
        encoding="utf-8",
    )
    tried = rewards("import", str(path), "--enroll", "--dry-run", *where(demo), check=False)
    assert tried.returncode == 3
    lines = tried.stdout.splitlines()
    assert lines[0].startswith("line 2: recorded; $4.00")
    assert lines[1].startswith("line 3: recorded; $2.50")
    assert "new participant; enrolled from 2026-03-02" in lines[1]
    assert lines[2].startswith("line 4: refused; ")
    assert "2 recorded, 0 on record already, 1 refused" in lines[3]
    assert demo.get("/v1/participants?reference=DRY-1")["items"] == []
    assert not path.with_name("visits.csv.refused.csv").exists()
    told = json.loads(
        rewards("import", str(path), "--enroll", "--dry-run", "--json", *where(demo), check=False).stdout
    )
    assert [(one["line"], one["state"], one["code"]) for one in told["lines"]] == [
        (2, "recorded", None),
        (3, "recorded", None),
        (4, "refused", "outcome_not_allowed"),
    ]
    assert told["lines"][0]["earned"] == [{"unit": "usd", "amount": 400}]
    done = rewards("import", str(path), "--enroll", "--json", *where(demo), check=False)
    counts = json.loads(done.stdout)
    assert {name: counts[name] for name in ("recorded", "found", "refused", "not_reached", "people")} == {
        name: told[name] for name in ("recorded", "found", "refused", "not_reached", "people")
    }


def test_refused_file_is_in_line_order_harmless_and_comes_back_unchanged(
    demo: Demo, rewards: Run, tmp_path: Path
) -> None:
    """Its own columns are passed over, and no cell of it is a formula."""
    path = tmp_path / "visits.csv"
    notes = ("=1+1", "+1 555 0100", "'quoted", "@name", "José")
    people = ("ZZ", "AA", "MM", "BB", "CC")
    path.write_text(
        HEAD
        + "".join(
            line(f"REF-{who}", outcome="no such", note=note) for who, note in zip(people, notes, strict=True)
        ),
        encoding="utf-8",
    )
    assert rewards("import", str(path), "--enroll", *where(demo), check=False).returncode == 3
    refused = path.with_name("visits.csv.refused.csv")
    with refused.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["line"] for row in rows] == ["2", "3", "4", "5", "6"]
    assert [row["note"] for row in rows] == ["'=1+1", "'+1 555 0100", "''quoted", "'@name", "José"]
    again = rewards("import", str(refused), "--enroll", *where(demo), check=False)
    assert "0 recorded, 0 on record already, 5 refused." in again.stdout
    with refused.with_name(refused.name + ".refused.csv").open(encoding="utf-8-sig", newline="") as file:
        twice = list(csv.DictReader(file))
    assert [list(row.values())[3:] for row in twice] == [list(row.values())[3:] for row in rows]


@contextmanager
def held(demo: Demo, references: Sequence[str]) -> Iterator[Callable[[], bool]]:
    """Make participants and hold their rows, so that an import waits for the first; tell whether it does."""
    for reference in references:
        made = httpx.post(
            f"{demo.url}/v1/participants",
            json={"reference": reference},
            headers=demo.headers,
            timeout=20,
            verify=tls.CONTEXT,
        )
        assert made.status_code == httpx.codes.CREATED
    stores = embedded.running(demo.data)
    assert stores
    with asyncio.Runner() as runner:
        holder = runner.run(asyncpg.connect(of_database(stores.admin_url, "rewards")))
        try:
            runner.run(holder.execute("begin"))
            locked = "select from participants where reference = any($1) for update"
            assert len(runner.run(holder.fetch(locked, references))) == len(references)
            waits = (
                "select exists (select from pg_locks where not granted and $1 = any(pg_blocking_pids(pid)))"
            )
            yield lambda: runner.run(holder.fetchval(waits, holder.get_server_pid()))
        finally:
            runner.run(holder.close())


@pytest.mark.parametrize(("sign", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 130)])
def test_import_that_is_ended_says_how_far_it_came_and_goes_on_the_next_time(
    demo: Demo, rewards: Run, tmp_path: Path, sign: signal.Signals, code: int
) -> None:
    """Nothing is left half done: the lines not reached are recorded then, the others are known."""
    who = f"END-{sign.value}"
    path = tmp_path / "visits.csv"
    many = 700
    path.write_text(HEAD + "".join(line(f"{who}-{no:04}") for no in range(many)), encoding="utf-8")
    # The file is gone through in an order that nobody can guess: not all of ten stand in its last seventh.
    with held(demo, [f"{who}-{no:04}" for no in range(0, many, many // 10)]) as is_waited_for:
        running = subprocess.Popen(
            [str(REWARDS), "import", str(path), "--enroll", "--json", *where(demo)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=clean_environment(),
        )
        deadline = time.monotonic() + 60
        while not is_waited_for():
            assert running.poll() is None, running.communicate()[1]
            assert time.monotonic() < deadline
            time.sleep(0.05)
        running.send_signal(sign)
    out, said = running.communicate(timeout=60)
    assert running.returncode == code, said
    told = json.loads(out)
    assert 0 < told["recorded"] < many
    assert told["recorded"] + told["not_reached"] == many
    again = json.loads(rewards("import", str(path), "--enroll", "--json", *where(demo)).stdout)
    assert (again["recorded"], again["found"]) == (told["not_reached"], told["recorded"])
