"""Random stories of an enrollment: visits, missed visits and corrections, told in any order that can be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, get_args
from uuid import UUID

from hypothesis import strategies as st
from msgspec.structs import replace

from schemas.corrections import CorrectionKind
from schemas.program import Corrections, Excuses, Period, Phase, Policy, Program, Visits, Weekday
from service.core.compiled import Rules, compile_rules
from service.core.dated_caps import DatedCap
from service.core.expected import MISSED
from service.core.expected_days import Planned, drawn_on, due_visits
from service.core.laid_days import days_to_draw
from service.core.outcomes import EXCUSED, RETESTABLE
from service.core.phases import days_of, is_by_day, weeks_of
from tests.core.test_properties import START, programs

if TYPE_CHECKING:
    from collections.abc import Sequence

POLICIES: tuple[Policy, ...] = get_args(Policy)
PERIODS: tuple[Period, ...] = get_args(Period)
WEEKS = 9
"""How long each program goes on, in weeks."""
KINDS: tuple[CorrectionKind, ...] = tuple(one for one in get_args(CorrectionKind) if one != "minutes")


@dataclass(frozen=True)
class Visit:
    """One visit: `label` is its name in every order of arrival, `expected_on` the due day that was missed."""

    label: int
    target: str
    outcome: str
    at: datetime
    expected_on: date | None = None

    @property
    def visit(self) -> int:
        """The visit that the operation is about."""
        return self.label


@dataclass(frozen=True)
class Amendment:
    """A correction of a visit or, where `about` is another label, the withdrawal of an earlier one."""

    label: int
    visit: int
    about: int
    kind: CorrectionKind
    outcome: str | None = None


Deed = Visit | Amendment


@dataclass(frozen=True)
class Story:
    """Rules, caps outside the program, and what happens, in one order in which it can arrive."""

    rules: Rules
    caps: tuple[DatedCap, ...]
    deeds: tuple[Deed, ...]


def policies(*of: Policy) -> st.SearchStrategy[Corrections]:
    """Draw what happens to money already paid, for each kind of later fact."""
    one = st.sampled_from(of or POLICIES)
    return st.builds(Corrections, one, one, one, one)


visits_expected = st.none() | st.builds(
    Visits,
    st.sets(st.sampled_from(get_args(Weekday)), min_size=1, max_size=3).map(lambda days: tuple(sorted(days))),
    missed_after_hours=st.sampled_from([0, 24, 48]),
)
visits_drawn = st.builds(
    Visits,
    lots=st.integers(1, 3),
    of=st.sampled_from([(), ("mon", "tue", "thu", "sat")]),
    missed_after_hours=st.sampled_from([0, 24, 48]),
)
"""Days that are drawn by lot; it goes with phases that are counted in weeks."""


@st.composite
def expecting(draw: st.DrawFn, corrections: st.SearchStrategy[Corrections]) -> Rules:
    """Draw a program that expects visits, limits excuses and says what is kept and what is recovered."""
    made: Program = draw(programs())
    targets = tuple(
        replace(
            target,
            visits=draw(visits_expected if is_by_day(target) else visits_expected | visits_drawn),
            phases=_stretched(target.phases),
            retest_minutes=2000 if target.behavior == "test" else None,
        )
        for target in made.targets
    )
    excuses = draw(st.just(Excuses()) | st.builds(Excuses, st.booleans(), st.integers(0, 2)))
    return compile_rules(
        replace(made, weeks=WEEKS, targets=targets, corrections=draw(corrections), excuses=excuses)
    )


def _stretched(phases: tuple[Phase, ...]) -> tuple[Phase, ...]:
    """Let the first phase begin at once and the last one go on, so that most visits earn something."""
    first, *rest = phases
    if first.days is not None:
        opened = (replace(first, days=(1, first.days[1])), *rest)
        return (*opened[:-1], replace(opened[-1], days=(days_of(opened[-1])[0], WEEKS * 7)))
    opened = (replace(first, weeks=(1, weeks_of(first)[1])), *rest)
    return (*opened[:-1], replace(opened[-1], weeks=(weeks_of(opened[-1])[0], WEEKS)))


@st.composite
def outside_caps(draw: st.DrawFn, rules: Rules) -> tuple[DatedCap, ...]:
    """Draw caps of a clinic that were always in force, in the units that a program awards."""
    always = date(2020, 1, 1)
    units = sorted({rules.unit_of(phase) for one in rules.targets for phase in one.target.phases})
    return tuple(
        DatedCap(
            UUID(int=number),
            draw(st.sampled_from(PERIODS)),
            draw(st.sampled_from(units)),
            draw(st.integers(0, 900)),
            always,
        )
        for number in range(1, draw(st.integers(0, 3)) + 1)
    )


@st.composite
def stories(
    draw: st.DrawFn,
    corrections: st.SearchStrategy[Corrections] | None = None,
    *,
    capped: bool = False,
) -> Story:
    """Draw a story; its visits are at moments of their own, so that the order of arrival decides nothing."""
    rules = draw(expecting(policies() if corrections is None else corrections))
    days = draw(st.sampled_from([2, 30]))
    quarters = draw(st.lists(st.integers(0, 96 * days), min_size=2, max_size=9, unique=True))
    deeds: list[Deed] = []
    for label, quarter in enumerate(quarters, start=1):
        deeds.append(_visit(draw, rules, label, quarter))
        for _ in range(draw(st.sampled_from([0, 0, 1, 1, 2, 4]))):
            deeds.append(_amendment(draw, rules, 100 + len(deeds), deeds))
    mixed = draw(rearranged(tuple(deeds)))
    return Story(rules, draw(outside_caps(rules)) if capped else (), mixed)


def _visit(draw: st.DrawFn, rules: Rules, label: int, quarter: int) -> Visit:
    place = draw(st.integers(0, len(rules.targets) - 1))
    target = rules.program.targets[place]
    dues = due_visits(rules, place, START, plans=_lots(rules, place))
    if dues and draw(st.integers(0, 2)) == 0:
        due = draw(st.sampled_from(dues[:6]))
        end = datetime(due.on.year, due.on.month, due.on.day, 23, 59, tzinfo=UTC)
        return Visit(label, target.name, MISSED[target.behavior], end + timedelta(seconds=label), due.on)
    words = list(rules.targets[place].effects)
    # A success is drawn more often than its share, so that ladders are climbed, and so is what it retests.
    likely = [words[0]] * 4 if target.retest_minutes is None else [words[0]] * 4 + sorted(RETESTABLE) * 2
    outcome = draw(st.sampled_from(likely + words))
    start = datetime(START.year, START.month, START.day, tzinfo=UTC)
    return Visit(label, target.name, outcome, start + timedelta(minutes=15 * quarter))


def _lots(rules: Rules, place: int) -> list[Planned]:
    """Days that may have been drawn: of each week the first ones that could be."""
    name = rules.targets[place].target.name
    found: list[Planned] = []
    for week in range(WEEKS):
        wanted, days = days_to_draw(rules, place, START, START + timedelta(weeks=week))
        found += (drawn_on(name, day) for day in days[:wanted])
    return found


def _amendment(draw: st.DrawFn, rules: Rules, label: int, deeds: Sequence[Deed]) -> Amendment:
    visit = draw(st.sampled_from([one for one in deeds if isinstance(one, Visit)]))
    earlier = [one for one in deeds if isinstance(one, Amendment) and one.visit == visit.label]
    # Zero is a correction of the visit; another number withdraws one of the earlier corrections.
    withdraws = draw(st.integers(0, min(len(earlier), 2)))
    if withdraws:
        return Amendment(label, visit.label, earlier[-withdraws].label, "entry_error")
    kind = draw(st.sampled_from(KINDS))
    known = sorted(rules.targets[rules.place_of[visit.target]].effects.keys() - {EXCUSED})
    outcome = draw(st.sampled_from(known)) if kind == "lab_overturn" else None
    return Amendment(label, visit.label, visit.label, kind, outcome)


def rearranged(deeds: tuple[Deed, ...]) -> st.SearchStrategy[tuple[Deed, ...]]:
    """Draw another order: each visit still comes before its corrections, and those keep their order."""
    return st.permutations([one.visit for one in deeds]).map(lambda order: _in_order(deeds, order))


def _in_order(deeds: tuple[Deed, ...], order: Sequence[int]) -> tuple[Deed, ...]:
    chains = {visit: iter([one for one in deeds if one.visit == visit]) for visit in set(order)}
    return tuple(next(chains[visit]) for visit in order)
