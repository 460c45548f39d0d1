"""Real histories through the front door: 43,663 visits under two programs at once, imported twice, verified.

California Recovery Incentives on the stimulant tests, the session-attendance draws on attendance. Day 1 of
a person's visits is the start day of both enrollments. Run it as

    .venv/bin/python tests/bench/ctn0094.py [--data DIR] [--visits FILE]

It prints what each part took, how many lines were recorded, and what was awarded in all.
"""

import argparse
import csv
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import httpx

ROOT: Final = Path(__file__).resolve().parents[2]
REWARDS: Final = Path(sys.executable).with_name("rewards")
PROGRAMS: Final = ROOT / "schemas" / "programs"
CALIFORNIA: Final = "california-recovery-incentives"
SESSIONS: Final = "xpmi-attendance-draws"
ZONE: Final = "America/New_York"
STARTS_ON: Final = datetime(2025, 1, 6, tzinfo=ZoneInfo(ZONE)).date()
"""Every start day: a Monday, and far enough back that no visit lies in the future."""
COLUMNS: Final = (
    "participant_reference",
    "target",
    "outcome",
    "occurred_at",
    "reference",
    "program",
    "starts_on",
)


def rows(visits: Path) -> Iterator[tuple[str, ...]]:
    """Turn each visit into its two events: the test, where there was one, and the attendance."""
    zone = ZoneInfo(ZONE)
    with visits.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=1):
            day = STARTS_ON + timedelta(days=int(row["day"]) - 1)
            person = f"CTN-{row['trial']}-{row['patient']}"
            at = datetime.combine(day, clock_time(10), zone).astimezone(UTC).isoformat()
            start = STARTS_ON.isoformat()
            if row["attendance"]:
                yield person, "session-attended", row["attendance"], at, f"v{number}-a", SESSIONS, start
            if row["stimulant_test"]:
                yield (
                    person,
                    "stimulant-negative",
                    row["stimulant_test"],
                    at,
                    f"v{number}-t",
                    CALIFORNIA,
                    start,
                )


def write(visits: Path, events: Path) -> int:
    """Write the import file; returns how many events are in it."""
    count = 0
    with events.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for row in rows(visits):
            writer.writerow(row)
            count += 1
    return count


def timed(what: str, command: list[str]) -> str:
    """Run one command of the service, show how long it took and what it said, and give that back."""
    began = time.perf_counter()
    ended = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    took = time.perf_counter() - began
    said = ended.stdout.strip()
    print(f"{what:<16} {took:7.1f} s  exit {ended.returncode}  {said if len(said) < 200 else ''}", flush=True)
    return said


def main() -> None:
    """Import twice and verify."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visits", type=Path, default=ROOT.parent / "shared" / "data" / "ctn0094-visits.csv")
    parser.add_argument("--data", type=Path, help="folder of the demo's stores; a temporary one without it")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="rw-") as folder:
        data = args.data or Path(folder) / "data"
        demo = subprocess.Popen(
            [str(REWARDS), "demo", "--json", "--port", "0", "--data", str(data)],
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            assert demo.stdout
            run(args.visits, Path(folder) / "events.csv", data, json.loads(demo.stdout.readline())["url"])
        finally:
            demo.terminate()
            demo.wait()


def run(visits: Path, events: Path, data: Path, url: str) -> None:
    """Make a clinic with both programs in a running demo, and put the visits through it."""
    began = time.perf_counter()
    count = write(visits, events)
    print(f"{'events written':<16} {time.perf_counter() - began:7.1f} s  {count:,} events", flush=True)
    where = ["--data", str(data)]
    made = timed(
        "clinic", [str(REWARDS), "clinic", "create", "--name", "CTN", "--timezone", ZONE, "--json", *where]
    )
    clinic = json.loads(made)["id"]
    issue = [str(REWARDS), "key", "create", "--clinic", clinic, "--role", "manager", "--json", *where]
    key = json.loads(subprocess.run(issue, stdout=subprocess.PIPE, text=True, check=True).stdout)["key"]
    for name in (CALIFORNIA, SESSIONS):
        httpx.post(
            f"{url}/v1/programs",
            content=(PROGRAMS / f"{name}.yaml").read_bytes(),
            headers={"Authorization": f"Bearer {key}", "Content-Type": "application/yaml"},
        ).raise_for_status()
    bring = [str(REWARDS), "import", str(events), "--clinic", clinic, "--enroll", *where]
    timed("first import", bring)
    timed("second import", bring)
    timed("verify", [str(REWARDS), "verify", "--clinic", clinic, *where])


if __name__ == "__main__":
    main()
