"""Worked cases run against their program: every place where the two disagree is named."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, tzinfo
from zoneinfo import ZoneInfo

from msgspec import Struct

from schemas.books import TableOutcome
from schemas.cases import Case, CaseCorrection, CaseFault, Cases, CaseVisit, TargetVisits
from schemas.program import Program, Unit
from service.core.authoring.case_history import Change, Played, Seat, play, unit_of
from service.core.authoring.table import STARTS_ON, check_outcomes, facts_of, parse_run, spread
from service.core.calendar import local_day
from service.core.compiled import Rules, compile_rules
from service.core.draws.draws import bowl_of, draw, draw_name
from service.core.draws.holdings import DrawCredit, bowl_for
from service.core.outlook import outlook
from service.core.quantities import ONE, in_hundredths
from service.core.refusals import Fault, fault
from service.core.rules import fact_of
from service.core.state import Decision, Fact, State
from service.core.words.refusals.catalog import in_english

ZoneOf = Callable[[str], tzinfo]


class _Told(Struct, frozen=True):
    """One target's visits as a case tells them, with what each must earn."""

    target: str
    visits: tuple[CaseVisit, ...]
    base: tuple[int, ...]
    bonus: tuple[int, ...]


def run(program: Program, cases: Cases, zone_of: ZoneOf = ZoneInfo) -> tuple[CaseFault, ...]:
    """Run a program's cases; nothing is found when each comes out as it says.

    `zone_of` gives the time zone of a name: the tables of the world's clocks, unless a caller has its own.
    """
    faults: list[CaseFault] = []
    if cases.program != program.name:
        faults.append(CaseFault("", f"cases of {program.name}", f"cases of {cases.program}"))
    rules = compile_rules(program)
    names: set[str] = set()
    for case in cases.cases:
        if case.name in names:
            faults.append(CaseFault(case.name, "a name of its own", "a name that an earlier case has"))
        names.add(case.name)
        faults += _run_one(rules, case, zone_of)
    return tuple(faults)


def _run_one(rules: Rules, case: Case, zone_of: ZoneOf) -> Iterator[CaseFault]:
    try:
        zone = zone_of(case.zone)
    except (LookupError, ValueError):
        yield CaseFault(case.name, "a time zone such as America/New_York", case.zone)
        return
    told: list[_Told] = []
    for visits in case.visits:
        read = _read(rules.program, visits)
        if isinstance(read, Fault):
            yield CaseFault(case.name, "visits that can be read", in_english(read), visits.target)
            return
        told.append(read)
    if wrong := _impossible(rules, told):
        for one, number, detail in wrong:
            yield CaseFault(case.name, "a visit that the program can have", detail, one.target, number)
        return
    starts_on = case.starts_on or STARTS_ON
    facts = _facts(rules, told, starts_on, zone)
    seats = _seats(case, told)
    if isinstance(seats, CaseFault):
        yield seats
        return
    played = play(rules, starts_on, facts, list(zip(seats, case.corrections, strict=True)))
    for place, number in facts:
        yield from _visit_faults(case, told[place], number, played.decisions.get((place, number)))
    yield from _total_faults(case, played)
    for seat, correction, change in zip(seats, case.corrections, played.changes, strict=True):
        yield from _correction_faults(case, correction, unit_of(rules, facts[seat]), change)
    yield from _draw_faults(rules, case, played)
    yield from _outlook_faults(rules, case, played.state, starts_on, facts.values())


def _read(program: Program, visits: TargetVisits) -> _Told | Fault:
    if visits.target not in {target.name for target in program.targets}:
        return fault("$", "program.case_target", target=visits.target)
    if isinstance(visits.outcomes, str):
        outcomes = parse_run(visits.outcomes)
        if isinstance(outcomes, Fault):
            return outcomes
        laid = spread(program, visits.target, outcomes)
        told = tuple(CaseVisit(one.outcome, week=one.week, quantity=one.quantity) for one in laid)
    else:
        told = visits.outcomes
    base = _amounts(visits.base)
    bonus = (0,) * len(told) if visits.bonus is None else _amounts(visits.bonus)
    for name, amounts in (("base", base), ("bonus", bonus)):
        if isinstance(amounts, Fault):
            return amounts
        if len(amounts) != len(told):
            return fault("$", "program.case_amounts", visits=len(told), amounts=len(amounts), field=name)
    assert isinstance(base, tuple)  # noqa: S101 -- the loop above returned every fault
    assert isinstance(bonus, tuple)  # noqa: S101 -- the same
    return _Told(visits.target, told, base, bonus)


