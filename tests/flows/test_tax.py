"""Thresholds are dated data, and the report of a year says who was paid how much in it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from schemas.caps import NewTaxThreshold, TaxReport
from schemas.shelf import NewRedemption
from service.core.cursors import Page
from service.core.ledger import Credit
from service.flows.ledger import tax as read_tax
from service.flows.ledger.tax import list_thresholds, newest_tax_lines, set_tax_threshold, tax_report
from service.flows.perform import Act, Done
from service.flows.screens.audit import AuditFilter, read_audit
from service.flows.shelf.redemptions import give_redemption, redeem
from service.store import charts, ledger

if TYPE_CHECKING:
    import pytest

    from schemas.program import Unit
    from tests.flows.conftest import Scene

ALL = Page(200)


async def paid(scene: Scene, who: UUID, amount: int, unit: Unit = "usd") -> None:
    """Pay an amount for a visit of March 2025."""

    async def operation(act: Act) -> Done[None]:
        await charts.lock(act, [], [who], [])
        credit = Credit(who, unit, amount, "manual", uuid4(), date(2025, 3, 3))
        await ledger.pay(act, [credit])
        return Done(None)

    await scene.value(operation)


async def report(
    scene: Scene, year: int | None = None, page: Page = ALL, *, is_reached: bool | None = None
) -> TaxReport:
    """Read a year's report."""
    return await scene.value(lambda act: tax_report(act, page, year, is_reached=is_reached))


async def test_a_clinic_begins_with_the_thresholds_of_the_law(scene: Scene) -> None:
    """$600 for payments to 2025, $2,000 from 2026 on."""
    found = (await scene.value(lambda act: list_thresholds(act, ALL))).items
    assert [(one.from_year, one.amount, one.unit) for one in found] == [
        (2026, 200_000, "usd"),
        (1901, 60_000, "usd"),
    ]


async def test_the_newest_threshold_of_a_year_holds(scene: Scene) -> None:
    """A law that changes, or a figure that was mistyped, is one more row; nothing is overwritten."""
    for amount in (1, 250_000):
        new = NewTaxThreshold(2030, amount)
        made = await scene.value(partial(set_tax_threshold, new=new))
        assert made.created_by == scene.actor().id
    page = await scene.value(lambda act: list_thresholds(act, Page(2)))
    assert [(one.from_year, one.amount) for one in page.items] == [(2030, 250_000), (2026, 200_000)]
    rest = await scene.value(lambda act: list_thresholds(act, Page(2, page.next_cursor)))
    assert [(one.from_year, one.amount) for one in rest.items] == [(1901, 60_000)]
    reports = [(await report(scene, year)).threshold for year in (2025, 2026, 2029, 2030, 2199)]
    assert reports == [60_000, 200_000, 200_000, 250_000, 250_000]


async def test_the_year_is_that_of_the_payment_by_the_clinic_s_clock(scene: Scene) -> None:
    """11 p.m. on December 31 in Los Angeles is the old year, though it is the new one in Greenwich."""
    who = await scene.participant()
    scene.clock.now = datetime(2026, 1, 1, 7, tzinfo=UTC)
    await paid(scene, who, 60_000)
    scene.clock.now = datetime(2026, 1, 1, 8, tzinfo=UTC)
    await paid(scene, who, 199_999)
    old, new = (await report(scene, 2025)).items[0], (await report(scene, 2026)).items[0]
    assert (old.net, old.threshold, old.reached) == (60_000, 60_000, True)
    assert (new.net, new.threshold, new.reached) == (199_999, 200_000, False)
    assert (await report(scene)).year == 2026
    assert (await report(scene, 2024)).items == ()


async def test_a_line_says_what_was_credited_and_handed_over_in_money(scene: Scene) -> None:
    """Points are no income; what is set aside is not given yet; the codes say who it is."""
    enrollment = await scene.enrolled("P-1", welcome=2000)
    who = enrollment.participant
    await paid(scene, who, 10_000, "points")
    reward = await scene.reward(500)
    held = await scene.value(lambda act: redeem(act, NewRedemption(who, reward.id)))
    await scene.value(lambda act: redeem(act, NewRedemption(who, reward.id)))
    await scene.value(lambda act: give_redemption(act, held.id))
    (line,) = (await report(scene, 2026)).items
    assert (line.participant, line.reference) == (who, "P-1")
    assert (line.credited, line.taken_back, line.net, line.given) == (2000, 0, 2000, 500)
    assert len(line.display_code) >= 4


async def test_the_report_can_ask_who_came_to_the_threshold(scene: Scene) -> None:
    """And who did not; who was paid nothing is in neither."""
    rich, poor = await scene.participant("P-1"), await scene.participant("P-2")
    await scene.participant("P-3")
    await paid(scene, rich, 200_000)
    await paid(scene, poor, 1)
    assert [line.participant for line in (await report(scene, 2026)).items] == sorted((rich, poor))
    assert [line.participant for line in (await report(scene, 2026, is_reached=True)).items] == [rich]
    assert [line.participant for line in (await report(scene, 2026, is_reached=False)).items] == [poor]


async def test_a_report_is_read_page_by_page_each_of_bounded_work(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page looks at so many participants: one may be empty and still lead on, and everyone is on one."""
    people = sorted([await scene.participant(f"P-{number}") for number in range(7)])
    for who in (people[4], people[5], people[6]):
        await paid(scene, who, 100)
    monkeypatch.setattr(read_tax, "PEOPLE_MAX", 3)
    seen, cursor, lengths = [], None, []
    while True:
        page = await report(scene, 2026, Page(1, cursor))
        seen += [line.participant for line in page.items]
        lengths.append(len(page.items))
        cursor = page.next_cursor
        if cursor is None:
            break
    assert seen == people[4:]
    assert lengths[0] == 0


async def test_a_page_of_the_report_begins_with_who_was_registered_last(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has the lines that the report has, the other way round, and goes on where it was cut."""
    people = [await scene.participant(f"P-{number}") for number in range(7)]
    for who in people[1:5]:
        await paid(scene, who, 100)
    monkeypatch.setattr(read_tax, "PEOPLE_MAX", 3)
    seen, cursor = [], None
    while True:
        wanted = partial(newest_tax_lines, page=Page(1, cursor), year=2026)
        page = await scene.value(wanted)
        seen += [line.participant for line in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert seen == sorted(people[1:5], reverse=True)
    assert (await scene.refusal(partial(newest_tax_lines, page=Page(1, "x"))))[0] == "invalid"


async def test_a_report_s_cursor_is_one_of_ours(scene: Scene) -> None:
    """Anything else is refused in words."""
    assert (await scene.refusal(lambda act: tax_report(act, Page(1, "x"))))[0] == "invalid"


async def test_reading_a_tax_report_is_audited_per_person(scene: Scene) -> None:
    """The trail shows whose record was read, and for which year."""
    who = await scene.participant()
    await paid(scene, who, 1)
    await report(scene, 2026)
    told = (await scene.value(lambda act: read_audit(act, AuditFilter(participant=who), ALL))).items
    assert (told[0].deed, told[0].detail) == ("tax_line.read", {"year": 2026})
    assert "tax_report.read" in await scene.deeds()


async def test_another_clinic_s_payments_are_in_no_report_of_this_one(scene: Scene) -> None:
    """Nothing crosses clinics."""
    elsewhere = await scene.elsewhere()
    await paid(elsewhere, await elsewhere.participant(), 1)
    assert (await report(scene, 2026)).items == ()
