"""Caps are set and ended, bind whatever is posted while they hold, and say when they are reached."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest

from schemas.caps import CapWarning, ClinicCap, EndCap, NewCap
from schemas.program import Period, Unit
from service.core.cursors import Page
from service.core.ledger import Credit, Paid
from service.core.verify.books import ParticipantBooks, TransferRow
from service.flows.ledger.caps import end_cap, list_caps, list_warnings, read_cap, set_cap
from service.flows.perform import Act, Done
from service.flows.screens.audit import AuditFilter, read_audit
from service.flows.verify import verify_caps
from service.store import books, charts, ledger
from tests.flows.conftest import MONDAY, TODAY, count

if TYPE_CHECKING:
    from tests.flows.conftest import Scene

ALL = Page(200)


@pytest.fixture(autouse=True)
async def agreeing(scene: Scene) -> AsyncIterator[None]:
    """See that every total is the sum of its transfers in the end, and that every warning is there."""
    yield
    async with scene.database.transaction(scene.clinic) as tx:
        people = await books.participants(tx, UUID(int=0), 200)
        rows = await books.of_participants(tx, "books/transfers", people)
        each = [
            ParticipantBooks(who, (), [TransferRow(*row) for row in rows.get(who, [])], (), ())
            for who in people
        ]
        assert [wrong async for wrong in verify_caps.tallies(tx, each)] == []
        assert [wrong async for wrong in verify_caps.terms(tx)] == []


async def capped(
    scene: Scene,
    per: Period = "year",
    amount: int = 1000,
    *,
    unit: Unit = "usd",
    funding: str | None = None,
    starts_on: date = TODAY,
    ends_on: date | None = None,
) -> ClinicCap:
    """Set a cap in cents, from today on."""
    new = NewCap(per, unit, amount, starts_on, "What the county allows.", funding, ends_on)
    return await scene.value(lambda act: set_cap(act, new))


async def paid(
    scene: Scene, who: UUID, *amounts: int, day: date = TODAY, funding: str | None = None
) -> Sequence[Paid]:
    """Pay amounts to a participant in one transaction, by hand."""

    async def operation(act: Act) -> Done[list[Paid]]:
        await charts.lock(act, [], [who], [])
        credits_ = [Credit(who, "usd", amount, "manual", uuid4(), day, funding) for amount in amounts]
        return Done(await ledger.pay(act, credits_))

    return await scene.value(operation)


async def warnings(scene: Scene, cap: UUID) -> list[CapWarning]:
    """List a cap's warnings, newest first."""
    return list((await scene.value(lambda act: list_warnings(act, cap, ALL))).items)


async def test_a_cap_is_set_read_and_listed(scene: Scene) -> None:
    """With all that was said of it, its reason too; the list can ask what is in force on a day."""
    first = await capped(scene, "month", 7500, funding="county", ends_on=date(2026, 12, 31))
    second = await capped(scene, starts_on=date(2027, 1, 1))
    assert await scene.value(lambda act: read_cap(act, first.id)) == first
    assert (first.reason, first.created_by) == ("What the county allows.", scene.actor().id)
    assert (await scene.value(lambda act: list_caps(act, ALL))).items == (second, first)
    assert (await scene.value(lambda act: list_caps(act, ALL, TODAY))).items == (first,)
    assert (await scene.value(lambda act: list_caps(act, ALL, date(2027, 1, 1)))).items == (second,)
    assert (await scene.value(lambda act: list_caps(act, Page(1)))).next_cursor is not None
    assert (await scene.deeds()).count("cap.set") == 2


async def test_a_cap_s_reason_is_kept_sealed(scene: Scene) -> None:
    """A reason is free text, and free text is encrypted."""
    await capped(scene)
    async with scene.database.transaction(scene.clinic) as tx:
        kept = await tx.connection.fetchval("select reason from caps")
    assert b"county" not in kept


async def test_a_cap_that_ends_before_it_begins_is_refused(scene: Scene) -> None:
    """The last day is mistyped."""
    new = NewCap("year", "usd", 1, TODAY, "x", None, TODAY - timedelta(1))
    assert await scene.refusal(lambda act: set_cap(act, new)) == ("invalid", ("$.ends_on",))


