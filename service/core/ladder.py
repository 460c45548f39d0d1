"""The ladder of one target as somebody in care sees it: what is behind, what is next, and what lies ahead.

What is behind comes from the facts folded again. What lies ahead is stepped: each visit still expected is
imagined as a success on its day, and what its earnings rest on with it, so the program's own caps and the way
back after a miss are in it.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Literal

from msgspec import Struct

from schemas.program import Period, Unit
from schemas.receipts import Outlook
from service.core.calendar import program_week
from service.core.compiled import Rules
from service.core.dated_caps import NOTHING_OUTSIDE, Outside
from service.core.expected import attended
from service.core.expected_days import Closed, DueVisit, Plans, due_visits
from service.core.laid_days import days_to_draw, is_drawn
from service.core.limits import OVER
from service.core.phases import DAYS_A_WEEK
from service.core.rules import fold, step
from service.core.state import Award, Fact, State

BARS_MAX: Final = 160
"""How many bars one picture has: of more, the latest and the next ones are shown."""
BEHIND_MAX: Final = 100
LASTING: Final[frozenset[Period]] = frozenset({"year", "enrollment"})
"""The periods of caps that leave nothing more for the rest of a program once they are reached."""

BarKind = Literal["done", "none", "next", "ahead"]


class Bar(Struct, frozen=True):
    """One visit: earned, earned nothing, the next one, or one after it; `day` where it is known."""

    kind: BarKind
    amount: int
    week: int
    day: date | None = None


class Ladder(Struct, frozen=True):
    """All bars of a target in the order of their days, in one unit; `run` counts the successes in a row.

    `way` are the bars back to what was earned before a miss, the last of them paid at the regained step.
    `by_lot` says that the days of this week's visits are drawn by lot.
    """

    unit: Unit
    bars: tuple[Bar, ...]
    run: int
    way: tuple[Bar, ...] = ()
    by_lot: bool = False

    @property
    def next(self) -> Bar | None:
        """The bar of the next success, if anything is left to earn."""
        return next((bar for bar in self.bars if bar.kind == "next"), None)

    @property
    def last(self) -> Bar | None:
        """The latest bar behind."""
        return next((bar for bar in reversed(self.bars) if bar.kind in {"done", "none"}), None)


class Standing(Struct, frozen=True):
    """How an enrollment stands: its rules and days, the facts that stand, and the state after them."""

    rules: Rules
    starts_on: date
    last_day: date | None
    facts: tuple[Fact, ...]
    state: State
    closed: Closed
    today: date
    outside: Outside = NOTHING_OUTSIDE
    plans: Plans = ()


def ladder(one: Standing, place: int, outlook: Outlook) -> Ladder:
    """The ladder of the target at a place; `outlook` says what its next success earns after every cap."""
    week = min(max(program_week(one.today, one.starts_on), 1), one.rules.program.weeks)
    after = (one.today - one.starts_on).days % DAYS_A_WEEK
    phase = one.rules.targets[place].phase(week, after)
    unit = outlook.next[0].unit if outlook.next else one.rules.unit_of(phase)
    behind = tuple(_behind(one, place, unit))[-BEHIND_MAX:]
    ahead = tuple(_ahead(one, place, outlook.next[0].amount, unit)) if outlook.next else ()
    bars = (*behind, *ahead)[:BARS_MAX]
    count = outlook.successes_to_recover
    way = ahead[: count + 1] if count and ahead else ()
    return Ladder(unit, bars, one.state.targets[place].run, way, is_drawn(one.rules.targets[place], week))


def _behind(one: Standing, place: int, unit: Unit) -> Iterator[Bar]:
    _, decisions = fold(one.rules, one.starts_on, one.facts)
    for fact in sorted(one.facts, key=lambda fact: (fact.at, fact.no)):
        decision = decisions.get(fact.no)
        if fact.target != place or decision is None or decision.effect == "neutral":
            continue
        amount = _sum(decision.awards, unit)
        kind: BarKind = "none" if decision.effect == "failure" else "done"
        yield Bar(kind, amount, fact.week, fact.expected_on or fact.day)


def _ahead(one: Standing, place: int, first: int, unit: Unit) -> Iterator[Bar]:
    """The visits still to come as successes; the first is what the outlook says."""
    effects = one.rules.targets[place].effects
    success = next(outcome for outcome, effect in effects.items() if effect == "success")
    state, no = one.state, one.state.last_no
    left = _room(one, unit)
    conditions = [phase.earn.if_ for phase in one.rules.program.targets[place].phases if phase.earn.if_]
    imagined: Counter[int] = Counter()
    for number, (week, day) in enumerate(_seats(one, place)):
        no += 1
        # Those of a week without days of their own lie on different ones, as its visits will.
        on = day or one.starts_on + timedelta(weeks=week - 1, days=min(imagined[week], DAYS_A_WEEK - 1))
        imagined[week] += 1
        after = (on - one.starts_on).days % DAYS_A_WEEK
        at = datetime.combine(on, time(12), tzinfo=UTC)
        fact = Fact(no, place, success, at, on, week, after=after)
        met = frozenset((one.rules.place_of[needed.target], on) for needed in conditions)
        state, decision = step(one.rules, state, fact, known=met)
        if number and decision.awards[0].why[0].code in OVER.values():
            continue
        amount = first if number == 0 else _sum(decision.awards, unit)
        if left is not None:
            amount = min(amount, left)
            left -= amount
        yield Bar("ahead" if number else "next", amount, week, day)


def _room(one: Standing, unit: Unit) -> int | None:
    """Room that caps of the clinic and of funders leave for all that lies ahead."""
    room = one.outside.room(unit, one.today) if one.outside.limits.caps else None
    return room[0] if room is not None and room[1] in LASTING else None


def _seats(one: Standing, place: int) -> Sequence[tuple[int, date | None]]:
    """The weeks, and the days where they are known, of the visits still to come."""
    target = one.rules.targets[place]
    here = one.state.targets[place]
    this_week = max(program_week(one.today, one.starts_on), here.week, 1)
    if any(is_drawn(target, week) for week in range(this_week, one.rules.program.weeks + 1)):
        return _seats_drawn(one, place, this_week)
    dues = due_visits(one.rules, place, one.starts_on, one.last_day, one.closed, one.plans)
    if dues:
        return _laid(one, place, dues, this_week) or [(this_week, None)]
    if target.per_week > DAYS_A_WEEK:
        return [(this_week, None)]
    seats: list[tuple[int, date | None]] = []
    for week in range(this_week, one.rules.program.weeks + 1):
        if target.phases_in(week) and not _is_after(one, week):
            used = here.in_week if week == here.week else 0
            seats += [(week, None)] * max(target.per_week - used, 0)
    return seats or [(this_week, None)]


def _seats_drawn(one: Standing, place: int, this_week: int) -> Sequence[tuple[int, date | None]]:
    """The weeks of visits on days that are drawn by lot, as many as are drawn; today's alone is known."""
    rules, seen = one.rules, {(fact.week, fact.day) for fact in one.facts if fact.target == place}
    dues = due_visits(rules, place, one.starts_on, one.last_day, one.closed, one.plans)
    seats: list[tuple[int, date | None]] = []
    for week in range(this_week, rules.program.weeks + 1):
        if not _is_after(one, week):
            wanted, _ = days_to_draw(rules, place, one.starts_on, one.starts_on + timedelta(weeks=week - 1))
            count = wanted or sum(due.week == week for due in dues)
            seats += [(week, None)] * max(count - sum(of == week for of, _ in seen), 0)
    if any(due.on == one.today for due in dues) and all(day != one.today for _, day in seen):
        seats[:1] = [(this_week, one.today)]
    return seats or [(this_week, None)]


def days_ahead(one: Standing, place: int) -> tuple[date, ...]:
    """The days on which the target at a place still expects somebody, today among them."""
    dues = due_visits(one.rules, place, one.starts_on, one.last_day, one.closed, one.plans)
    return tuple(day for _, day in _laid(one, place, dues, 1))


def _laid(one: Standing, place: int, dues: Sequence[DueVisit], this_week: int) -> list[tuple[int, date]]:
    """The weeks and days of those visits that are still to come."""
    own = [fact for fact in one.facts if fact.target == place]
    came = attended(dues, own, one.starts_on)[0]
    gone = {fact.expected_on for fact in own if fact.expected_on}
    return [
        (due.week, max(due.on, one.today))
        for due in dues
        if due not in came
        and due.expected_on not in gone
        and due.last_day >= one.today
        and due.week >= this_week
    ]


def _is_after(one: Standing, week: int) -> bool:
    """Whether a week begins after the enrollment's last day."""
    return one.last_day is not None and one.starts_on + timedelta(weeks=week - 1) > one.last_day


def _sum(awards: Sequence[Award], unit: Unit) -> int:
    return sum(award.amount for award in awards if award.unit == unit)
