"""A fault planted by hand in seeds, draws, prizes or names drawn is found where it lies."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

import asyncpg
import pytest

from schemas.draws import GivePrize, NewDraws, NewHat
from schemas.events import NewEvent
from schemas.people import NewEnrollment
from schemas.program import Bowl, Draws, Hat, Phase, Program, Target, Tier
from schemas.shelf import NewCodes, NewReward
from schemas.verdicts import BookFault
from service.core.cursors import Page
from service.flows.draws.draws import draw_prizes
from service.flows.draws.hats import draw_names
from service.flows.draws.prizes import give_prize, list_prizes
from service.flows.draws.seeds import rotate_seeds
from service.flows.people.enrollments import open_enrollment
from service.flows.programs.programs import publish_program
from service.flows.shelf.rewards import add_codes, add_reward
from service.flows.verify.verify import verify
from service.flows.visits.record_events import Recorder, ToRecord

if TYPE_CHECKING:
    from tests.flows.conftest import Scene

MONDAY = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)

UNGUARDED = """
do $$
declare
    guard record;
begin
    for guard in select conrelid::regclass as guarded, conname from pg_constraint
        where contype in ('f', 'c') and conislocal and connamespace = 'public'::regnamespace
    loop
        execute format('alter table %s drop constraint %I', guard.guarded, guard.conname);
    end loop;
