"""The fields of a program's form, laid out from its document: what each is called, and what is in it."""

from collections.abc import Iterator
from typing import Any, Final, Literal

from msgspec import Struct

Kind = Literal[
    "text", "rises", "int", "money", "draws", "ints", "moneys", "words", "outcomes", "measure", "pick"
]
Plain = dict[str, Any]

PICKS: Final[dict[str, tuple[str, ...]]] = {
    "behavior": ("test", "attendance", "homework", "medication", "activity"),
    "earn": ("flat", "ladder", "table", "rate", "draws"),
    "reset": ("", "true"),
    "first_day": ("", "not"),
    "limit": ("", "day", "week", "month", "enrollment"),
    "begin": ("", "anew"),
    "counted": ("weeks", "days"),
    "once": ("", "true"),
    "pays": ("", "next", "nth"),
    "to": ("", "due", "paid"),
    "bonus": ("run", "week", "total"),
    "allowed": ("week", "enrollment"),
    "period": ("event", "day", "week", "month", "year", "enrollment"),
}
"""Options by the name of the choice; the empty one takes the field out."""


class Spec(Struct, frozen=True):
    """One field: its place in the document, what it is called, and how its text is read."""

    path: str
    label: str
    kind: Kind
    pick: str = ""
    is_needed: bool = False


class Group(Struct, frozen=True):
    """Fields that belong together: a target, a phase, a bonus, an allowance or a cap."""

    path: str
    legend: str
    number: int
    specs: tuple[Spec, ...]
    adds: tuple[str, ...] = ()
    is_removable: bool = True


YES: Final = frozenset({"reset", "once"})
"""The choices that are true or left out."""
EARNS: Final[dict[str, tuple[tuple[str, Kind, bool], ...]]] = {
    "flat": (("amount", "money", True),),
    "ladder": (
        ("start", "money", True),
        ("step", "money", True),
        ("every", "rises", False),
        ("max", "money", False),
        ("first", "int", False),
        ("per", "measure", False),
    ),
    "rate": (("amount", "money", True), ("per", "measure", True), ("max", "money", False)),
    "draws": (
        ("start", "draws", True),
        ("step", "draws", True),
        ("every", "rises", False),
        ("max", "draws", False),
        ("bowl", "text", False),
        ("first", "int", False),
    ),
    "table": (("values", "moneys", True), ("first", "int", False), ("per", "measure", False)),
}
LABELS: Final = {"first": "first_rung", "per": "measure"}
"""What fields of a way of earning are called whose names stand for something else beside."""
BONUSES: Final[dict[str, tuple[tuple[str, Kind, bool], ...]]] = {
    "run": (("every", "int", False), ("at", "ints", False), ("once", "pick", False)),
    "week": (("successes", "int", True),),
    "total": (("at", "ints", True),),
}
EMPTY: Final[dict[str, Plain]] = {
    "targets": {"name": "new-target", "behavior": "test", "visits": {"per_week": 2}, "phases": []},
    "phases": {"weeks": [1, 12], "earn": {"type": "flat", "amount": 1000}},
    "bonuses": {"type": "run", "every": 3, "amount": 1000},
    "allowances": {"outcome": "excused", "count": 1},
    "caps": {"per": "year", "amount": 59900},
}
"""Default parts that the buttons add."""
NEW: Final[Plain] = {
    "name": "new-program",
    "title": "New program",
    "unit": "usd",
    "weeks": 12,
    "targets": [
        {
            "name": "test",
            "behavior": "test",
            "visits": {"per_week": 2},
            "phases": [
                {
                    "weeks": [1, 12],
                    "earn": {"type": "ladder", "start": 1000, "step": 150, "every": 2, "max": 2650},
                    "on_failure": {"reset": True, "recovery": {"after": 2, "pays": "next", "to": "due"}},
                }
            ],
        }
    ],
}
"""A program to begin with where none is named."""


def groups_of(plain: Plain, *, is_new: bool) -> tuple[Group, ...]:
    """Every group of a document's form, in the order in which they are shown."""
    own = (Spec("name", "name", "text", is_needed=True),) if is_new else ()
    head = Group(
        "",
        "program",
        0,
        (
            *own,
            *_in_both("title", "title", is_needed=True),
            *_in_both("shown_as", "shown"),
            Spec("weeks", "weeks", "int", is_needed=True),
            Spec("unit", "unit", "pick", "unit", is_needed=True),
            Spec("welcome", "welcome", "money"),
            *_then(plain),
        ),
        ("targets", "caps"),
        is_removable=False,
    )
    groups = [head]
    targets = _items(plain, "targets")
    for number, target in enumerate(targets):
        groups += _target(target, number, is_removable=len(targets) > 1)
    for number, _ in enumerate(_items(plain, "caps")):
        at = f"caps.{number}"
        specs = (
            Spec(f"{at}.per", "per", "pick", "period", is_needed=True),
            Spec(f"{at}.amount", "at_most", "money", is_needed=True),
        )
        groups.append(Group(at, "cap", number + 1, specs))
    return tuple(groups)


def _then(plain: Plain) -> tuple[Spec, ...]:
    """The program that follows, where there is one alone; several are written in the document."""
    if isinstance(plain.get("then"), list):
        return ()
    return (
        Spec("then.program", "then_program", "text"),
        Spec("then.when.successes", "then_successes", "int"),
        Spec("then.when.of", "then_of", "text"),
    )


def _in_both(path: str, label: str, *, is_needed: bool = False) -> tuple[Spec, ...]:
    """What something is called, in each language."""
    return tuple(Spec(f"{path}.{one}", f"{label}_{one}", "text", is_needed=is_needed) for one in ("en", "es"))


