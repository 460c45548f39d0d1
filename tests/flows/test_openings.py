# long: every rule of an opening has its test here
"""What somebody brings along from another system is spent, capped and taxed once, entered by two persons."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from schemas.openings import NewOpening, Opening
from service.core.cursors import Page
from service.core.refusals import Refused
from service.core.words.refusals.catalog import in_english
from service.flows.ledger.openings import (
    approve_opening,
    list_openings,
    propose_opening,
    read_opening,
    refuse_opening,
    withdraw_opening,
)
from service.flows.ledger.reports import ReportFilter, read_report
from service.flows.ledger.statements import read_statement
from service.flows.perform import Again, Done, Once
from tests.flows import giving
from tests.flows.conftest import TODAY

if TYPE_CHECKING:
    from schemas.program import Unit
    from tests.flows.conftest import Operation, Scene

WHY = "From the sheet of last year"
LAST_YEAR = date(2025, 12, 31)


def proposing(who: UUID, unit: Unit = "usd", as_of: date = TODAY, **more: Any) -> Operation[Opening]:  # noqa: ANN401
    """Propose an opening."""
    return lambda act: propose_opening(act, NewOpening(who, unit, as_of, WHY, **more))


def approving(opening: UUID) -> Operation[Opening]:
    """Approve an opening."""
    return lambda act: approve_opening(act, opening)


def refusing(opening: UUID) -> Operation[Opening]:
    """Refuse an opening."""
    return lambda act: refuse_opening(act, opening, "Another sum")


def withdrawing(opening: UUID) -> Operation[Opening]:
    """Withdraw an opening."""
    return lambda act: withdraw_opening(act, opening, "Of another person")


async def opened(scene: Scene, who: UUID, **asked: Any) -> Opening:  # noqa: ANN401
    """Enter an opening by two persons."""
    made = await scene.value(proposing(who, **asked))
    return await scene.by_another(approving(made.id))


async def accounts(scene: Scene, participant: UUID) -> tuple[int, int, int, int]:
    """Give available, held, given and earned in cents."""
    balance = await scene.balance(participant)
    return balance.available, balance.held, balance.given, balance.earned


async def test_opening_brings_what_can_be_spent_and_what_was_paid(scene: Scene) -> None:
    """Nothing is there before another person approves; what was paid before can never be spent."""
    who = await scene.participant()
    made = await scene.done(proposing(who, available=2000, paid_before=13_000))
    assert (made.made, made.value.status, made.value.paid_in_year) == ("created", "proposed", 13_000)
    assert await accounts(scene, who) == (0, 0, 0, 0)
    for own in (approving(made.value.id), refusing(made.value.id)):
        assert await scene.refusal(own) == ("same_person", ())
    approved = await scene.by_another(approving(made.value.id))
    assert (approved.status, approved.settled_by) == ("approved", scene.another.id)
    assert [(one.available, one.given) for one in approved.balances] == [(2000, 13_000)]
    assert await accounts(scene, who) == (2000, 0, 13_000, 15_000)
    reward = await giving.card(scene, 2500, "usd")
    refusal = await giving.bought(scene, who, reward)
    assert isinstance(refusal, Refused)
    assert refusal.code == "insufficient_balance"


async def test_opening_is_seen_as_such_in_the_statement(scene: Scene) -> None:
    """In English and in Spanish, with a cause of its own."""
    who = await scene.participant()
    made = await opened(scene, who, available=2000, paid_before=13_000)
    english = (await scene.value(lambda act: read_statement(act, who, Page()))).items
    assert {(one.cause, one.cause_id) for one in english} == {("opening", made.id)}
    assert {one.sentence for one in english} == {
        "$20.00 brought over from your clinic's earlier records.",
        "$130.00 paid out before, by your clinic's earlier records.",
    }
    spanish = (await scene.value(lambda act: read_statement(act, who, Page(), language="es"))).items
    assert "De los registros anteriores de tu clínica: $20.00." in {one.sentence for one in spanish}


async def test_opening_counts_once_in_the_year_of_its_day(scene: Scene) -> None:
    """Spending it later is no second income, and nothing of it is in another year."""
    who = await scene.participant()
    await opened(scene, who, as_of=LAST_YEAR, available=2500, paid_before=10_000)
    before = await giving.line(scene, 2025)
    assert (before.credited, before.net, before.brought_over) == (12_500, 12_500, 12_500)
    assert before.given == 10_000
    await giving.bought(scene, who, await giving.card(scene, 2500, "usd"))
    after = await giving.line(scene, 2026)
    assert (after.credited, after.net, after.given, after.brought_over) == (0, 0, 2500, 0)
    assert await giving.line(scene, 2025) == before


async def test_what_was_paid_in_an_earlier_year_counts_for_none(scene: Scene) -> None:
    """Only the part of the year is in its report, and all of it in the balance."""
    who = await scene.participant()
    await opened(scene, who, paid_before=10_000, paid_in_year=4000)
    assert (await giving.line(scene)).net == 4000
    assert await accounts(scene, who) == (0, 0, 10_000, 10_000)


async def test_opening_leaves_a_year_cap_what_is_left_of_it_and_is_never_clipped(scene: Scene) -> None:
    """What was paid elsewhere in the year counts once, whichever was first: the cap or the opening."""
    first, second = await scene.participant("P-1"), await scene.participant("P-2")
    await opened(scene, first, available=10_000, paid_before=40_000)
    await giving.capped(scene, 59_900)
    await opened(scene, second, available=10_000, paid_before=40_000)
    for who in (first, second):
        assert (await giving.credited(scene, who, 20_000, "usd")).paid == 9900
    third = await scene.participant("P-3")
    await opened(scene, third, paid_before=70_000)
    assert await accounts(scene, third) == (0, 0, 70_000, 70_000)
    assert (await giving.credited(scene, third, 100, "usd")).paid == 0


async def test_opening_of_a_year_fills_no_cap_of_a_day_week_or_month(scene: Scene) -> None:
    """Nobody knows on which days of the year it was paid."""
    who = await scene.participant()
    for per in ("event", "day", "week", "month"):
        await giving.capped(scene, 1000, per)
    await opened(scene, who, available=5000, paid_before=5000)
    assert (await giving.credited(scene, who, 1500, "usd")).paid == 1000


async def test_opening_of_last_year_leaves_this_year_s_cap_alone(scene: Scene) -> None:
    """Its day decides the year."""
    who = await scene.participant()
    await giving.capped(scene, 1000)
    await opened(scene, who, as_of=LAST_YEAR, paid_before=5000)
    assert (await giving.credited(scene, who, 1500, "usd")).paid == 1000


async def test_opening_of_a_funder_counts_for_that_funder(scene: Scene) -> None:
    """The enrollment's funding pays unless another is named."""
    enrollment = await scene.enrolled()
    who = enrollment.participant
    await giving.capped(scene, 5000, funding="county")
    await opened(scene, who, paid_before=4000, funding="county", enrollment=enrollment.id)
    assert (await giving.credited(scene, who, 2000, "usd", funding="county")).paid == 1000
    assert (await giving.credited(scene, who, 2000, "usd", funding="state")).paid == 2000