end
$$
"""

MIXED = Bowl("mixed", (Tier("a coin", 1, value=100), Tier("a pen", 1, category="learning")))
"""Half of its slips are credited, half are owed from the shelf."""

SHORT = {
    ":draw": "(select draw_id from draws order by 1 limit 1)",
    ":credited": "(select prize_id from prizes where status = 'credited' order by 1 limit 1)",
    ":owed": "(select prize_id from prizes where status = 'owed' order by 1 limit 1)",
    ":given": (
        "(select p.prize_id from prizes as p inner join rewards as r on p.reward_id = r.reward_id "
        "where r.kind = 'item' order by 1 limit 1)"
    ),
    ":new_id": "gen_random_uuid()",
}
"""Words for rows that faults are planted in."""

FAULTS = [
    # what is planted, and the table that is named
    ("update seeds set commitment = sha256('x')", "seeds"),
    ("update seeds set seed = seed || 'x'", "seeds"),
    ("update seeds set seed = (select seed from seeds order by committed_at limit 1)", "seeds"),
    (
        """
        update seeds set (seed, commitment) = (
            select seed, commitment from seeds where revealed_at is not null order by seed_id limit 1
        ) where revealed_at is null
        """,
        "seeds",
    ),
    ("update seeds set revealed_at = committed_at where revealed_at is null", "seeds"),
    ("update draws set n = n + 5 where draw_id = :draw", "draws"),
    ("update draws set slips[1] = slips[1] % 2 + 1 where draw_id = :draw", "draws"),
    ("update draws set slips = slips || 3 where draw_id = :draw", "draws"),
    (
        "update draws set seed_id = (select max(seed_id::text)::uuid from seeds) where draw_id = :draw",
        "draws",
    ),
    ("update draws set seed_id = :new_id where draw_id = :draw", "draws"),
    ("update draws set participant_id = :new_id where draw_id = :draw", "draws"),
    ("update draws set enrollment_id = :new_id where draw_id = :draw", "draws"),
    ("update draws set bowl = 'standard-500' where draw_id = :draw", "draws"),
    ("update draws set document = '{}' where draw_id = :draw", "draws"),
    (
        """update draws set document = jsonb_set(document, '{tiers,0,value}', '900') where draw_id = :draw""",
        "draws",
    ),
    ("delete from draws where n = 1", "draws"),
    ("delete from draws", "prizes"),
    ("delete from prizes where prize_id = :credited", "prizes"),
    ("update prizes set draw_id = :new_id where prize_id = :owed", "prizes"),
    ("update prizes set participant_id = :new_id where prize_id = :owed", "prizes"),
    ("update prizes set place = place + 100 where prize_id = :owed", "prizes"),
    ("update prizes set tier = 'x' where prize_id = :owed", "prizes"),
    ("update prizes set category = 'gold' where prize_id = :owed", "prizes"),
    ("update prizes set amount = amount + 1 where prize_id = :credited", "prizes"),
    ("update prizes set unit = 'usd' where prize_id = :credited", "prizes"),
    ("update prizes set clipped = clipped + 1, amount = amount - 1 where prize_id = :credited", "transfers"),
    ("update prizes set status = 'owed' where prize_id = :credited", "prizes"),
    ("update prizes set won_at = won_at + interval '1 day' where prize_id = :credited", "transfers"),
    ("update prizes set status = 'owed' where prize_id = :given", "prizes"),
    ("update prizes set status = 'given' where prize_id = :owed", "prizes"),
    ("update prizes set reward_id = :new_id where prize_id = :given", "rewards"),
    (
        """
        update prizes set status = 'given', given_at = now(), given_by = prize_id, reward_id = (
            select reward_id from rewards where stock is null
        ) where prize_id = :owed
        """,
        "prizes",
    ),
    ("update reward_codes set prize_id = null where prize_id is not null", "prizes"),
    ("update reward_codes set prize_id = :new_id where prize_id is not null", "prizes"),
    ("delete from transfers where cause = 'draw'", "draws"),
    ("delete from transfers where cause = 'prize'", "prizes"),
    ("update transfers set amount = amount + 1 where cause = 'prize'", "transfers"),
    ("update transfers set cause_id = :new_id where cause = 'prize'", "transfers"),
    ("update transfers set funding = 'x' where cause = 'prize'", "transfers"),
    ("update transfers set amount = 1 where cause = 'award' and unit = 'draw'", "draws"),
    ("update rewards set stock = stock + 1", "rewards"),
    ("update hats set day = day + 1", "hat_people"),
    ("update hats set target = 'nothing'", "hat_people"),
    ("update hats set draws = draws + 1", "hat_people"),
    ("update hats set seed_id = :new_id", "hats"),
    ("delete from hats", "hat_people"),
    ("delete from hat_people", "hat_people"),
    ("update hat_people set tickets = tickets + 4 where place is null", "hat_people"),
    ("update hat_people set place = 5 where place = 0", "hat_people"),
    ("update hat_people set slip = slip + 1 where place = 0", "hat_people"),
    ("update hat_people set amount = amount + 1 where place = 0", "hat_people"),
    ("update hat_people set participant_id = :new_id where place = 0", "hat_people"),
    ("update hat_people set clipped = 1, amount = amount - 1 where place = 0", "transfers"),
    ("delete from transfers where cause = 'hat'", "hat_people"),
    ("update transfers set cause_id = :new_id where cause = 'hat'", "transfers"),
    ("update transfers set day = day + 1 where cause = 'hat'", "transfers"),
]


@pytest.fixture
async def owner(own_database: str, scene: Scene) -> AsyncIterator[asyncpg.Connection]:
    """Fill the scene with draws of every kind, and open its database as its owner, without any guard."""
    phases = (Phase(weeks=(1, 12), earn=Draws(30, 0, bowl="mixed")),)
    targets = (Target("test", "test", phases), Target("session", "attendance", phases, hat=Hat(3, "mixed")))
    program = Program("mixed", "Mixed", "points", 12, targets, bowls=(MIXED,))
    await scene.value(lambda act: publish_program(act, program))
    for reference in ("P-1", "P-2"):
        new = NewEnrollment(await scene.participant(reference), "mixed", date(2026, 3, 2))
        made = await scene.value(partial(open_enrollment, new=new))
        await scene.record(made.id, "negative")
        attended = NewEvent("attended", MONDAY, enrollment=made.id, target="session")
        recorder = Recorder(scene.database, timedelta(minutes=5))
        await recorder.record(scene.clinic, [ToRecord(scene.actor("front_desk"), attended)])
        for _ in range(2):
            await scene.value(partial(draw_prizes, participant=new.participant, new=NewDraws(12)))
        await scene.value(rotate_seeds)
    await scene.value(lambda act: draw_names(act, NewHat("mixed", "session", date(2026, 3, 2))))
    await scene.value(rotate_seeds)
    item = NewReward("Pen", "usd", 100, "item", "learning", stock=3)
    pen = await scene.value(lambda act: add_reward(act, item))
    code = NewReward("Book", "usd", 100, "code", "learning")
    book = await scene.value(lambda act: add_reward(act, code))
    await scene.value(lambda act: add_codes(act, book.id, NewCodes(("B-1", "B-2"))))
    owed = (await scene.value(lambda act: list_prizes(act, Page(), status="owed"))).items
    free = NewReward("Leaflet", "usd", 100, "item", "learning")
    await scene.value(lambda act: add_reward(act, free))
    for prize, reward in ((owed[0], pen), (owed[1], book), (owed[2], pen)):
        given = GivePrize(reward.id)
        await scene.value(partial(give_prize, prize_id=prize.id, new=given))
    connection = await asyncpg.connect(own_database)
    await connection.execute(UNGUARDED)
    yield connection
    await connection.close()


async def first_fault(scene: Scene) -> BookFault | None:
    """Verify the clinic, and give the first fault."""
    verdict = await verify(scene.database, scene.clinic, lambda _what, _more: None)
    assert verdict is not None
    return verdict.fault


async def test_a_fault_planted_in_draws_is_found_where_it_lies(
    scene: Scene, owner: asyncpg.Connection
) -> None:
    """Whatever is changed, the first fault that is named lies there; what is put back is clean again."""
    assert await first_fault(scene) is None
    # Triggers add up by the day what comes in; what is only put back came before.
    await owner.execute("alter table transfers disable trigger user")
    missed: dict[str, object] = {}
    for written, table in FAULTS:
        fault = written
        for word, row in SHORT.items():
            fault = fault.replace(word, row)
        changed = re.search(r"(?:update|delete from|insert into) (\w+)", fault)
        assert changed
        await owner.execute(f"create temporary table kept as select * from {changed[1]}")  # noqa: S608
        done = await owner.execute(fault)
        found = await first_fault(scene)
        if done.endswith(" 0") or found is None or found.table != table or not found.ids:
            missed[written] = (done, found)
        await owner.execute(f"delete from {changed[1]}")  # noqa: S608
        await owner.execute(f"insert into {changed[1]} select * from kept; drop table kept")  # noqa: S608
    assert missed == {}
    assert await first_fault(scene) is None


async def test_two_seeds_in_use_are_a_fault(scene: Scene, owner: asyncpg.Connection) -> None:
    """With a second one, somebody could choose between two outcomes."""
    await owner.execute("drop index seeds_one_unrevealed")
    await owner.execute("update seeds set revealed_at = null")
    found = await first_fault(scene)
    assert found is not None
    assert (found.table, found.expected) == ("seeds", "one seed in use")


async def test_a_ticket_for_a_second_entry_of_one_day_is_found(
    scene: Scene, owner: asyncpg.Connection
) -> None:
    """Tickets are days: whoever is recorded twice on the only day has one."""
    other = await owner.fetchval("select enrollment_id from hat_people where place is null")
    again = NewEvent("attended", MONDAY + timedelta(minutes=1), enrollment=other, target="session")
    recorder = Recorder(scene.database, timedelta(minutes=5))
    await recorder.record(scene.clinic, [ToRecord(scene.actor("front_desk"), again)])
    assert await first_fault(scene) is None
    await owner.execute("update hat_people set tickets = 2 where place is null")
    fault = await first_fault(scene)
    assert fault is not None
    assert "at most 1 tickets" in fault.expected
