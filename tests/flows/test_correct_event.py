"""Corrections: what was recorded stays, what stands is worked out anew, and the books follow."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec import UNSET
from msgspec.structs import replace

from schemas.corrections import NewCorrection
from schemas.program import (
    Cap,
    Corrections,
    Ladder,
    OnFailure,
    Phase,
    RunBonus,
)
from schemas.shelf import NewRedemption
from service.flows.shelf.redemptions import redeem
from service.flows.visits.corrections import correct_event
from service.flows.visits.read_events import read_event

if TYPE_CHECKING:
    from tests.flows.conftest import Scene

from tests.flows.histories import CALIFORNIA, history, one_paid, paid


async def test_a_positive_overturned_two_visits_later_pays_what_it_cost_and_restores_the_ladder(
    scene: Scene,
) -> None:
    """Visit 9 becomes $16.00, visit 10 $16.00 for $10.00, visit 11 $17.50 for $10.00: $29.50 in all."""
    person = await history(scene)
    await person.visits(*["negative"] * 8, "positive", "negative", "negative")
    before = await person.available()
    receipt = await person.correct(9, "lab_overturn", "negative")
    assert paid(receipt) == 2950
    assert await person.available() == before + 2950
    assert [(one.event, one.before, one.after, one.amount) for one in receipt.adjustments] == [
        (person.events[8], 0, 1600, 1600),
        (person.events[9], 1000, 1600, 600),
        (person.events[10], 1000, 1750, 750),
    ]
    assert receipt.outlook[0].next[0].amount == 1750
    assert (await person.visits("negative")).awards[0].amount == 1750


async def test_the_receipt_says_in_sentences_which_visits_changed_and_why(scene: Scene) -> None:
    """In the participant's words: the day, what it was, what it is, and what that means for the money."""
    person = await history(scene)
    await person.visits(*["negative"] * 8, "positive", "negative")
    receipt = await person.correct(9, "lab_overturn", "negative")
    assert [one.sentence for one in receipt.adjustments] == [
        "Test on February 2, 2026: now $16.00 instead of $0.00. Added after we corrected the record: $16.00.",
        "Test on February 5, 2026: now $16.00 instead of $10.00. Added after we corrected the record: $6.00.",
    ]
    new = NewCorrection("lab_overturn", "The lab called again.", "positive")
    back = await scene.value(
        lambda act: correct_event(act, person.events[8], new, language="es"), "clinician"
    )
    assert back.adjustments[0].sentence == (
        "Prueba del 2 de febrero de 2026: ahora $0.00 en lugar de $16.00. "
        "Después de una corrección sería menos: $16.00. Lo conservas."
    )


async def test_a_negative_overturned_leaves_the_balance_alone_and_records_what_is_overpaid(
    scene: Scene,
) -> None:
    """$22.00 more was paid than now is due; the next negatives are worth $10.00 and, recovered, $16.00."""
    person = await history(scene)
    await person.visits(*["negative"] * 10)
    before = await person.available()
    receipt = await person.correct(9, "lab_overturn", "positive")
    assert await person.available() == before
    assert paid(receipt) == 0
    assert sum(one.overpaid for one in receipt.adjustments) == 2200
    assert [await one_paid(person) for _ in range(2)] == [1000, 1600]


async def test_overturning_twice_pays_once(scene: Scene) -> None:
    """What was recorded as overpaid is taken into account before anything is paid."""
    person = await history(scene)
    await person.visits(*["negative"] * 10)
    before = await person.available()
    await person.correct(9, "lab_overturn", "positive")
    back = await person.correct(9, "lab_overturn", "negative")
    assert paid(back) == 0
    assert sum(one.overpaid for one in back.adjustments) == -2200
    assert await person.available() == before
    assert await one_paid(person) == 1750


async def test_excusing_a_miss_undoes_its_reset(scene: Scene) -> None:
    """The visit pays nothing, and those after it are paid as if it had not been."""
    person = await history(scene)
    await person.visits("negative", "negative", "missed", "negative")
    receipt = await person.correct(3, "excuse")
    assert receipt.event.effect == "neutral"
    assert receipt.event.outcome == "excused"
    assert receipt.event.recorded_outcome == "missed"
    assert [(one.before, one.after) for one in receipt.adjustments] == [(0, 0), (1000, 1150)]
    assert paid(receipt) == 150


async def test_an_entry_made_in_error_is_taken_back_from_what_is_there(scene: Scene) -> None:
    """$10.00 and the later visits' higher steps go back, and the event stays on record as withdrawn."""
    person = await history(scene)
    await person.visits(*["negative"] * 3)
    receipt = await person.correct(1, "entry_error")
    assert paid(receipt) == -1150
    assert await person.available() == 2000
    assert receipt.event.withdrawn is True
    shown = await scene.value(lambda act: read_event(act, person.events[0]))
    assert shown.event.withdrawn is True
    assert shown.event.effect == "neutral"


async def test_spent_value_is_unrecovered_and_the_balance_never_negative(scene: Scene) -> None:
    """Taking back stops at nothing; the rest is on record, and the next success pays in full."""
    person = await history(scene)
    await person.visits("negative", "negative")
    reward = await scene.reward(price=1500, instant=True)
    new = NewRedemption(person.enrollment.participant, reward.id)
    await scene.value(lambda act: redeem(act, new))
    receipt = await person.correct(1, "entry_error")
    assert paid(receipt) == -500
    assert sum(one.unrecovered for one in receipt.adjustments) == 500
    assert await person.available() == 0
    assert await one_paid(person) == 1000


