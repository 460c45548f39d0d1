"""One clinic pays in dollars, euros, yen and Kuwaiti dinars: each has its own sums, caps and shelf."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.caps import NewCap
from schemas.corrections import NewCorrection
from schemas.draws import GivePrize, NewDraws
from schemas.people import NewEnrollment
from schemas.program import Bowl, Cap, Draws, Flat, Ladder, Phase, Program, Target, Tier
from schemas.second_looks import SecondPersonRulesChange
from schemas.shelf import NewRedemption, NewReward, Redemption, Reward
from service.core.cursors import Page
from service.core.refusals import Refused
from service.flows.draws.draws import draw_prizes
from service.flows.draws.prizes import give_prize
from service.flows.ledger.caps import set_cap
from service.flows.ledger.progress import read_periods
from service.flows.ledger.reports import ReportFilter, read_report
from service.flows.ledger.statements import read_statement
from service.flows.ledger.tax import tax_report
from service.flows.people.enrollments import open_enrollment
from service.flows.programs.programs import publish_program
from service.flows.shelf.redemptions import redeem
from service.flows.shelf.rewards import add_reward
from service.flows.shelf.second_person_rules import set_rules
from service.flows.visits.corrections import correct_event
from service.store import ledger
from tests.flows.conftest import TODAY

if TYPE_CHECKING:
    from uuid import UUID

    from schemas.people import Enrollment
    from schemas.program import Unit
    from tests.flows.conftest import Scene

MONEY: tuple[Unit, ...] = ("usd", "eur", "jpy", "kwd")
OWN = Bowl("own", (Tier("some", 1, value=700),))
THINGS = Bowl("things", (Tier("thing", 1, category="outings"),))


async def enrolled(
    scene: Scene, unit: Unit, who: UUID | None = None, amount: int = 1000, caps: tuple[Cap, ...] = ()
) -> Enrollment:
    """Publish a program that pays in a unit, and enroll somebody in it."""
    target = Target("test", "test", (Phase(weeks=(1, 12), earn=Ladder(amount, amount)),))
    document = Program(f"in-{unit}", "Tests", unit, 12, (target,), caps=caps)
    await scene.value(lambda act: publish_program(act, document))
    person = who or await scene.participant()
    new = NewEnrollment(person, document.name, TODAY)
    return await scene.by_another(lambda act: open_enrollment(act, new))


async def available(scene: Scene, who: UUID) -> dict[str, int]:
    """Give what somebody can spend, by unit."""
    async with scene.database.transaction(scene.clinic) as tx:
        sheet = (await ledger.sheets(tx, [who]))[who]
    return {one.unit: one.available for one in sheet.balances}


async def shelved(scene: Scene, unit: Unit, price: int, fair_value: int | None = None) -> Reward:
    """Put a reward on the shelf that is paid for in a unit."""
    new = NewReward(f"Ticket {unit}", unit, price, "item", "outings", instant=True, fair_value=fair_value)
    return await scene.value(lambda act: add_reward(act, new))


async def asked(scene: Scene, who: UUID, reward: Reward) -> Redemption | str:
    """Ask for a reward; gives why it was refused, if it was."""
    answer = await scene.ask(lambda act: redeem(act, NewRedemption(who, reward.id, 1)))
    return answer.reason if isinstance(answer, Refused) else answer.value  # type: ignore[union-attr]


async def test_a_person_earns_in_several_currencies_and_each_keeps_its_own_sum(scene: Scene) -> None:
    """One visit in each program: four balances, in the order of units, and nothing is converted."""
    first = await enrolled(scene, "usd")
    for unit in MONEY:
        one = first if unit == "usd" else await enrolled(scene, unit, first.participant, 1000 + len(unit))
        receipt = await scene.record(one.id, "negative")
        assert [money.unit for money in receipt.total] == [unit]
    assert await available(scene, first.participant) == {"usd": 1000, "eur": 1003, "jpy": 1003, "kwd": 1003}
    page = await scene.value(lambda act: read_statement(act, first.participant, Page(50)))
    assert {(one.unit, one.amount) for one in page.items} == {
        ("usd", 1000), ("eur", 1003), ("jpy", 1003), ("kwd", 1003),
    }  # fmt: skip  # table: units and amounts
    said = {one.unit: one.sentence for one in page.items}
    assert "€10.03" in said["eur"]
    assert "¥1,003" in said["jpy"]
    assert "KWD\u00a01.003" in said["kwd"]


async def test_a_reward_takes_only_its_own_currency(scene: Scene) -> None:
    """Much of one buys nothing priced in another."""
    one = await enrolled(scene, "eur", amount=5000)
    await scene.record(one.id, "negative")
    dollars, euros = await shelved(scene, "usd", 100), await shelved(scene, "eur", 4000)
    assert await asked(scene, one.participant, dollars) == "insufficient_balance"
    bought = await asked(scene, one.participant, euros)
    assert isinstance(bought, Redemption)
    assert (bought.unit, bought.amount, bought.fair_value) == ("eur", 4000, 4000)
    assert await available(scene, one.participant) == {"eur": 1000}


async def test_a_correction_takes_back_in_the_currency_that_was_paid(scene: Scene) -> None:
    """What was recorded for the wrong person goes back, out of its own balance alone."""
    euros = await enrolled(scene, "eur")
    dollars = await enrolled(scene, "usd", euros.participant)
    await scene.record(dollars.id, "negative")
    receipt = await scene.record(euros.id, "negative")
    wrong = NewCorrection("entry_error", reason="Another person's.")
    await scene.value(lambda act: correct_event(act, receipt.event.id, wrong), "clinician")
    assert await available(scene, euros.participant) == {"usd": 1000, "eur": 0}


async def test_a_cap_looks_at_its_own_currency_alone(scene: Scene) -> None:
    """The program's, and the clinic's: a hundred euros a year say nothing of yen."""
    await scene.value(lambda act: set_cap(act, NewCap("year", "eur", 1500, TODAY, "What the funder allows.")))
    euros = await enrolled(scene, "eur")
    yen = await enrolled(scene, "jpy", euros.participant, caps=(Cap("year", 2500),))
    for one in (euros, yen):
        await scene.record(one.id, "negative")
    assert await available(scene, euros.participant) == {"eur": 1000, "jpy": 1000}
    clock = scene.clock
    later = clock.now.replace(minute=clock.now.minute + 1)
    clock.now = later
    document = Program(
        "more", "More", "eur", 12, (Target("test", "test", (Phase(weeks=(1, 12), earn=Flat(1000)),)),)
    )
    await scene.value(lambda act: publish_program(act, document))
    new = NewEnrollment(euros.participant, "more", TODAY)
    more = await scene.by_another(lambda act: open_enrollment(act, new))
    receipt = await scene.record(more.id, "negative", later)
    assert [(award.amount, award.clipped) for award in receipt.awards] == [(500, 500)]
    assert await available(scene, euros.participant) == {"eur": 1500, "jpy": 1000}


async def drawing(scene: Scene, bowl: Bowl) -> Enrollment:
    """Enroll somebody in a program in euros, who has earned a draw from a bowl."""
    target = Target("test", "test", (Phase(weeks=(1, 12), earn=Draws(1, 0, bowl=bowl.name)),))
    document = Program("draws", "Draws", "eur", 12, (target,), bowls=(bowl,), caps=(Cap("year", 500),))
    await scene.value(lambda act: publish_program(act, document))
    new = NewEnrollment(await scene.participant(), document.name, TODAY)
    made = await scene.by_another(lambda act: open_enrollment(act, new))
    await scene.record(made.id, "negative")
    return made


async def test_a_draw_pays_in_the_currency_of_its_program(scene: Scene) -> None:
    """And counts against the program's cap in it."""
    one = await drawing(scene, OWN)
    drawn = await scene.value(lambda act: draw_prizes(act, one.participant, NewDraws(1)))
    (slip,) = drawn.draws
    assert slip.prize is not None
    assert (slip.prize.unit, slip.prize.amount, slip.prize.clipped) == ("eur", 500, 200)
    assert await available(scene, one.participant) == {"draw": 0, "eur": 500}


