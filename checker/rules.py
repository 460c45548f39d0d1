"""What every event of one enrollment earned: the program read once more, apart from the service's engine.

All facts that stand are gone through in the order in which they happened. Nothing is remembered between
runs, and there is no shorter way: whoever doubts a number can follow it here with a pencil.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from checker.days import DAYS_A_WEEK, period, week_of
from checker.language import (
    EXCUSED,
    RETESTABLE,
    VALID,
    Fact,
    begins,
    conditions_of,
    effects_of,
    limits_of,
    most_a_week,
    opens_on,
    part_of,
    phase_of,
)
from checker.visits import met_after_all

Slot = tuple[int, str, str]
"""A fact's number (0 for the welcome), `base`, `bonus:<place>` or `welcome`, and the unit."""


@dataclass
class Standing:
    """Where one target stands: numbers that a nurse would keep in the margin of the chart."""

    rung: int
    run: int = 0
    resume: int | None = None
    total: int = 0
    week: int = 0
    in_week: int = 0
    missed_in: int = 0
    begun: int = 0
    used_week: dict[int, int] = field(default_factory=dict)
    used_ever: dict[int, int] = field(default_factory=dict)
    paid_once: set[tuple[int, int]] = field(default_factory=set)
    counted: dict[tuple[int, str], int] = field(default_factory=dict)


