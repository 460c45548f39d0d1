"""Any history on two charts, merged, gone on with and taken apart: nothing is paid twice or lost."""

from __future__ import annotations

import random
from collections import Counter
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from msgspec.structs import replace

from schemas.corrections import CorrectionKind, NewCorrection
from schemas.events import NewEvent
from schemas.merges import MergeDecision, NewMerge, NewUnmerge
from schemas.people import NewEnrollment
from schemas.shelf import NewRedemption
from service.core.refusals import Refused
from service.flows.people.enrollments import open_enrollment
from service.flows.people.merges import merge_participants
from service.flows.people.unmerges import unmerge_participants
from service.flows.perform import Done
from service.flows.shelf.redemptions import cancel_redemption, give_redemption, redeem
from service.flows.verify.verify import verify
from service.flows.visits.corrections import correct_event
from service.flows.visits.record_events import ToRecord
from tests.flows.conftest import MONDAY, TODAY
from tests.flows.merging import DAY, ONCE_A_DAY, events_of, merged, picture, two, unmerged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemas.people import Enrollment
    from schemas.shelf import Reward
    from tests.flows.conftest import Scene

SEEDS = range(12)
OUTCOMES = ("negative", "negative", "negative", "positive", "excused")
KINDS: tuple[CorrectionKind, ...] = ("entry_error", "lab_overturn", "excuse")


async def clean(scene: Scene) -> None:
    """Hold the books."""
    verdict = await verify(scene.database, scene.clinic, lambda _what, _count: None)
    assert verdict is not None
    assert verdict.fault is None


async def something(
    scene: Scene, chance: random.Random, charts: Sequence[Enrollment], rewards: Sequence[Reward]
) -> None:
    """One thing that happens in a clinic, to somebody; what is refused did not happen."""
    one = chance.choice(charts)
    what = chance.random()
    if what < 0.6:
        at = MONDAY + chance.randrange(12) * DAY + timedelta(minutes=chance.randrange(3))
        event = NewEvent(chance.choice(OUTCOMES), at, enrollment=one.id, target="test")
        await scene.recorder.record(scene.clinic, [ToRecord(scene.actor("clinician"), event)])
        return
    if what < 0.75:
        found = await events_of(scene, one.id)
        if found:
            kind = chance.choice(KINDS)
            outcome = chance.choice(OUTCOMES[2:4]) if kind == "lab_overturn" else None
            new = NewCorrection(kind, "It was otherwise.", outcome)
            about = chance.choice(found).id
            await scene.ask(lambda act: correct_event(act, about, new))
        return
    asked = NewRedemption(one.participant, chance.choice(rewards).id)
    done = await scene.ask(partial(redeem, new=asked))
    if isinstance(done, Done) and done.value.status == "held" and chance.random() < 0.7:
        settle = chance.choice((give_redemption, cancel_redemption))
        await scene.ask(lambda act: settle(act, done.value.id))


async def posted(scene: Scene, enrollment: UUID) -> int:
    """What visits of an enrollment were paid, with what was taken back."""
    query = (
        "select coalesce(sum(case when source = 'issued' then amount else -amount end), 0) from transfers"
        " where enrollment_id = $1 and cause = 'award'"
    )
    async with scene.database.transaction(scene.clinic) as tx:
        return int(await tx.connection.fetchval(query, enrollment))


async def overpaid(scene: Scene) -> int:
    """How much somebody may keep though the record was changed since."""
    async with scene.database.transaction(scene.clinic) as tx:
        return int(await tx.connection.fetchval("select coalesce(sum(overpaid), 0) from awards"))


async def total(scene: Scene, *charts: Enrollment) -> int:
    """What some charts have and had in all."""
    return sum([(await scene.balance(one.participant)).earned for one in charts])


async def decisions(
    scene: Scene, chance: random.Random, survivor: UUID, ended: UUID
) -> tuple[MergeDecision, ...]:
    """What somebody says of the visits that both charts hold and that must be decided."""
    ahead = await merged(scene, survivor, ended, dry_run=True)
    undecided = [one for one in ahead.duplicates if any(event.decision is None for event in one.events)]
    return tuple(MergeDecision(chance.choice(one.events).event, "keep") for one in undecided)


