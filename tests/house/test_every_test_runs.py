"""Every test is run by one of `make check`, `make test` and `make slow`, and CI runs all three."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import cast

import pytest

from tests.conftest import pytest_collection_modifyitems, pytest_ignore_collect

ROOT = Path(__file__).resolve().parents[2]
TESTS = ROOT / "tests"
PROCESSES = "-n $(WORKERS) --dist worksteal"
HOOKS = {"pytest_addoption", "pytest_configure", "pytest_ignore_collect", "pytest_collection_modifyitems"}
"""Of these the last two could leave tests out; what they leave in is tested by itself."""


def calls_of_pytest() -> dict[str, str]:
    """Read what each target of the Makefile gives to pytest."""
    target, found = "", {}
    for line in (ROOT / "Makefile").read_text(encoding="utf-8").splitlines():
        if named := re.match(r"(\w+):", line):
            target = named[1]
        if called := re.match(r"\t\$\(BIN\)/pytest (.*)", line):
            found[target] = called[1]
    return found


def test_the_targets_part_the_tests_between_them() -> None:
    """A folder is in or out, and a test is slow or not: no test is in none, and none in two."""
    assert calls_of_pytest() == {
        "check": "tests/house",
        "test": f'{PROCESSES} --ignore=tests/house -m "not slow" $(ARGS)',
        "slow": f"{PROCESSES} --ignore=tests/house -m slow $(ARGS)",
    }


def test_ci_runs_every_target_with_tests() -> None:
    """`make test` checks first, so these two are all; without the tools, there by then, tests are skipped."""
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert [line.removeprefix("exec ") for line in lines if "make " in line or line.startswith("wait ")] == [
        "make tools .compiled &",
        'wait "$python"',
        "make test",
        "make slow",
    ]
    assert "\ntest: check\n" in (ROOT / "Makefile").read_text(encoding="utf-8")


def test_no_setting_leaves_tests_out() -> None:
    """Markers are known, and nothing but the Makefile chooses among the tests."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    options = project["tool"]["pytest"]["ini_options"]
    assert options["addopts"] == "-q --strict-markers --strict-config --import-mode=importlib"
    assert options["testpaths"] == ["tests"]
    assert [marker.partition(":")[0] for marker in options["markers"]] == ["slow", "seconds"]
    assert not options.keys() & {"norecursedirs", "python_files", "python_functions", "python_classes"}
    hooks = re.compile(r"^(?:async )?def (pytest_\w+)|^(collect_ignore\w*)", re.MULTILINE)
    for path in TESTS.rglob("conftest.py"):
        found = {hook or name for hook, name in hooks.findall(path.read_text(encoding="utf-8"))}
        assert found <= HOOKS, path


@pytest.mark.parametrize("asked", ["", "not slow", "slow"])
def test_no_file_is_left_out_that_has_a_test_which_is_asked_for(
    asked: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`make slow` opens those files alone that mark a test as slow, all in the same words."""
    monkeypatch.setattr(request.config.option, "markexpr", asked)
    for path in (*TESTS.rglob("*.py"), TESTS):
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        left_out = asked == "slow" and path.is_file() and not re.search(r"\bmark\.slow\b", text)
        assert pytest_ignore_collect(path, request.config) == (left_out or None), path
        assert not re.search(r"^from pytest import|\badd_mark[e]r\(", text, re.MULTILINE), path


class Named:
    """A test as the order sees it."""

    def __init__(self, name: str, seconds: float | None = None) -> None:
        self.name = name
        self.mark = None if seconds is None else pytest.mark.seconds(seconds).mark

    def get_closest_marker(self, name: str) -> pytest.Mark | None:
        """Give its mark of seconds."""
        assert name == "seconds"
        return self.mark


@pytest.mark.parametrize("processes", [1, 2, 3, 4, 9])
@pytest.mark.parametrize("others", [0, 1, 2, 11])
def test_every_process_begins_with_what_takes_longest(
    monkeypatch: pytest.MonkeyPatch, processes: int, others: int
) -> None:
    """And every test is among those of one process, those that say nothing in their order."""
    monkeypatch.setenv("PYTEST_XDIST_WORKER_COUNT", str(processes))
    plain = [Named(f"o{number}") for number in range(others)]
    items = [*plain[:1], Named("b", 50), *plain[1:], Named("a", 90), Named("c", 5)]
    before = list(items)
    pytest_collection_modifyitems(cast("list[pytest.Item]", items))
    assert sorted(map(id, items)) == sorted(map(id, before))
    assert [one for one in items if one.mark is None] == plain
    begins, given = [], 0
    for process in range(processes):
        share = (len(items) - given) // (processes - process)
        begins += [items[given].name] if share else []
        given += share
    if others == 11 and processes <= 3:
        assert begins == ["a", "b", "c"][:processes]


def test_every_file_with_tests_is_named_like_one() -> None:
    """Pytest opens files called `test_*.py` and no others."""
    defines = re.compile(r"(?<!@pytest\.fixture\n)^(async )?def test_", re.MULTILINE)
    for path in ROOT.rglob("*.py"):
        inside = path.relative_to(ROOT)
        if inside.parts[0].startswith(".") or not defines.search(path.read_text(encoding="utf-8")):
            continue
        assert inside.parts[0] == "tests", path
        assert path.name.startswith("test_"), path