async def test_a_cap_is_ended_once_and_not_in_the_past(scene: Scene) -> None:
    """What it bound before stays as it was posted."""
    cap = await capped(scene)
    yesterday = EndCap(TODAY - timedelta(1))
    assert await scene.refusal(lambda act: end_cap(act, cap.id, yesterday)) == ("invalid", ("$.on",))
    ended = await scene.value(lambda act: end_cap(act, cap.id, EndCap(TODAY)))
    assert ended.ends_on == TODAY
    assert await scene.refusal(lambda act: end_cap(act, cap.id, EndCap(TODAY))) == ("cap_ended", ())
    assert await scene.value(lambda act: read_cap(act, cap.id)) == ended
    given = await capped(scene, ends_on=date(2026, 12, 31))
    assert (await scene.refusal(lambda act: end_cap(act, given.id, EndCap(TODAY))))[0] == "cap_ended"


async def test_another_clinic_s_cap_is_like_one_that_does_not_exist(scene: Scene) -> None:
    """It is neither read nor ended nor listed, and it binds nobody here."""
    elsewhere = await scene.elsewhere()
    cap = await capped(elsewhere, amount=0)
    who = await scene.participant()
    assert (await scene.refusal(lambda act: read_cap(act, cap.id)))[0] == "not_found"
    assert (await scene.refusal(lambda act: end_cap(act, cap.id, EndCap(TODAY))))[0] == "not_found"
    assert (await scene.refusal(lambda act: list_warnings(act, cap.id, ALL)))[0] == "not_found"
    assert (await scene.value(lambda act: list_caps(act, ALL))).items == ()
    assert await paid(scene, who, 700) == [Paid(700)]


async def test_amounts_beyond_a_cap_are_clipped_with_the_reason(scene: Scene) -> None:
    """$10.00 a year: of $7.00 and $5.00 the second is clipped, and a third is paid nothing."""
    await capped(scene)
    who = await scene.participant()
    first, second = await paid(scene, who, 700, 500)
    (third,) = await paid(scene, who, 1)
    assert [(one.amount, one.clipped) for one in (first, second, third)] == [(700, 0), (300, 200), (0, 1)]
    assert [(why.code, why.amount) for why in second.why] == [("cap:year", 200)]
    assert (await scene.balance(who)).available == 1000


async def test_a_cap_is_each_participant_s_own(scene: Scene) -> None:
    """What one was paid takes nothing from another."""
    await capped(scene)
    for reference in ("P-1", "P-2"):
        assert await paid(scene, await scene.participant(reference), 1000) == [Paid(1000)]


async def test_a_funder_s_cap_and_the_clinic_s_hold_side_by_side(scene: Scene) -> None:
    """The county pays $3.00 a month at most; all together it is $10.00."""
    await capped(scene, "month", 300, funding="county")
    await capped(scene, "month", 1000)
    who = await scene.participant()
    assert [one.amount for one in await paid(scene, who, 500, funding="county")] == [300]
    assert [one.amount for one in await paid(scene, who, 500, 500)] == [500, 200]


async def test_amounts_paid_before_a_cap_was_set_count_in_its_period(scene: Scene) -> None:
    """A cap set today on the year knows what was paid in February, and takes nothing of it back."""
    who = await scene.participant()
    await paid(scene, who, 800, 700, day=date(2026, 2, 3))
    await paid(scene, who, 900, day=date(2025, 12, 31))
    cap = await capped(scene, "year", 2000)
    assert [one.amount for one in await paid(scene, who, 900)] == [500]
    lowered = await capped(scene, "year", 100)
    assert [one.amount for one in await paid(scene, who, 900)] == [0]
    assert (await scene.balance(who)).available == 800 + 700 + 900 + 500
    assert [one.percent for one in await warnings(scene, cap.id)] == [100, 80]
    assert [one.percent for one in await warnings(scene, lowered.id)] == [100, 80]