def _amounts(notation: str | tuple[int, ...]) -> tuple[int, ...] | Fault:
    if isinstance(notation, tuple):
        return notation
    values = parse_run(notation)
    if isinstance(values, Fault):
        return values
    wrong = next((value for value in values if not value.isdecimal()), None)
    return fault("$", "program.case_amount", text=wrong) if wrong else tuple(int(value) for value in values)


def _impossible(rules: Rules, told: list[_Told]) -> list[tuple[_Told, int, str]]:
    wrong: list[tuple[_Told, int, str]] = []
    for one in told:
        for number, visit in enumerate(one.visits, start=1):
            if (visit.week is None) == (visit.occurred_at is None):
                wrong.append((one, number, "give a week, or occurred_at, and not both"))
            imagined = TableOutcome(one.target, visit.week or 1, visit.outcome, visit.quantity)
            wrong += ((one, number, in_english(found)) for found in check_outcomes(rules.program, [imagined]))
    return wrong


def _facts(rules: Rules, told: list[_Told], starts_on: date, zone: tzinfo) -> Mapping[tuple[int, int], Fact]:
    """Every visit as a fact, by the place of its target in the case and its number from 0."""
    laid = [
        ((place, number), TableOutcome(one.target, visit.week, visit.outcome, visit.quantity))
        for place, one in enumerate(told)
        for number, visit in enumerate(one.visits)
        if visit.week is not None
    ]
    imagined = facts_of(rules, [outcome for _, outcome in laid], starts_on)
    facts = {seat: fact for (seat, _), fact in zip(laid, imagined, strict=True)}
    for place, one in enumerate(told):
        for number, visit in enumerate(one.visits):
            if visit.occurred_at is not None:
                day = local_day(visit.occurred_at, zone)
                no = len(facts) + 1
                quantity = in_hundredths(visit.quantity) or ONE
                facts[place, number] = fact_of(
                    rules,
                    no,
                    one.target,
                    visit.outcome,
                    visit.occurred_at,
                    day,
                    starts_on,
                    quantity=quantity,
                )
    return facts


def _seats(case: Case, told: list[_Told]) -> list[Seat] | CaseFault:
    """Where the visit of each correction stands in the case, or the first correction that has none."""
    place_of = {one.target: place for place, one in reversed(list(enumerate(told)))}
    seats: list[Seat] = []
    for one in case.corrections:
        place = place_of.get(one.target)
        visits = 0 if place is None else len(told[place].visits)
        if place is None or one.visit > visits or (one.after or 1) > visits:
            said = f"{one.kind} of visit {one.visit}" + (f" after {one.after}" if one.after else "")
            known = f"a correction of one of the {visits} visits of this target"
            return CaseFault(case.name, known, said, one.target, one.visit)
        seats.append((place, one.visit - 1))
    return seats


def _visit_faults(case: Case, told: _Told, number: int, decision: Decision | None) -> Iterator[CaseFault]:
    """One that was withdrawn has no decision, and earns nothing."""
    awards = () if decision is None else decision.awards
    base = sum(award.amount for award in awards if award.kind == "base")
    bonus = sum(award.amount for award in awards if award.kind == "bonus")
    if (base, bonus) != (told.base[number], told.bonus[number]):
        expected = f"base {told.base[number]}, bonus {told.bonus[number]}"
        yield CaseFault(case.name, expected, f"base {base}, bonus {bonus}", told.target, number + 1)


