"""An upgrade: the release before serves on today's tables while it lasts, and what it kept is read today."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests import clock, tls
from tests.databases import environment_of
from tests.places import quick_folder
from tests.walks.conftest import clean_environment, start
from tests.web.conftest import free_port

if TYPE_CHECKING:
    from service.embedded import Stores
    from tests.walks.conftest import Demo, Environment

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
BEFORE = "9ab9f0e2a7add917c195ddca91f84d417ca71448"
"""The commit of the release before this one."""
START_S_MAX = 120
STOP_S_MAX = 60


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Unpack the release before from the history; a clone without its history does not have it."""
    shallow = git("rev-parse", "--is-shallow-repository")
    if shallow.returncode != 0 or shallow.stdout.strip() == b"true":
        pytest.skip("this clone has no history: the release before is not in it")
    packed = git("archive", BEFORE, "service", "schemas", "migrations", "tests", "pyproject.toml")
    assert packed.returncode == 0, f"the history lacks {BEFORE}: {packed.stderr.decode()}"
    place = tmp_path_factory.mktemp("before")
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
        archive.extractall(place, filter="data")
    return place


def git(*words: str) -> subprocess.CompletedProcess[bytes]:
    """Ask the history."""
    return subprocess.run(
        [shutil.which("git") or "git", *words], cwd=ROOT, capture_output=True, check=False, timeout=60
    )


@contextmanager
def serving(tree: Path, environment: Environment, *words: str, is_running: bool = False) -> Iterator[str]:
    """Serve by the code of a tree until the block ends; gives the address.

    One that `is_running` serves as a process that was started before an upgrade: it looks at no migrations.
    """
    port = free_port()
    serve = ["service.cli", "serve", "--port", str(port), *words]
    running = ["tests.web.serving", str(port), "1", "service.app:from_environment"]
    process = subprocess.Popen(
        [sys.executable, "-m", *(running if is_running else serve)],
        cwd=tree,
        env={**environment, "PYTHONPATH": str(tree), "LOG_LEVEL": "warning"},
    )
    url = f"http://127.0.0.1:{port}"
    try:
        until = time.monotonic() + START_S_MAX
        while not ready(url):
            assert process.poll() is None, "it ended"
            assert time.monotonic() < until
            time.sleep(0.1)
        yield url
        process.terminate()
        assert process.wait(STOP_S_MAX) == 0
    finally:
        process.kill()
        process.wait()


def ready(url: str) -> bool:
    """Tell whether requests are served."""
    try:
        return httpx.get(f"{url}/readyz", verify=tls.CONTEXT).status_code == httpx.codes.OK
    except httpx.TransportError:
        return False


