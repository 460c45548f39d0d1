"""The outlook: what comes next on every target, found by stepping a success that has not happened yet.

It is worked out for every receipt, so what a target's state alone decides is remembered; the memory is
bounded and holds pure values, so losing it costs only time.
"""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from operator import itemgetter
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from schemas.people import Language
from schemas.program import Behavior, Effect, Period, Phase, Unit
from schemas.receipts import Money, Outlook
from service.core.calendar import period_key, program_week
from service.core.compiled import Rules
from service.core.conditions import NONE, bare, unmet
from service.core.dated_caps import NOTHING_OUTSIDE, Outside
from service.core.limits import first_free
from service.core.outcomes import FIXED
from service.core.phases import DAYS_A_WEEK
from service.core.rules import arrived, step
from service.core.rungs import earned_at
from service.core.state import Decision, Fact, State, TargetState
from service.core.words.sentences import MoneyWriter, View, closed_sentence, money, noun_of, outlook_sentence

REMEMBERED_MAX = 16_384
"""How many target states are remembered with their prospect."""

NOTHING: frozenset[int] = frozenset()
_SOME_DAY = date(1, 1, 1)
_SOME_TIME = datetime(1, 1, 1, tzinfo=UTC)


_OUTCOME: dict[tuple[Behavior, Effect], str] = {
    (behavior, effect): outcome for behavior, effects in FIXED.items() for outcome, effect in effects.items()
}
"""Some outcome of each behavior with each effect."""


class _Viewpoint(Struct, frozen=True):
    """Where the outlook looks from: a program week, a day in it, and whether the program's weeks are over."""

    week: int
    day: date
    over: bool


class _Prospect(Struct, frozen=True):
    """The next success before caps, and the way back, in minor units of `unit`.

    `back_in` successes come before the one paid at the regained rung, worth `back_at`; `gains` says
    whether that is more than the ladder would pay without it.
    """

    unit: Unit
    amount: int
    bonus: int
    after_a_miss: int
    run: int
    back_in: int | None
    back_at: int
    gains: bool


def outlook(
    rules: Rules,
    state: State,
    starts_on: date,
    day: date,
    language: Language,
    *,
    last_day: date | None = None,
    outside: Outside = NOTHING_OUTSIDE,
    write: MoneyWriter = money,
) -> tuple[Outlook, ...]:
    """The outlook of each target, seen from the local `day`.

    The next success is imagined in that day's program week if it counts there, else in the first later week
    where it does. Once the program's weeks are over only a visit of those weeks can still be recorded, so
    the outlook looks from the last folded fact; its local day is `last_day`, else its week's first day.
    `outside` are the caps of the clinic and of funders, which leave what they do on the day that is
    imagined. `write` writes the amounts of the sentences.
    """
    seen = _seen(rules, state, starts_on, day, last_day)
    return tuple(
        _of_target(rules, place, state, starts_on, seen, (language, write), outside)
        for place in range(len(rules.targets))
    )


def closed(rules: Rules, language: Language) -> tuple[Outlook, ...]:
    """The outlook of an enrollment that is closed: nothing comes next, and nothing is lost."""
    sentence = closed_sentence(language)
    return tuple(Outlook(target.name, (), (), None, sentence) for target in rules.program.targets)


def _seen(rules: Rules, state: State, starts_on: date, day: date, last_day: date | None) -> _Viewpoint:
    """Where the next success is looked for first."""
    last_week = max([target.week for target in state.targets])
    week = program_week(day, starts_on)
    over = week > rules.program.weeks
    if over:
        day = last_day or _first_day(starts_on, max(last_week, 1))
        week = program_week(day, starts_on)
    if last_week > week:
        # The next success follows the last fact, so it cannot lie in an earlier week than that one.
        week, day = last_week, _first_day(starts_on, last_week)
    return _Viewpoint(week, day, over)


def _first_day(starts_on: date, week: int) -> date:
    return starts_on + timedelta(weeks=week - 1)


def _of_target(
    rules: Rules,
    place: int,
    state: State,
    starts_on: date,
    seen: _Viewpoint,
    spoken: tuple[Language, MoneyWriter],
    outside: Outside,
) -> Outlook:
    target = rules.program.targets[place]
    noun = noun_of(target)
    here = state.targets[place]
    free = first_free(rules.targets[place].limits, here, seen.day)
    seat = None if free is None else _first_seat(rules, place, here, seen, starts_on, free)
    if free is None or seat is None:
        view = View(rules.program.unit, None, "over" if seen.over else "now", 0)
        return Outlook(target.name, (), (), None, outlook_sentence(view, noun, *spoken))
    week, after = seat
    first = _first_day(starts_on, week) + timedelta(days=after)
    day = max(free, first) if week > seen.week or after else free
    found = _prospect(rules, place, here, week, after, _met(rules, place, state, day))
    amount, after_a_miss, cap = found.amount, found.after_a_miss, None
    own = _room(rules, state, day) if state.spent and found.unit == rules.program.unit else None
    for left in (own, outside.room(found.unit, day) if outside.limits.caps else None):
        if left is not None and amount > left[0]:
            amount, cap = left
        after_a_miss = after_a_miss if left is None else min(after_a_miss, left[0])
    view = View(
        found.unit,
        amount,
        _when(seen, week),
        week,
        bonus=found.bonus,
        back_in=found.back_in if found.gains else None,
        back_at=found.back_at,
        run=found.run,
        cap=cap,
    )
    return Outlook(
        target.name,
        (Money(found.unit, amount),),
        (Money(found.unit, after_a_miss),),
        found.back_in,
        outlook_sentence(view, noun, *spoken),
    )


