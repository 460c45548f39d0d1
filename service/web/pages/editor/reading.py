"""A program's form read back onto its document: what the form does not know stays as it was."""

import copy
import re
from collections.abc import Callable, Mapping
from decimal import InvalidOperation
from typing import Any, Final

from msgspec import Struct

from schemas.languages import SPOKEN
from schemas.program import Unit
from service.core.currencies import is_money, is_unit, minor
from service.core.currencies import plain as plain_amount
from service.core.numerals import numerals
from service.core.phases import DAYS_A_WEEK, week_of
from service.web.pages.editor.fields import EMPTY, YES, Plain, Spec, groups_of
from service.web.pages.editor.measures import read_measure, written_measure
from service.web.pages.editor.outcome_words import read_outcomes, with_titles, written_outcomes
from service.web.pages.editor.tidying import expecting_nobody, tidy

ITEMS_MAX: Final = 100
_STEP = re.compile(r"0|[1-9][0-9]{0,3}")
_WHOLE = re.compile(r"[0-9]{1,12}")


class Read(Struct, frozen=True):
    """A form as read: the document, and the texts that could not be read, by their place, with why."""

    plain: Plain
    faults: dict[str, str]


def overlay(base: Plain, texts: Mapping[str, str], *, is_new: bool) -> Read:
    """Put a form's texts into a document; a field that was not sent stays."""
    plain: Plain = copy.deepcopy(base)
    faults: dict[str, str] = {}
    nobody_is_expected = expecting_nobody(plain)
    # The way of earning and the kind of a bonus decide which other fields there are: they come first.
    for group in groups_of(plain, is_new=is_new):
        for spec in group.specs:
            if spec.pick == "counted":
                _count(plain, spec, texts.get(spec.path, ""))
            elif spec.pick in {"earn", "bonus"} and texts.get(spec.path):
                _become(plain, spec, texts[spec.path])
            elif spec.pick == "reset" and spec.path in texts:
                _put(plain, spec.path.split("."), texts[spec.path] == "true" or None)
    unit = texts.get("unit") or plain.get("unit", "usd")
    for group in groups_of(plain, is_new=is_new):
        for spec in group.specs:
            if spec.path in texts and spec.pick != "counted":
                _take(plain, spec, texts[spec.path].strip(), unit, faults)
    tidy(plain)
    for phase in nobody_is_expected:
        phase.setdefault("visits", {})
    return Read(plain, faults)


def text_in(plain: Plain, spec: Spec) -> str:
    """A field's text as its document has it."""
    if spec.pick == "counted":
        return "days" if "days" in _phase_of(plain, spec) else "weeks"
    value: Any = plain
    for step in spec.path.split("."):
        if isinstance(value, list):
            value = value[int(step)] if int(step) < len(value) else None
        elif isinstance(value, dict):
            value = value.get(step)
        else:
            # A title that is written once is the same in both languages.
            value = value if step in {"en", "es"} else None
    if value is None or value is False:
        return ""
    if value is True:
        return "true"
    if spec.kind == "outcomes":
        return written_outcomes(value)
    if spec.kind == "measure":
        return written_measure(value)
    unit: Unit = plain.get("unit", "usd")
    write = _written(spec, unit)
    if isinstance(value, list):
        return ", ".join(write(one) for one in value)
    return write(value)


def add(plain: Plain, path: str) -> None:
    """Put one more item at the end of a list; a name that is taken is counted on."""
    name = path.rsplit(".", 1)[-1]
    holder = _holder(plain, path)
    if name not in EMPTY or not isinstance(holder, dict):
        return
    items = holder.setdefault(name, [])
    if isinstance(items, list) and len(items) < ITEMS_MAX:
        made = copy.deepcopy(EMPTY[name])
        if name == "targets":
            made["name"] = f"target-{len(items) + 1}"
            made["phases"] = [copy.deepcopy(EMPTY["phases"])]
            made["phases"][0]["weeks"] = [1, plain.get("weeks", 12)]
        if name == "phases" and items:
            first = min(int(_last_week(items[-1])) + 1, int(plain.get("weeks", 520)))
            made["weeks"] = [first, max(first, int(plain.get("weeks", first)))]
        items.append(made)


def _last_week(phase: Plain) -> int:
    days = phase.get("days", [0, 0])
    return int(phase["weeks"][1]) if "weeks" in phase else week_of(int(days[1]))


def remove(plain: Plain, path: str) -> None:
    """Take one item out of a list."""
    parent, _, place = path.rpartition(".")
    holder = _holder(plain, parent)
    name = parent.rsplit(".", 1)[-1]
    items = holder.get(name) if isinstance(holder, dict) else None
    if isinstance(items, list) and _STEP.fullmatch(place) and int(place) < len(items):
        del items[int(place)]
        if not items and isinstance(holder, dict):
            del holder[name]


