"""Draws are drawn once, from the bowl they were earned in, and their prizes are credited or owed."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from schemas.caps import NewCap
from schemas.people import Clinic, MoveEnrollment, NewEnrollment
from schemas.program import Corrections, Draws, OnFailure, Phase, Program, Target
from schemas.proposals import NewManualAward
from service.core.cursors import Page
from service.core.draws.draws import check, commitment
from service.core.refusals import Refused
from service.flows.draws.draws import list_draws
from service.flows.draws.prizes import list_prizes, read_prize
from service.flows.draws.seeds import list_seeds, rotate_due_seed, rotate_seeds
from service.flows.ledger.caps import set_cap
from service.flows.ledger.manual_awards import approve_manual_award, propose_manual_award
from service.flows.ledger.statements import read_statement
from service.flows.people.enrollments import open_enrollment
from service.flows.people.transfers import move_enrollment
from service.flows.perform import Done, perform
from service.flows.programs.programs import publish_program
from service.flows.setup.clinics import operator
from service.store import clinics
from service.store.database.ids import new_id
from tests.flows.drawing import MONDAY, TODAY, balances, drawing, enrolled, published, reading

if TYPE_CHECKING:
    from tests.flows.conftest import Scene


async def test_a_draw_spends_draws_and_credits_what_its_slips_win(scene: Scene) -> None:
    """The answer shows each slip, and its sums are those of the balance and the statement."""
    made = await enrolled(scene, 40)
    drawn = await scene.done(drawing(made.participant, 40), "front_desk")
    answer = drawn.value
    assert (drawn.made, answer.count, answer.draw_id, answer.bowl) == (
        "created",
        40,
        f"{made.id}/1",
        "standard-500",
    )
    assert [one.index for one in answer.draws] == list(range(40))
    won = sum(one.prize.amount or 0 for one in answer.draws if one.prize)
    assert won > 0
    assert await balances(scene, made.participant) == {"draw": (0, 40), "usd": (won, 0)}
    assert {one.unit: one.available for one in answer.balances} == {"draw": 0, "usd": won}
    assert {one.prize.unit for one in answer.draws if one.prize} == {"usd"}
    lines = (await scene.value(lambda act: read_statement(act, made.participant, Page(200)))).items
    assert sum(one.amount for one in lines if one.cause == "prize") == won
    assert [one.sentence for one in lines if one.cause == "draw"] == ["You drew 40 draws."]
    assert "draw.made" in await scene.deeds()


async def test_a_prize_counts_for_the_local_day_and_is_paid_by_the_enrollment_s_funding(scene: Scene) -> None:
    """Half past eleven in the evening in Los Angeles is the next day in Greenwich."""
    made = await enrolled(scene, 1, "coins")
    scene.clock.now += timedelta(hours=14, minutes=30)
    await scene.value(drawing(made.participant, 1))
    query = "select day, funding, enrollment_id, unit, amount from transfers where cause = 'prize'"
    async with scene.database.transaction(scene.clinic) as tx:
        row = await tx.connection.fetchrow(query)
    assert row is not None
    assert tuple(row) == (TODAY, "state", made.id, "points", 100)


async def test_the_count_of_an_enrollment_s_draws_goes_into_the_hash(scene: Scene) -> None:
    """Two draws of one slip are two draws, and each enrollment counts its own."""
    first, second = await enrolled(scene), await enrolled(scene)
    names = [(await scene.value(drawing(first.participant, 1))).draw_id for _ in range(2)]
    names.append((await scene.value(drawing(second.participant, 1))).draw_id)
    assert names == [f"{first.id}/1", f"{first.id}/2", f"{second.id}/1"]


async def test_a_record_can_be_checked_once_its_seed_is_revealed_and_not_before(scene: Scene) -> None:
    """The commitment stands from the beginning; rotation shows the seed, and nothing of the next one."""
    made = await enrolled(scene)
    answer = await scene.value(drawing(made.participant, 3))
    before = await scene.value(reading(answer.id), "auditor")
    assert before.revealed_seed is None
    (only,) = (await scene.value(lambda act: list_seeds(act, Page()), "integration")).items
    assert (only.id, only.commitment, only.seed) == (answer.seed, answer.commitment, None)
    rotation = await scene.value(rotate_seeds)
    assert rotation.revealed is not None
    after = await scene.value(reading(answer.id))
    assert after.revealed_seed == rotation.revealed.seed
    assert after.revealed_seed is not None
    seed = bytes.fromhex(after.revealed_seed)
    assert commitment(seed).hex() == before.commitment == after.commitment
    assert list(check(after, seed)) == []
    assert after.draws == answer.draws
    shown = (await scene.value(lambda act: list_seeds(act, Page()))).items
    assert [(one.id, one.seed) for one in shown] == [
        (rotation.committed.id, None),
        (answer.seed, after.revealed_seed),
    ]
    again = await scene.value(drawing(made.participant, 1))
    assert (again.seed, again.commitment) == (rotation.committed.id, rotation.committed.commitment)


async def test_a_seed_is_never_kept_in_the_clear(scene: Scene) -> None:
    """What is stored is not the seed, also after it was revealed."""
    await scene.value(rotate_seeds)
    (_, revealed) = (await scene.value(lambda act: list_seeds(act, Page()))).items
    async with scene.database.transaction(scene.clinic) as tx:
        rows = await tx.connection.fetch("select seed from seeds")
    assert revealed.seed is not None
    assert all(bytes.fromhex(revealed.seed) not in row["seed"] for row in rows)


async def test_a_clinic_without_a_seed_commits_one_before_its_first_draw(scene: Scene) -> None:
    """Clinics made before there were draws have none yet; two who draw at once agree on one."""
    old = Clinic(new_id(), "An old clinic", "America/New_York")
    async with scene.database.transaction(old.id) as tx:
        await clinics.insert(tx, old)
    there = type(scene)(scene.database, scene.clock, old.id)
    people = [await enrolled(there) for _ in range(4)]
    assert (await there.value(lambda act: list_seeds(act, Page()))).items == ()
    drawn = await asyncio.gather(*(there.value(drawing(one.participant, 1)) for one in people))
    assert len({one.seed for one in drawn}) == 1
    assert len((await there.value(lambda act: list_seeds(act, Page()))).items) == 1


async def test_rotating_while_others_draw_never_reveals_a_seed_under_a_draw(scene: Scene) -> None:
    """Every draw is made under a seed that was in use: the books say so afterwards."""
    people = [await enrolled(scene, 3) for _ in range(6)]
    draws = [scene.ask(drawing(one.participant, 1)) for one in people for _ in range(3)]
    rotations = [scene.ask(rotate_seeds) for _ in range(5)]
    answers = await asyncio.gather(*draws, *rotations)
    assert all(isinstance(one, Done) for one in answers)
    seeds = {one.id: one for one in (await scene.value(lambda act: list_seeds(act, Page()))).items}
    assert len(seeds) == 6
    assert sum(one.revealed_at is None for one in seeds.values()) == 1


async def test_thirty_rotations_at_once_are_thirty_seeds(scene: Scene) -> None:
    """Each waits for the one before and reveals its seed; none is refused, and none breaks."""
    there = await scene.elsewhere()
    done = await asyncio.gather(*(there.ask(rotate_seeds) for _ in range(30)))
    rotations = [one.value for one in done if isinstance(one, Done)]
    assert len(rotations) == 30
    seeds = {one.id: one for one in (await there.value(lambda act: list_seeds(act, Page(200)))).items}
    assert sum(one.revealed_at is None for one in seeds.values()) == 1
    assert {one.committed.id for one in rotations} <= set(seeds)
    assert len({one.revealed.id for one in rotations if one.revealed is not None}) >= 29


async def test_the_worker_rotates_a_seed_that_was_used_and_is_old(scene: Scene) -> None:
    """A seed that nobody drew with stays: there is nothing to reveal it for."""
    month = timedelta(days=30)
    made = await enrolled(scene)
    scene.clock.now += timedelta(days=40)
    assert await rotate_due_seed(scene.database, scene.clinic, month) == 0
    await scene.value(drawing(made.participant, 1))
    assert await rotate_due_seed(scene.database, scene.clinic, timedelta(days=41)) == 0
    assert await rotate_due_seed(scene.database, scene.clinic, month) == 1
    assert await rotate_due_seed(scene.database, scene.clinic, month) == 0


async def test_fifty_who_draw_at_once_draw_exactly_what_was_earned(scene: Scene) -> None:
    """No draw is drawn twice: as many succeed as there are draws, and the rest are refused."""
    made = await enrolled(scene, 20)
    answers = await asyncio.gather(*(scene.ask(drawing(made.participant, 1)) for _ in range(50)))
    done = [one.value for one in answers if isinstance(one, Done)]
    refused = [one.code for one in answers if isinstance(one, Refused)]
    assert (len(done), refused) == (20, ["insufficient_balance"] * 30)
    assert {one.draw_id for one in done} == {f"{made.id}/{n}" for n in range(1, 21)}
    assert (await balances(scene, made.participant))["draw"] == (0, 20)


async def test_more_than_is_held_is_refused(scene: Scene) -> None:
    """Nobody draws on credit, and somebody unknown holds nothing."""
    made = await enrolled(scene, 2)
    assert await scene.refusal(drawing(made.participant, 3)) == ("insufficient_balance", ("$.count",))
    assert await scene.refusal(drawing(made.participant, 1, bowl="pens")) == (
        "insufficient_balance",
        ("$.count",),
    )
    assert await scene.refusal(drawing(made.participant, 1, uuid4())) == (
        "unknown_enrollment",
        ("$.enrollment",),
    )
    assert (await scene.refusal(drawing(uuid4(), 1)))[0] == "not_found"
    bare = await scene.participant("nobody")
    assert (await scene.refusal(drawing(bare, 1)))[0] == "insufficient_balance"


async def test_the_oldest_enrollment_that_holds_enough_is_drawn_from(scene: Scene) -> None:
    """Several together are named one by one: each has its own count and bowl."""
    first = await enrolled(scene, 2, name="one")
    second = await enrolled(scene, 3, "coins", first.participant, name="two")
    who = first.participant
    assert await scene.refusal(drawing(who, 5)) == ("ambiguous_enrollment", ("$.count",))
    assert (await scene.value(drawing(who, 3))).enrollment == second.id
    assert (await scene.refusal(drawing(who, 1, second.id)))[0] == "insufficient_balance"
    last = await scene.value(drawing(who, 2, bowl="standard-500"))
    assert (last.enrollment, last.bowl) == (first.id, "standard-500")


async def test_only_undrawn_draws_are_taken_back(scene: Scene) -> None:
    """A late failure lowers an award: one of its two draws is there to be taken, the other was drawn."""
    phases = (Phase(weeks=(1, 12), earn=Draws(1, 1), on_failure=OnFailure(reset=True)),)
    target = Target("test", "test", phases)
    late = Program("late", "Late", "usd", 12, (target,), corrections=Corrections(late="recover"))
    await scene.value(lambda act: publish_program(act, late))
    who = await scene.participant()
    made = await scene.value(lambda act: open_enrollment(act, NewEnrollment(who, "late", TODAY)))
    for day in (0, 2, 4):
        scene.clock.now = MONDAY + timedelta(days=day)
        await scene.record(made.id, "negative", scene.clock.now)
    first = await scene.value(drawing(who, 5))
    receipt = await scene.record(made.id, "positive", MONDAY + timedelta(days=3))
    assert [(one.amount, one.unrecovered) for one in receipt.awards if one.kind == "adjustment"] == [(-1, 1)]
    assert (await balances(scene, who))["draw"] == (0, 5)
    assert (await scene.refusal(drawing(who, 1)))[0] == "insufficient_balance"
    assert (await scene.value(reading(first.id))).draws == first.draws


async def test_a_cap_leaves_less_of_a_prize_and_the_record_says_so(scene: Scene) -> None:
    """What was clipped is shown slip by slip, and the draw is as true as it was."""
    made = await enrolled(scene, 4, "coins")
    most = NewCap("day", "points", 250, TODAY, "The funder allows no more.")
    await scene.value(lambda act: set_cap(act, most))
    drawn = await scene.value(drawing(made.participant, 4))
    won = [(one.prize.amount, one.prize.clipped) for one in drawn.draws if one.prize]
    assert won == [(100, 0), (100, 0), (50, 50), (0, 100)]
    assert await balances(scene, made.participant) == {"draw": (0, 4), "points": (250, 0)}
    await scene.value(rotate_seeds)
    record = await scene.value(reading(drawn.id))
    assert record.draws == drawn.draws
    assert list(check(record, bytes.fromhex(record.revealed_seed or ""))) == []


async def test_draws_given_by_hand_come_from_the_enrollment_s_first_bowl(scene: Scene) -> None:
    """No event says which bowl is meant, so it is the one that the program begins with."""
    made = await enrolled(scene, 1, "coins")
    award = NewManualAward(made.participant, "draw", 4, "Helped set up the room.", enrollment=made.id)
    proposed = await scene.value(lambda act: propose_manual_award(act, award), "clinician")
    await scene.value(lambda act: approve_manual_award(act, proposed.id), "manager")
    drawn = await scene.value(drawing(made.participant, 5))
    assert (drawn.bowl, drawn.count) == ("coins", 5)


async def test_after_a_move_draws_come_from_the_bowls_of_the_new_version(scene: Scene) -> None:
    """What is drawn stays drawn, from the bowl it was drawn from; no more is drawn in all than was earned."""
    made = await enrolled(scene, 3, "coins")
    first = await scene.value(drawing(made.participant, 1))
    await published(scene, 3, "pens")
    move = MoveEnrollment(2, "The clinic changed its bowl.")
    await scene.value(lambda act: move_enrollment(act, made.id, move, is_preview=False))
    assert (await scene.refusal(drawing(made.participant, 3)))[0] == "insufficient_balance"
    assert (await scene.refusal(drawing(made.participant, 1, bowl="coins")))[0] == "insufficient_balance"
    second = await scene.value(drawing(made.participant, 2))
    assert (first.bowl, second.bowl, second.draw_id) == ("coins", "pens", f"{made.id}/2")


async def test_a_participant_s_draws_are_listed_newest_first(scene: Scene) -> None:
    """Page by page, each with its own record, and nobody else's among them."""
    made, other = await enrolled(scene), await enrolled(scene)
    drawn = [(await scene.value(drawing(made.participant, 1))).id for _ in range(3)]
    await scene.value(drawing(other.participant, 1))
    first = await scene.value(lambda act: list_draws(act, made.participant, Page(2)))
    assert [one.id for one in first.items] == drawn[:0:-1]
    rest = await scene.value(lambda act: list_draws(act, made.participant, Page(2, first.next_cursor)))
    assert ([one.id for one in rest.items], rest.next_cursor) == (drawn[:1], None)
    assert first.items[0] == await scene.value(reading(drawn[2]))
    assert (await scene.refusal(lambda act: list_draws(act, uuid4(), Page())))[0] == "not_found"


