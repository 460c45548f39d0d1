# long: each way that an event can meet a cap stands beside the others, with the few words they share
"""What events earn meets the caps of the clinic and of funders: late, corrected, and many at once."""

from __future__ import annotations

import asyncio
import random
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import asyncpg
import pytest

from schemas.caps import NewCap
from schemas.corrections import NewCorrection
from schemas.events import NewEvent
from schemas.people import NewEnrollment
from schemas.program import Period, Program
from schemas.proposals import NewManualAward
from schemas.receipts import Receipt
from service.core.authoring.programs import decode
from service.core.cursors import Page
from service.flows.ledger.caps import set_cap
from service.flows.ledger.manual_awards import approve_manual_award, propose_manual_award
from service.flows.people.enrollments import open_enrollment, read_outlook
from service.flows.programs.programs import publish_program
from service.flows.screens.audit import AuditFilter, read_audit
from service.flows.visits.corrections import correct_event
from service.flows.visits.read_events import read_event
from service.flows.visits.record_events import Recorded, ToRecord
from tests.flows.conftest import MONDAY, TODAY, count, gather_for, receipt

if TYPE_CHECKING:
    from tests.flows.conftest import Scene

PROGRAMS = Path(__file__).resolve().parents[2] / "schemas" / "programs"
TARGET = "cocaine-negative"
DAY = timedelta(days=1)
YEAR_START = date(2026, 1, 1)


async def capped(
    scene: Scene,
    amount: int,
    per: Period = "year",
    funding: str | None = None,
    starts_on: date = YEAR_START,
    ends_on: date | None = None,
) -> UUID:
    """Set a cap in cents."""
    new = NewCap(per, "usd", amount, starts_on, "What the county allows.", funding, ends_on)
    return (await scene.value(lambda act: set_cap(act, new))).id


async def credited(scene: Scene) -> int:
    """Sum all that came out of the clinic's account, less what went back to it."""
    async with scene.database.transaction(scene.clinic) as tx:
        total = await tx.connection.fetchval(
            "select sum(case when source = 'issued' then amount else -amount end) from transfers "
            "where 'issued' in (source, destination)"
        )
    return int(total)


def paid(answer: Receipt) -> list[tuple[int, int]]:
    """Give what was paid and clipped, award by award."""
    return [(award.amount, award.clipped) for award in answer.awards]


async def higgins(scene: Scene, more: bytes = b"") -> UUID:
    """Enroll somebody today in the schedule of 1993, with something more in its document or without."""
    found = decode((PROGRAMS / "higgins-1993-vouchers.yaml").read_bytes() + more, yaml=True)
    assert isinstance(found, Program)
    await scene.value(partial(publish_program, program=found))
    new = NewEnrollment(await scene.participant(), found.name, TODAY)
    return (await scene.value(lambda act: open_enrollment(act, new))).id


def visits() -> list[datetime]:
    """List 36 visits, on Monday, Wednesday and Friday of twelve weeks."""
    return [MONDAY + timedelta(weeks=week, days=day) for week in range(12) for day in (0, 2, 4)]


async def test_the_schedule_of_1993_under_750_dollars_a_year_is_paid_to_the_31st_visit(scene: Scene) -> None:
    """Thirty visits make $718.75; the 31st is worth $40.00 and is paid $31.25; the rest earn nothing.

    250 * 30 + 125 * (0 + ... + 29) = 7500 + 54375, and ten bonuses of 1000: 71875. The ladder goes on.
    """
    cap = await capped(scene, 75_000)
    enrollment = await higgins(scene)
    earned = []
    for at in visits():
        event = NewEvent("negative", at, enrollment=enrollment, target=TARGET)
        scene.clock.now = at
        (answer,) = await scene.recorder.record(scene.clinic, [ToRecord(scene.actor("clinician"), event)])
        earned.append(receipt(answer))
    sums = [sum(award.amount for award in one.awards) for one in earned]
    assert (sum(sums[:30]), sums[30], sums[31:]) == (71_875, 3125, [0] * 5)
    assert sum(sums) == await credited(scene) == 75_000
    assert sum(award.clipped for one in earned for award in one.awards) == 99_750 - 75_000
    assert [reason.text for reason in earned[30].awards[0].reasons] == [
        "Negative test, step 31: $40.00.",
        "This is the most you can earn in one year. Not added: $8.75.",
    ]
    assert earned[35].outlook[0].next[0].amount == 0
    assert "most you can for one year" in earned[32].outlook[0].sentence
    told = (await scene.value(lambda act: read_audit(act, AuditFilter(deed="cap.reached"), Page(9)))).items
    assert [(one.subject, one.detail["percent"]) for one in told] == [(cap, 100), (cap, 80)]