def _total_faults(case: Case, played: Played) -> Iterator[CaseFault]:
    totals: dict[Unit, int] = {}
    welcome = () if played.welcome is None else (played.welcome,)
    for decision in (*played.decisions.values(), *welcome):
        for award in decision.awards:
            totals[award.unit] = totals.get(award.unit, 0) + award.amount
    for unit in sorted(totals.keys() | case.totals.keys()):
        expected, actual = case.totals.get(unit, 0), totals.get(unit, 0)
        if expected != actual:
            yield CaseFault(case.name, f"{expected} {unit} in all", f"{actual} {unit} in all")


def _correction_faults(
    case: Case, told: CaseCorrection, unit: Unit, change: Mapping[Unit, Change] | str
) -> Iterator[CaseFault]:
    if isinstance(change, str):
        possible = f"{told.kind} that can be made"
        yield CaseFault(case.name, possible, change, told.target, told.visit)
        return
    for one in sorted({unit, *change}):
        due = Change(told.pays, told.overpaid, told.unrecovered) if one == unit else Change()
        found = change.get(one, Change())
        if due != found:
            expected = f"{told.kind} {_in_words(due, one)}"
            yield CaseFault(case.name, expected, _in_words(found, one), told.target, told.visit)


def _in_words(change: Change, unit: Unit) -> str:
    return f"pays {change.pays} {unit}, overpaid {change.overpaid}, unrecovered {change.unrecovered}"


def _draw_faults(rules: Rules, case: Case, played: Played) -> Iterator[CaseFault]:
    told = case.draws
    if told is None:
        return
    bowl = bowl_of(rules.program, told.bowl)
    if bowl is None:
        yield CaseFault(case.name, "draws from a bowl of the program", told.bowl)
        return
    held = sum(
        credit.amount for credit in _draw_credits(rules, played) if bowl_for(rules, credit) == bowl.name
    )
    if told.count > held:
        yield CaseFault(case.name, f"at most {held} draws from {told.bowl}", f"{told.count} draws")
    slips = _amounts(told.slips)
    if isinstance(slips, Fault):
        yield CaseFault(case.name, "slips that can be read", in_english(slips))
        return
    drawn = draw(bytes.fromhex(told.seed), draw_name(told.enrollment, 1), bowl, told.count)
    numbers, tiers = tuple(one.number for one in drawn), tuple(one.tier.name for one in drawn)
    if slips != numbers:
        yield CaseFault(case.name, f"slips {_row(slips)}", f"slips {_row(numbers)}")
    if told.prizes != tiers:
        yield CaseFault(case.name, f"prizes {_row(told.prizes)}", f"prizes {_row(tiers)}")


def _draw_credits(rules: Rules, played: Played) -> Iterator[DrawCredit]:
    for fact, posting in played.paid:
        if posting.unit == "draw":
            target = rules.program.targets[fact.target].name
            yield DrawCredit(posting.amount, fact.at, target=target, week=fact.week)


def _row(values: Iterable[object]) -> str:
    return ", ".join(str(value) for value in values)


def _outlook_faults(
    rules: Rules, case: Case, state: State, starts_on: date, facts: Iterable[Fact]
) -> Iterator[CaseFault]:
    if not case.outlook:
        return
    last_day = max((fact.day for fact in facts), default=starts_on)
    found = {one.target: one for one in outlook(rules, state, starts_on, last_day, "en", last_day=last_day)}
    for expected in case.outlook:
        actual = found.get(expected.target)
        if actual is None:
            yield CaseFault(case.name, "an outlook", "no such target", expected.target)
            continue
        seen = tuple(parts[0].amount if parts else None for parts in (actual.next, actual.after_a_miss))
        told = (expected.next, expected.after_a_miss)
        for words, was, is_now in (
            ("next", told[0], seen[0]),
            ("after a miss", told[1], seen[1]),
            ("successes to recover", expected.successes_to_recover, actual.successes_to_recover),
        ):
            if was != is_now:
                yield CaseFault(case.name, f"{words}: {was}", f"{words}: {is_now}", expected.target)
