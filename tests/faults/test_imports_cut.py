"""PostgreSQL goes away in the middle of an import: it says how far it came, and goes on as soon as it can."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import asyncpg
import msgspec
import pytest

from schemas.program import Program
from service import settings
from service.flows.imports.bring_import import begin_import, check_import, read_import
from service.flows.imports.run_imports import run_imports
from service.flows.perform import Done, perform
from service.flows.programs.programs import publish_program
from service.flows.setup.clinics import operator
from service.store.database.absence import is_away
from tests.faults.conftest import eventually
from tests.faults.proxies import before_postgresql, through
from tests.flows.importing import CALIFORNIA, HEAD, line
from tests.walks.conftest import REWARDS, clean_environment
from tests.web.conftest import open_database

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from asyncpg import Connection

    from tests.faults.conftest import Ground
    from tests.faults.proxies import Proxy
    from tests.web.conftest import Clinic

pytestmark = pytest.mark.slow

LINES = 700
PROGRAM = Path(__file__).resolve().parents[2] / "schemas" / "programs" / f"{CALIFORNIA}.yaml"
HOLD = "select from audit_heads where clinic_id = $1 for update"
"""Holds what every piece of an import ends with."""
WAITING = "select count(*) from pg_locks where not granted and pid <> pg_backend_pid()"


async def waiting(connection: Connection, more_than: int) -> None:
    """Wait until more wait for a lock than so many."""

    async def said() -> bool:
        return bool(await connection.fetchval(WAITING) > more_than)

    await eventually(said, "it waits for what is held", 60)


@asynccontextmanager
async def cut_after(ground: Ground, proxy: Proxy, clinic: Clinic, deeds: int) -> AsyncIterator[None]:
    """Let what is begun inside do so many deeds, and then take PostgreSQL away in the middle of one."""
    holders = [await asyncpg.connect(ground.stores.owner_url) for _ in range(2)]
    try:
        for holder in holders:
            await holder.execute(f"set app.clinic = '{clinic.id}'")
        held = holders[0].transaction()
        await held.start()
        await holders[0].execute(HOLD, clinic.id)
        yield
        for number in range(deeds):
            await waiting(holders[number % 2], 0)
            # The other one is next in the line, so that a single deed gets through.
            following = holders[(number + 1) % 2]
            then = following.transaction()
            await then.start()
            holding = asyncio.create_task(following.execute(HOLD, clinic.id))
            await waiting(holders[number % 2], 1)
            await held.rollback()
            await holding
            held = then
        await waiting(holders[deeds % 2], 0)
        proxy.mode = "refuses"
        proxy.cut_all()
        await held.rollback()
    finally:
        for holder in holders:
            await holder.close()


async def clinic_with_a_program(ground: Ground) -> Clinic:
    """Make a clinic with the program that the lines are of."""
    clinic = await ground.clinic("http://nowhere.invalid")
    program = msgspec.yaml.decode(await asyncio.to_thread(PROGRAM.read_bytes), type=Program)
    publish = partial(publish_program, program=program)
    assert isinstance(await perform(ground.database, operator(UUID(clinic.id)), publish), Done)
    return clinic


def a_file() -> str:
    """Write a file of one visit for each of many people."""
    return HEAD + "".join(line(f"P-{number:04}", "2026-03-02") for number in range(LINES))


async def test_an_import_from_which_postgresql_goes_away_says_how_far_it_came(
    stood: Ground, tmp_path: Path
) -> None:
    """What was recorded, known, refused and not reached; the same file then records the rest."""
    clinic, proxy = await clinic_with_a_program(stood), before_postgresql(stood.stores.database_url)
    path = tmp_path / "visits.csv"
    path.write_text(a_file() + line("P-9999", "2026-03-02", "no such outcome"), encoding="utf-8")
    words = [str(REWARDS), "import", str(path), "--enroll", "--json", "--clinic", clinic.id]
    environment = clean_environment(**stood.stores.environment())
    await proxy.start()
    try:
        cut = {**environment, "DATABASE_URL": through(environment["DATABASE_URL"], proxy)}
        async with cut_after(stood, proxy, clinic, 2):
            running = await asyncio.create_subprocess_exec(*words, stdout=asyncio.subprocess.PIPE, env=cut)
        out, _ = await running.communicate()
    finally:
        await proxy.stop()
    told = json.loads(out.splitlines()[-1])
    assert (running.returncode, told["code"]) == (4, "store_away")
    assert 0 < told["recorded"] < LINES
    assert told["recorded"] + told["found"] + told["refused"] + told["not_reached"] == LINES + 1
    again = await asyncio.create_subprocess_exec(*words, stdout=asyncio.subprocess.PIPE, env=environment)
    out, _ = await again.communicate()
    rest = json.loads(out.splitlines()[-1])
    # A piece whose commit was not answered may be on record all the same: then it is known now.
    assert rest["recorded"] + rest["found"] == LINES
    assert rest["found"] >= told["recorded"]
    assert rest["not_reached"] == 0


async def test_a_worker_that_postgresql_leaves_gives_its_import_back_at_once(stood: Ground) -> None:
    """Another one takes it up as soon as PostgreSQL answers, not after a minute; each line counts once."""
    clinic, proxy = await clinic_with_a_program(stood), before_postgresql(stood.stores.database_url)
    own, actor = UUID(clinic.id), operator(UUID(clinic.id))
    checked = await perform(stood.database, actor, partial(check_import, data=a_file().encode()))
    assert isinstance(checked, Done)
    begin = partial(begin_import, import_id=checked.value.id, enrolls=True)
    assert isinstance(await perform(stood.database, actor, begin), Done)
    await proxy.start()
    environment = stood.stores.environment()
    cut = {**environment, "DATABASE_URL": through(environment["DATABASE_URL"], proxy)}
    worker = await open_database(settings.read(cut))
    try:
        async with cut_after(stood, proxy, clinic, 1):
            working = asyncio.create_task(run_imports(worker, own, timedelta(minutes=5)))
        assert await run_imports(stood.database, own, timedelta(minutes=5)) == 0, "it is in hand"
        proxy.mode = "passes"
        with pytest.raises(Exception) as left:  # noqa: PT011  whatever it is, it says that PostgreSQL is away
            await working
        assert is_away(left.value)
        assert await run_imports(stood.database, own, timedelta(minutes=5)) > 0
    finally:
        worker.pool.terminate()
        await proxy.stop()
    ended = await perform(stood.database, actor, partial(read_import, import_id=checked.value.id))
    assert isinstance(ended, Done)
    assert (ended.value.status, ended.value.recorded, ended.value.refused) == ("ended", LINES, 0)