async def test_events_in_one_batch_share_what_a_cap_leaves(scene: Scene) -> None:
    """$1.00, $2.00 and $3.00 under $5.00 a year: what the first two took, the third has not."""
    await capped(scene, 500)
    enrollment = await scene.enrolled()
    events = [
        NewEvent("negative", MONDAY + n * timedelta(minutes=1), enrollment=enrollment.id, target="test")
        for n in range(4)
    ]
    actor = scene.actor("clinician")
    answers = await scene.recorder.record(scene.clinic, [ToRecord(actor, event) for event in events])
    assert [paid(receipt(answer)) for answer in answers] == [[(100, 0)], [(200, 0)], [(200, 100)], [(0, 400)]]
    again = await scene.value(lambda act: read_event(act, receipt(answers[2]).event.id))
    assert paid(again) == [(200, 100)]
    assert [reason.code for reason in again.awards[0].reasons] == ["step", "cap:year"]


@pytest.mark.parametrize(
    ("per", "got"),
    [
        ("event", [100, 150, 150, 150]),
        ("day", [100, 50, 150, 150]),
        ("week", [100, 50, 0, 150]),
        ("enrollment", [100, 50, 0, 0]),
    ],
)
async def test_a_cap_counts_by_its_period(scene: Scene, per: Period, got: list[int]) -> None:
    """Two visits on Monday, one on Tuesday, one in the next week, under $1.50."""
    await capped(scene, 150, per)
    enrollment = await scene.enrolled()
    times = [MONDAY, MONDAY + timedelta(minutes=1), MONDAY + DAY, MONDAY + 7 * DAY]
    scene.clock.now = times[-1]
    assert [paid(await scene.record(enrollment.id, "negative", at))[0][0] for at in times] == got


async def test_a_cap_holds_over_two_enrollments_of_one_person(scene: Scene) -> None:
    """And a cap for each enrollment holds for each."""
    await capped(scene, 350)
    await capped(scene, 200, "enrollment")
    first = await scene.enrolled()
    other = await scene.program("other")
    new = NewEnrollment(first.participant, other.name, TODAY)
    second = await scene.value(lambda act: open_enrollment(act, new))
    got = []
    for place, enrollment in enumerate((first.id, first.id, second.id, second.id)):
        answer = await scene.record(enrollment, "negative", MONDAY + place * timedelta(minutes=1))
        got.append(paid(answer)[0])
    assert got == [(100, 0), (100, 100), (100, 0), (50, 150)]


async def test_a_funder_s_cap_binds_what_it_funds(scene: Scene) -> None:
    """The county's enrollment is clipped, the clinic's own is not."""
    await capped(scene, 50, funding="county")
    ladder = await scene.program()
    who = await scene.participant()
    own = await scene.enrolled("P-2")
    new = NewEnrollment(who, ladder.name, TODAY, funding="county")
    funded = await scene.value(lambda act: open_enrollment(act, new))
    assert paid(await scene.record(funded.id, "negative")) == [(50, 50)]
    assert paid(await scene.record(own.id, "negative")) == [(100, 0)]


async def test_an_entry_made_in_error_gives_its_room_back_and_pays_nothing_by_itself(scene: Scene) -> None:
    """$1.50 of a full $2.50 is taken back, and the next visit has that much room."""
    await capped(scene, 250)
    enrollment = await scene.enrolled()
    first = await scene.record(enrollment.id, "negative", MONDAY)
    assert paid(await scene.record(enrollment.id, "negative", MONDAY + timedelta(minutes=1))) == [(150, 50)]
    scene.clock.now = MONDAY + DAY
    wrong = NewCorrection("entry_error", "Another person's sample.")
    corrected = await scene.value(lambda act: correct_event(act, first.event.id, wrong), "manager")
    # The first falls by 1.00; the second, now step 1, falls by 1.00 too, of which 0.50 was never paid.
    assert sum(award.amount for award in corrected.awards) == -150
    assert await credited(scene) == 100
    assert paid(await scene.record(enrollment.id, "negative", MONDAY + DAY)) == [(150, 50)]


