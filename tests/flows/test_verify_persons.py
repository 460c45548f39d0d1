"""A second person who is none is refused by the database itself, and named where it is on record."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

import asyncpg
import pytest
from asyncpg import Connection
from msgspec import Struct

from schemas.erasures import NewErasure
from schemas.keys import NewKey
from schemas.openings import NewOpening
from schemas.proposals import NewManualAward
from schemas.restrictions import NewEmergency
from schemas.shelf import StockChange
from schemas.staff import Staff
from service.core.actors import Actor
from service.core.cursors import Page
from service.flows.access.keys import issue_key
from service.flows.ledger.manual_awards import (
    approve_manual_award,
    list_manual_awards,
    propose_manual_award,
)
from service.flows.ledger.openings import approve_opening, list_openings, propose_opening
from service.flows.people.emergencies import open_emergency, review_emergency
from service.flows.people.erasures import approve_erasure, propose_erasure
from service.flows.perform import Act, Done, perform
from service.flows.setup.clinics import operator
from service.flows.shelf.redemption_changes import approve_redemption_change, list_redemption_changes
from service.flows.shelf.rewards import change_stock
from service.flows.shelf.write_offs import approve_write_off, list_write_offs
from service.store import staff
from tests.flows.changing import card, given, limited, replacing
from tests.flows.conftest import TODAY
from tests.flows.giving import credited
from tests.flows.test_verify_second_persons import UNGUARDED, fault_in

if TYPE_CHECKING:
    from tests.flows.conftest import Scene


ADDED_SINCE = "update schema_migrations set applied_at = '2020-01-01' where name = '0041_readers.sql'"
"""From then on a newer link takes nobody from the readers of an account."""


class Hand(Struct, frozen=True):
    """Somebody or something that might say yes, and whether they are a second person to the first manager."""

    name: str
    id: UUID
    is_another: bool


@pytest.fixture
async def owner(own_database: str) -> AsyncIterator[Connection]:
    """Open the scene's database as its owner."""
    connection = await asyncpg.connect(own_database)
    yield connection
    await connection.close()


async def hands(scene: Scene) -> list[Hand]:
    """Give every kind of hand that might approve what the first manager proposed."""
    manager = scene.actor("manager")
    own_key = (await scene.value(lambda act: issue_key(act, NewKey("manager")))).id
    new = NewKey("manager", None, scene.another.id)
    done = await perform(scene.database, operator(scene.clinic), lambda act: issue_key(act, new))
    assert isinstance(done, Done)
    twin, made = await account(scene, "0+two@harbor.example"), await account(scene, "x@y.example", manager.id)
    return [
        Hand("themselves", manager.id, is_another=False),
        Hand("their key", own_key, is_another=False),
        Hand("somebody else's key", done.value.id, is_another=False),
        Hand("nobody", scene.clinic, is_another=False),
        Hand("a second account of their mailbox", twin, is_another=False),
        Hand("an account whose way in they read", made, is_another=False),
        Hand("another manager", scene.another.id, is_another=True),
    ]


async def account(scene: Scene, email: str, known_to: UUID | None = None) -> UUID:
    """Put another manager on the staff; the address of the first one begins with 2."""

    async def hire(act: Act) -> Done[UUID]:
        mine = email.replace("0+", "2+")
        made = Staff(act.new_id(), mine, "manager", "en", act.now)
        await staff.insert(act, made, None, is_temporary=False, by=act.actor.id, known_to=known_to)
        act.audit("staff.created", made.id, role="manager")
        return Done(made.id)

    done = await perform(scene.database, operator(scene.clinic), hire)
    assert isinstance(done, Done)
    return done.value


async def propose(scene: Scene) -> None:
    """Propose one thing of each kind as the first manager."""
    who = await scene.participant("P-1")
    await credited(scene, who, 6000, "usd")
    await limited(scene, 0)
    held = await given(scene, who, (await card(scene)).id)
    await scene.value(replacing(held.id))
    mug = await scene.reward(stock=9)
    await scene.value(lambda act: change_stock(act, mug.id, StockChange(-1, "Torn")))
    award = NewManualAward(who, "usd", 500, "Helped others")
    await scene.value(lambda act: propose_manual_award(act, award))
    opening = NewOpening(who, "points", TODAY, "The old sheet", available=100)
    await scene.value(lambda act: propose_opening(act, opening))