async def test_one_opening_a_unit_stands(scene: Scene) -> None:
    """Another waits until the first is refused or withdrawn; another unit has its own."""
    who = await scene.participant()
    first = await scene.value(proposing(who, available=100))
    assert await scene.refusal(proposing(who, available=100)) == ("opening_stands", ("$.unit",))
    assert (await scene.value(proposing(who, "points", available=5))).unit == "points"
    await scene.by_another(refusing(first.id))
    second = await scene.value(proposing(who, available=200))
    await scene.by_another(approving(second.id))
    assert await scene.refusal(proposing(who, available=100)) == ("opening_stands", ("$.unit",))
    await scene.by_another(withdrawing(second.id))
    await opened(scene, who, available=300)
    assert await accounts(scene, who) == (300, 0, 0, 300)


async def test_ten_proposals_at_once_make_one(scene: Scene) -> None:
    """The other nine hear that one stands."""
    who = await scene.participant()
    answers = await asyncio.gather(*(scene.ask(proposing(who, available=100)) for _ in range(10)))
    assert sum(isinstance(answer, Done) for answer in answers) == 1
    assert {answer.code for answer in answers if isinstance(answer, Refused)} == {"opening_stands"}


async def test_fifty_approvals_at_once_credit_once(scene: Scene) -> None:
    """The others hear that it is settled; one key answers the same again."""
    who = await scene.participant()
    made = await scene.value(proposing(who, available=100))
    once = Once("key-1", b"\1" * 32)
    answers = await asyncio.gather(
        *(scene.ask_another(approving(made.id)) for _ in range(40)),
        *(scene.ask_another(approving(made.id), once) for _ in range(10)),
    )
    assert sum(isinstance(answer, Done) for answer in answers) == 1
    codes = {answer.code for answer in answers if isinstance(answer, Refused)}
    assert codes <= {"already_settled"}
    assert all(isinstance(answer, Done | Again | Refused) for answer in answers)
    assert await accounts(scene, who) == (100, 0, 0, 100)