async def test_an_excuse_s_rise_is_paid_within_caps(scene: Scene) -> None:
    """A positive between two negatives is excused: the second rises by $1.00, and there is room for $0.30."""
    await capped(scene, 230)
    enrollment = await scene.enrolled()
    for place, outcome in enumerate(("negative", "positive", "negative")):
        answer = await scene.record(enrollment.id, outcome, MONDAY + place * timedelta(minutes=1))
        if outcome == "positive":
            event = answer.event.id
    scene.clock.now = MONDAY + DAY
    excuse = NewCorrection("excuse", "The sample was mixed up.")
    corrected = await scene.value(lambda act: correct_event(act, event, excuse), "manager")
    (raised,) = [award for award in corrected.awards if award.amount]
    assert (raised.amount, raised.clipped) == (30, 70)
    assert [(reason.code, reason.amount) for reason in raised.reasons][::2] == [
        ("raised", 30),
        ("cap:year", 70),
    ]
    (told,) = [one for one in corrected.adjustments if one.amount]
    assert (told.before, told.after, told.amount) == (100, 130, 30)
    assert "now $1.30 instead of $1.00." in told.sentence
    assert await credited(scene) == 230


@pytest.mark.parametrize("seed", range(3))
async def test_caps_hold_for_any_order_of_arrival(scene: Scene, seed: int) -> None:
    """Late successes and failures, under caps of every period at once, in batches and alone."""
    chance = random.Random(seed)
    amounts: dict[Period, int] = {
        "event": 700,
        "day": 900,
        "week": 1500,
        "month": 3000,
        "year": 5000,
        "enrollment": 4500,
    }
    caps = {await capped(scene, amount, per): amount for per, amount in amounts.items()}
    enrollment = await scene.enrolled(welcome=120)
    events = [
        NewEvent(
            chance.choice(("negative", "negative", "negative", "positive", "excused")),
            MONDAY + timedelta(hours=17 * place),
            enrollment=enrollment.id,
            target="test",
        )
        for place in range(40)
    ]
    scene.clock.now = MONDAY + timedelta(weeks=8)
    chance.shuffle(events)
    actor = scene.actor("clinician")
    while events:
        batch = [events.pop() for _ in range(min(len(events), chance.choice((1, 1, 7))))]
        answers = await scene.recorder.record(scene.clinic, [ToRecord(actor, event) for event in batch])
        assert all(isinstance(answer, Recorded) for answer in answers)
    async with scene.database.transaction(scene.clinic) as tx:
        totals = await tx.connection.fetch("select cap_id, period, amount from cap_totals")
    assert len(totals) > 40
    assert [dict(row) for row in totals if row["amount"] > caps[row["cap_id"]]] == []


async def test_50_events_and_hand_given_awards_at_once_never_pass_a_cap(scene: Scene) -> None:
    """Two web processes' worth of events for one person, and awards by hand: the cap is paid to the cent."""
    await capped(scene, 12_345)
    await capped(scene, 20_000, "month")
    enrollment = await scene.enrolled(welcome=100)
    award = NewManualAward(enrollment.participant, "usd", 450, "For coming")
    given = [await scene.value(partial(propose_manual_award, new=award)) for _ in range(10)]
    gathers = [gather_for(scene), gather_for(scene)]
    times = [MONDAY + number * timedelta(seconds=1) for number in range(50)]
    events = [NewEvent("negative", at, enrollment=enrollment.id, target="test", another=True) for at in times]
    desk = scene.actor("front_desk")
    asked = [
        gathers[number % 2].ask(scene.clinic, ToRecord(desk, event)) for number, event in enumerate(events)
    ]
    approved = [scene.value(partial(approve_manual_award, manual_award=one.id), "auditor") for one in given]
    done = await asyncio.gather(*asked, *approved)
    earned = [receipt(answer) for answer in done[:50] if isinstance(answer, Recorded)]
    assert len(earned) == 50
    assert await credited(scene) == 12_345
    assert (await scene.balance(enrollment.participant)).earned == 12_345
    codes = {
        reason.code for one in earned for award in one.awards if award.clipped for reason in award.reasons
    }
    assert "cap:year" in codes
    assert "cap:month" not in codes


