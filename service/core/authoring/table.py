"""The visit-by-visit table of a program: imagined visits laid over its weeks, and what each would earn."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain, repeat

from schemas.books import ProgramTable, TableOutcome, TableRow
from schemas.people import Language
from schemas.program import WEEKS_MAX, Program, Target, Unit
from schemas.receipts import Money
from service.core.compiled import Rules, compile_rules, falls_in, pace
from service.core.expected_days import due_within
from service.core.limits import count_in
from service.core.phases import DAYS_A_WEEK, in_order, is_by_day, weeks_of
from service.core.quantities import ONE, in_hundredths
from service.core.refusals import Fault, fault
from service.core.rules import fold
from service.core.state import WELCOME_FACT, Fact
from service.core.words.sentences import noun_of, reason

VISITS_MAX = 2000
"""The most visits that one table imagines."""

STARTS_ON = date(2001, 1, 1)
"""The start day of an imagined enrollment: a Monday and a January 1, so calendar and program weeks agree."""

_RUN = re.compile(
    r"\s*(?P<value>[A-Za-z0-9_]+(?:@[0-9]{1,7}(?:\.[0-9]{1,2})?)?)\s*(?:\*\s*(?P<times>[0-9]{1,5}))?\s*"
)


def parse_run(notation: str) -> tuple[str, ...] | Fault:
    """Read values in a row with repeats written short: `negative*9,positive,negative*26`.

    An outcome's quantity stands behind a `@`: `verified@3.5*4`.
    """
    values: list[str] = []
    for place, part in enumerate(notation.split(",")):
        found = _RUN.fullmatch(part)
        times = int(found["times"] or 1) if found else 0
        if found is None or times == 0:
            return fault(f"$[{place}]", "program.run_unreadable", text=part.strip())
        if len(values) + times > VISITS_MAX:
            return fault(f"$[{place}]", "program.run_long", visits=VISITS_MAX)
        values += repeat(found["value"], times)
    return tuple(values)


def spread(program: Program, target: str, outcomes: Sequence[str]) -> tuple[TableOutcome, ...]:
    """Lay a target's outcomes over its weeks, as many a week as visits are expected.

    Where no visits are expected it goes by the limit, and without one evenly over the weeks that a phase
    covers. What does not fit goes on after the last week at that week's pace, and earns nothing there.
    Raises KeyError for a target that the program does not have.
    """
    found = {one.name: one for one in program.targets}[target]
    weeks = [week for phase in in_order(found.phases) for week in _weeks(program, *weeks_of(phase))]
    weeks = list(dict.fromkeys(weeks))
    pace = {week: count for week in weeks if (count := _visits_in(program, found, week))}
    if not pace and weeks:
        seats = [weeks[place * len(weeks) // len(outcomes)] for place in range(len(outcomes))]
    else:
        after = range(max(pace, default=program.weeks) + 1, WEEKS_MAX + 1)
        last = next(reversed(pace.values()), 1)
        filled = chain(pace.items(), zip(after, repeat(last)), repeat((WEEKS_MAX, VISITS_MAX)))
        seats_of_weeks = chain.from_iterable(repeat(week, count) for week, count in filled)
        seats = [week for week, _ in zip(seats_of_weeks, outcomes, strict=False)]
    return tuple(_imagined(target, week, outcome) for week, outcome in zip(seats, outcomes, strict=True))


def _imagined(target: str, week: int, value: str) -> TableOutcome:
    outcome, _, quantity = value.partition("@")
    return TableOutcome(target, week, outcome, float(quantity) if quantity else None)


def check_outcomes(program: Program, outcomes: Sequence[TableOutcome]) -> tuple[Fault, ...]:
    """Find the imagined visits whose target or outcome the program does not have."""
    rules = compile_rules(program)
    faults: list[Fault] = []
    for place, one in enumerate(outcomes):
        target = rules.place_of.get(one.target)
        if target is None:
            faults.append(
                fault(
                    f"$.outcomes[{place}].target",
                    "program.not_a_target",
                    target=one.target,
                    known=tuple(rules.place_of),
                )
            )
        elif one.outcome not in rules.targets[target].effects:
            known = tuple(rules.targets[target].effects)
            faults.append(
                fault(
                    f"$.outcomes[{place}].outcome", "program.not_an_outcome", outcome=one.outcome, known=known
                )
            )
        elif one.quantity is not None and not rules.targets[target].by_quantity:
            at = f"$.outcomes[{place}].quantity"
            faults.append(fault(at, "program.quantity_unwanted", target=one.target))
        elif in_hundredths(one.quantity) is None:
            faults.append(fault(f"$.outcomes[{place}].quantity", "program.quantity_fine"))
    return tuple(faults)


def facts_of(rules: Rules, outcomes: Sequence[TableOutcome], starts_on: date = STARTS_ON) -> tuple[Fact, ...]:
    """Imagined visits as facts: those of a week stand evenly in it, in the order given.

    Where one target rests on another, each one's stand evenly by themselves, so that they meet.

    Facts are numbered from 1 in the order given. Raises KeyError where `check_outcomes` finds a fault.
    """
    in_week: dict[tuple[int, str], list[int]] = {}
    for place, one in enumerate(outcomes):
        # Where targets rest on each other their visits of a week fall on the same days.
        in_week.setdefault((one.week, one.target if rules.subjects else ""), []).append(place)
    start = datetime.combine(starts_on, time(), tzinfo=UTC)
    facts: dict[int, Fact] = {}
    for (week, _), places in in_week.items():
        for number, place in enumerate(places):
            one = outcomes[place]
            days = _days_of(rules, rules.place_of[one.target], week, starts_on)
            part = timedelta(weeks=1) * number / len(places)
            if days:
                part = timedelta(days=days[number * len(days) // len(places)], minutes=number)
            at = start + timedelta(weeks=week - 1) + part
            after = (at.date() - starts_on).days % DAYS_A_WEEK
            facts[place] = Fact(
                place + 1,
                rules.place_of[one.target],
                one.outcome,
                at,
                at.date(),
                week,
                after=after,
                quantity=in_hundredths(one.quantity) or ONE,
            )
    return tuple(facts[place] for place in range(len(outcomes)))


def table(program: Program, outcomes: Sequence[TableOutcome], language: Language = "en") -> ProgramTable:
    """Awards of each imagined visit; rows in the order given, decided week by week.

    `total` is in the one unit that the rows award in, if there is just one, else in the program's own.
    Raises KeyError where `check_outcomes` finds a fault.
    """
    rules = compile_rules(program)
    _, decisions = fold(rules, STARTS_ON, facts_of(rules, outcomes))
    totals: dict[Unit, int] = {}
    for decision in decisions.values():
        for award in decision.awards:
            totals[award.unit] = totals.get(award.unit, 0) + award.amount
    rows: list[TableRow] = []
    for number, one in enumerate(outcomes, start=1):
        target = program.targets[rules.place_of[one.target]]
        awards = decisions[number].awards
        base = sum(award.amount for award in awards if award.kind == "base")
        bonus = sum(award.amount for award in awards if award.kind == "bonus")
        why = tuple(reason(w, award.unit, noun_of(target), language) for award in awards for w in award.why)
        rows.append(
            TableRow(one.target, one.week, one.outcome, base, bonus, base + bonus, awards[0].unit, why)
        )
    # A week that no phase covers awards nothing in the program's unit; that is no second unit.
    units = {row.unit for row in rows if row.total}
    unit = units.pop() if len(units) == 1 else program.unit
    welcome = decisions[WELCOME_FACT].awards[0].amount if WELCOME_FACT in decisions else 0
    sums = tuple(Money(one, amount) for one, amount in sorted(totals.items()) if amount)
    return ProgramTable(tuple(rows), totals.get(unit, 0), sums, welcome)


def _weeks(program: Program, first: int, last: int) -> range:
    return range(first, min(last, program.weeks) + 1)


def _days_of(rules: Rules, place: int, week: int, starts_on: date) -> list[int]:
    """The days of a week, from 0, for imagined visits of a target whose phases are counted in days."""
    target = rules.targets[place]
    if not target.phase_of_day:
        return []
    first = starts_on + timedelta(weeks=week - 1)
    due = [(one.on - first).days for one in due_within(rules, place, starts_on, (week, week))]
    return due or [after for after in range(DAYS_A_WEEK) if target.phase(week, after) is not None]


def _visits_in(program: Program, target: Target, week: int) -> int:
    """How many visits a week should have: by its phase's visits, else the target's, else the limit."""
    if is_by_day(target):
        rules = compile_rules(program)
        due = due_within(rules, rules.place_of[target.name], STARTS_ON, (week, week))
        return len(due) or count_in(target, "week") or 0
    phase = next(phase for phase in target.phases if phase.weeks and phase.weeks[0] <= week <= phase.weeks[1])
    visits = phase.visits or target.visits
    if visits is not None and not falls_in(visits, phase, week):
        return 0
    return pace(visits) or count_in(target, "week") or 0