async def test_a_correction_made_in_error_is_itself_withdrawn(scene: Scene) -> None:
    """The event stands again as it was recorded, and all is paid as before."""
    person = await history(scene)
    await person.visits("negative", "negative", "negative")
    first = await person.correct(1, "entry_error")
    assert isinstance(first.corrections, tuple)
    about = first.corrections[0].id
    new = NewCorrection("entry_error", "It was the right person after all.")
    back = await scene.value(lambda act: correct_event(act, about, new), "clinician")
    assert back.event.withdrawn is UNSET
    assert paid(back) == 1150
    assert await person.available() == 3150
    assert isinstance(back.corrections, tuple)
    assert [(one.kind, one.withdrawn) for one in back.corrections] == [
        ("entry_error", True),
        ("entry_error", False),
    ]
    # And the withdrawal can be withdrawn too.
    withdrawal = back.corrections[1].id
    again = await scene.value(lambda act: correct_event(act, withdrawal, new), "clinician")
    assert again.event.withdrawn is True
    assert await person.available() == 2000


async def test_a_late_event_between_two_others_is_folded_with_the_corrections(scene: Scene) -> None:
    """An overturned visit stays overturned when a forgotten one is recorded before it."""
    person = await history(scene)
    await person.visits("negative", "negative", "positive", "negative")
    await person.correct(3, "lab_overturn", "negative")
    receipt = await scene.record(person.enrollment.id, "negative", person.at(4) + timedelta(days=1))
    # Only two successes a week count: the forgotten one is the third of its week.
    assert receipt.awards[0].reasons[0].code == "over_limit"
    late = await scene.record(person.enrollment.id, "positive", person.at(2) + timedelta(days=1))
    assert [(one.before, one.after) for one in late.adjustments] == [(1150, 1000), (1150, 1000)]
    assert await person.available() == 1000 + 1000 + 1150 + 1150


async def test_a_correction_across_a_phase_change_and_a_bonus(scene: Scene) -> None:
    """The run that a bonus counts goes through the correction, in whichever phase the visits lie."""
    target = replace(
        CALIFORNIA.targets[0],
        phases=(
            Phase(weeks=(1, 1), earn=Ladder(100, 100), on_failure=OnFailure(reset=True)),
            Phase(weeks=(2, 24), earn=Ladder(500, 0)),
        ),
        bonuses=(RunBonus(every=3, amount=1000),),
    )
    person = await history(scene, replace(CALIFORNIA, name="phases", targets=(target,)))
    await person.visits("negative", "positive", "negative", "negative")
    assert await person.available() == 100 + 500 + 500
    receipt = await person.correct(2, "lab_overturn", "negative")
    assert [(one.before, one.after) for one in receipt.adjustments] == [(0, 200), (500, 1500)]
    assert await person.available() == 100 + 200 + 1500 + 500


async def test_a_correction_under_a_cap_pays_no_more_than_the_cap_leaves(scene: Scene) -> None:
    """What the corrected visit takes of the cap, a later one no longer gets: it moves, and is not lost."""
    person = await history(scene, replace(CALIFORNIA, name="capped", caps=(Cap("year", 3000),)))
    await person.visits("negative", "positive", "negative", "negative")
    assert await person.available() == 3000
    receipt = await person.correct(2, "lab_overturn", "negative")
    assert [(one.before, one.after) for one in receipt.adjustments] == [(0, 1000), (1000, 0)]
    assert await person.available() == 3000
    assert paid(receipt) == 0


async def test_rises_are_paid_and_falls_kept_award_by_award(scene: Scene) -> None:
    """A bonus newly due at visit 3 is paid, though visits 1 and 2 now would earn $15.00 less."""
    target = replace(
        CALIFORNIA.targets[0],
        phases=(Phase(weeks=(1, 24), earn=Ladder(1000, 0)),),
        bonuses=(RunBonus(every=2, amount=500),),
    )
    person = await history(scene, replace(CALIFORNIA, name="flat", targets=(target,), caps=()))
    await person.visits(*["negative"] * 3)
    assert await person.available() == 3500
    receipt = await person.correct(1, "lab_overturn", "positive")
    assert [(one.amount, one.overpaid) for one in receipt.adjustments] == [(0, 1000), (0, 500), (500, 0)]
    assert await person.available() == 4000


async def test_a_policy_of_the_program_decides_whether_a_fall_is_kept_or_recovered(scene: Scene) -> None:
    """A program may recover a lab overturn, and keep an entry error."""
    rules = Corrections(lab_overturn="recover", entry_error="keep")
    person = await history(scene, replace(CALIFORNIA, name="other", corrections=rules))
    await person.visits("negative", "negative")
    assert paid(await person.correct(2, "lab_overturn", "positive")) == -1000
    assert paid(await person.correct(1, "entry_error")) == 0
    assert await person.available() == 1000


async def test_nothing_posted_ever_changes_and_every_difference_names_its_cause(scene: Scene) -> None:
    """Rows are only added; an adjustment's cause is the correction's own place in the order of arrival."""
    person = await history(scene)
    await person.visits("negative", "positive", "negative")
    async with scene.database.transaction(scene.clinic) as tx:
        before = await tx.connection.fetch("select * from awards order by award_id")
        facts = await tx.connection.fetch("select * from events order by fact_no")
    await person.correct(2, "lab_overturn", "negative")
    async with scene.database.transaction(scene.clinic) as tx:
        after = await tx.connection.fetch("select * from awards order by award_id")
        assert await tx.connection.fetch("select * from events order by fact_no") == facts
    assert set(before) < set(after)
    assert {row["cause_no"] for row in set(after) - set(before)} == {4}
