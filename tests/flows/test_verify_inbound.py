"""A message or a source that was tampered with is found in the books, and so is an event that nobody sent."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import TYPE_CHECKING

import asyncpg
import pytest
from asyncpg import Connection

from schemas.events import NewEvent
from schemas.inbound import Discard, NewSource, SourceChange
from service.core.actors import Actor
from service.flows.inbound.review import discard_message
from service.flows.inbound.sources import change_source, remove_source
from service.flows.verify.verify import verify
from service.flows.visits.record_events import Recorded, ToRecord
from tests.flows.conftest import MONDAY
from tests.flows.sending import LABORATORY, NEGATIVE, sender, work

if TYPE_CHECKING:
    from schemas.verdicts import BookFault
    from tests.flows.conftest import Scene

UNGUARDED = """
do $$
declare
    guard record;
begin
    for guard in select conrelid::regclass as guarded, conname from pg_constraint
        where contype in ('f', 'c') and conrelid in ('sources'::regclass, 'inbound_messages'::regclass)
    loop
        execute format('alter table %s drop constraint %I', guard.guarded, guard.conname);
    end loop;
end
$$
"""

FAULTS = [
    # what is planted, and the table that is named
    ("update sources set mapping = null where mapping is not null", "sources"),
    ('update sources set verifier = \'{"type":"bearer"}\' where mapping is not null', "sources"),
    ("update sources set secret = '\\x00' where mapping is not null", "sources"),
    ("update sources set created_by = source_id", "sources"),
    ("update sources set deleted_at = null", "sources"),
    ("update sources set deleted_at = now()", "sources"),
    ("delete from sources where mapping is not null", "sources"),
    ("update inbound_messages set body = key", "inbound_messages"),
    ("update inbound_messages set body_index = key", "inbound_messages"),
    ("update inbound_messages set key = body_index", "inbound_messages"),
    ("update inbound_messages set sender_id = null", "inbound_messages"),
    ("update inbound_messages set received_at = received_at + interval '1 s'", "inbound_messages"),
    ("update inbound_messages set source_id = gen_random_uuid() where status = 'review'", "inbound_messages"),
    (
        "update inbound_messages set event_id = gen_random_uuid() where status = 'recorded'",
        "inbound_messages",
    ),
    ("update inbound_messages set event_id = null where status = 'recorded'", "inbound_messages"),
    ("update inbound_messages set participant_id = message_id where status = 'recorded'", "inbound_messages"),
    (
        (
            "update inbound_messages set status = 'review', event_id = null, participant_id = null "
            "where status = 'recorded'"
        ),
        "inbound_messages",
    ),
    ("update inbound_messages set status = 'ignored' where status = 'review'", "inbound_messages"),
    ("update inbound_messages set code = 'malformed' where status = 'review'", "inbound_messages"),
    ("update inbound_messages set discarded_by = source_id where status = 'discarded'", "inbound_messages"),
    ("delete from inbound_messages where status = 'recorded'", "inbound_messages"),
    ("delete from inbound_messages where status = 'review'", "inbound_messages"),
]


@pytest.fixture
async def owner(own_database: str) -> AsyncIterator[Connection]:
    """Open the scene's database as its owner, with no foreign key and no check in the way."""
    connection = await asyncpg.connect(own_database)
    await connection.execute(UNGUARDED)
    yield connection
    await connection.close()


async def fault_in(scene: Scene) -> BookFault | None:
    """Find the first fault of the scene's clinic."""
    verdict = await verify(scene.database, scene.clinic, lambda _what, _more: None)
    assert verdict is not None
    return verdict.fault


async def furnish(scene: Scene) -> None:
    """Make messages of each status, and a source that is deleted."""
    await scene.enrolled()
    one = await sender(scene, NewSource(mapping=LABORATORY))
    await scene.value(lambda act: change_source(act, one.source.id, SourceChange(name="Lab"), 1))
    await one.send({"code": "N", "at": MONDAY.timestamp(), "chart": "P-1"}, "a")
    await one.send({"code": "X"}, "b")
    trial = await one.send({"code": "Y"}, "c")
    await scene.value(lambda act: discard_message(act, trial.message.id, Discard("A trial.")))
    other = await sender(scene)
    await scene.value(lambda act: remove_source(act, other.source.id))


async def test_verify_names_tampered_inbound_rows(scene: Scene, owner: Connection) -> None:
    """Whatever is planted, the first fault that is named lies there; what is put back is clean again."""
    await furnish(scene)
    assert await fault_in(scene) is None
    missed: dict[str, object] = {}
    for fault, table in FAULTS:
        changed = re.search(r"(?:update|delete from) (\w+)", fault)
        assert changed
        await owner.execute(f"create temporary table kept as select * from {changed[1]}")  # noqa: S608  our own words
        done = await owner.execute(fault)
        found = await fault_in(scene)
        if done.endswith(" 0") or found is None or found.table != table or not found.ids:
            missed[fault] = (done, found)
        await owner.execute(f"delete from {changed[1]}")  # noqa: S608  our own words
        await owner.execute(f"insert into {changed[1]} select * from kept; drop table kept")  # noqa: S608
    assert missed == {}
    assert await fault_in(scene) is None


async def test_an_event_of_a_source_that_sent_no_such_message_is_found(scene: Scene) -> None:
    """Nobody records in a source's name; while one of its messages is kept, the event may be that one's."""
    enrolled = await scene.enrolled()
    one = await sender(scene)
    event = NewEvent("negative", MONDAY, enrollment=enrolled.id, target="test")
    actor = Actor(scene.clinic, one.source.id, "integration")
    (answer,) = await scene.recorder.record(scene.clinic, [ToRecord(actor, event)])
    assert isinstance(answer, Recorded)
    found = await fault_in(scene)
    assert found is not None
    assert found.table == "events"
    await one.keep_only({**NEGATIVE, "occurred_at": (MONDAY + timedelta(seconds=1)).isoformat()})
    assert await fault_in(scene) is None


async def test_a_message_that_cannot_be_opened_holds_up_no_other(scene: Scene, owner: Connection) -> None:
    """The worker goes on, and what it could not open is still there."""
    await scene.enrolled()
    one, other = await sender(scene), await sender(scene)
    await one.keep_only(NEGATIVE)
    await other.keep_only(NEGATIVE)
    await owner.execute("update inbound_messages set body = '\\x00' where source_id = $1", one.source.id)
    assert await work(scene) == 1
    assert [message.status for message in await one.listed()] == ["kept"]
    assert [message.status for message in await other.listed()] == ["recorded"]
