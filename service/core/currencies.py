"""Units that are money and units that are counted, and the minor digits of each; nothing converts one."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final, TypeGuard, TypeVar, get_args

from schemas.currencies import DIGITS, Currency
from schemas.program import Unit

Known = TypeVar("Known", bound=Unit)
CURRENCIES: Final[frozenset[str]] = frozenset(get_args(Currency))
UNITS: Final[tuple[Unit, ...]] = get_args(Unit)
"""Every unit in the order in which amounts are listed: dollars, points, draws, then the other currencies."""
USUAL_DIGITS: Final = 2
_PLACE: Final[Mapping[str, int]] = {unit: place for place, unit in enumerate(UNITS)}


def is_money(unit: str | None) -> TypeGuard[Currency]:
    """Whether a unit is a currency: points and draws are counted."""
    return unit in CURRENCIES


def is_unit(text: str) -> TypeGuard[Unit]:
    """Whether a text is a unit that there is."""
    return text in _PLACE


def digits_of(unit: Unit) -> int:
    """The digits of a unit's minor part: two of the dollar, none of the yen, of points and of draws."""
    return DIGITS.get(unit, USUAL_DIGITS) if is_money(unit) else 0


def worth_unit(unit: Unit | None) -> Currency:
    """The currency of a worth: a price's own; what costs points, draws or nothing is worth dollars."""
    return unit if is_money(unit) else "usd"


def place_of(unit: Unit) -> int:
    """Where a unit stands among others."""
    return _PLACE[unit]


def in_order(units: Iterable[Known]) -> list[Known]:
    """Units, each once, in the order in which amounts are listed."""
    return sorted(set(units), key=place_of)


def plain(amount: int, unit: Unit) -> str:
    """An amount as a plain number, with all minor digits of its unit: `12.50`, `1250`, `1.250`."""
    digits = digits_of(unit)
    sign, bare = "-" if amount < 0 else "", f"{abs(amount):0{digits + 1}}"
    return f"{sign}{bare[:-digits]}.{bare[-digits:]}" if digits else f"{sign}{bare}"


def minor(text: str, unit: Unit) -> int:
    """An amount in minor units from a plain number, as `plain` writes it; fewer digits are filled up.

    Raises ValueError for what is not one, and for more digits than the unit has.
    """
    digits = digits_of(unit)
    part = rf"(\.[0-9]{{1,{digits}}})?" if digits else ""
    if re.fullmatch(rf"[0-9]{{1,9}}{part}", text) is None:
        raise ValueError(text)
    return int(Decimal(text).scaleb(digits))
