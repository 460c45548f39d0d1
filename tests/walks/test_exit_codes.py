"""A script tells from the exit code alone what happened, and reads the rest from one JSON object."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import pytest

from service.worker import CHORES
from tests.databases import environment_of
from tests.walks.conftest import REWARDS

if TYPE_CHECKING:
    from service.embedded import Stores
    from tests.walks.conftest import Environment, Run

NOBODY = "00000000-0000-7000-8000-000000000000"
AWAY = "postgresql://nobody@127.0.0.1:9/nothing"

Given = Callable[[str], "Environment"]


@pytest.fixture
def given(stores: Stores, elsewhere: Environment) -> Given:
    """Give an environment that names a database as a real server, and the session's other store."""

    def environment(database: str) -> Environment:
        own = environment_of(stores, database)
        return {**elsewhere, **own, "LOG_LEVEL": "warning"}

    return environment


def execute(url: str, statement: str, *values: object) -> None:
    """Run one statement on a database."""

    async def run() -> None:
        connection = await asyncpg.connect(url)
        try:
            await connection.execute(statement, *values)
        finally:
            await connection.close()

    asyncio.run(run())


def told(ended: subprocess.CompletedProcess[str], code: int) -> dict[str, Any]:
    """Read the one JSON object of a command that ended with `code`; its sentence stands on stderr too."""
    assert ended.returncode == code, ended.stderr
    (line,) = ended.stdout.splitlines()
    found: dict[str, Any] = json.loads(line)
    if code:
        assert found["detail"] in ended.stderr
        assert "Traceback" not in ended.stderr
    return found


@pytest.mark.parametrize(
    "words",
    [
        ("migrate",),
        ("migrate", "--check"),
        ("clinic", "list"),
        ("key", "create", "--clinic", NOBODY, "--role", "manager"),
        ("verify",),
    ],
)
def test_a_database_that_is_away_ends_with_4(given: Given, rewards: Run, words: tuple[str, ...]) -> None:
    """Whatever the command; nothing is wrong with the books."""
    found = told(rewards(*words, "--json", environment=given(AWAY), check=False), 4)
    assert found["code"] == "store_away"
    assert "DATABASE_URL" in found["detail"]


def test_a_database_that_lacks_migrations_ends_with_5(stores: Stores, given: Given, rewards: Run) -> None:
    """Every command says so with the remedy, and `migrate --check` lists them; `migrate` brings them."""
    name = f"rewards_unmigrated_{os.getpid()}"
    owner = urlsplit(stores.owner_url)
    execute(stores.admin_url, f'create database "{name}" owner "{owner.username}"')
    try:
        environment = given(urlunsplit(owner._replace(path=f"/{name}")))
        listed = told(rewards("clinic", "list", "--json", environment=environment, check=False), 5)
        assert listed["code"] == "migrations_pending"
        assert "rewards migrate" in listed["detail"]
        checked = told(rewards("migrate", "--check", "--json", environment=environment, check=False), 5)
        applied = told(rewards("migrate", "--json", environment=environment), 0)
        assert applied["applied"] == checked["pending"]
        assert checked["pending"][0] == "0001_ground.sql"
        assert told(rewards("migrate", "--check", "--json", environment=environment), 0) == {"pending": []}
        execute(environment["MIGRATION_DATABASE_URL"], "update schema_migrations set checksum = 'other'")
        changed = told(rewards("migrate", "--json", environment=environment, check=False), 5)
        assert changed["code"] == "migrations_unfit"
    finally:
        execute(stores.admin_url, f'drop database if exists "{name}" with (force)')


def test_clinics_are_listed_and_what_is_refused_ends_with_3(
    own_database: str, given: Given, rewards: Run, tmp_path: Path
) -> None:
    """A refusal keeps the code that the API gives it; a clinic that is not there is one."""
    environment = given(own_database)
    create = ("clinic", "create", "--json", "--timezone")
    south = told(rewards(*create, "UTC", "--name", "South", environment=environment), 0)
    north = told(rewards(*create, "America/Denver", "--name", "North", environment=environment), 0)
    assert told(rewards("clinic", "list", "--json", environment=environment), 0) == {
        "clinics": [north, south]
    }
    shown = rewards("clinic", "list", environment=environment).stdout
    assert shown == f"{north['id']}  North (America/Denver)\n{south['id']}  South (UTC)\n"
    refused = told(rewards(*create, "Nowhere", "--name", "N", environment=environment, check=False), 3)
    assert refused["code"] == "invalid"
    path = tmp_path / "visits.csv"
    path.write_text("participant_reference,target,outcome,occurred_at\nA,b,c,2026-03-02T09:30:00Z\n")
    for words in (("key", "create", "--role", "manager"), ("verify",)):
        ended = rewards(*words, "--clinic", NOBODY, "--json", environment=environment, check=False)
        assert told(ended, 3)["code"] == "not_found"
    brought = ("import", str(path), "--clinic", north["id"], "--json")
    lines = told(rewards(*brought, environment=environment, check=False), 3)
    assert lines["code"] == "lines_refused"
    assert (lines["recorded"], lines["found"], lines["refused"]) == (0, 0, 1)
    assert lines["refused_file"] == str(tmp_path / "visits.csv.refused.csv")