def _first_seat(
    rules: Rules, place: int, here: TargetState, seen: _Viewpoint, starts_on: date, free: date
) -> tuple[int, int] | None:
    """The first week, and the days after its first, in which a phase covers a success and it counts.

    Only where phases are counted in days those after the week's first matter: elsewhere they are 0.
    """
    week = max(seen.week, program_week(free, starts_on))
    is_full = here.week == week and here.in_week >= rules.targets[place].per_week
    first = max(week + is_full, 1)
    if not rules.targets[place].phase_of_day:
        return _first_covered(rules, place, first, 0)
    after = (free - _first_day(starts_on, first)).days
    return _first_covered(rules, place, first, max(0, after))


def _when(seen: _Viewpoint, week: int) -> Literal["now", "next_week", "later", "over"]:
    if seen.over:
        return "over"
    if week == seen.week:
        return "now"
    return "next_week" if week == seen.week + 1 and seen.week > 0 else "later"


def _room(rules: Rules, state: State, day: date) -> tuple[int, Period]:
    """The amount that the tightest of the program's caps still leaves on a day, and that cap's period."""
    rooms: list[tuple[int, Period]] = []
    for cap, (key, paid) in zip(rules.program.caps, state.spent, strict=True):
        # The next event is a new one, whatever numbers the earlier ones have: its own cap is untouched.
        same = cap.per != "event" and period_key(cap.per, day, state.last_no) == key
        rooms.append((cap.amount - paid if same else cap.amount, cap.per))
    return min(rooms, key=itemgetter(0))


@lru_cache(maxsize=REMEMBERED_MAX)
def _first_covered(rules: Rules, place: int, week: int, after: int) -> tuple[int, int] | None:
    """The first program week, and day in it, that a phase of the target covers from some day on."""
    target = rules.targets[place]
    days = range(after, (rules.program.weeks - week + 1) * DAYS_A_WEEK)
    found = (divmod(day, DAYS_A_WEEK) for day in (days if target.phase_of_day else days[::DAYS_A_WEEK]))
    return next(((week + weeks, day) for weeks, day in found if target.phase(week + weeks, day)), None)


@lru_cache(maxsize=REMEMBERED_MAX)
def _prospect(
    rules: Rules, place: int, here: TargetState, week: int, after: int, met: frozenset[int]
) -> _Prospect:
    phase = rules.targets[place].phase(week, after)
    here = arrived(rules.targets[place], phase, here, week)
    alone = _alone(rules, place, met)
    on = (week, after)
    base, bonus, unit = _success(alone, here, on)
    missed = _imagine(alone, here, on, "failure")[0]
    after_a_miss = sum(_success(alone, missed, on)[:2])
    back_in, back_at = _way_back(phase, here)
    gains = back_in is not None and (back_at > base or back_in == 0)
    return _Prospect(unit, base + bonus, bonus, after_a_miss, here.run, back_in, back_at, gains)


def _way_back(phase: Phase | None, here: TargetState) -> tuple[int | None, int]:
    """How many successes come before the one paid at the regained rung, and what that one pays as base."""
    recovery = phase.on_failure.recovery if phase is not None else None
    # Whoever was on the first rung has nothing to regain, though the rule is followed all the same.
    if phase is None or recovery is None or not here.resume:
        return None, 0
    needed = recovery.after if recovery.pays == "next" else recovery.after - 1
    back_in = max(needed - here.run, 0)
    # The steps climbed meanwhile reach at least as far: then there is nothing to regain either.
    if here.resume < here.rung + back_in:
        return None, 0
    return back_in, earned_at(phase.earn, here.resume)


def _success(alone: Rules, here: TargetState, on: tuple[int, int]) -> tuple[int, int, Unit]:
    _, decision = _imagine(alone, here, on, "success")
    base = sum(award.amount for award in decision.awards if award.kind == "base")
    bonus = sum(award.amount for award in decision.awards if award.kind == "bonus")
    return base, bonus, decision.awards[0].unit


def _imagine(
    alone: Rules, here: TargetState, on: tuple[int, int], effect: Effect
) -> tuple[TargetState, Decision]:
    outcome = _OUTCOME[alone.program.targets[0].behavior, effect]
    fact = Fact(1, 0, outcome, _SOME_TIME, _SOME_DAY, on[0], after=on[1])
    state, decision = step(alone, State((here,), ()), fact)
    return state.targets[0], decision


@lru_cache(maxsize=REMEMBERED_MAX)
def _alone(rules: Rules, place: int, met: frozenset[int]) -> Rules:
    """The rules of one target without caps and conditions, which look at more than one target.

    Its earnings are imagined as if their condition were met, and of its bonuses those at the places `met`.
    """
    target = rules.targets[place]
    if target.conditions:
        target = replace(target, target=bare(target.target, met))
    return Rules(replace(rules.program, caps=(), targets=(target.target,)), (target,))


def _met(rules: Rules, place: int, state: State, day: date) -> frozenset[int]:
    """The places of bonuses whose condition is met by what happened on a day."""
    target = rules.targets[place]
    if not target.conditions:
        return NOTHING
    bonuses = target.target.bonuses
    waiting = unmet(rules, state, target.conditions, day, NONE)
    return frozenset(
        number for number, one in enumerate(bonuses) if one.if_ is not None and one.if_ not in waiting
    )
