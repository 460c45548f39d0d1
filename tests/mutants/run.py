"""`make mutants`: change the code one place at a time, and print the changes that no test notices.

A sample of the changes, drawn with a seed, is tried: each in a copy of the tree, with the tests that run its
line. Where more survive than `LEAST` allows, the run fails; what stands in `equivalents.txt` is not counted.
ARGS="--count 400 --seed 7" tries more; with `--only service/core/ladder.py` all of one file are tried.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import queue
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from tests.mutants.changes import Change, changes_of
from tests.mutants.choosing import SECONDS_MAX, Covering

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / ".mutants"
EQUIVALENTS = Path(__file__).with_name("equivalents.txt")
FLOORS = {
    "security": ("service/core/access/*.py", "service/flows/access/*.py", "service/store/*.py"),
    "core": ("service/core/*.py",),
    "flows": ("service/flows/*.py",),
    "sql": ("service/store/sql/*.sql", "service/store/schema.sql"),
}
TESTED = ("tests/core", "tests/flows", "tests/store")
"""The tests that run the service's code in their own process; those over HTTP start it as a user does."""
LEAST = {"core": 0.97, "flows": 0.97, "sql": 0.90, "security": 0.90}
"""What part of the changes of a floor is to be noticed, equivalents left out."""
HUNG_S = 60.0
"""How much longer than without the change its tests may take: code that waits for ever is noticed too."""


@dataclass(frozen=True)
class Tried:
    """How a change ended: `noticed`, `survived`, `equivalent` or `unrun` (no test runs its line)."""

    floor: str
    change: Change
    how: str
    seconds: float


def main() -> int:
    """Try a sample, print what survived, and return 1 where that is more than the list allows."""
    asked = _arguments()
    known = equivalents(EQUIVALENTS.read_text(encoding="utf-8"))
    sample = _sample(asked)
    covering = Covering.read(ROOT, _covered(asked.processes))
    ends_at = time.monotonic() + asked.minutes * 60
    print(f"{len(sample)} changes, seed {asked.seed}, at most {asked.minutes:g} minutes")
    tried = _try_all(sample, covering, known, asked.processes, ends_at)
    return _report(tried, len(sample))


def equivalents(text: str) -> dict[str, str]:
    """Read the changes that change nothing that could be noticed: `change => reason`, one a line."""
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return {name.strip(): reason.strip() for name, _, reason in (line.partition("=>") for line in lines)}


def _arguments() -> argparse.Namespace:
    asked = argparse.ArgumentParser(prog="make mutants", description=__doc__)
    asked.add_argument("--count", type=int, default=60, help="how many changes are tried")
    asked.add_argument("--seed", type=int, default=random.randrange(10**6), help="draws the sample again")
    asked.add_argument("--minutes", type=float, default=14, help="when no further change is begun")
    asked.add_argument("--processes", type=int, default=2, help="how many changes are tried at a time")
    asked.add_argument("--floors", default=",".join(FLOORS), help="some of core, flows, sql, security")
    asked.add_argument("--only", default="", help="all changes of one file, instead of a sample")
    return asked.parse_args()


