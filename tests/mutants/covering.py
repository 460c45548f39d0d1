"""A pytest plugin that writes down which test runs which lines of the service, and how long each test takes.

`pytest -p tests.mutants.covering`, with the folder to write to in COVERING_TO. Each process of a run writes
one file: `{"tests": [[test, seconds], ...], "lines": {file: {line: [number of a test, ...]}}}`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import coverage
import pytest

ROOT = Path(__file__).resolve().parents[2]
TO = "COVERING_TO"


class Covering:
    """What the tests of this process run."""

    def __init__(self) -> None:
        self._coverage = coverage.Coverage(data_file=None, source=[str(ROOT / "service")], messages=False)
        self._seconds: dict[str, float] = {}

    def pytest_sessionstart(self) -> None:
        """Begin before a test is collected, so that what runs at import is told apart."""
        self._coverage.start()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Write what follows down under this test, its fixtures included."""
        self._coverage.switch_context(item.nodeid)
        try:
            return (yield)
        finally:
            self._coverage.switch_context("")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add up a test's set-up, call and end."""
        self._seconds[report.nodeid] = self._seconds.get(report.nodeid, 0.0) + report.duration

    def pytest_sessionfinish(self) -> None:
        """Write the file."""
        self._coverage.stop()
        data = self._coverage.get_data()
        numbers = {test: number for number, test in enumerate(self._seconds)}
        lines: dict[str, dict[int, list[int]]] = {}
        for path in data.measured_files():
            tests = {
                line: sorted(numbers[one] for one in by if one in numbers)
                for line, by in data.contexts_by_lineno(path).items()
            }
            lines[str(Path(path).relative_to(ROOT))] = {line: by for line, by in tests.items() if by}
        said = {"tests": list(self._seconds.items()), "lines": lines}
        name = f"{os.environ.get('PYTEST_XDIST_WORKER', 'only')}.json"
        (Path(os.environ[TO]) / name).write_text(json.dumps(said), encoding="utf-8")


def pytest_configure(config: pytest.Config) -> None:
    """Take part, but not in the process that only hands tests out."""
    if not config.getoption("numprocesses", None):
        config.pluginmanager.register(Covering())