def _holder(plain: Plain, path: str) -> object:
    value: object = plain
    for step in path.split(".")[:-1]:
        if isinstance(value, list) and _STEP.fullmatch(step) and int(step) < len(value):
            value = value[int(step)]
        elif isinstance(value, dict):
            value = value.get(step)
        else:
            return None
    return value


def _become(plain: Plain, spec: Spec, kind: str) -> None:
    """Make a way of earning, or a bonus, one of another kind: what both have stays."""
    holder = _holder(plain, spec.path)
    if not isinstance(holder, dict) or holder.get("type") == kind:
        return
    first = holder.get("amount", holder.get("start", 0))
    rising: Plain = {"start": first, "step": holder.get("step", 0), "every": holder.get("every", 1)}
    known: dict[str, Plain] = {
        "flat": {"amount": first},
        "ladder": rising,
        "draws": rising,
        "table": {"values": [first]},
        "rate": {"amount": first, "per": holder.get("per", "hour")},
        "run": {"every": holder.get("successes", 3), "amount": first},
        "week": {"successes": holder.get("every", 2), "amount": first},
        "total": {"at": [10], "amount": first},
    }
    if kind not in known:
        return
    made = known[kind]
    for name, kinds in (("max", {"ladder", "draws"}), ("per", {"ladder", "table"})):
        if name in holder and kind in kinds:
            made[name] = holder[name]
    holder.clear()
    holder.update({"type": kind, **made})


def _take(plain: Plain, spec: Spec, text: str, unit: str, faults: dict[str, str]) -> None:
    value: object = None
    if text:
        try:
            value = _read(spec, text, unit)
            if isinstance(value, dict) and spec.kind == "outcomes":
                value = with_titles(value, _holder(plain, f"{spec.path}.0"))
        except (ValueError, InvalidOperation):
            faults[spec.path] = spec.kind
            return
    elif spec.is_needed and spec.pick not in YES:
        faults[spec.path] = "needed"
        return
    _put(plain, spec.path.split("."), value)


def _phase_of(plain: Plain, spec: Spec) -> Plain:
    found = _holder(plain, spec.path)
    return found if isinstance(found, dict) else {}


def _count(plain: Plain, spec: Spec, wanted: str) -> None:
    """Count a phase in weeks or in days: the same time, as far as whole weeks can say it."""
    if wanted not in {"weeks", "days"}:
        return
    phase = _phase_of(plain, spec)
    span = phase.get("days" if wanted == "weeks" else "weeks")
    if not isinstance(span, list) or not all(isinstance(one, int) for one in span):
        return
    first, last = (*span, *span)[:2]
    del phase["days" if wanted == "weeks" else "weeks"]
    if wanted == "days":
        phase["days"] = [(first - 1) * DAYS_A_WEEK + 1, last * DAYS_A_WEEK]
    else:
        phase["weeks"] = [week_of(first), week_of(last)]


def _put(value: Any, steps: list[str], wanted: object) -> None:  # noqa: ANN401  any part of a document
    """Set a place, making the mappings on the way; none takes it out."""
    for step in steps[:-1]:
        if isinstance(value, list):
            value = value[int(step)]
        else:
            if not isinstance(value.get(step), dict | list):
                if wanted is None:
                    return
                value[step] = {}
            value = value[step]
    last = steps[-1]
    if isinstance(value, list):
        value[int(last)] = wanted
    elif wanted is None:
        value.pop(last, None)
    else:
        value[last] = wanted


def _read(spec: Spec, text: str, unit: str) -> object:
    match spec.kind:
        case "rises" if text == "week":
            return text
        case "int" | "draws" | "rises":
            return _int(text)
        case "ints":
            return [_int(one) for one in text.split(",")]
        case "money":
            return money_in(text, unit)
        case "moneys":
            return [money_in(one, unit) for one in text.split(",")]
        case "outcomes":
            return read_outcomes(text)
        case "measure":
            return read_measure(text)
        case "words":
            return [one.strip().lower() for one in text.split(",") if one.strip()]
        case "pick" if spec.pick in YES:
            return True if text == "true" else None
        case _:
            return text


def _int(text: str) -> int:
    if _WHOLE.fullmatch(text.strip()) is None:
        raise ValueError(text)
    return int(text)


def money_in(text: str, unit: str) -> int:
    """An amount in minor units as people write it: `$10.00`, `1.250 KWD`, or whole points.

    Raises ValueError for what is not one, and for an amount in a unit that there is not.
    """
    if not is_unit(unit):
        raise ValueError(text)
    bare = text.strip().removeprefix("$").strip()
    if is_money(unit):
        signs = {unit, unit.upper(), *(numerals(language).sign_of(unit) for language in SPOKEN)}
        for sign in sorted(signs, key=len, reverse=True):
            bare = bare.removeprefix(sign).removesuffix(sign).strip()
        return minor(bare, unit)
    return _int(bare)


def _written(spec: Spec, unit: Unit) -> Callable[[Any], str]:
    if spec.kind in {"money", "moneys"} and is_money(unit):
        return lambda value: plain_amount(value, unit) if isinstance(value, int) else str(value)
    return str
