"""Doubts about what a program pays: caps, amounts and bonuses that are hardly meant as they stand."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import timedelta
from itertools import accumulate
from typing import Final, assert_never

from schemas.program import (
    Bonus,
    Cap,
    Draws,
    Flat,
    Ladder,
    Period,
    Program,
    Rate,
    RunBonus,
    Table,
    Target,
    TotalBonus,
    WeekBonus,
)
from service.core.authoring.faults import Found
from service.core.authoring.perfect import PerfectVisit, costs, is_open, mean_of, most_of, perfect_run
from service.core.authoring.scenarios import visits_of
from service.core.compiled import pace
from service.core.draws.draws import prize_unit
from service.core.levels import nexts_of
from service.core.limits import count_in, limits_of
from service.core.quantities import per_of
from service.core.refusals import Amount, fault

LARGE_CENTS: Final = 10_000
"""What one success seldom pays more than, in cents."""
TIMES_MAX: Final = 100
"""How far amounts of one program seldom lie apart."""
CLIPPED_MAX: Final = 1 / 10
"""The part of a perfect total that a cap may leave unpaid without a word."""
DAYS: Final[dict[Period, int]] = {"day": 1, "week": 7, "month": 31, "year": 366}
"""The most days of each calendar period."""


def doubts_of_pay(program: Program) -> Found:
    """Name what its author should look at, from amounts, and from a perfect run."""
    run = perfect_run(program)
    yield from _single(program, run)
    yield from _apart(program)
    yield from _of_caps(program, run)
    yield from _of_draws(program, run)
    yield from _of_nexts(program)
    yield from _unbounded(program)
    for place, target in enumerate(program.targets):
        yield from _of_reach(program, target, f"$.targets[{place}]")


def _single(program: Program, run: Sequence[PerfectVisit]) -> Found:
    if program.unit != "usd":
        return
    for place in range(len(program.targets)):
        large = next((one for one in run if one.target == place and one.single > LARGE_CENTS), None)
        if large is not None:
            at, most = f"$.targets[{place}]", Amount(LARGE_CENTS, program.unit)
            amount = Amount(large.single, program.unit)
            yield fault(at, "program.large", amount=amount, visit=large.ordinal, most=most)


def _apart(program: Program) -> Found:
    """Amounts that one success can pay, a hundredfold apart: cents and dollars may be mixed."""
    paid = [one for one in (*_amounts(program), ("$.welcome", program.welcome)) if one[1]]
    if not paid:
        return
    low, high = min(paid, key=lambda one: one[1]), max(paid, key=lambda one: one[1])
    if high[1] >= low[1] * TIMES_MAX:
        small, large = Amount(low[1], program.unit), Amount(high[1], program.unit)
        yield fault(low[0], "program.apart", small=small, large=large)


def _amounts(program: Program) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    for place, target in enumerate(program.targets):
        for number, phase in enumerate(target.phases):
            at = f"$.targets[{place}].phases[{number}].earn"
            match phase.earn:
                case Flat(amount) | Rate(amount):
                    found.append((f"{at}.amount", amount))
                case Ladder(start):
                    found.append((f"{at}.start", start))
                case Table(values):
                    found += [(f"{at}.values[{step}]", value) for step, value in enumerate(values)]
                case _:
                    continue
        if not isinstance(target.phases[0].earn, Draws):
            at = f"$.targets[{place}].bonuses"
            found += [(f"{at}[{number}].amount", one.amount) for number, one in enumerate(target.bonuses)]
    return found


def _unbounded(program: Program) -> Found:
    """A quantity that is paid in full whatever it is: a slip of the keyboard would be paid too."""
    if any(cap.per in {"event", "day"} for cap in program.caps):
        return
    for place, target in enumerate(program.targets):
        for number, phase in enumerate(target.phases):
            earn = phase.earn
            if per_of(earn) is not None and not (isinstance(earn, Rate) and earn.max is not None):
                yield fault(f"$.targets[{place}].phases[{number}].earn", "program.unbounded")
                break


def _of_caps(program: Program, run: Sequence[PerfectVisit]) -> Found:
    seen: set[Period] = set()
    for number, cap in enumerate(program.caps):
        at = f"$.caps[{number}]"
        if cap.per in seen:
            yield fault(at, "program.cap_twice", per=cap.per)
        seen.add(cap.per)
        if not is_open(program) and _most_in(program, cap, run) < cap.amount:
            yield fault(f"{at}.amount", "program.cap_unreached", amount=Amount(cap.amount, program.unit))
    total = sum(one.paid + one.clipped for one in run)
    lost = sum(one.clipped for one in run)
    first = next((one for one in run if one.clipped), None)
    if first is None or lost <= total * CLIPPED_MAX:
        return
    amounts = {"lost": Amount(lost, program.unit), "total": Amount(total, program.unit)}
    if first.target is None:
        yield fault("$.caps", "program.caps_clip_welcome", **amounts)
        return
    name = program.targets[first.target].name
    yield fault("$.caps", "program.caps_clip", **amounts, visit=first.ordinal, target=name, week=first.week)


def _most_in(program: Program, cap: Cap, run: Sequence[PerfectVisit]) -> int:
    """The most that a perfect run pays in any period of a cap, the greatest prizes included."""
    worth = [
        one.paid
        + one.clipped
        + (one.draws * most_of(one.bowl) if prize_unit(program, one.bowl.name) == program.unit else 0)
        for one in run
    ]
    if cap.per == "event" or not run:
        return max(worth, default=0)
    if cap.per == "enrollment":
        return sum(worth)
    sums = [0, *accumulate(worth)]
    days = [one.day for one in run]
    length = timedelta(days=DAYS[cap.per])
    ends = [bisect_right(days, day + length - timedelta(days=1)) for day in days]
    return max(sums[end] - sums[begin] for begin, end in enumerate(ends))


def _of_draws(program: Program, run: Sequence[PerfectVisit]) -> Found:
    for cost in costs(program, run):
        if cost.draws:
            drawn = [one for one in run if one.draws]
            mean = round(sum(one.draws * mean_of(one.bowl) for one in drawn))
            most = sum(one.draws * most_of(one.bowl) for one in drawn)
            amounts = {"expected": Amount(mean, cost.unit), "greatest": Amount(most, cost.unit)}
            yield fault("$", "program.draws_cost", draws=cost.draws, **amounts)


def _of_nexts(program: Program) -> Found:
    """Programs that nobody is ever offered who comes to every expected visit."""
    targets = {target.name: target for target in program.targets}
    for number, one in enumerate(nexts_of(program)):
        target, needed = targets[one.when.of], one.when.successes
        at = f"$.then[{number}]" if isinstance(program.then, tuple) else "$.then"
        if not is_open(program) and needed > visits_of(program, target):
            most = visits_of(program, target)
            yield fault(f"{at}.when.successes", "program.then_unreached", needed=needed, most=most)


def _of_reach(program: Program, target: Target, at: str) -> Found:
    """Limits and bonuses that nobody reaches who comes to every expected visit."""
    day = max([1, *(one.per_day for one in (target.visits, *(p.visits for p in target.phases)) if one)])
    most = {"day": day, "week": 7 * day, "month": 31 * day, "enrollment": 7 * day * program.weeks}
    for per, count in limits_of(target):
        if count > most[per]:
            yield fault(f"{at}.limit", "program.limit_unreached", count=count, per=per, most=most[per])
    weekly = max([pace(target.visits), *(pace(phase.visits) for phase in target.phases)])
    total = visits_of(program, target) if weekly or limits_of(target) else None
    for number, bonus in enumerate(target.bonuses):
        where = f"{at}.bonuses[{number}]"
        name, needed = _needs(bonus)
        reach = weekly or None if name == "successes" else total
        limited = count_in(target, "enrollment") if name == "at" else None
        if reach is not None and needed > reach and limited is None:
            yield fault(f"{where}.{name}", "program.bonus_unreached", needed=needed, most=reach)


def _needs(bonus: Bonus) -> tuple[str, int]:
    """The field of a bonus that says how many successes it takes at most, and that number."""
    match bonus:
        case WeekBonus(successes):
            return "successes", successes
        case RunBonus(every=int(every)):
            return "every", every
        case RunBonus() | TotalBonus():
            return "at", max(bonus.at, default=0)
        case _ as unreachable:
            assert_never(unreachable)