async def test_the_outlook_knows_what_caps_leave(scene: Scene) -> None:
    """The next success is worth $2.00, and there is $0.50 left of the year: that is what is promised."""
    await capped(scene, 150)
    enrollment = await scene.enrolled()
    answer = await scene.record(enrollment.id, "negative")
    assert answer.outlook[0].next[0].amount == 50
    assert answer.outlook[0].sentence.startswith("Your next negative test is worth $0.50. With it you reach")
    seen = await scene.value(lambda act: read_outlook(act, enrollment.id))
    assert seen.outlook == answer.outlook
    again = await scene.value(lambda act: read_event(act, answer.event.id))
    assert again.outlook == answer.outlook


async def test_a_refused_event_counts_for_nothing(scene: Scene) -> None:
    """Neither totals nor warnings are made for somebody for whom nothing was posted."""
    enrollment = await scene.enrolled(welcome=500)
    await capped(scene, 500)
    event = NewEvent("nonsense", MONDAY, enrollment=enrollment.id, target="test")
    good = await scene.enrolled("P-2")
    other = NewEvent("positive", MONDAY, enrollment=good.id, target="test")
    actor = scene.actor("clinician")
    await scene.recorder.record(scene.clinic, [ToRecord(actor, event), ToRecord(actor, other)])
    assert (await count(scene, "cap_totals"), await count(scene, "cap_warnings")) == (0, 0)
    await scene.record(enrollment.id, "negative")
    assert (await count(scene, "cap_totals"), await count(scene, "cap_warnings")) == (1, 2)


async def test_the_same_cap_in_the_program_itself_pays_the_same_in_any_order(scene: Scene) -> None:
    """$750 a year of the program's own, recorded in shuffled order: each visit is paid what its fold says."""
    enrollment = await higgins(scene, b"\ncaps:\n  - {per: year, amount: 75000}\n")
    scene.clock.now = datetime(2026, 6, 1, tzinfo=UTC)
    order = visits()
    random.Random(7).shuffle(order)
    ids = {}
    for at in order:
        event = NewEvent("negative", at, enrollment=enrollment, target=TARGET)
        (answer,) = await scene.recorder.record(scene.clinic, [ToRecord(scene.actor("clinician"), event)])
        ids[at] = receipt(answer).event.id
        assert await credited(scene) <= 75_000
    sums = []
    for at in visits():
        seen = await scene.value(partial(read_event, event_id=ids[at]))
        sums.append(sum(award.amount for award in seen.awards))
    assert (sum(sums[:30]), sums[30], sums[31:]) == (71_875, 3125, [0] * 5)


@pytest.mark.parametrize(
    ("starts_on", "ends_on"), [("-infinity", None), ("infinity", None), ("-infinity", "infinity")]
)
async def test_a_cap_of_an_infinite_day_from_before_stops_no_event(
    scene: Scene, own_database: str, starts_on: str, ends_on: str | None
) -> None:
    """The database takes no more of them, and one that it has binds as what it says: always, or never."""
    one = await scene.enrolled()
    owner = await asyncpg.connect(own_database)
    written = """
        insert into caps (
            clinic_id, cap_id, per, unit, amount, starts_on, ends_on, reason, created_at, created_by
        )
        select $1, $2, 'year', 'usd', 60, $3::text::date, $4::text::date, $5, now(), $2
    """
    sealed = scene.database.cipher.seal(scene.clinic, "caps.reason", b"The county.")
    row = (scene.clinic, uuid4(), starts_on, ends_on, sealed)
    try:
        with pytest.raises(asyncpg.CheckViolationError, match="caps_days_are_near"):
            await owner.execute(written, *row)
        await owner.execute("alter table caps drop constraint caps_days_are_near")
        await owner.execute(written, *row)
        receipt_of = await scene.record(one.id, "negative")
        assert [award.amount for award in receipt_of.awards] == [60 if starts_on == "-infinity" else 100]
    finally:
        # Nobody's operation set it, so that the books would call it a stray.
        await owner.execute("delete from cap_warnings")
        await owner.execute("delete from cap_totals")
        await owner.execute("delete from caps")
        await owner.close()