async def given_way(scene: Scene, survivor: UUID, ended: UUID | None = None) -> None:
    """Withdraw each visit that was recorded anew and stands in the way of undoing the merge."""
    ahead = partial(unmerge_participants, participant=survivor, new=NewUnmerge(ended, dry_run=True))
    while True:
        answer = await scene.ask_another(ahead)
        if not isinstance(answer, Refused):
            return
        assert answer.reason == "already_recorded.unmerge", answer
        assert answer.event is not None
        twice = NewCorrection("entry_error", "Recorded anew.")
        await scene.value(partial(correct_event, about=answer.event.id, new=twice))


@pytest.mark.parametrize("seed", SEEDS)
async def test_history_merged_and_taken_apart_pays_each_visit_once(scene: Scene, seed: int) -> None:
    """The preview is the deed; while it holds a day is paid once; afterwards each has what is their own."""
    chance = random.Random(seed)
    kept, other = await two(scene)
    rewards = [await scene.reward(price, 50, instant=instant) for price, instant in ((60, False), (90, True))]
    for _ in range(24):
        await something(scene, chance, (kept, other), rewards)
    survivor, ended = kept.participant, other.participant
    before = await picture(scene)
    # What was kept of an award that fell is gone once the award is taken back and paid again.
    too_much, earned = await overpaid(scene), await total(scene, kept, other)
    closes = (kept.id,) if chance.random() < 0.5 else ()
    new = NewMerge(ended, decisions=await decisions(scene, chance, survivor, ended), closes=closes)
    ahead = await scene.value(lambda act: merge_participants(act, survivor, replace(new, dry_run=True)))
    assert await picture(scene) == before
    made = await scene.value(lambda act: merge_participants(act, survivor, new))
    assert replace(ahead, id=made.id, dry_run=False) == made
    await clean(scene)
    standing = [
        one
        for enrollment in (kept.id, other.id)
        for one in await events_of(scene, enrollment)
        if one.withdrawn is not True
    ]
    assert set(Counter(one.occurred_at.date() for one in standing).values()) <= {1}
    goes_on = seed % 3
    if not goes_on:
        await unmerged(scene, survivor)
        after = await picture(scene)
        if not too_much:
            assert after == before
        assert {**after, "balances": 0} == {**before, "balances": 0}
        assert 0 <= earned - await total(scene, kept, other) <= too_much
        return
    open_one = other if closes else kept
    for _ in range(12):
        await something(scene, chance, [replace(open_one, participant=survivor)], rewards)
    await clean(scene)
    await given_way(scene, survivor)
    undone = await unmerged(scene, survivor, dry_run=True)
    done = await unmerged(scene, survivor)
    assert (undone.balances, undone.moved, undone.lacking) == (done.balances, done.moved, done.lacking)
    await clean(scene)
    lacking = sum(one.amount for one in done.lacking)
    assert await total(scene, other) == await posted(scene, other.id) - lacking
    assert await total(scene, kept) == await posted(scene, kept.id) + lacking


async def joined(scene: Scene, chance: random.Random, survivor: UUID, ended: UUID) -> None:
    """Merge two charts with the books right afterwards."""
    said = await decisions(scene, chance, survivor, ended)
    await merged(scene, survivor, ended, decisions=said)
    await clean(scene)


@pytest.mark.parametrize("seed", range(6))
async def test_three_charts_are_merged_in_turn_and_taken_apart(scene: Scene, seed: int) -> None:
    """Into one survivor, undone in any order, or in a chain, which is undone from its end."""
    chance = random.Random(seed)
    charts = [*await two(scene)]
    third = NewEnrollment(await scene.participant("P-3"), ONCE_A_DAY.name, TODAY)
    charts.append(await scene.value(lambda act: open_enrollment(act, third)))
    rewards = [await scene.reward(price, 50, instant=instant) for price, instant in ((60, False), (90, True))]
    for _ in range(24):
        await something(scene, chance, charts, rewards)
    chance.shuffle(charts)
    first, second, last = [one.participant for one in charts]
    await joined(scene, chance, first, second)
    root, ended = (first, last) if seed % 2 else (last, first)
    await joined(scene, chance, root, ended)
    for _ in range(8):
        await something(scene, chance, [replace(one, participant=root) for one in charts], rewards)
    undone = chance.sample([second, last], 2) if seed % 2 else [first, second]
    lacking = 0
    for one in undone:
        await given_way(scene, one, one)
        lacking += sum(sum_.amount for sum_ in (await unmerged(scene, one, from_=one)).lacking)
        await clean(scene)
    differ = [await total(scene, one) - await posted(scene, one.id) for one in charts]
    assert sum(differ) == 0
    assert sum(map(abs, differ)) <= 2 * lacking
