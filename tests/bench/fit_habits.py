"""The published figures of forecasts, worked out again from the public visits that they were fitted to.

    .venv/bin/python tests/bench/fit_habits.py [--visits FILE]

The visits are no part of the project: `ctn0094-visits.csv` has one row a patient and day, with patient,
trial, day, attendance and stimulant_test.
"""

import argparse
import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from schemas.forecasts import BehaviorModel
from service.core.authoring.habits import habit_of

VISITS: Final = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "ctn0094-visits.csv"
LONG_TRIALS: Final = ("27", "51")
"""The trials of 24 weeks; the first part of CTN-0030 ends after four by its design."""
LAST_DAY, STAYED_TO = 168, 154

Person = list[tuple[int, str, str]]


def people(visits: Path) -> Iterator[tuple[str, Person]]:
    """The trial of each person who came at all, and their visits up to the last attended one."""
    found: dict[tuple[str, str], Person] = defaultdict(list)
    with visits.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            own = found[row["trial"], row["patient"]]
            own.append((int(row["day"]), row["attendance"], row["stimulant_test"]))
    for (trial, _), own in found.items():
        last = max((day for day, attendance, _ in own if attendance == "attended"), default=None)
        if last is not None:
            yield trial, sorted((one for one in own if one[0] <= last), key=lambda one: one[0])


def fitted(visits: Path) -> BehaviorModel:
    """The figures, not rounded."""
    came: list[list[bool]] = []
    tests: list[list[bool]] = []
    gone = weeks = 0
    for trial, own in people(visits):
        told = [one for one in own if one[1] != "excused"]
        came.append([attendance == "attended" for _, attendance, _ in told])
        tests.append([(attendance, test) == ("attended", "negative") for _, attendance, test in told])
        if trial in LONG_TRIALS:
            weeks += min(own[-1][0], LAST_DAY) // 7 + 1
            gone += own[-1][0] < STAYED_TO
    attendance, test = habit_of(came)[0], habit_of(tests)[0]
    if attendance is None or test is None:
        message = "the visits hold no successes or no misses"
        raise ValueError(message)
    return BehaviorModel(1 - gone / weeks, {"test": test, "attendance": attendance})


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description="Fit the published figures of forecasts.")
    asked.add_argument("--visits", type=Path, default=VISITS)
    print(fitted(asked.parse_args().visits))