async def test_another_clinic_sees_no_draw_and_no_seed_of_this_one(scene: Scene) -> None:
    """Each clinic has its own seed, and an id from elsewhere is one that is not there."""
    made = await enrolled(scene, 1, "pens")
    drawn = await scene.value(drawing(made.participant, 1))
    (prize,) = (one.prize.id for one in drawn.draws if one.prize)
    other = await scene.elsewhere()
    assert (await other.refusal(reading(drawn.id)))[0] == "not_found"
    assert (await other.refusal(lambda act: read_prize(act, prize)))[0] == "not_found"
    assert (await other.refusal(drawing(made.participant, 1)))[0] == "not_found"
    (theirs,) = (await other.value(lambda act: list_seeds(act, Page()))).items
    assert theirs.id != drawn.seed
    assert (await other.value(lambda act: list_prizes(act, Page()))).items == ()


async def test_the_commitment_stands_in_the_audit_trail(scene: Scene) -> None:
    """Who replaced a seed together with its commitment would have to rewrite the trail too."""
    await scene.value(rotate_seeds)
    deeds = await scene.deeds()
    assert deeds == ["clinic.created", "seed.revealed", "seed.committed", "audit.checkpointed"]
    done = await perform(scene.database, operator(scene.clinic), lambda act: list_seeds(act, Page()))
    assert isinstance(done, Done)
    query = "select detail from audit where deed in ('clinic.created', 'seed.committed') order by seq desc"
    async with scene.database.transaction(scene.clinic) as tx:
        rows = await tx.connection.fetch(query)
    assert [one.commitment in row["detail"] for one, row in zip(done.value.items, rows, strict=True)] == [
        True
    ] * 2