async def told(scene: Scene, staff_id: UUID, by: UUID, mailed: int = 0) -> None:
    """Put a link into an account on record as it was until now: by whom, and whether it went by mail."""

    async def tell(act: Act) -> Done[None]:
        if not mailed and by not in {scene.clinic, staff_id}:
            await staff.add_reader(act, staff_id, by)
        act.audit("staff.invited", staff_id, mailed=mailed)
        return Done(None)

    assert isinstance(await perform(scene.database, Actor(scene.clinic, by, "manager"), tell), Done)


SETTLED = {
    "manual_awards": "paid = amount, clipped = 0, why = ''",
    "write_offs": "refusal = null",
    "redemption_changes": "refusal = null",
    "openings": "refusal = null",
}


async def test_database_refuses_a_second_person_who_is_none(scene: Scene, owner: Connection) -> None:
    """Whatever the service were made to write: by a key, by one's own key, by one's own second account."""
    await propose(scene)
    for hand in await hands(scene):
        for table, also in SETTLED.items():
            written = (
                f"update {table} set status = 'approved', settled_at = now(), settled_by = $1, {also} "  # noqa: S608
                "where status = 'proposed'"
            )
            transaction = owner.transaction()
            await transaction.start()
            if hand.is_another:
                assert await owner.execute(written, hand.id) == "UPDATE 1", table
            else:
                with pytest.raises(asyncpg.CheckViolationError) as refused:
                    await owner.execute(written, hand.id)
                known = {f"{table}_by_two_persons", f"{table}_settled_by_another_person"}
                assert refused.value.constraint_name in known, (hand, table)
            await transaction.rollback()


async def test_database_lets_nobody_say_that_only_ids_were_compared(scene: Scene, owner: Connection) -> None:
    """That mark is for what was settled before persons were compared."""
    await propose(scene)
    for table in SETTLED:
        with pytest.raises(asyncpg.CheckViolationError):
            await owner.execute(f"update {table} set by_ids = true where status = 'proposed'")  # noqa: S608


async def approve(scene: Scene) -> None:
    """Approve everything that is proposed as another manager, and withdraw the opening again."""
    everything = Page(200)
    for award in (
        await scene.value(lambda act: list_manual_awards(act, everything, status="proposed"))
    ).items:
        await scene.by_another(partial(approve_manual_award, manual_award=award.id))
    for off in (await scene.value(lambda act: list_write_offs(act, everything, status="proposed"))).items:
        await scene.by_another(partial(approve_write_off, write_off=off.id))
    waiting = await scene.value(lambda act: list_redemption_changes(act, everything, status="proposed"))
    for change in waiting.items:
        await scene.by_another(partial(approve_redemption_change, change_id=change.id))
    for opening in (await scene.value(lambda act: list_openings(act, everything, status="proposed"))).items:
        await scene.by_another(partial(approve_opening, opening_id=opening.id))


async def test_verify_names_a_second_person_who_is_none(scene: Scene, owner: Connection) -> None:
    """By persons, which the ids alone do not tell; whoever could read a way in is one with its owner."""
    await owner.execute(ADDED_SINCE)
    await propose(scene)
    several = await hands(scene)
    await approve(scene)
    assert await fault_in(scene) is None
    await owner.execute(UNGUARDED)
    for hand in several:
        for table in ("manual_awards", "redemption_changes", "openings"):
            await owner.execute(f"create temporary table kept as select * from {table}")  # noqa: S608
            written = f"update {table} set settled_by = $1 where status = 'approved'"  # noqa: S608
            assert await owner.execute(written, hand.id) != "UPDATE 0"
            fault = await fault_in(scene)
            is_named = fault is not None and fault.expected.startswith(("approved by", "settled by"))
            assert is_named != hand.is_another, (hand, table, fault)
            await owner.execute(f"delete from {table}")  # noqa: S608
            await owner.execute(f"insert into {table} select * from kept; drop table kept")  # noqa: S608
    assert await fault_in(scene) is None
    await owner.execute("update manual_awards set by_ids = true, settled_at = '2999-01-01'")
    fault = await fault_in(scene)
    assert fault is not None
    assert fault.expected == "compared by persons"