def typed(tree: Path, environment: Environment, *words: str) -> dict[str, Any]:
    """Run a command of a tree, and read what it says."""
    done = subprocess.run(
        [sys.executable, "-m", "service.cli", *words, "--json"],
        cwd=tree,
        env={**environment, "PYTHONPATH": str(tree)},
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return said


class Desk:
    """Somebody at the desk of one clinic, whichever release serves it."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.headers = {"authorization": f"Bearer {key}"}

    def ask(self, url: str, method: str, path: str, body: object = None, **headers: str) -> Any:  # noqa: ANN401
        """Ask, and give the answer's JSON."""
        own = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = httpx.request(
            method, url + path, json=body, headers={**self.headers, **own}, timeout=60, verify=tls.CONTEXT
        )
        assert answer.is_success, answer.text
        return answer.json()

    def visit(self, url: str, reference: str) -> str:
        """Register, enroll and record somebody; gives their id."""
        at = clock.now() - timedelta(days=1)
        # A day earlier: at some hours the clinic's day is not yet that of UTC.
        starts_on = (at - timedelta(days=1)).date().isoformat()
        person: str = self.ask(url, "POST", "/v1/participants", {"reference": reference})["id"]
        self.ask(
            url,
            "POST",
            "/v1/enrollments",
            {"participant": person, "program": "flat", "starts_on": starts_on},
        )
        told = {"participant": person, "behavior": "homework", "outcome": "completed"}
        self.ask(url, "POST", "/v1/events", {**told, "occurred_at": at.isoformat(), "reference": reference})
        return person

    def balance(self, url: str, person: str) -> object:
        """What somebody has."""
        said: dict[str, object] = self.ask(url, "GET", f"/v1/participants/{person}/balance")
        said.pop("as_of")
        return said


def opened(tree: Path, environment: Environment, *where: str) -> Desk:
    """Make a clinic by the commands of a tree."""
    named = ("--name", "Harbor", "--timezone", "America/New_York")
    clinic = typed(tree, environment, "clinic", "create", *named, *where)["id"]
    key = typed(tree, environment, "key", "create", "--clinic", clinic, "--role", "manager", *where)["key"]
    return Desk(key)


def publish(desk: Desk, url: str) -> None:
    """Publish a program of one flat award."""
    phase = {"weeks": [1, 9], "earn": {"type": "flat", "amount": 500}}
    target = {"name": "t", "behavior": "homework", "phases": [phase]}
    program = {"name": "flat", "title": "Flat", "unit": "usd", "weeks": 9, "targets": [target]}
    desk.ask(url, "POST", "/v1/programs", program)


def test_the_release_before_serves_on_today_s_tables(
    before: Path, stores: Stores, own_database: str, elsewhere: Environment
) -> None:
    """While an upgrade is under way both serve, each reads what the other recorded, and the books agree."""
    environment = {**elsewhere, **environment_of(stores, own_database), **clock.setting()}
    desk = opened(ROOT, environment)
    with serving(ROOT, environment) as now, serving(before, environment, is_running=True) as then:
        publish(desk, now)
        people = [desk.visit(then, "by-the-old"), desk.visit(now, "by-the-new"), desk.visit(then, "again")]
        for person in people:
            assert desk.balance(now, person) == desk.balance(then, person)
            assert "500" in json.dumps(desk.balance(now, person))
    typed(ROOT, environment, "verify")


def later(place: Path, name: str, sql: str) -> Path:
    """Make the tree of a release after this one: today's, with one migration more."""
    for part in ("service", "schemas", "migrations"):
        shutil.copytree(ROOT / part, place / part, ignore=shutil.ignore_patterns("__pycache__"))
    (place / "migrations" / name).write_text(sql)
    return place


def test_today_s_release_serves_on_where_a_later_one_says_that_it_may_and_else_does_not(
    tmp_path: Path, stores: Stores, own_database: str, elsewhere: Environment
) -> None:
    """One step back: what a later one added is let be, and the books agree; what it took away is refused."""
    environment = {**elsewhere, **environment_of(stores, own_database), **clock.setting()}
    last = max((ROOT / "migrations").iterdir()).name
    adds = f"-- Runs under releases that know {last}.\nalter table participants add column next_field text;"
    expanded = later(tmp_path / "one", "9000_expand.sql", adds)
    assert typed(expanded, environment, "migrate")["applied"] == ["9000_expand.sql"]
    desk = opened(ROOT, environment)
    with serving(ROOT, environment) as url:
        publish(desk, url)
        person = desk.visit(url, "one-step-back")
    assert typed(ROOT, environment, "migrate")["applied"] == []
    with serving(expanded, environment) as url:
        assert "500" in json.dumps(desk.balance(url, person))
    for tree in (ROOT, expanded):
        typed(tree, environment, "verify")
    # What is to carry every table whole knows all of them, or does nothing.
    (clinic,) = typed(ROOT, environment, "clinic", "list")["clinics"]
    export = ("--clinic", clinic["id"], "--passphrase-file", __file__, str(tmp_path / "harbor.archive"))
    assert refused(ROOT, environment, "clinic", "export", *export) == "migrations_unfit"

    takes = "-- Runs under no release before.\nalter table participants drop column next_field;"
    contracted = later(tmp_path / "two", "9000_expand.sql", adds)
    (contracted / "migrations" / "9001_contract.sql").write_text(takes)
    assert typed(contracted, environment, "migrate")["applied"] == ["9001_contract.sql"]
    for words in (("serve", "--port", "0"), ("work", "--once"), ("migrate",), ("verify",)):
        assert refused(ROOT, environment, *words) == "migrations_unfit"


def refused(tree: Path, environment: Environment, *words: str) -> str:
    """Run a command of a tree that must not do anything; gives the code that says why."""
    done = subprocess.run(
        [sys.executable, "-m", "service.cli", *words, "--json"],
        cwd=tree,
        env={**environment, "PYTHONPATH": str(tree)},
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 5, done.stdout + done.stderr
    code: str = json.loads(done.stdout.splitlines()[-1])["code"]
    return code


def test_a_folder_of_the_release_before_is_brought_up_to_date_and_read(before: Path) -> None:
    """Its own keys, its own database: nothing is made anew, and nobody has more or less than they had."""
    with quick_folder() as made:
        where = ("--data", str(made / "data"))
        environment = clean_environment(**clock.setting())
        desk = opened(before, environment, *where)
        with serving(before, environment, *where) as url:
            publish(desk, url)
            person = desk.visit(url, "kept")
            had = desk.balance(url, person)
        with serving(ROOT, environment, *where) as url:
            assert desk.balance(url, person) == had
            desk.visit(url, "new")
        typed(ROOT, environment, "verify", *where)


def earned(demo: Demo) -> dict[str, list[int]]:
    """What each person whom a demo names has earned so far."""
    people = [one["id"] for one in demo.said["participants"]]
    balances = {one: demo.get(f"/v1/participants/{one}/balance")["balances"] for one in people}
    return {one: [kind["earned"] for kind in kinds] for one, kinds in balances.items()}


def test_a_demo_of_the_release_before_goes_on_as_today_s(before: Path) -> None:
    """The same clinic, key and people, each with what they had; nothing is made anew beside them."""
    with quick_folder() as made:
        environment = clean_environment(**clock.setting())
        # Whatever a command starts by itself is of that tree too, wherever it stands.
        theirs = {**environment, "PYTHONPATH": str(before), "PYTHONSAFEPATH": "1"}
        then = start(made / "data", environment=theirs, program=(sys.executable, "-m", "service.cli"))
        had, contract = earned(then), then.get("/openapi.json")
        assert then.end() == 0
        now = start(made / "data", environment=environment)
        assert now.get("/openapi.json") != contract, "it is another release"
        for same in ("clinic", "api_key"):
            assert now.said[same] == then.said[same]
        assert earned(now) == had
        assert now.end() == 0
        typed(ROOT, environment, "verify", "--data", str(made / "data"))
