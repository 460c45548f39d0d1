"""Walks run the command itself, as a person or a machine would, and look at it from outside."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests import tls
from tests.databases import environment_of
from tests.places import quick_folder

if TYPE_CHECKING:
    from service.embedded import Stores

REWARDS = Path(sys.executable).with_name("rewards")
STOP_S_MAX = 40.0

Environment = dict[str, str]
Run = Callable[..., subprocess.CompletedProcess[str]]
Given = Callable[[str], Environment]


def clean_environment(**more: str) -> Environment:
    """Give an environment without the stores that this test run may itself have been given."""
    ours = (
        "DATABASE_URL", "DATABASE_DIRECT_URL", "MIGRATION_DATABASE_URL", "REDIS_URL",
        "FIELD_KEYS", "INDEX_KEY", "AUDIT_KEY",
    )  # fmt: skip  # table: names of settings
    kept = {name: text for name, text in os.environ.items() if name.removesuffix("_FILE") not in ours}
    return {**kept, **more}


def run(
    *words: str, environment: Environment | None = None, check: bool = True
) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    ended = subprocess.run(
        [str(REWARDS), *words],
        capture_output=True,
        text=True,
        env=clean_environment() if environment is None else environment,
        check=False,
        timeout=120,
    )
    if check:
        assert ended.returncode == 0, ended.stderr
    return ended


class Demo:
    """A running demo and what it said of itself."""

    def __init__(self, data: Path, process: subprocess.Popen[str], said: dict[str, Any]) -> None:
        self.data = data
        self.process = process
        self.said = said
        self.url: str = said["url"]
        self.headers = {"Authorization": f"Bearer {said['api_key']}"}

    def get(self, path: str) -> Any:  # noqa: ANN401  JSON
        """Read something with the demo's own key."""
        answer = httpx.get(self.url + path, headers=self.headers, timeout=20, verify=tls.CONTEXT)
        assert answer.status_code == httpx.codes.OK, answer.text
        return answer.json()

    def end(self, sign: signal.Signals = signal.SIGTERM, *, group: bool = False) -> int:
        """Send the demo a signal, or every process of its group as a terminal does; give its exit code."""
        if group:
            os.killpg(self.process.pid, sign)
        else:
            self.process.send_signal(sign)
        try:
            return self.process.wait(STOP_S_MAX)
        finally:
            self.process.kill()
            self.process.communicate()


def start(
    data: Path,
    *words: str,
    environment: Environment | None = None,
    program: Sequence[str] = (str(REWARDS),),
) -> Demo:
    """Start a demo on any free port, and wait until it says that it serves."""
    process = subprocess.Popen(
        [*program, "demo", "--json", "--port", "0", "--data", str(data), *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=clean_environment() if environment is None else environment,
        start_new_session=True,
    )
    assert process.stdout
    line = process.stdout.readline()
    if not line:
        _, said = process.communicate(timeout=STOP_S_MAX)
        pytest.fail(f"the demo did not start: {said}")
    return Demo(data, process, json.loads(line))


@contextlib.contextmanager
def folder() -> Iterator[Path]:
    """Give a folder whose path is short enough for sockets."""
    made = Path(tempfile.mkdtemp(prefix="rw-"))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


@pytest.fixture(scope="session")
def demo() -> Iterator[Demo]:
    """Give a demo that runs for the whole session; a test adds to it and ends nothing."""
    with quick_folder() as made:
        running = start(made / "data")
        yield running
        assert running.end() == 0


@pytest.fixture(scope="session")
def rewards() -> Run:
    """Give a way to run one command to its end; it must end with 0 unless `check=False`."""
    return run


@pytest.fixture(scope="session")
def elsewhere() -> Environment:
    """Give an environment that names no stores."""
    return clean_environment()


@pytest.fixture
def data() -> Iterator[Path]:
    """Give a fresh data folder that is not there yet."""
    with quick_folder() as made:
        yield made / "data"


@pytest.fixture
def begin() -> Iterator[Callable[..., Demo]]:
    """Give a way to start demos that all end with the test."""
    begun: list[Demo] = []

    def start_one(data: Path, *words: str) -> Demo:
        begun.append(start(data, *words))
        return begun[-1]

    yield start_one
    for one in begun:
        if one.process.poll() is None:
            one.end()


@pytest.fixture
def given(stores: Stores, elsewhere: Environment) -> Given:
    """Give an environment that names a database as a real server, and the session's other store."""

    def environment(database: str) -> Environment:
        own = environment_of(stores, database)
        return {**elsewhere, **own, "LOG_LEVEL": "warning"}

    return environment
