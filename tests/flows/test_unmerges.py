"""A merge that was a mistake is undone by another person: each chart takes back what is its own."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import asyncpg
import pytest

from schemas.caps import NewCap
from schemas.corrections import NewCorrection
from schemas.merges import MergeDecision, NewUnmerge
from schemas.shelf import NewRedemption
from service.core.cursors import Page
from service.core.refusals import Day, Refused
from service.flows.ledger.caps import set_cap
from service.flows.ledger.statements import read_statement
from service.flows.people.merge_history import list_merges
from service.flows.people.participants import read_participant
from service.flows.people.unmerges import unmerge_participants
from service.flows.shelf.redemptions import give_redemption, redeem
from service.flows.visits.corrections import correct_event
from tests.flows.conftest import MONDAY, TODAY
from tests.flows.merging import DAY, available, events_of, merged, picture, two, unmerged

if TYPE_CHECKING:
    from tests.flows.conftest import Scene


async def test_merge_and_undoing_leave_everything_as_it_was(scene: Scene) -> None:
    """Balances, what counts for caps, enrollments and their folds, with visits on both and something held."""
    await scene.value(lambda act: set_cap(act, NewCap("year", "usd", 100_000, TODAY, "The county")))
    kept, other = await two(scene)
    for day in range(3):
        await scene.record(kept.id, "negative", MONDAY + day * DAY)
        await scene.record(other.id, "negative", MONDAY + (day + 1) * DAY)
    reward = await scene.reward(price=50)
    for who in (kept.participant, other.participant):
        await scene.value(partial(redeem, new=NewRedemption(who, reward.id)))
    before = await picture(scene)
    await merged(scene, kept.participant, other.participant)
    assert await picture(scene) != before
    undone = await unmerged(scene, kept.participant)
    assert undone.lacking == ()
    assert await picture(scene) == before


async def test_undoing_gives_back_what_own_visits_earned_since(scene: Scene) -> None:
    """What was recorded meanwhile of the other chart's enrollment is the other chart's, its history too."""
    kept, other = await two(scene)
    await scene.record(other.id, "negative", MONDAY)
    await merged(scene, kept.participant, other.participant, closes=(kept.id,))
    await scene.record(other.id, "negative", MONDAY + DAY)
    assert await available(scene, kept.participant) == 300
    await unmerged(scene, other.participant)
    assert await available(scene, kept.participant) == 0
    assert await available(scene, other.participant) == 300
    for who, earned in ((kept.participant, 0), (other.participant, 2)):
        read = await scene.value(partial(read_statement, participant_id=who, page=Page()))
        assert len([one for one in read.items if one.cause == "award"]) == earned


async def test_what_was_spent_meanwhile_is_named_when_a_merge_is_undone(scene: Scene) -> None:
    """Nothing falls below zero: it goes back as far as it is there."""
    kept, other = await two(scene)
    await scene.record(other.id, "negative", MONDAY)
    await merged(scene, kept.participant, other.participant)
    reward = await scene.reward(price=60, instant=True)
    await scene.value(lambda act: redeem(act, NewRedemption(other.participant, reward.id)))
    undone = await unmerged(scene, kept.participant)
    assert [(one.unit, one.amount) for one in undone.lacking] == [("usd", 60)]
    assert await available(scene, other.participant) == 40
    assert (await scene.balance(kept.participant)).given == 60


async def test_held_redemption_of_ended_chart_is_given_by_survivor(scene: Scene) -> None:
    """It moves with its price, and goes back as given."""
    kept, other = await two(scene)
    await scene.record(other.id, "negative", MONDAY)
    reward = await scene.reward(price=60)
    held = await scene.value(lambda act: redeem(act, NewRedemption(other.participant, reward.id)))
    made = await merged(scene, kept.participant, other.participant)
    assert made.redemptions == (held.id,)
    given = await scene.value(lambda act: give_redemption(act, held.id))
    assert given.participant == kept.participant
    assert (await scene.balance(kept.participant)).given == 60
    await unmerged(scene, kept.participant)
    assert (await scene.balance(other.participant)).given == 60
    assert (await scene.balance(kept.participant)).earned == 0


async def test_reasons_are_kept_encrypted(scene: Scene) -> None:
    """Why charts were merged, and why that was undone, is read with the merge, and nowhere else."""
    kept, other = await two(scene)
    await merged(scene, kept.participant, other.participant, reason="Registered twice")
    await unmerged(scene, kept.participant, reason="They are sisters")
    listed = await scene.value(lambda act: list_merges(act, kept.participant))
    assert [(one.reason, one.undone_reason) for one in listed.items] == [
        ("Registered twice", "They are sisters")
    ]
    async with scene.database.transaction(scene.clinic) as tx:
        for table, word in (("merges", b"Registered"), ("unmerges", b"sisters")):
            sealed = await tx.connection.fetchval(f"select reason from {table}")  # noqa: S608  our own words
            assert word not in sealed


async def test_visit_recorded_anew_is_named_and_given_way_before_a_merge_is_undone(scene: Scene) -> None:
    """What the merge had withdrawn cannot stand beside it; once it is withdrawn, the undoing goes on."""
    kept, other = await two(scene)
    await scene.record(kept.id, "negative", MONDAY)
    await scene.record(other.id, "negative", MONDAY)
    before = await picture(scene)
    stays = (MergeDecision((await events_of(scene, kept.id))[0].id, "withdraw"),)
    await merged(scene, kept.participant, other.participant, decisions=stays)
    anew = await scene.record(kept.id, "positive", MONDAY + timedelta(hours=1))
    answer = await scene.ask_another(lambda act: unmerge_participants(act, kept.participant, NewUnmerge()))
    assert isinstance(answer, Refused)
    assert (answer.reason, answer.values) == (
        "already_recorded.unmerge",
        {"target": "test", "day": Day(TODAY)},
    )
    assert answer.event is not None
    assert answer.event.id == anew.event.id
    withdraw = NewCorrection("entry_error", "Recorded anew.")
    await scene.value(lambda act: correct_event(act, anew.event.id, withdraw))
    await unmerged(scene, kept.participant)
    after = await picture(scene)
    assert (after["balances"], after["people"]) == (before["balances"], before["people"])


async def test_whoever_merged_does_not_undo_it(scene: Scene) -> None:
    """Another person does; the database says so too."""
    kept, other = await two(scene)
    made = await merged(scene, kept.participant, other.participant)
    refused = await scene.refusal(lambda act: unmerge_participants(act, kept.participant, NewUnmerge()))
    assert refused[0] == "same_person"
    alone = "insert into unmerges values ($1, $2, $3, now(), $3)"
    with pytest.raises(asyncpg.CheckViolationError, match="unmerges_by_another_person"):
        async with scene.database.transaction(scene.clinic) as tx:
            await tx.connection.execute(alone, scene.clinic, made.id, made.merged_by)


async def test_charts_merged_in_turn_are_taken_apart_in_turn(scene: Scene) -> None:
    """The later merge is undone first; each brings its own back."""
    kept, other = await two(scene)
    third = await scene.participant("P-3")
    await scene.record(other.id, "negative", MONDAY)
    before = await picture(scene)
    await merged(scene, kept.participant, other.participant)
    await merged(scene, third, kept.participant)
    assert await available(scene, third) == 100
    read = await scene.value(lambda act: read_participant(act, other.participant))
    assert read.id == third
    early = await scene.ask_another(lambda act: unmerge_participants(act, other.participant, NewUnmerge()))
    assert isinstance(early, Refused)
    assert early.code == "merge_not_last"
    await unmerged(scene, third)
    await unmerged(scene, other.participant)
    assert await picture(scene) == before
    listed = await scene.value(lambda act: list_merges(act, kept.participant))
    assert [one.undone_at is None for one in listed.items] == [False, False]
