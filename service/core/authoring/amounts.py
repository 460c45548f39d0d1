"""What is wrong with an amount that is not a whole number, in the words of its program's unit."""

from decimal import Decimal, InvalidOperation

from schemas.program import AMOUNT_MAX
from service.core.currencies import digits_of, is_money, is_unit, plain
from service.core.refusals import Fault, fault


def amount_fault(value: object, unit: str, at: str) -> Fault:
    """What to write for what is no whole number of minor units; an unknown unit is taken for dollars."""
    known = unit if is_unit(unit) else "usd"
    digits = digits_of(known)
    if not digits:
        if is_money(known):
            return fault(at, "document.no_minor", currency=known.upper())
        return fault(at, "document.whole_amount")
    amount = _minor_in(value, digits)
    if amount is None:
        # Two and a half of the currency, whatever its smaller part is.
        amount = 5 * 10**digits // 2
    if known == "usd":
        return fault(at, "document.cents", write=amount, amount=f"${plain(amount, known)}")
    return fault(at, "document.minor", write=amount, amount=f"{known.upper()} {plain(amount, known)}")


def _minor_in(value: object, digits: int) -> int | None:
    """An amount of money as people write it, in whole minor units."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        amount = Decimal(str(value).strip().removeprefix("$").replace(",", ""))
    except InvalidOperation:
        return None
    minor = amount.scaleb(digits)
    if not minor.is_finite() or minor != minor.to_integral_value() or not 0 <= minor <= AMOUNT_MAX:
        return None
    return int(minor)