async def test_a_prize_counts_in_the_currency_that_it_costs_on_the_shelf(scene: Scene) -> None:
    """A ticket of €4.80: the program's cap in euros has room for it, and a cap in dollars says nothing."""
    one = await drawing(scene, THINGS)
    await scene.value(lambda act: set_cap(act, NewCap("year", "usd", 1, TODAY, "No dollars at all.")))
    drawn = await scene.value(lambda act: draw_prizes(act, one.participant, NewDraws(1)))
    (slip,) = drawn.draws
    assert slip.prize is not None
    won = slip.prize.id
    dear, ticket = await shelved(scene, "eur", 480, 501), await shelved(scene, "eur", 480)
    refused = await scene.ask(lambda act: give_prize(act, won, GivePrize(dear.id)))
    assert isinstance(refused, Refused)
    assert refused.code == "cap_reached"
    given = await scene.value(lambda act: give_prize(act, won, GivePrize(ticket.id)))
    assert given.fair_value == 480
    report = await scene.value(lambda act: read_report(act, ReportFilter()))
    assert [(each.unit, each.amount) for each in report.in_kind] == [("eur", 480)]
    assert (await scene.value(lambda act: tax_report(act, Page(50), 2026))).items == ()


async def test_reports_show_a_line_for_each_currency(scene: Scene) -> None:
    """What was credited, handed over and by how many people; the tax report tells of dollars."""
    first = await enrolled(scene, "usd")
    for unit in MONEY:
        one = first if unit == "usd" else await enrolled(scene, unit, first.participant)
        await scene.record(one.id, "negative")
    assert isinstance(
        await asked(scene, first.participant, await shelved(scene, "kwd", 250, 400)), Redemption
    )
    report = await scene.value(lambda act: read_report(act, ReportFilter()))
    whole = [(one.unit, one.net, one.people) for one in report.paid if one.by == "all"]
    assert whole == [(unit, 1000, 1) for unit in MONEY]
    assert [(one.unit, one.amount) for one in report.given] == [("kwd", 250)]
    assert [(one.unit, one.amount) for one in report.in_kind] == [("kwd", 150)]
    periods = await scene.value(lambda act: read_periods(act, ReportFilter(), ReportFilter()))
    assert [(one.unit, one.net, one.people) for one in periods.now.earned] == [
        (unit, 1000, 1) for unit in MONEY
    ]
    (line,) = (await scene.value(lambda act: tax_report(act, Page(50), 2026))).items
    assert (line.credited, line.in_kind, line.given, line.net) == (1000, 0, 0, 1000)