class Reading:
    """One program being read over one enrollment's facts."""

    def __init__(self, program: dict[str, Any], starts_on: date) -> None:
        """Begin with nothing recorded; what is due is in `due`, each event's effect in `effects`."""
        self.program = program
        self.starts_on = starts_on
        self.targets = {target["name"]: target for target in program["targets"]}
        self.standing = {name: Standing(opens_on(target)) for name, target in self.targets.items()}
        self.excused = 0
        self.spent: dict[tuple[int, str], int] = {}
        self.due: dict[Slot, int] = {}
        self.effects: dict[int, str] = {}
        if program.get("welcome"):
            self._pay(0, starts_on, [("welcome", program["unit"], program["welcome"])])

    def read(self, facts: Sequence[Fact]) -> "Reading":
        """Go through all facts that stand."""
        ordered = sorted(facts, key=lambda fact: (fact.at, fact.no))
        replaced = self._retested(ordered) | met_after_all(self.program, self.starts_on, ordered)
        good_days = self._good_days(ordered, replaced)
        for fact in ordered:
            self._one(fact, good_days, is_replaced=fact.no in replaced)
        return self

    def _one(self, fact: Fact, good_days: set[tuple[str, date]], *, is_replaced: bool) -> None:
        target = self.targets[fact.target]
        here = self.standing[fact.target]
        phase = phase_of(self.program, target, fact.week, fact.after)
        self._arrive(target, here, phase, fact.week)
        effect = effects_of(target, phase)[fact.outcome]
        unit = self.program["unit"]
        if phase is not None and phase["earn"]["type"] == "draws":
            unit = "draw"
        paid: list[tuple[str, str, int]] = [("base", unit, 0)]
        limit = self.program.get("excuses", {}).get("limit")
        if phase is None:
            pass
        elif is_replaced or fact.was_closed:
            effect = "neutral"
        elif fact.outcome == EXCUSED and limit is not None and self.excused == limit:
            effect = "failure"
            _fail(here, phase)
        else:
            if fact.outcome == EXCUSED:
                self.excused += 1
            if effect == "neutral" and not _allowed(target, here, fact.outcome):
                effect = "failure"
            if effect == "failure":
                _fail(here, phase)
            elif effect == "success":
                unmet = {name for name in conditions_of(target) if (name, fact.day) not in good_days}
                paid = _succeed(target, here, phase, fact, unit, unmet)
        self.effects[fact.no] = effect
        self._pay(fact.no, fact.day, paid)

    def _arrive(
        self, target: dict[str, Any], here: Standing, phase: dict[str, Any] | None, week: int
    ) -> None:
        """A new week begins with no successes, and a phase may begin the ladder anew."""
        if week != here.week:
            if self._was_whole(target, here):
                here.rung += 1
            here.week, here.in_week = week, 0
            here.used_week.clear()
        if phase is not None and phase.get("begin", "on") == "anew" and here.begun != begins(phase)[1]:
            here.begun, here.rung = begins(phase)[1], phase["earn"].get("first", 0)
            here.run, here.resume = 0, None

    def _was_whole(self, target: dict[str, Any], here: Standing) -> bool:
        """Whether every visit of the last week was a success, where the ladder rises by such weeks."""
        phase = phase_of(self.program, target, here.week)
        if phase is None or phase["earn"].get("every") != "week" or here.missed_in == here.week:
            return False
        most = most_a_week(target)
        visits = phase.get("visits") or target.get("visits") or {}
        expected = len(visits.get("weekdays", [])) or visits.get("per_week") or most
        return here.in_week >= min(expected, most)

    def _pay(self, no: int, day: date, paid: Sequence[tuple[str, str, int]]) -> None:
        """Write down what is due, as far as the program's own caps leave room, in the order written."""
        caps = self.program.get("caps", [])
        keys = [(place, period(cap["per"], day, no)) for place, cap in enumerate(caps)]
        for slot, unit, amount in paid:
            left = amount
            if unit == self.program["unit"]:
                for key in keys:
                    left = min(left, caps[key[0]]["amount"] - self.spent.get(key, 0))
                for key in keys:
                    self.spent[key] = self.spent.get(key, 0) + left
            self.due[no, slot, unit] = left

    def _retested(self, ordered: Sequence[Fact]) -> set[int]:
        """Invalid and dilute tests that a valid one took the place of in time."""
        waiting: dict[str, list[Fact]] = {}
        found: set[int] = set()
        for fact in ordered:
            minutes = self.targets[fact.target].get("retest_minutes")
            if minutes is None:
                continue
            if fact.outcome in RETESTABLE:
                waiting.setdefault(fact.target, []).append(fact)
            elif fact.outcome in VALID:
                for test in waiting.pop(fact.target, []):
                    if fact.at - test.at <= timedelta(minutes=minutes):
                        found.add(test.no)
        return found

    def _good_days(self, ordered: Sequence[Fact], replaced: set[int]) -> set[tuple[str, date]]:
        """Targets with the days on which they have a success that stands, whether it was paid or not."""
        good = set()
        for fact in ordered:
            target = self.targets[fact.target]
            phase = phase_of(self.program, target, fact.week, fact.after)
            if phase and fact.no not in replaced and effects_of(target, phase)[fact.outcome] == "success":
                good.add((fact.target, fact.day))
        return good


def fact_of(
    starts_on: date,
    no: int,
    target: str,
    outcome: str,
    when: Any,  # noqa: ANN401  a moment in time
    day: date,
    expected_on: date | None = None,
    *,
    was_closed: bool = False,
    quantity: int | None = None,
) -> Fact:
    """A fact with the program week of its day; one that names no quantity counts as one, in hundredths."""
    after, week = (day - starts_on).days % DAYS_A_WEEK, week_of(day, starts_on)
    return Fact(no, target, outcome, when, day, week, after, expected_on, was_closed, quantity or 100)


def _allowed(target: dict[str, Any], here: Standing, outcome: str) -> bool:
    """Whether a neutral outcome is within its allowance, which it then uses."""
    for place, one in reversed(list(enumerate(target.get("allowances", [])))):
        if one["outcome"] == outcome:
            used = here.used_ever if one.get("per", "week") == "enrollment" else here.used_week
            if used.get(place, 0) >= one["count"]:
                return False
            here.used_week[place] = here.used_week.get(place, 0) + 1
            here.used_ever[place] = here.used_ever.get(place, 0) + 1
            return True
    return True