async def test_withdrawn_opening_leaves_nothing_behind(scene: Scene) -> None:
    """Neither balance nor tax nor cap; who proposed it does not withdraw it."""
    who = await scene.participant()
    await giving.capped(scene, 5000)
    made = await opened(scene, who, available=2000, paid_before=13_000, paid_in_year=3000)
    assert await scene.refusal(withdrawing(made.id)) == ("same_person", ())
    withdrawn = await scene.by_another(withdrawing(made.id))
    assert (withdrawn.status, withdrawn.unrecovered) == ("withdrawn", 0)
    assert withdrawn.withdrawal == "Of another person"
    assert await accounts(scene, who) == (0, 0, 0, 0)
    assert (await giving.line(scene)).net == 0
    assert (await giving.credited(scene, who, 6000, "usd")).paid == 5000
    lines = (await scene.value(lambda act: read_statement(act, who, Page()))).items
    assert "$20.00 from earlier records was entered by mistake and is taken out again." in {
        one.sentence for one in lines
    }
    for again in (withdrawing(made.id), approving(made.id), refusing(made.id)):
        answer = await scene.ask_another(again)
        assert isinstance(answer, Refused)
        assert answer.code == "already_settled"


async def test_what_was_spent_of_a_withdrawn_opening_stays(scene: Scene) -> None:
    """It is recorded as unrecovered, and counts as what it is: paid."""
    who = await scene.participant()
    made = await opened(scene, who, available=3000)
    await giving.bought(scene, who, await giving.card(scene, 2500, "usd"))
    withdrawn = await scene.by_another(withdrawing(made.id))
    assert withdrawn.unrecovered == 2500
    assert await accounts(scene, who) == (0, 0, 2500, 2500)
    assert (await giving.line(scene)).net == 2500


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        ({}, "$.available"),
        ({"paid_before": 100, "paid_in_year": 101}, "$.paid_in_year"),
        ({"available": 1, "as_of": TODAY + timedelta(days=1)}, "$.as_of"),
        ({"available": 1, "unit": "draw"}, "$.enrollment"),
    ],
)
async def test_opening_that_cannot_be_right_is_refused(
    scene: Scene, asked: dict[str, Any], place: str
) -> None:
    """Each with its place and a remedy."""
    who = await scene.participant()
    assert await scene.refusal(proposing(who, **asked)) == ("invalid", (place,))


async def test_opening_of_draws_is_drawn_from_its_enrollment(scene: Scene) -> None:
    """Draws drawn elsewhere are none of this clinic's."""
    enrollment = await scene.enrolled()
    who = enrollment.participant
    asked = proposing(who, "draw", available=3, paid_before=2, enrollment=enrollment.id)
    assert await scene.refusal(asked) == ("invalid", ("$.paid_before",))
    made = await opened(scene, who, unit="draw", available=3, enrollment=enrollment.id)
    assert [(one.unit, one.available) for one in made.balances] == [("draw", 3)]


