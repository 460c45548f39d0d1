"""Quantities of events: hours worked, steps, doses. They are whole hundredths, so all sums are exact."""

from decimal import Decimal
from typing import Final

from schemas.languages import SOURCE
from schemas.people import Language
from schemas.program import Earn, Ladder, Measure, Per, Rate, Table, Target, Title
from service.core.catalogs import worded
from service.core.numerals import numerals
from service.core.state import Why

ONE: Final = 100
"""The quantity of an event that names none, in hundredths."""

_BY_QUANTITY: Final = (Rate, Ladder, Table)

KNOWN: Final[dict[str, Measure]] = {
    word: Measure(Title(one, uno), Title(many, muchos))
    for word, one, many, uno, muchos in (
        ("hour", "hour", "hours", "hora", "horas"),
        ("minute", "minute", "minutes", "minuto", "minutos"),
        ("day", "day", "days", "día", "días"),
        ("step", "step", "steps", "paso", "pasos"),
        ("dose", "dose", "doses", "dosis", "dosis"),
        ("page", "page", "pages", "página", "páginas"),
        ("mile", "mile", "miles", "milla", "millas"),
        ("kilometer", "kilometer", "kilometers", "kilómetro", "kilómetros"),
    )
}
"""What is counted by a word alone, as people read it."""


def per_of(earn: Earn) -> Per | None:
    """What a way of earning counts, where it goes by quantity."""
    return earn.per if isinstance(earn, _BY_QUANTITY) else None


def measure_of(target: Target) -> Measure | None:
    """What a target counts, in words; none where every success is worth the same whatever its quantity."""
    per = next((found for phase in target.phases if (found := per_of(phase.earn)) is not None), None)
    if per is None or isinstance(per, Measure):
        return per
    return KNOWN.get(per) or Measure(Title(per, per), Title(per, per))


def paid_for(value: int, quantity: int) -> int:
    """The pay for a quantity in hundredths at a value for one, half a minor unit rounded up."""
    return (value * quantity * 2 + ONE) // (ONE * 2)


def pay_for(earn: Earn, value: int, quantity: int) -> tuple[int, Why]:
    """The pay for a quantity at a value for one, at most the `max` of a rate, and the reason that says so."""
    paid = paid_for(value, quantity)
    if isinstance(earn, Rate) and earn.max is not None and paid > earn.max:
        return earn.max, Why("rate_max", earn.max, quantity)
    return paid, Why("rate", paid, quantity)


def in_hundredths(quantity: float | None) -> int | None:
    """A quantity as it came in, exactly; none where it has more than two decimals.

    What came in as a number is taken for the shortest decimal that it is read from, so no sum ever sees a
    binary fraction.
    """
    if quantity is None:
        return ONE
    exact = Decimal(repr(quantity)) * ONE
    return int(exact) if exact == exact.to_integral_value() else None


def as_number(hundredths: int) -> float:
    """A quantity as it is answered; every one of up to two decimals is written as it was said."""
    return hundredths / ONE


def written(hundredths: int, language: Language = SOURCE) -> str:
    """A quantity in digits, without zeros that say nothing: `3`, `3.5`, `12,000`."""
    whole, rest = divmod(hundredths, ONE)
    return numerals(language).decimal(f"{whole:,}" + (f".{rest:02}".rstrip("0") if rest else ""))


def with_quantity(outcome: str, quantity: int | None) -> str:
    """An outcome with how much was named, in hundredths, where something was: `verified (3.25)`."""
    return outcome if quantity is None else f"{outcome} ({written(quantity)})"


def counted(hundredths: int, measure: Measure, language: Language) -> str:
    """A quantity with what is counted: `3.5 hours`, `1 hora`."""
    words = measure.one if hundredths == ONE else measure.many
    return f"{written(hundredths, language)} {worded(words, language)}"