async def test_verify_names_an_erasure_and_a_review_by_one_person(scene: Scene, owner: Connection) -> None:
    """Neither a second account of theirs nor a key; and nobody is named whom the trail does not tell."""
    await owner.execute(ADDED_SINCE)
    several = await hands(scene)
    who = await scene.participant("P-1")
    opened = await scene.value(
        lambda act: open_emergency(act, NewEmergency(who, "Not responsive", "Dr. Ruiz"))
    )
    await scene.by_another(lambda act: review_emergency(act, opened.id))
    proposed = await scene.value(lambda act: propose_erasure(act, who, NewErasure("They asked for it")))
    await scene.by_another(lambda act: approve_erasure(act, proposed.id))
    assert await fault_in(scene) is None
    await owner.execute(UNGUARDED)
    for hand in several:
        for table, settled in (("erasures", "settled"), ("emergencies", "reviewed")):
            kept = await owner.fetchval(f"select {settled}_by from {table}")  # noqa: S608  names of our own
            await owner.execute(f"update {table} set {settled}_by = $1", hand.id)  # noqa: S608
            fault = await fault_in(scene)
            assert (fault is None) == hand.is_another, (hand, table, fault)
            if fault is not None:
                assert (fault.table, fault.expected[:9]) == (table, "approved "), (hand, fault)
            await owner.execute(f"update {table} set {settled}_by = $1", kept)  # noqa: S608
    third = await account(scene, "third@harbor.example")
    for table, column in (
        ("erasures", "settled_by"),
        ("erasures", "proposed_by"),
        ("emergencies", "reviewed_by"),
        ("emergencies", "opened_by"),
    ):
        kept = await owner.fetchval(f"select {column} from {table}")  # noqa: S608
        await owner.execute(f"update {table} set {column} = $1", third)  # noqa: S608
        fault = await fault_in(scene)
        assert fault is not None
        assert (fault.table, fault.expected) == (table, f"{column} = {kept}, as was told")
        await owner.execute(f"update {table} set {column} = $1", kept)  # noqa: S608
    assert await fault_in(scene) is None


@pytest.mark.parametrize("is_before", [True, False])
async def test_verify_counts_every_reader_of_before_a_deed(
    scene: Scene, owner: Connection, is_before: bool
) -> None:
    """A link that an account made for itself takes no reader from it; one by mail only did so before."""
    if not is_before:
        await owner.execute(ADDED_SINCE)
    await propose(scene)
    other, manager = await account(scene, "x@y.example"), scene.actor("manager").id
    await approve(scene)
    await owner.execute(UNGUARDED)

    async def is_named() -> bool:
        """Whether the other account, were it to approve an hour later, is named as no other person."""
        scene.clock.now += timedelta(hours=1)
        await owner.execute(
            "update manual_awards set settled_by = $1, settled_at = $2", other, scene.clock.now
        )
        fault = await fault_in(scene)
        scene.clock.now += timedelta(hours=1)
        return fault is not None and fault.expected == "approved by another person"

    assert not await is_named()
    await told(scene, other, by=manager)
    approved_before = await owner.fetchval("select settled_at from manual_awards")
    assert await is_named()
    await told(scene, other, by=other)
    assert await is_named()
    await told(scene, other, by=scene.another.id, mailed=1)
    assert await is_named() is not is_before
    await owner.execute("update manual_awards set settled_at = $1", approved_before)
    fault = await fault_in(scene)
    assert fault is None or fault.expected != "approved by another person"


async def test_verify_names_a_reader_who_is_forgotten(scene: Scene, owner: Connection) -> None:
    """The trail tells who saw the link; the operator, the owner and who had it mailed are none."""
    other, manager = await account(scene, "x@y.example"), scene.actor("manager").id
    await told(scene, other, by=manager)
    await told(scene, other, by=other)
    await told(scene, other, by=scene.clinic)
    await told(scene, other, by=scene.another.id, mailed=1)
    assert await fault_in(scene) is None
    await owner.execute("delete from readers")
    fault = await fault_in(scene)
    assert fault is not None
    assert (fault.table, fault.ids) == ("readers", {"staff_id": str(other)})
