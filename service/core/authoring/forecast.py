"""What a program costs for so many people: a crowd is imagined, and groups of so many are made of it.

Ten thousand people are imagined by a stated model; groups of the size asked for are put together from them
by chance, and what they cost gives the percentiles. Expected figures are exact where there is no cap and no
target rests on another: the chances of all states are then carried from visit to visit. Otherwise they are
the mean of the people imagined.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final

from msgspec import Struct

from schemas.forecasts import (
    BehaviorModel,
    CapEffect,
    Forecast,
    ModelSource,
    MonthForecast,
    Spread,
    UnitForecast,
)
from schemas.program import Program, Unit
from service.core.authoring.crowds import Chance, Crowd, Paid
from service.core.authoring.habits import completed
from service.core.authoring.perfect import mean_of

IMAGINED: Final = 10_000
"""How many people are imagined."""
VISITS_MAX: Final = 600_000
"""How many visits all of them have at most: of a program of very many visits fewer people are imagined."""
IMAGINED_MIN: Final = 1000
GROUPS_MAX: Final = 1000
GROUPS_MIN: Final = 200
PICKS_MAX: Final = 100_000
"""How many people are put into groups, unless the fewest groups need more."""
LOW, MEDIAN, HIGH = 0.05, 0.5, 0.95


class Asked(Struct, frozen=True):
    """What is to be forecast."""

    people: int
    budget: int | None = None
    model: BehaviorModel | None = None
    model_from: ModelSource = "published"
    seed: int = 1
    imagined: int = IMAGINED


def forecast(program: Program, asked: Asked, chance: Chance) -> Forecast:
    """Forecast what a program costs; `chance` begins at the seed that is asked for."""
    crowd, model = Crowd(program), completed(asked.model)
    units = _units(crowd)
    months = _months(crowd)
    count = max(IMAGINED_MIN, min(asked.imagined, VISITS_MAX // max(1, len(crowd.seats))))
    every = range(len(program.caps))
    unpaid = [0] * len(program.caps)
    pool: list[list[float]] = []
    for _ in range(count):
        paid = crowd.walk(crowd.imagine(model, chance))
        awards, prizes = crowd.settled(paid, chance, every)
        pool.append(_by_month(crowd, units, months, awards, prizes))
        for cap in every:
            unpaid[cap] += _kept_back(crowd, paid, cap, sum(awards))
    groups = _groups(pool, asked.people, chance)
    exact = _exact(crowd, model, units, months)
    means = exact or [sum(column) / count for column in zip(*pool, strict=True)]
    perfect = _by_month(crowd, units, months, *crowd.settled(crowd.perfect(), None, every))
    costs = []
    for place, unit in enumerate(units):
        first = place * (len(months) + 1)
        spent = [
            _spread([one[column] for one in groups], means[column], perfect[column], asked.people)
            for column in range(first, first + len(months) + 1)
        ]
        by_month = tuple(MonthForecast(number, one) for number, one in enumerate(spent[:-1], start=1))
        costs.append(UnitForecast(unit, by_month, spent[-1]))
    return Forecast(
        people=asked.people,
        costs=tuple(costs),
        caps=tuple(
            CapEffect(cap.per, cap.amount, round(unpaid[place] * asked.people / count))
            for place, cap in enumerate(program.caps)
        ),
        over_budget=None
        if asked.budget is None
        else sum(one[len(months)] > asked.budget for one in groups) / len(groups),
        is_exact=exact is not None,
        model=model,
        model_from=asked.model_from,
        imagined=count,
        shelf_prizes=any(tier.category for seat in crowd.seats for tier in seat.bowl.tiers),
        seed=asked.seed,
    )


def _units(crowd: Crowd) -> tuple[Unit, ...]:
    """The units that it costs something in: that of awards first, unless they are draws alone."""
    own = crowd.program.unit
    draws = any(crowd.perfect().draws) or own == "draw"
    prizes = {seat.prize for seat in crowd.seats} if draws else set()
    return (*(() if own == "draw" else (own,)), *sorted(prizes - {own}))


def _months(crowd: Crowd) -> tuple[tuple[int, int], ...]:
    """For each month from the start day on the first of its visits and the one after it; 0 is the welcome."""
    start = crowd.starts_on
    ends: list[int] = []
    days = [start, *(seat.good.day for seat in crowd.seats)]
    month = 1
    while not ends or ends[-1] < len(days):
        number = start.month - 1 + month
        border = date(start.year + number // 12, number % 12 + 1, min(start.day, 28))
        ends.append(sum(day < border for day in days))
        month += 1
    return tuple(zip([0, *ends], ends, strict=False))


def _by_month(
    crowd: Crowd,
    units: Sequence[Unit],
    months: Sequence[tuple[int, int]],
    awards: Sequence[float],
    prizes: Sequence[float],
) -> list[float]:
    """What one person costs: for each unit every month and the sum; whole where the amounts are."""
    found: list[float] = []
    has_prizes = any(prizes)
    for unit in units:
        is_own = unit == crowd.program.unit
        sums: list[float] = []
        for first, end in months:
            paid: float = sum(awards[first:end]) if is_own else 0
            if has_prizes:
                paid += sum(
                    prizes[number]
                    for number in range(first, end)
                    if prizes[number] and crowd.seats[max(number - 1, 0)].prize == unit
                )
            sums.append(paid)
        found += [*sums, sum(sums)]
    return found


def _kept_back(crowd: Crowd, paid: Paid, cap: int, awarded: int) -> int:
    """What one person would be paid more in awards if there were no such cap."""
    others = [one for one in range(len(crowd.caps)) if one != cap]
    if sum(paid.awards) == awarded:
        return 0
    return sum(crowd.settled(Paid(paid.awards, [0] * len(paid.draws)), None, others)[0]) - awarded


def _groups(pool: Sequence[Sequence[float]], people: int, chance: Chance) -> list[list[float]]:
    count = max(GROUPS_MIN, min(GROUPS_MAX, PICKS_MAX // people))
    size = len(pool)
    return [
        [sum(column) for column in zip(*(pool[int(chance() * size)] for _ in range(people)), strict=True)]
        for _ in range(count)
    ]


def _exact(
    crowd: Crowd, model: BehaviorModel, units: Sequence[Unit], months: Sequence[tuple[int, int]]
) -> list[float] | None:
    found = None if crowd.caps else crowd.expected(model)
    if found is None:
        return None
    awards, draws = found
    drawn = awards if crowd.program.unit == "draw" else draws
    prizes = [
        one * mean_of(crowd.seats[max(number - 1, 0)].bowl) if one else 0.0
        for number, one in enumerate(drawn)
    ]
    return _by_month(crowd, units, months, awards, prizes)


def _spread(sums: Sequence[float], mean: float, greatest: float, people: int) -> Spread:
    ordered = sorted(sums)

    def at(part: float) -> int:
        return round(ordered[min(len(ordered) - 1, int(part * len(ordered)))])

    return Spread(at(LOW), at(MEDIAN), at(HIGH), round(mean * people), round(greatest * people))
