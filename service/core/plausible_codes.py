"""Whether a pasted text can be the code of a gift card: what a spreadsheet has spoiled or a heading is none.

A code that is none is given to somebody who stands in a shop with it, so each line is looked at before any is
kept. What is only odd, such as codes of several lengths, is said and not refused.
"""

import re
from collections import Counter
from collections.abc import Sequence

from service.core.refusals import Fault, fault

SHORTEST = 3
"""The fewest letters that a code has."""
LENGTHS_MAX = 1
"""How many lengths the codes of one card have."""
DIGITS_KEPT = 15
"""How many digits a spreadsheet keeps of a number; the ones after these become zeros."""

HEADINGS = frozenset(
    {
        *("code", "codes", "card", "cards", "pin", "pins", "number", "voucher", "vouchers", "serial"),
        *("claim", "redemption", "gift", "value", "amount", "balance", "código", "códigos", "codigo"),
        *("codigos", "de", "tarjeta", "tarjetas", "regalo", "número", "numero", "cupón", "cupon"),
        *("vale", "valor", "monto"),
    }
)
"""Words of a heading over a column of codes."""

_SCIENTIFIC = re.compile(r"[+-]?\d(?:[.,]\d+)?E\+\d+", re.IGNORECASE)
_DECIMAL = re.compile(r"\d+[.,]0+")
_WORD = re.compile(r"[^\W\d_]+")
_NOTHING = frozenset({"null", "none", "nan", "n/a", "nil", "-", "--"})


def faults_of(codes: Sequence[str]) -> tuple[Fault, ...]:
    """Why texts are no codes, each at its place `$.codes[n]`."""
    found = ((place, _fault(code)) for place, code in enumerate(codes))
    return tuple(fault(f"$.codes[{place}]", reason) for place, reason in found if reason is not None)


def _fault(code: str) -> str | None:
    words = _WORD.findall(code.casefold())
    if not code.replace("\t", " ").isprintable():
        return "paste.unprintable"
    if words and not any(letter.isdigit() for letter in code) and set(words) <= HEADINGS:
        return "paste.heading"
    is_spoiled = _SCIENTIFIC.fullmatch(code) or _DECIMAL.fullmatch(code) or code.casefold() in _NOTHING
    if is_spoiled or code.startswith(("'", "#", "=")):
        return "paste.spoiled"
    if any(letter in code for letter in "\t,;|"):
        return "paste.several"
    if len(code) < SHORTEST or not any(letter.isalnum() for letter in code):
        return "paste.short"
    return None


def notes_of(codes: Sequence[str]) -> tuple[Fault, ...]:
    """What is odd about codes that may all be right."""
    notes = []
    lengths = Counter(len(code) for code in codes)
    if len(lengths) > LENGTHS_MAX:
        said = tuple(f"{length} ({count})" for length, count in sorted(lengths.items()))
        notes.append(fault("$.codes", "paste.of_lengths", lengths=said))
    long = [code for code in codes if code.isdecimal() and len(code) > DIGITS_KEPT]
    if len(long) > 1 and all(not code[DIGITS_KEPT:].strip("0") for code in long):
        notes.append(fault("$.codes", "paste.end_in_zeros", digits=DIGITS_KEPT))
    return tuple(notes)
