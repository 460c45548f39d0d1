"""Every test is run by one of `make check`, `make test` and `make slow`, and CI runs all three."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TESTS = ROOT / "tests"
PROCESSES = "-n $(WORKERS) --dist worksteal"


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
        "make tools &",
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
    assert [marker.partition(":")[0] for marker in options["markers"]] == ["slow"]
    assert not options.keys() & {"norecursedirs", "python_files", "python_functions", "python_classes"}
    hooks = re.compile(r"^(?:async )?def (pytest_\w+)|^(collect_ignore\w*)", re.MULTILINE)
    for path in TESTS.rglob("conftest.py"):
        found = {hook or name for hook, name in hooks.findall(path.read_text(encoding="utf-8"))}
        assert found <= {"pytest_addoption", "pytest_configure"}, path


def test_every_file_with_tests_is_named_like_one() -> None:
    """Pytest opens files called `test_*.py` and no others."""
    defines = re.compile(r"(?<!@pytest\.fixture\n)^(async )?def test_", re.MULTILINE)
    for path in ROOT.rglob("*.py"):
        inside = path.relative_to(ROOT)
        if inside.parts[0].startswith(".") or not defines.search(path.read_text(encoding="utf-8")):
            continue
        assert inside.parts[0] == "tests", path
        assert path.name.startswith("test_"), path