def test_wrong_books_end_with_1_and_the_first_fault(own_database: str, given: Given, rewards: Run) -> None:
    """Nothing else does: a watching script can call somebody."""
    environment = given(own_database)
    create = ("clinic", "create", "--name", "N", "--timezone", "UTC", "--json")
    clinic = told(rewards(*create, environment=environment), 0)["id"]
    clean = told(rewards("verify", "--json", environment=environment), 0)
    assert (clean["clean"], clean["fault"]) == (True, None)
    execute(own_database, "update audit set detail = '{}' where seq = 1")
    found = told(rewards("verify", "--json", environment=environment, check=False), 1)
    assert (found["code"], found["clean"], found["fault"]["clinic"]) == ("books_wrong", False, clinic)


def test_work_once_says_how_much_each_chore_did(own_database: str, given: Given, rewards: Run) -> None:
    """A chore with nothing to do counts 0, and one old idempotency key is one."""
    environment = given(own_database)
    create = ("clinic", "create", "--name", "N", "--timezone", "UTC", "--json")
    clinic = told(rewards(*create, environment=environment), 0)["id"]
    execute(
        own_database,
        "insert into idempotency (clinic_id, actor_id, key, digest, made, answer, moved_value, answered_at) "
        "values ($1, $1, 'old', 'd', 'done', 'a', false, now() - interval '1 year')",
        clinic,
    )
    done = told(rewards("work", "--once", "--json", environment=environment), 0)["done"]
    assert set(done) == {chore.name for chore in CHORES}
    assert {name: count for name, count in done.items() if count} == {"expire_keys": 1, "end_days": 1}


def test_a_reader_that_goes_away_is_no_fault(elsewhere: Environment) -> None:
    """As a shell counts it, and without a word about a database that was never asked."""
    read, write = os.pipe()
    os.close(read)
    try:
        ended = subprocess.run(
            [str(REWARDS), "completion", "bash"],
            stdout=write,
            stderr=subprocess.PIPE,
            text=True,
            env=elsewhere,
            check=False,
        )
    finally:
        os.close(write)
    assert (ended.returncode, ended.stderr) == (141, "")


def test_a_process_that_would_be_the_owner_does_not_start(
    rewards: Run, given: Given, own_database: str
) -> None:
    """It says what to set and what to run, with the code of a wrong setting; migrating is the owner's."""
    environment = {**given(own_database), "DATABASE_URL": own_database}
    for words in (("serve", "--port", "0"), ("work", "--once"), ("verify",), ("clinic", "list")):
        found = told(rewards(*words, "--json", environment=environment, check=False), 2)
        assert found["code"] == "login_unfit"
        assert "MIGRATION_DATABASE_URL" in found["detail"]
        assert "rewards migrate" in found["detail"]
    assert told(rewards("migrate", "--json", environment=environment, check=False), 2)["applied"] == []


def test_a_checkpoint_is_written_once_and_shows_a_clinic_that_is_gone(
    rewards: Run, given: Given, own_database: str, tmp_path: Path
) -> None:
    """It is never written over; what it names and the database lacks is the first fault."""
    environment = given(own_database)
    create = ("clinic", "create", "--name", "N", "--timezone", "UTC", "--json")
    clinic = told(rewards(*create, environment=environment), 0)["id"]
    kept = tmp_path / "trail.json"
    words = ("audit", "checkpoint", "--out", str(kept), "--json")
    (one,) = told(rewards(*words, environment=environment), 0)["checkpoints"]
    assert (one["clinic"], one["seq"]) == (clinic, 1)
    assert told(rewards(*words, environment=environment, check=False), 2)["code"] == "file_unusable"
    verify = ("verify", "--checkpoint", str(kept), "--json")
    assert told(rewards(*verify, environment=environment), 0)["clean"]
    one["clinic"] = NOBODY
    kept.write_text(json.dumps({"checkpoints": [one]}))
    found = told(rewards(*verify, environment=environment, check=False), 1)
    assert (found["code"], found["fault"]["table"]) == ("books_wrong", "clinics")
    kept.write_text("{}")
    assert told(rewards(*verify, environment=environment, check=False), 2)["code"] == "file_unusable"