async def test_what_one_person_hands_out_is_bounded_in_each_currency_by_itself(scene: Scene) -> None:
    """Two hundred euros and two hundred dollars are not four hundred of either."""
    await scene.by_another(lambda act: set_rules(act, SecondPersonRulesChange(given_usd_max=1500)))
    first = await enrolled(scene, "usd")
    other = await enrolled(scene, "eur", first.participant, 2000)
    for one in (first, other):
        await scene.record(one.id, "negative")
    dollars, euros = await shelved(scene, "usd", 1000), await shelved(scene, "eur", 1000)
    who = first.participant

    async def handed(reward: Reward) -> str:
        answer = await scene.ask(lambda act: redeem(act, NewRedemption(who, reward.id, 1)), "front_desk")
        return answer.reason if isinstance(answer, Refused) else ""

    assert await handed(dollars) == ""
    assert await handed(euros) == ""
    assert await handed(euros) == "second_person_needed.much"


async def test_a_provider_delivers_for_no_other_currency(scene: Scene) -> None:
    """Its orders are in dollars, so nobody pays for them in euros."""
    new = NewReward("Card", "eur", 1000, "provider", "gift-cards", product=scene.clinic)
    assert (await scene.refusal(lambda act: add_reward(act, new)))[1] == ("$.unit",)
