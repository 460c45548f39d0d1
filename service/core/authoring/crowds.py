"""Imagined people in a program: what each is paid at each visit, by the rules' own `step`.

What a target pays next follows from its state and from how the visit goes, and of both there are few. So each
step is worked out once, by `step`, and remembered: thousands of people walk over the same steps. Caps change
nothing of the state, so they are laid over what a person's visits pay afterwards.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import accumulate
from math import log
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from schemas.books import TableOutcome
from schemas.forecasts import BehaviorModel, Habit
from schemas.program import Bowl, Cap, Program, Unit
from service.core.authoring.ahead import Ahead
from service.core.authoring.habits import habit, long_run
from service.core.authoring.perfect import at_the_most, bowl_at, most_of
from service.core.authoring.scenarios import failure_of, success_of, visits_of
from service.core.authoring.table import STARTS_ON, VISITS_MAX, facts_of, spread
from service.core.calendar import period_key
from service.core.compiled import Rules, compile_rules
from service.core.conditions import NONE
from service.core.draws.draws import prize_unit
from service.core.rules import opening, step
from service.core.state import Award, Fact, State, TargetState

ENDLESS: Final = 2**63
STATES_MAX: Final = 2000
"""From more states than that before one visit, chances are not carried on from each of them."""

Chance = Callable[[], float]
"""Gives the next number by chance, from 0 up to 1."""


class Seat(Struct, frozen=True):
    """One visit of the crowd: as a success and as a miss, and the period of each cap that it lies in."""

    good: Fact
    bad: Fact
    periods: tuple[int, ...]
    bowl: Bowl
    prize: Unit
    """The unit in which its draws win."""


class Paid(Struct, frozen=True):
    """What each visit of one person pays before caps, the welcome first.

    `awards` are in the program's unit, `draws` what is earned beside them where that is money or points.
    """

    awards: list[int]
    draws: list[int]


class _Node:
    """A state of one target before one of its visits, with the steps from it that were taken."""

    __slots__ = ("state", "steps")

    def __init__(self, state: TargetState) -> None:
        self.state = state
        self.steps: dict[int, tuple[_Node, int, int]] = {}


class _Lane:
    """One target with its visits: its places among all, and the states that there are before each."""

    def __init__(self, crowd: "Crowd", place: int) -> None:
        self.target = crowd.rules.targets[place]
        self.place = place
        self.seats = [number for number, one in enumerate(crowd.seats) if one.good.target == place]
        self.weeks = [crowd.seats[number].good.week for number in self.seats]
        self.nodes: list[dict[TargetState, _Node]] = [{} for _ in range(len(self.seats) + 1)]
        weeks = [*self.weeks, self.target.weeks + 1]
        self.ahead = [Ahead.of(self.target, week) for week in weeks]
        self.first = self.node(0, crowd.opened.targets[place])
        self.needs = sorted({crowd.rules.place_of[one.target] for one in self.target.conditions})

    def node(self, number: int, state: TargetState) -> _Node:
        state = self.ahead[number].essence(state)
        found = self.nodes[number].get(state)
        if found is None:
            found = self.nodes[number][state] = _Node(state)
        return found


class Crowd:
    """A program made ready to be walked by many imagined people who start together."""

    def __init__(self, program: Program, starts_on: date = STARTS_ON) -> None:
        """Lay out the visits; `starts_on` decides which of them share a calendar month or year."""
        self.program = program
        self.rules = compile_rules(replace(program, caps=()))
        self.opened, welcome = opening(self.rules, starts_on)
        self.welcome = 0 if welcome is None else welcome.amount
        self.starts_on = starts_on
        self.seats = tuple(_seats(self.rules, program.caps, starts_on))
        self.lanes = [_Lane(self, place) for place in range(len(program.targets))]
        self.caps = program.caps
        self.keys = [tuple(period_key(cap.per, starts_on, 0) for cap in self.caps)]
        self.keys += [one.periods for one in self.seats]
        self._day_of = [one.good.day for one in self.seats]
        self._slips = {one.bowl.name: _slips(one.bowl) for one in self.seats}

    def walk(self, went: Sequence[Sequence[bool]]) -> Paid:
        """What one person is paid whose visits of each target went so; whoever has fewer came no more."""
        awards, draws = ([0] * (len(self.seats) + 1) for _ in range(2))
        awards[0] = self.welcome
        good = self._successes(went) if self.rules.subjects else NONE
        for lane, visits in zip(self.lanes, went, strict=True):
            node = lane.first
            for number, (seat, is_good) in enumerate(zip(lane.seats, visits, strict=False)):
                key = int(is_good)
                if lane.needs:
                    key += self._met(lane, seat, good)
                found = node.steps.get(key)
                if found is None:
                    found = node.steps[key] = self._step(lane, node, number, key)
                node, awards[seat + 1], draws[seat + 1] = found
        return Paid(awards, draws)

    def perfect(self) -> Paid:
        """What somebody is paid who succeeds every time."""
        return self.walk([(True,) * len(lane.seats) for lane in self.lanes])

    def imagine(self, model: BehaviorModel, chance: Chance) -> list[list[bool]]:
        """How the visits of one imagined person go, by target."""
        keeps = model.keeps_coming
        weeks = self.program.weeks
        if keeps < 1:
            weeks = 1 if keeps <= 0 else 1 + min(weeks, int(log(1 - chance()) / log(keeps)))
        went: list[list[bool]] = []
        for lane in self.lanes:
            figures = habit(model, lane.target.target.behavior)
            after_good, after_bad = figures.success_after_success, figures.success_after_miss
            likely, visits = long_run(figures), []
            for _ in range(bisect_right(lane.weeks, weeks)):
                is_good = chance() < likely
                visits.append(is_good)
                likely = after_good if is_good else after_bad
            went.append(visits)
        return went

    def settled(self, paid: Paid, chance: Chance | None, caps: Sequence[int]) -> tuple[list[int], list[int]]:
        """Awards and prizes of each visit under the caps at the places told.

        Draws win by chance, or without it the greatest prize each time.
        """
        if self.program.unit == "draw":
            awards = self._clipped((paid.awards,), caps)[0] if caps else paid.awards
            return awards, self._prizes(awards, chance)
        prizes = self._prizes(paid.draws, chance) if any(paid.draws) else paid.draws
        # Whoever has less in all than each cap allows in one period meets none of them.
        if sum(paid.awards) + sum(prizes) <= min((self.caps[cap].amount for cap in caps), default=ENDLESS):
            return paid.awards, prizes
        awards, prizes = self._clipped((paid.awards, prizes), caps)
        return awards, prizes

    def _clipped(self, amounts: tuple[list[int], ...], caps: Sequence[int]) -> tuple[list[int], ...]:
        kept = tuple(list(one) for one in amounts)
        room: dict[tuple[int, int], int] = {}
        for number, keys in enumerate(self.keys):
            for place, one in enumerate(kept):
                amount = one[number]
                if not amount or (place and self.seats[number - 1].prize != self.program.unit):
                    continue
                spaces = [(cap, keys[cap]) for cap in caps]
                left = [room.get(space, self.caps[space[0]].amount) for space in spaces]
                one[number] = amount = min(amount, *left)
                room.update((space, rest - amount) for space, rest in zip(spaces, left, strict=True))
        return kept

    def _prizes(self, draws: Sequence[int], chance: Chance | None) -> list[int]:
        won = [0] * len(draws)
        for number, count in enumerate(draws):
            if count:
                seat = self.seats[max(number - 1, 0)]
                if chance is None:
                    won[number] = count * most_of(seat.bowl)
                else:
                    slips, values = self._slips[seat.bowl.name]
                    last = slips[-1]
                    won[number] = sum(values[bisect_right(slips, chance() * last)] for _ in range(count))
        return won

    def expected(self, model: BehaviorModel) -> tuple[list[float], list[float]] | None:
        """Awards and draws expected at each visit before caps, exactly.

        None where targets rest on each other, for how one goes then decides what another pays, and where
        there are too many states.
        """
        if self.rules.subjects:
            return None
        awards, draws = ([0.0] * (len(self.seats) + 1) for _ in range(2))
        awards[0] = float(self.welcome)
        for lane in self.lanes:
            means = self._means(lane, habit(model, lane.target.target.behavior))
            if means is None:
                return None
            for number, (award, drawn) in enumerate(means):
                comes = model.keeps_coming ** (lane.weeks[number] - 1)
                awards[lane.seats[number] + 1] = comes * award
                draws[lane.seats[number] + 1] = comes * drawn
        return awards, draws

    def _means(self, lane: "_Lane", figures: Habit) -> list[tuple[float, float]] | None:
        """The mean award and draws of each visit of somebody who still comes; none of too many states."""
        means: list[tuple[float, float]] = []
        likely: dict[tuple[_Node, bool | None], float] = {(lane.first, None): 1.0}
        chances = {
            None: long_run(figures),
            True: figures.success_after_success,
            False: figures.success_after_miss,
        }
        for number in range(len(lane.seats)):
            award, drawn = 0.0, 0.0
            later: dict[tuple[_Node, bool | None], float] = {}
            for (node, before), part in likely.items():
                for is_good, way in ((True, chances[before]), (False, 1 - chances[before])):
                    if not way:
                        continue
                    key = int(is_good)
                    if key not in node.steps:
                        node.steps[key] = self._step(lane, node, number, key)
                    after, paid, draws = node.steps[key]
                    award, drawn = award + part * way * paid, drawn + part * way * draws
                    later[after, is_good] = later.get((after, is_good), 0.0) + part * way
            likely = later
            if len(likely) > STATES_MAX:
                return None
            means.append((award, drawn))
        return means

    def _successes(self, went: Sequence[Sequence[bool]]) -> frozenset[tuple[int, date]]:
        """The targets, by their place, and the days on which they have a success."""
        return frozenset(
            (lane.place, self._day_of[seat])
            for lane, visits in zip(self.lanes, went, strict=True)
            for seat, is_good in zip(lane.seats, visits, strict=False)
            if is_good
        )

    def _met(self, lane: "_Lane", seat: int, good: frozenset[tuple[int, date]]) -> int:
        """Which of the targets that a target rests on have a success that day, as bits above the lowest."""
        day = self._day_of[seat]
        return sum(2 << bit for bit, place in enumerate(lane.needs) if (place, day) in good)

    def _step(self, lane: "_Lane", node: _Node, number: int, key: int) -> tuple[_Node, int, int]:
        seat = self.seats[lane.seats[number]]
        fact = seat.good if key & 1 else seat.bad
        known = frozenset((place, fact.day) for bit, place in enumerate(lane.needs) if key & 2 << bit)
        targets = self.opened.targets
        before = State((*targets[: lane.place], node.state, *targets[lane.place + 1 :]), self.opened.spent)
        after, decision = step(self.rules, before, fact, known=known)
        own, drawn = _sums(decision.awards, self.program.unit)
        return lane.node(number + 1, after.targets[lane.place]), own, drawn


def _sums(awards: Sequence[Award], unit: Unit) -> tuple[int, int]:
    """What awards come to in the program's unit, and in draws where that is another."""
    own = sum(one.amount for one in awards if one.unit == unit)
    return own, 0 if unit == "draw" else sum(one.amount for one in awards if one.unit == "draw")


def _seats(rules: Rules, caps: Sequence[Cap], starts_on: date) -> Iterator[Seat]:
    """All visits in the order of days."""
    laid: list[TableOutcome] = []
    for target in rules.program.targets:
        count = min(VISITS_MAX - len(laid), visits_of(rules.program, target))
        if count > 0:
            laid += spread(rules.program, target.name, [success_of(target.behavior)] * count)
    imagined = at_the_most(rules, facts_of(rules, laid, starts_on))
    facts = sorted(imagined, key=lambda one: (one.at, one.no))
    for no, fact in enumerate(facts, start=1):
        good = replace(fact, no=no)
        bad = replace(good, outcome=failure_of(rules.program.targets[fact.target].behavior))
        bowl = bowl_at(rules, fact.target, fact.week)
        periods = tuple(period_key(cap.per, fact.day, no) for cap in caps)
        yield Seat(good, bad, periods, bowl, prize_unit(rules.program, bowl.name))


def _slips(bowl: Bowl) -> tuple[list[int], list[int]]:
    """The number of the last slip of each tier, and what it wins."""
    return list(accumulate(tier.slips for tier in bowl.tiers)), [tier.value or 0 for tier in bowl.tiers]