def _target(target: Plain, number: int, *, is_removable: bool) -> list[Group]:
    at = f"targets.{number}"
    specs = (
        Spec(f"{at}.name", "target_name", "text", is_needed=True),
        Spec(f"{at}.behavior", "behavior", "pick", "behavior", is_needed=True),
        *_in_both(f"{at}.title", "target_title"),
        *_in_both(f"{at}.noun", "noun"),
        *_visits(f"{at}.visits"),
        Spec(f"{at}.outcomes", "outcomes", "outcomes"),
        *_limits(target, f"{at}.limit"),
        Spec(f"{at}.retest_minutes", "retest", "int"),
    )
    adds = tuple(f"{at}.{one}" for one in ("phases", "bonuses", "allowances"))
    groups = [Group(at, "target", number + 1, specs, adds, is_removable=is_removable)]
    phases = _items(target, "phases")
    for place, phase in enumerate(phases):
        groups.append(_phase(phase, f"{at}.phases.{place}", place + 1, is_removable=len(phases) > 1))
    for place, bonus in enumerate(_items(target, "bonuses")):
        where = f"{at}.bonuses.{place}"
        kind = bonus.get("type", "run")
        fields = (
            Spec(f"{where}.type", "bonus", "pick", "bonus", is_needed=True),
            *(
                _bonus_field(f"{where}.{name}", f"bonus_{name}", kind, how, needed=needed)
                for name, how, needed in BONUSES.get(kind, ())
            ),
            Spec(f"{where}.amount", "amount", _unit_kind(phases), is_needed=True),
            Spec(f"{where}.weeks", "bonus_weeks", "ints"),
            Spec(f"{where}.if.target", "condition", "text"),
        )
        groups.append(Group(where, "bonus", place + 1, fields))
    for place, _ in enumerate(_items(target, "allowances")):
        where = f"{at}.allowances.{place}"
        fields = (
            Spec(f"{where}.outcome", "outcome", "text", is_needed=True),
            Spec(f"{where}.count", "allowed_count", "int", is_needed=True),
            Spec(f"{where}.per", "per", "pick", "allowed"),
        )
        groups.append(Group(where, "allowance", place + 1, fields))
    return groups


def _visits(at: str) -> tuple[Spec, ...]:
    return (
        Spec(f"{at}.weekdays", "weekdays", "words"),
        Spec(f"{at}.per_week", "per_week", "int"),
        Spec(f"{at}.random", "random", "int"),
        Spec(f"{at}.of", "random_of", "words"),
        Spec(f"{at}.every_weeks", "every_weeks", "int"),
        Spec(f"{at}.missed_after_hours", "missed_after", "int"),
        Spec(f"{at}.first_day", "first_day", "pick", "first_day"),
    )


def _limits(target: Plain, at: str) -> Iterator[Spec]:
    """The fields of one limit, or of each of several."""
    written = target.get("limit")
    places = [f"{at}.{number}" for number in range(len(written))] if isinstance(written, list) else [at]
    for place in places:
        yield Spec(f"{place}.per_week", "limit", "int")
        yield Spec(f"{place}.count", "limit_count", "int")
        yield Spec(f"{place}.per", "limit_per", "pick", "limit")


def _bonus_field(path: str, label: str, bonus: str, kind: Kind, *, needed: bool) -> Spec:
    label = "bonus_run_at" if (bonus, label) == ("run", "bonus_at") else label
    return Spec(path, label, kind, "once" if kind == "pick" else "", needed)


def _phase(phase: Plain, at: str, number: int, *, is_removable: bool) -> Group:
    kind = phase.get("earn", {}).get("type", "flat")
    back = (
        Spec(f"{at}.on_failure.to.rung", "to_rung", "int"),
        Spec(f"{at}.on_failure.to.back", "to_back", "int"),
        Spec(f"{at}.on_failure.recovery.after", "after", "int"),
        Spec(f"{at}.on_failure.recovery.pays", "pays", "pick", "pays"),
        Spec(f"{at}.on_failure.recovery.to", "to", "pick", "to"),
    )
    is_reset = bool(phase.get("on_failure", {}).get("reset"))
    span = "days" if "days" in phase else "weeks"
    specs = (
        Spec(f"{at}.counted", "counted", "pick", "counted"),
        *(
            Spec(f"{at}.{span}.{number}", f"day_{name}" if span == "days" else name, "int", is_needed=True)
            for number, name in enumerate(("first", "last"))
        ),
        Spec(f"{at}.earn.type", "earn", "pick", "earn", is_needed=True),
        *(
            Spec(f"{at}.earn.{name}", LABELS.get(name, name), how, is_needed=needed)
            for name, how, needed in EARNS.get(kind, ())
        ),
        Spec(f"{at}.earn.if.target", "condition", "text"),
        *((Spec(f"{at}.begin", "begin", "pick", "begin"),) if number > 1 else ()),
        *_visits(f"{at}.visits"),
        Spec(f"{at}.outcomes", "outcomes", "outcomes"),
        Spec(f"{at}.on_failure.reset", "reset", "pick", "reset"),
        *(back if is_reset else ()),
    )
    return Group(at, "phase", number, specs, is_removable=is_removable)


def _unit_kind(phases: list[Plain]) -> Kind:
    """Bonuses are in draws where the first phase pays draws."""
    return "draws" if phases and phases[0].get("earn", {}).get("type") == "draws" else "money"


def _items(plain: Plain, name: str) -> list[Plain]:
    found = plain.get(name) or []
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
