"""What a benchmark stands on: stores of its own, a clinic with participants, and a server process."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TypeVar
from uuid import UUID

import asyncpg
import msgspec
from msgspec import Struct

from schemas.keys import NewKey
from schemas.people import NewEnrollment, NewParticipant
from schemas.program import Program
from schemas.shown_once import shown
from service import embedded, settings
from service.core.actors import Actor
from service.core.refusals import Refused
from service.embedded import Stores
from service.flows.access.keys import issue_key
from service.flows.people.enrollments import open_enrollment
from service.flows.people.participants import register_participant
from service.flows.perform import Again, Done, perform
from service.flows.programs.programs import publish_program
from service.flows.setup.clinics import create_clinic, operator
from service.store.database.cipher import Cipher
from service.store.database.migrate import migrate
from service.store.database.pool import Database, connect
from service.store.database.waits import in_background
from tests.databases import of_database

T = TypeVar("T")

ROOT = Path(__file__).resolve().parents[2]
WEEKS = 520
TARGET = "stimulant-negative"
PROGRAM = {
    "name": "bench",
    "title": "A long ladder",
    "unit": "usd",
    "weeks": WEEKS,
    "targets": [
        {
            "name": TARGET,
            "behavior": "test",
            "limit": {"per_week": 2},
            "phases": [
                {
                    "weeks": [1, WEEKS],
                    "earn": {"type": "ladder", "start": 1000, "step": 150, "every": 2, "max": 2650},
                    "on_failure": {"reset": True, "recovery": {"after": 2, "pays": "next", "to": "due"}},
                }
            ],
        }
    ],
}


class Clinic(Struct, frozen=True):
    """A clinic to be measured: the keys of an integration and a desk, its participants, their enrollments."""

    id: UUID
    key: str
    desk_key: str
    participants: list[UUID]
    enrollments: list[UUID]
    starts_on: date


@contextlib.contextmanager
def stores(folder: Path) -> Iterator[Stores]:
    """Start PostgreSQL and Valkey in a fresh folder, migrated."""
    started = embedded.start(folder)
    try:
        asyncio.run(migrate(started.owner_url, started.database_url))
        yield started
    finally:
        started.stop()


def clinic(started: Stores, people: int) -> Clinic:
    """Make a clinic with so many enrolled participants."""
    return asyncio.run(_clinic(started, people))


async def _clinic(started: Stores, people: int) -> Clinic:
    given = settings.read(started.environment())
    cipher = Cipher(given.field_keys, given.index_key, given.audit_key)
    database = await connect(
        started.database_url, cipher, lambda: datetime.now(UTC), in_background(5), connections_max=4
    )
    try:
        made = _done(await create_clinic(database, "Bench", "America/New_York"))
        actor = operator(made.id)
        program = msgspec.convert(PROGRAM, Program)
        _done(await perform(database, actor, lambda act: publish_program(act, program)))
        key = _done(await perform(database, actor, lambda act: issue_key(act, NewKey("integration"))))
        desk_key = _done(await perform(database, actor, lambda act: issue_key(act, NewKey("front_desk"))))
        starts_on = datetime.now(UTC).date() - timedelta(weeks=WEEKS)
        enrolled = [await _enroll(database, actor, f"P-{number}", starts_on) for number in range(people)]
        whose, which = [who for who, _ in enrolled], [one for _, one in enrolled]
        # A server does so by itself within a minute; until then it plans as if a clinic had nobody.
        await _analyze(started)
        return Clinic(made.id, shown(key.key), shown(desk_key.key), whose, which, starts_on)
    finally:
        await database.close()


async def _analyze(started: Stores) -> None:
    connection = await asyncpg.connect(of_database(started.admin_url, "rewards"))
    try:
        await connection.execute("analyze")
    finally:
        await connection.close()


async def _enroll(database: Database, actor: Actor, reference: str, starts_on: date) -> tuple[UUID, UUID]:
    person = _done(
        await perform(database, actor, lambda act: register_participant(act, NewParticipant(reference)))
    )
    new = NewEnrollment(person.id, "bench", starts_on)
    return person.id, _done(await perform(database, actor, lambda act: open_enrollment(act, new))).id


def _done(answer: Done[T] | Again | Refused) -> T:
    if isinstance(answer, Done):
        return answer.value
    raise RuntimeError(f"the benchmark's clinic could not be made: {answer}")


@contextlib.contextmanager
def running(command: list[str], environment: dict[str, str]) -> Iterator[int]:
    """Run a process that serves nothing until the measuring is over; gives its process id."""
    process = subprocess.Popen(command, env=os.environ | environment, cwd=ROOT)
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait(timeout=30)


@contextlib.contextmanager
def server(command: list[str], environment: dict[str, str], port: int, ready: str) -> Iterator[int]:
    """Run a server process until the measuring is over; gives its process id once it serves `ready`."""
    process = subprocess.Popen(command, env=os.environ | environment, cwd=ROOT)
    try:
        until = time.monotonic() + 30
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}{ready}", timeout=1):
                    break
            except OSError:
                if time.monotonic() > until or process.poll() is not None:
                    raise RuntimeError(f"{command} did not serve {ready}") from None
                time.sleep(0.05)
        yield process.pid
    finally:
        process.terminate()
        process.wait(timeout=30)


def free_port() -> int:
    """Find a port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def verified(started: Stores) -> None:
    """Verify every clinic; raises RuntimeError where the books are wrong."""
    ran = subprocess.run(
        rewards("verify"),
        env=os.environ | started.environment(),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode:
        raise RuntimeError(f"verify ended with {ran.returncode}: {ran.stdout}{ran.stderr}")


def rewards(*words: str) -> list[str]:
    """Give the command line of a `rewards` command."""
    return [sys.executable, "-m", "service.cli", *words]