def _sample(asked: argparse.Namespace) -> list[tuple[str, Change]]:
    """Draw as many of each floor; a file that lies on two floors is the first one's."""
    drawn = random.Random(asked.seed)
    taken: set[str] = set()
    floors = []
    for floor in asked.floors.split(","):
        paths = sorted({path for glob in FLOORS[floor] for path in _files(glob)} - taken)
        taken.update(paths)
        changes = [one for path in paths if asked.only in ("", path) for one in changes_of(ROOT, path)]
        if not asked.only:
            drawn.shuffle(changes)
            changes = changes[: -(-asked.count // len(asked.floors.split(",")))]
        floors += [(floor, one) for one in changes]
    if not asked.only:
        drawn.shuffle(floors)
        floors = floors[: asked.count]
    return floors


def _files(glob: str) -> list[str]:
    folder, _, name = glob.rpartition("/")
    return [str(path.relative_to(ROOT)) for path in (ROOT / folder).rglob(name)]


def _covered(processes: int) -> Path:
    """Where it stands which test runs which lines; written anew where the tree is another one by now."""
    tree = hashlib.sha256()
    for path in sorted(
        one
        for folder in ("service", "schemas", "checker", "migrations", "tests")
        for one in (ROOT / folder).rglob("*")
    ):
        if path.suffix in (".py", ".sql", ".yaml", ".html"):
            tree.update(path.read_bytes())
    folder = KEPT / tree.hexdigest()[:16]
    if not folder.is_dir():
        shutil.rmtree(KEPT, ignore_errors=True)
        print("the tests run once, to see which lines each of them runs", flush=True)
        with tempfile.TemporaryDirectory() as written:
            order = [
                *_pytest(),
                "-n",
                str(processes),
                "--dist",
                "worksteal",
                "-p",
                "tests.mutants.covering",
                "-m",
                "not slow",
            ]
            folders = [one for one in TESTED if (ROOT / one).is_dir()]
            ended = subprocess.run(
                [*order, *folders], cwd=ROOT, env=_environment(ROOT) | {"COVERING_TO": written}, check=False
            )
            if ended.returncode:
                sys.exit("These tests fail without any change: mend that first.")
            KEPT.mkdir()
            shutil.copytree(written, folder)
    return folder


def _try_all(
    sample: list[tuple[str, Change]],
    covering: Covering,
    known: dict[str, str],
    processes: int,
    ends_at: float,
) -> list[Tried]:
    """Try the changes, some at a time, each line of work in a tree of its own."""
    waiting: queue.SimpleQueue[tuple[str, Change]] = queue.SimpleQueue()
    for one in sample:
        waiting.put(one)
    tried: list[Tried] = []

    def work() -> None:
        with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
            tree = Path(folder) / "tree"
            shutil.copytree(ROOT, tree, ignore=shutil.ignore_patterns(".*", "__pycache__", "*.egg-info"))
            while time.monotonic() < ends_at:
                try:
                    floor, change = waiting.get_nowait()
                except queue.Empty:
                    return
                began = time.monotonic()
                how = "equivalent" if change.name in known else _try(tree, change, covering)
                tried.append(Tried(floor, change, how, time.monotonic() - began))
                print(
                    f"{how:10} {tried[-1].seconds:5.1f} s  {change.path}:{change.line} {change.said}",
                    flush=True,
                )

    workers = [threading.Thread(target=work) for _ in range(processes)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return tried


def _try(tree: Path, change: Change, covering: Covering) -> str:
    """Make one change in a copy of the tree, and ask the tests that run its line."""
    tests = covering.tests_of(change)
    if not tests:
        return "unrun"
    path = tree / ("migrations/9999_one_rule_less.sql" if change.statement else change.path)
    before = path.read_text(encoding="utf-8") if path.exists() else None
    path.write_text(change.statement or change.of(before or ""), encoding="utf-8")
    asked = tree / "asked.txt"
    asked.write_text("\n".join(tests), encoding="utf-8")
    order = [*_pytest(), "-x", "-p", "no:cacheprovider", "-p", "no:xdist", f"@{asked}"]
    expected_s = sum(covering.seconds.get(test, 0.0) for test in tests)
    try:
        return "noticed" if _fails(order, tree, HUNG_S + 4 * min(expected_s, SECONDS_MAX)) else "survived"
    finally:
        if before is None:
            path.unlink()
        else:
            path.write_text(before, encoding="utf-8")


def _fails(order: list[str], tree: Path, patience_s: float) -> bool:
    """Whether some test fails, or all wait for ever; the stores that they started are stopped in any case."""
    quiet = subprocess.DEVNULL
    with subprocess.Popen(order, cwd=tree, env=_environment(tree), stdout=quiet, stderr=quiet) as asked:
        try:
            return asked.wait(patience_s) != 0
        except subprocess.TimeoutExpired:
            asked.send_signal(signal.SIGINT)
            try:
                asked.wait(HUNG_S)
            except subprocess.TimeoutExpired:
                asked.kill()
            return True


def _pytest() -> list[str]:
    return [sys.executable, "-m", "pytest", "--no-header"]


def _environment(tree: Path) -> dict[str, str]:
    """A change is not to be run from bytecode of before it: a file may change twice within one second."""
    return dict(os.environ) | {"PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1", "PYTEST_ADDOPTS": ""}


def _report(tried: list[Tried], asked: int) -> int:
    """Print what survived and the part that was noticed; 1 where that is too little."""
    missed = sorted(
        (one for one in tried if one.how in ("survived", "unrun")), key=lambda one: one.change.name
    )
    for one in missed:
        print(f"\n{one.how}: {one.change.path}:{one.change.line}\n    {one.change.name}")
    bad = False
    print()
    for floor in FLOORS:
        counted = [one for one in tried if one.floor == floor and one.how != "equivalent"]
        if counted:
            noticed = sum(one.how == "noticed" for one in counted)
            bad |= noticed / len(counted) < LEAST[floor]
            part = f"{noticed / len(counted):.0%}; at least {LEAST[floor]:.0%}"
            print(f"{floor:9} {noticed} of {len(counted)} noticed ({part})")
    print(
        f"{len(tried)} of {asked} tried, {sum(one.how == 'equivalent' for one in tried)} of them equivalents"
    )
    return int(bad)


if __name__ == "__main__":
    sys.exit(main())
