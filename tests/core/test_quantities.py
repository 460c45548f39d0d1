"""Pay by quantity: hours, steps and doses at a rate or at the value of a rung, exact to half a cent."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from msgspec import convert

from schemas.books import TableOutcome
from schemas.cases import Cases
from schemas.program import Program
from schemas.receipts import Outlook
from service.core.authoring.cases import run
from service.core.authoring.crowds import Crowd
from service.core.authoring.perfect import is_open, perfect_run
from service.core.authoring.programs import check, digest
from service.core.authoring.table import check_outcomes, table
from service.core.compiled import compile_rules
from service.core.outlook import outlook
from service.core.quantities import as_number, in_hundredths, written
from service.core.rules import fact_of, fold
from service.core.words.sentences import miss_sentence

MONDAY = date(2026, 3, 2)
RATE = {"type": "rate", "amount": 800, "per": "hour"}
LADDER = {"type": "ladder", "start": 100, "step": 100, "max": 800, "first": 7, "per": "hour"}
LAP = {"one": {"en": "lap", "es": "vuelta"}, "many": {"en": "laps", "es": "vueltas"}}


def program(earn: dict[str, Any], **also: Any) -> Program:  # noqa: ANN401  parts of a document
    """Make a program of four weeks of work."""
    phase = {"weeks": [1, 4], "earn": earn, "on_failure": {"reset": True}}
    work = {
        "name": "work",
        "behavior": "activity",
        "noun": {"en": "workday", "es": "día de trabajo"},
        "limit": {"per_week": 5},
        "phases": [phase],
        **also,
    }
    return convert({"name": "p", "title": "P", "unit": "usd", "weeks": 4, "targets": [work]}, Program)


def paid(made: Program, *visits: tuple[str, float | None]) -> list[int]:
    """What each day of work earns."""
    rules = compile_rules(made)
    facts = []
    for no, (outcome, quantity) in enumerate(visits, start=1):
        at = datetime(2026, 3, 2, 17, tzinfo=UTC) + timedelta(days=no - 1)
        hundredths = in_hundredths(quantity)
        assert hundredths is not None
        facts.append(fact_of(rules, no, "work", outcome, at, at.date(), MONDAY, quantity=hundredths))
    decisions = fold(rules, MONDAY, facts)[1]
    return [decisions[no].awards[0].amount for no in range(1, len(facts) + 1)]


@pytest.mark.parametrize(
    ("amount", "quantity", "cents"),
    [
        (800, None, 800),
        (800, 3.5, 2800),
        (800, 0.25, 200),
        (725, 7.75, 5619),
        (1, 0.5, 1),
        (1, 0.49, 0),
        (333, 0.15, 50),
        (100_000_000, 1_000_000, 100_000_000_000_000),
    ],
)
def test_a_rate_pays_amount_times_quantity_half_a_cent_rounded_up(
    amount: int, quantity: float | None, cents: int
) -> None:
    """7.75 hours at $7.25 are $56.1875, half of a cent is a cent; without a quantity it is one."""
    assert paid(program(RATE | {"amount": amount}), ("verified", quantity)) == [cents]


def test_the_most_of_a_rate_is_for_one_success() -> None:
    """Five hours at $8.00 are $32.00 where that is the most; the reason says so."""
    made = program(RATE | {"max": 3200})
    assert check(made) == ()
    assert paid(made, ("verified", 4), ("verified", 5), ("not_verified", 2)) == [3200, 3200, 0]
    said = [[one.text for one in row.reasons] for row in table(made, rows("4", "5")).rows]
    assert said == [
        ["4 hours: $32.00.", "Workday: $8.00 per hour."],
        ["5 hours: $32.00, the most for one visit.", "Workday: $8.00 per hour."],
    ]


def rows(*quantities: str) -> list[TableOutcome]:
    """Imagine days of work of so many hours."""
    return [TableOutcome("work", 1, "verified", float(one)) for one in quantities]


def test_the_value_of_a_rung_is_for_each_hour() -> None:
    """It opens at $8.00, falls to $1.00 and climbs by $1.00 a day, each for so many hours."""
    made = program(LADDER)
    assert check(made) == ()
    visits = [("verified", 4), ("not_verified", None), ("verified", 4), ("verified", 2), ("verified", 3.5)]
    assert paid(made, *visits) == [3200, 0, 400, 400, 1050]
    found = table(made, rows("4", "1"), "es").rows
    assert [[one.text for one in row.reasons] for row in found] == [
        ["4 horas: $32.00.", "Día de trabajo, paso 8: $8.00 por hora."],
        ["1 hora: $8.00.", "Día de trabajo, paso 9: $8.00 por hora."],
    ]


def test_a_part_is_of_the_value_by_quantity() -> None:
    """Half of $28.00; each is rounded by itself to whole cents."""
    made = program(RATE, outcomes={"short_day": {"effect": "success", "pays": 50}})
    assert paid(made, ("short_day", 3.5), ("short_day", 0.01)) == [1400, 4]


def test_the_outlook_says_what_one_is_worth() -> None:
    """In both languages, with a bonus beside it and the way back after a miss."""
    back = {"after": 1, "pays": "next", "to": "due"}
    made = program(LADDER, bonuses=[{"type": "run", "every": 1, "amount": 500}])
    phase = {"weeks": [1, 4], "earn": LADDER, "on_failure": {"reset": True, "recovery": back}}
    for one, fell, en, es in (
        (
            made,
            False,
            "Your next workday is worth $8.00 per hour, and a bonus of $5.00.",
            "Tu siguiente día de trabajo vale $8.00 por hora, y un bono de $5.00.",
        ),
        (
            program(LADDER, phases=[phase]),
            True,
            "Your next workday is worth $1.00 per hour. One more and you are back at $8.00 per hour.",
            "Tu siguiente día de trabajo vale $1.00 por hora. Una vez más y vuelves a $8.00 por hora.",
        ),
    ):
        rules = compile_rules(one)
        at = datetime(2026, 3, 2, 17, tzinfo=UTC)
        facts = [fact_of(rules, 1, "work", "not_verified", at, MONDAY, MONDAY)] if fell else []
        state, _ = fold(rules, MONDAY, facts)
        for language, sentence in (("en", en), ("es", es)):
            said = outlook(rules, state, MONDAY, MONDAY, language)[0]
            assert said.sentence == sentence


def test_words_of_its_own_are_counted_in_both_languages() -> None:
    """One lap and several; what is no known word must be given in both languages."""
    made = program(RATE | {"per": LAP})
    assert check(made) == ()
    assert table(made, rows("1", "12.5")).rows[1].reasons[0].text == "12.5 laps: $100.00."
    assert table(made, rows("1", "12.5"), "es").rows[0].reasons[0].text == "1 vuelta: $8.00."
    assert "$8.00 per lap" in miss_sentence("not_verified", outlook_of(made), "en")
    (fault,) = check(program(RATE | {"per": "lap"}))
    assert (fault.pointer, fault.reason) == ("$.targets[0].phases[0].earn.per", "program.measure_unknown")


def outlook_of(made: Program) -> Outlook:
    """Say what the first success is worth."""
    rules = compile_rules(made)
    return outlook(rules, fold(rules, MONDAY, [])[0], MONDAY, MONDAY, "en")[0]


@pytest.mark.parametrize(
    ("other", "reason", "pointer"),
    [
        ({"type": "flat", "amount": 100}, "program.measures_mixed", "phases[1].earn"),
        (RATE | {"per": "step"}, "program.measures_mixed", "phases[1].earn.per"),
        (RATE | {"max": 700}, "program.max_below_amount", "phases[1].earn.max"),
    ],
)
def test_a_target_counts_one_thing_in_all_its_phases(
    other: dict[str, Any], reason: str, pointer: str
) -> None:
    """One event has one quantity, which must mean the same whenever it lies."""
    phases = [{"weeks": [1, 2], "earn": RATE}, {"weeks": [3, 4], "earn": other}]
    (fault,) = check(program(RATE, phases=phases))
    assert (fault.pointer, fault.reason) == (f"$.targets[0].{pointer}", reason)


def test_cases_and_tables_name_quantities_behind_an_at_sign() -> None:
    """In the short notation and visit by visit; a target that counts nothing takes none."""
    visits = {"target": "work", "outcomes": "verified@3.5*2,verified,not_verified", "base": "2800*2,800,0"}
    told = [{"outcome": "verified", "week": 1, "quantity": 2.25}]
    by_visit = {"target": "work", "outcomes": told, "base": [1800]}
    cases = [
        {"name": name, "says": "So it is.", "visits": [one], "totals": {"usd": usd}}
        for name, one, usd in (("short", visits, 6400), ("long", by_visit, 1800))
    ]
    assert run(program(RATE), convert({"program": "p", "cases": cases}, Cases)) == ()
    flat = program({"type": "flat", "amount": 100})
    assert [one.reason for one in check_outcomes(flat, rows("2"))] == ["program.quantity_unwanted"]
    assert [one.reason for one in check_outcomes(program(RATE), rows("2.125"))] == ["program.quantity_fine"]


def test_the_cost_counts_the_most_of_a_rate_and_says_where_there_is_none() -> None:
    """Twenty days at $32.00; without a most nobody can say what the greatest is."""
    bounded, free = program(RATE | {"max": 3200}), program(RATE)
    assert sum(one.paid for one in perfect_run(bounded)) == 64_000
    assert (is_open(bounded), is_open(free)) == (False, True)
    assert sum(Crowd(bounded).perfect().awards) == 64_000


@pytest.mark.parametrize(
    ("number", "hundredths", "text"),
    [(1, 100, "1"), (0.07, 7, "0.07"), (1234567.5, 123456750, "1,234,567.5"), (0.1 + 0.2, None, "")],
)
def test_a_quantity_is_exact_to_two_decimals(number: float, hundredths: int | None, text: str) -> None:
    """It is taken for the decimal that it was written as; a finer one is none."""
    assert in_hundredths(number) == hundredths
    if hundredths is not None:
        assert (as_number(hundredths), written(hundredths)) == (number, text)


def test_a_program_without_it_keeps_its_digest() -> None:
    """Defaults are left out of what is hashed."""
    plain = program({"type": "ladder", "start": 100, "step": 100})
    assert digest(plain) == digest(program({"type": "ladder", "start": 100, "step": 100, "per": None}))