async def test_opening_says_what_visits_earned_here_until_its_day(scene: Scene) -> None:
    """Who approves sees that a history was brought in as well."""
    enrollment = await scene.enrolled(welcome=500)
    made = await scene.value(proposing(enrollment.participant, available=500))
    assert made.earned_here == 500
    other = await scene.participant("P-2")
    assert (await scene.value(proposing(other, available=500))).earned_here == 0


async def test_unknown_openings_are_not_found(scene: Scene) -> None:
    """Unknown people, somebody else's enrollment, and another clinic's opening."""
    enrollment = await scene.enrolled()
    stranger = await scene.participant("P-2")
    elsewhere = await scene.elsewhere()
    theirs = await elsewhere.value(proposing(await elsewhere.participant(), available=1))
    for unknown in (uuid4(), theirs.participant):
        assert await scene.refusal(proposing(unknown, available=1)) == (
            "unknown_participant",
            ("$.participant",),
        )
    refusal = await scene.refusal(proposing(stranger, available=1, enrollment=enrollment.id))
    assert refusal == ("unknown_enrollment", ("$.enrollment",))
    for opening in (uuid4(), theirs.id):
        for step in (approving, refusing, withdrawing, lambda one: partial(read_opening, opening_id=one)):
            assert await scene.refusal(step(opening)) == ("not_found", ())


async def test_openings_are_listed_and_reported_by_themselves(scene: Scene) -> None:
    """The report shows them beside what was paid, and in no sum of it."""
    who, other = await scene.participant("P-1"), await scene.participant("P-2")
    made = await opened(scene, who, available=2000, paid_before=13_000)
    waits = await scene.value(proposing(other, available=100))
    for status, ids in (("proposed", [waits.id]), ("approved", [made.id]), (None, [waits.id, made.id])):
        page = await scene.value(partial(list_openings, page=Page(), status=status))  # type: ignore[arg-type]
        assert [one.id for one in page.items] == ids
    own = await scene.value(lambda act: list_openings(act, Page(), participant=who))
    assert [one.id for one in own.items] == [made.id]
    report = await scene.value(lambda act: read_report(act, ReportFilter()))
    assert (report.paid, report.given) == ((), ())
    assert [(one.unit, one.available, one.paid_before, one.people) for one in report.openings] == [
        ("usd", 2000, 13_000, 1)
    ]


async def test_reasons_are_encrypted_and_no_refusal_is_without_words(scene: Scene) -> None:
    """The trail names ids, numbers and the day only."""
    who = await scene.participant()
    made = await opened(scene, who, available=100)
    answer = await scene.ask(proposing(who, available=100))
    assert isinstance(answer, Refused)
    assert "withdraw or refuse it first" in in_english(answer)
    async with scene.database.transaction(scene.clinic) as tx:
        kept = await tx.connection.fetchval("select reason from openings")
        told = await tx.connection.fetch("select deed, detail from audit where subject_id = $1", made.id)
    assert WHY.encode() not in kept
    assert [one["deed"] for one in told] == ["opening.proposed", "opening.approved"]
    assert not any("sheet" in one["detail"] for one in told)


@pytest.mark.parametrize(
    ("statement", "constraint"),
    [
        ("update openings set settled_by = proposed_by", "openings_settled_by_another_person"),
        ("update openings set paid_in_year = paid_before + 1", "openings_part_of_a_year"),
        ("update openings set unrecovered = 1", "openings_withdrawn_by_somebody"),
        ("update openings set available = 0, paid_before = 0, paid_in_year = 0", "openings_bring_something"),
        ("update transfers set cause = 'manual' where day is null", "transfers_day_of_credits"),
    ],
)
async def test_tables_hold_the_rules_by_themselves(
    scene: Scene, planting: asyncpg.Connection, statement: str, constraint: str
) -> None:
    """The core's rules stand once more as constraints."""
    await opened(scene, await scene.participant(), available=100, paid_before=200, paid_in_year=100)
    with pytest.raises(asyncpg.CheckViolationError, match=constraint):
        await planting.execute(statement)
