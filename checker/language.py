"""The words of a program document: its defaults, what each outcome means, and which words are known here."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

OUTCOMES: Final = {
    "test": {
        "negative": "success",
        "positive": "failure",
        "refused": "failure",
        "tampered": "failure",
        "missed": "failure",
        "excused": "neutral",
        "pending": "neutral",
        "invalid": "failure",
        "dilute": "failure",
    },
    "attendance": {
        "attended": "success",
        "absent": "failure",
        "excused": "neutral",
        "late": "failure",
        "left_early": "failure",
        "rescheduled": "neutral",
    },
    "homework": {
        "completed": "success",
        "not_done": "failure",
        "excused": "neutral",
        "partial": "failure",
    },
    "medication": {
        "taken": "success",
        "missed": "failure",
        "refused": "failure",
        "excused": "neutral",
        "held_by_prescriber": "neutral",
    },
    "activity": {"verified": "success", "not_verified": "failure", "excused": "neutral"},
}
"""What each outcome of a behavior is, where a program does not say otherwise."""
EXCUSED: Final = "excused"
RETESTABLE: Final = ("invalid", "dilute")
VALID: Final = ("negative", "positive")
"""Outcomes of a test that a retest takes the place of, and those that are a result."""
NO_LIMIT: Final = 1_000_000

_CONDITION: Final = {"target": None, "on": None}
_EARN: Final = {
    "type": None,
    "amount": None,
    "start": None,
    "step": None,
    "every": None,
    "max": None,
    "values": None,
    "bowl": None,
    "first": None,
    "per": {"one": None, "many": None},
    "if": _CONDITION,
}
_VISITS: Final = dict.fromkeys(
    (
        *("weekdays", "per_week", "min_days_between", "missed_after_hours", "per_day", "every_weeks"),
        *("first_day", "random", "of"),
    )
)
_BONUS: Final = {
    **dict.fromkeys(("type", "every", "at", "once", "successes", "amount", "weeks")),
    "if": _CONDITION,
}
_TARGET: Final = {
    "name": None,
    "behavior": None,
    "phases": {
        "weeks": None,
        "days": None,
        "outcomes": None,
        "earn": _EARN,
        "on_failure": {
            "reset": None,
            "recovery": dict.fromkeys(("after", "pays", "to")),
            "to": dict.fromkeys(("rung", "back")),
        },
        "visits": _VISITS,
        "begin": None,
    },
    "bonuses": _BONUS,
    "limit": dict.fromkeys(("per_week", "count", "per")),
    "outcomes": None,
    "allowances": dict.fromkeys(("outcome", "count", "per")),
    "retest_minutes": None,
    "visits": _VISITS,
    "noun": None,
    "title": None,
    "hat": None,
}
KNOWN: Final[dict[str, Any]] = {
    **dict.fromkeys(("name", "title", "unit", "weeks", "welcome", "record_within_days")),
    **dict.fromkeys(("source", "meant", "then", "shown_as")),
    "targets": _TARGET,
    "caps": dict.fromkeys(("per", "amount")),
    "corrections": None,
    "excuses": None,
    "bowls": None,
}
"""Every word that this checker knows at each place of a program; none where anything may stand below it."""


@dataclass(frozen=True)
class Fact:
    """One event as it stands: `no` is its number in the enrollment's order of arrival, from 1.

    `after` counts the days from the first of its program week, from 0. `expected_on` is the day of a visit
    that nobody came to, where the service itself said so, and `was_closed` that the clinic was closed then.
    `quantity` is how much of what its target counts, in hundredths.
    """

    no: int
    target: str
    outcome: str
    at: datetime
    day: date
    week: int
    after: int
    expected_on: date | None = None
    was_closed: bool = False
    quantity: int = 100


def unknown(document: object, known: object = KNOWN, place: str = "$") -> Iterator[str]:
    """Every place of a program that says something this checker does not know, so that it cannot judge it."""
    if isinstance(document, list):
        for number, one in enumerate(document):
            yield from unknown(one, known, f"{place}[{number}]")
    elif isinstance(document, dict) and isinstance(known, dict):
        for name, value in document.items():
            if name in known:
                yield from unknown(value, known[name], f"{place}.{name}")
            else:
                yield f"{place}.{name}"


def phase_of(
    program: dict[str, Any], target: dict[str, Any], week: int, after: int = 0
) -> dict[str, Any] | None:
    """The phase that covers a day of a program week, `after` days from its first, if one does."""
    if not 1 <= week <= program["weeks"]:
        return None
    phase: dict[str, Any]
    for phase in target["phases"]:
        first, last = phase.get("days") or phase["weeks"]
        if first <= (week if phase.get("days") is None else (week - 1) * 7 + after + 1) <= last:
            return phase
    return None


def begins(phase: dict[str, Any]) -> tuple[int, int]:
    """A program week in which a phase begins, and the number of the week or day that it begins on."""
    if phase.get("days"):
        return (phase["days"][0] - 1) // 7 + 1, phase["days"][0]
    return phase["weeks"][0], phase["weeks"][0]


def effects_of(target: dict[str, Any], phase: dict[str, Any] | None = None) -> dict[str, str]:
    """What each outcome of a target is in a phase, or outside of all."""
    said = {**target.get("outcomes", {}), **({} if phase is None else phase.get("outcomes", {}))}
    own = {outcome: rule["effect"] if isinstance(rule, dict) else rule for outcome, rule in said.items()}
    return {**OUTCOMES[target["behavior"]], **own}


def part_of(target: dict[str, Any], phase: dict[str, Any], outcome: str) -> int:
    """How much of the value due an outcome pays in a phase, in percent."""
    for rules in (phase.get("outcomes", {}), target.get("outcomes", {})):
        if isinstance(rules.get(outcome), dict):
            pays: int = rules[outcome].get("pays", 100)
            return pays
    return 100


def limits_of(target: dict[str, Any]) -> list[tuple[str, int]]:
    """How many successes count, by period."""
    written = target.get("limit") or []
    found = []
    for one in written if isinstance(written, list) else [written]:
        if one.get("per_week") is not None:
            found.append(("week", one["per_week"]))
        else:
            found.append((one["per"], one["count"]))
    return found


def opens_on(target: dict[str, Any]) -> int:
    """The rung that an enrollment opens on: that of the phase that comes first."""
    first = min(target["phases"], key=begins)
    rung: int = first["earn"].get("first", 0)
    return rung


def most_a_week(target: dict[str, Any]) -> int:
    """How many successes of a program week count."""
    return min((count for per, count in limits_of(target) if per == "week"), default=NO_LIMIT)


def conditions_of(target: dict[str, Any]) -> Iterator[str]:
    """The targets on whose successes something of a target rests."""
    for one in (*(phase["earn"] for phase in target["phases"]), *target.get("bonuses", [])):
        if one.get("if"):
            yield one["if"]["target"]