async def test_a_cap_that_has_ended_binds_nothing_after_its_last_day(scene: Scene) -> None:
    """Its last day is the last that it binds, also when that day is recorded late."""
    cap = await capped(scene, "day", 100)
    who = await scene.participant()
    await scene.value(lambda act: end_cap(act, cap.id, EndCap(TODAY + timedelta(1))))
    days = [TODAY + timedelta(n) for n in (2, 1, 0)]
    assert [(await paid(scene, who, 500, day=day))[0].amount for day in days] == [500, 100, 100]


@pytest.mark.parametrize(
    ("per", "second", "got"),
    [
        ("day", date(2026, 3, 2), 0),
        ("day", date(2026, 3, 3), 600),
        ("week", date(2026, 3, 8), 0),
        ("week", date(2026, 3, 9), 600),
        ("month", date(2026, 3, 31), 0),
        ("month", date(2026, 4, 1), 600),
        ("year", date(2026, 12, 31), 0),
        ("year", date(2027, 1, 1), 600),
    ],
)
async def test_a_period_is_the_calendar_s(scene: Scene, per: Period, second: date, got: int) -> None:
    """The last day of the period is full, and the next day is the next period's."""
    await capped(scene, per, 600)
    who = await scene.participant()
    await paid(scene, who, 600)
    assert [one.amount for one in await paid(scene, who, 600, day=second)] == [got]


async def test_reaching_80_and_100_percent_is_notified_once_each(scene: Scene) -> None:
    """When they are come to, in the trail and in the cap's own list; never again in that period."""
    cap = await capped(scene)
    who = await scene.participant()
    await paid(scene, who, 799)
    assert await warnings(scene, cap.id) == []
    await paid(scene, who, 1)
    assert [(one.percent, one.participant, one.period) for one in await warnings(scene, cap.id)] == [
        (80, who, "2026")
    ]
    await paid(scene, who, 500)
    await paid(scene, who, 500)
    found = await warnings(scene, cap.id)
    assert [(one.percent, one.reached_at) for one in found] == [(100, MONDAY), (80, MONDAY)]
    told = (await scene.value(lambda act: read_audit(act, AuditFilter(deed="cap.reached"), ALL))).items
    assert [(one.subject, one.participant, one.detail) for one in told] == [
        (cap.id, who, {"percent": 100, "period": "2026"}),
        (cap.id, who, {"percent": 80, "period": "2026"}),
    ]
    await paid(scene, who, 1000, day=date(2027, 1, 1))
    assert [one.period for one in await warnings(scene, cap.id)] == ["2027", "2027", "2026", "2026"]
    one = await scene.value(lambda act: list_warnings(act, cap.id, Page(1)))
    assert (len(one.items), one.next_cursor is None) == (1, False)


async def test_reading_cap_warnings_is_audited(scene: Scene) -> None:
    """Each participant shown stands in the trail as read."""
    cap = await capped(scene)
    who = await scene.participant()
    await paid(scene, who, 1000)
    await warnings(scene, cap.id)
    told = (await scene.value(lambda act: read_audit(act, AuditFilter(deed="cap_warning.read"), ALL))).items
    assert [one.participant for one in told] == [who, who]


async def test_a_clinic_without_caps_keeps_no_totals(scene: Scene) -> None:
    """Nothing is counted that nobody asked for."""
    await paid(scene, await scene.participant(), 500)
    assert await count(scene, "cap_totals") == 0


async def test_payments_that_arrive_together_never_pass_a_cap(scene: Scene) -> None:
    """40 at once of $1.00 under a cap of $12.34: exactly that much is paid, and the rest is withheld."""
    await capped(scene, "day", 1234)
    await capped(scene, "year", 5000)
    who = await scene.participant()
    done = await asyncio.gather(*[paid(scene, who, 70, 30) for _ in range(40)])
    parts = [one for pair in done for one in pair]
    assert sum(one.amount for one in parts) == 1234
    assert sum(one.clipped for one in parts) == 4000 - 1234
    assert all({why.code for why in one.why} == {"cap:day"} for one in parts if one.clipped)
    assert (await scene.balance(who)).available == 1234