def _fail(here: Standing, phase: dict[str, Any]) -> None:
    """The run is over; a reset lands lower on the ladder, and remembers where it fell from."""
    rule = phase.get("on_failure", {})
    if phase["earn"].get("every") == "week":
        here.missed_in = here.week
    here.run = 0
    if not rule.get("reset"):
        return
    recovery = rule.get("recovery")
    if recovery:
        fell_from = here.rung if recovery["to"] == "due" else max(here.rung - 1, 0)
        here.resume = max(fell_from, here.resume or 0)
    landing = rule.get("to") or {"rung": 0}
    if landing.get("rung") is not None:
        here.rung = min(landing["rung"], here.rung)
    else:
        here.rung = max(here.rung - (landing.get("back") or 0), 0)


def _succeed(
    target: dict[str, Any], here: Standing, phase: dict[str, Any], fact: Fact, unit: str, unmet: set[str]
) -> list[tuple[str, str, int]]:
    """What a success earns; over a limit, or without what it rests on, it is recorded and moves nothing."""
    nothing = [("base", unit, 0)]
    if here.in_week >= most_a_week(target):
        return nothing
    periods = [
        (place, period(per, fact.day, 0), count)
        for place, (per, count) in enumerate(limits_of(target))
        if per != "week"
    ]
    if any(here.counted.get((place, name), 0) >= count for place, name, count in periods):
        return nothing
    earn = phase["earn"]
    if earn.get("if") and earn["if"]["target"] in unmet:
        return nothing
    for place, name, _ in periods:
        here.counted[place, name] = here.counted.get((place, name), 0) + 1
    _recover(here, phase)
    value = _value(earn, here.rung)
    # Half a unit is rounded up, by quantity and by part alike.
    if earn.get("per") is not None:
        value = (value * fact.quantity * 2 + 100) // 200
        if earn["type"] == "rate" and earn.get("max") is not None:
            value = min(value, earn["max"])
    value = (value * part_of(target, phase, fact.outcome) * 2 + 100) // 200
    if earn.get("every") != "week":
        here.rung += 1
    here.run += 1
    here.total += 1
    here.in_week += 1
    return [("base", unit, value), *_bonuses(target, here, unit, unmet)]


def _recover(here: Standing, phase: dict[str, Any]) -> None:
    recovery = phase.get("on_failure", {}).get("recovery")
    if not recovery or here.resume is None:
        return
    needed = recovery["after"] - (1 if recovery["pays"] == "nth" else 0)
    if here.run >= needed:
        here.rung, here.resume = max(here.rung, here.resume), None


def _value(earn: dict[str, Any], rung: int) -> int:
    value: int
    match earn["type"]:
        case "flat" | "rate":
            value = earn["amount"]
        case "table":
            value = earn["values"][min(rung, len(earn["values"]) - 1)]
        case _:
            every = earn.get("every", 1)
            value = earn["start"] + earn["step"] * (rung if every == "week" else rung // every)
            if earn.get("max") is not None:
                value = min(value, earn["max"])
    return value


def _bonuses(
    target: dict[str, Any], here: Standing, unit: str, unmet: set[str]
) -> list[tuple[str, str, int]]:
    paid = []
    for place, bonus in enumerate(target.get("bonuses", [])):
        number = {"run": here.run, "week": here.in_week, "total": here.total}[bonus["type"]]
        if bonus["type"] == "week":
            is_due = number == bonus["successes"]
        elif bonus.get("every"):
            is_due = number % bonus["every"] == 0
        else:
            is_due = number in bonus.get("at", [])
        weeks = bonus.get("weeks")
        if not is_due or (weeks and not weeks[0] <= here.week <= weeks[1]):
            continue
        if bonus.get("once") and (place, number) in here.paid_once:
            continue
        if bonus.get("if") and bonus["if"]["target"] in unmet:
            continue
        if bonus.get("once"):
            here.paid_once.add((place, number))
        paid.append((f"bonus:{place}", unit, bonus["amount"]))
    return paid
