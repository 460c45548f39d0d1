"""The one reader of msgspec's prose: what it found wrong with a shape, as a reason and values at a place.

msgspec says in a sentence alone what is wrong and where. Each of its sentences is a reason `shape.…` here,
whose English gives the sentence again.
"""

import re
from typing import Final

from msgspec import ValidationError

from service.core.refusals import Fault, Value

_PLACE: Final = re.compile(r" - at `(?:key` in `)?(?P<place>[^`]*)`$", re.DOTALL)
_FOUND: Final = tuple(
    (re.compile(pattern, re.DOTALL), f"shape.{reason}")
    for pattern, reason in (
        (r"Object missing required field `(?P<name>.*)`", "missing"),
        (r"Object contains unknown field `(?P<name>.*)`", "unknown"),
        (r"Expected `str` of length >= (?P<least>[0-9]+)", "short"),
        (r"Expected `str` of length <= (?P<most>[0-9]+)", "long"),
        (r"Expected `array` of length >= (?P<least>[0-9]+)", "few"),
        (r"Expected `array` of length <= (?P<most>[0-9]+)", "many"),
        (r"Expected `(?P<kind>int|float)` >= (?P<least>-?[0-9]+(?:[.][0-9]+)?)", "least"),
        (r"Expected `(?P<kind>int|float)` <= (?P<most>-?[0-9]+(?:[.][0-9]+)?)", "most"),
        (r"Expected `(?P<kind>(?:int|float)(?: \| null)?)`, got `(?P<got>[^`]*)`", "number"),
        (r"Expected `(?P<kind>[^`]*)`, got `(?P<got>[^`]*)`", "kind"),
        (r"Expected `(?P<kind>[^`]*)` with a timezone component", "zone"),
        (r"Expected `str` matching regex (?P<pattern>.*)", "pattern"),
        (r"Invalid enum value (?P<word>.*)", "word"),
        (r"Invalid RFC3339 encoded date", "day"),
        (r"Invalid RFC3339 encoded datetime", "moment"),
        (r"Invalid RFC3339 encoded time", "time"),
        (r"Invalid UUID", "id"),
    )
)
_COUNTS: Final = frozenset({"least", "most"})


def shape_fault(error: ValidationError) -> Fault:
    """What msgspec found: at `$` where it names no place, and `shape.other` for any other sentence."""
    text = str(error)
    found = _PLACE.search(text)
    place = found["place"] if found else "$"
    said = text[: found.start()] if found else text
    for pattern, reason in _FOUND:
        if matched := pattern.fullmatch(said):
            values: dict[str, Value] = {
                name: int(value) if name in _COUNTS and "." not in value else value
                for name, value in matched.groupdict().items()
            }
            is_unit = reason == "shape.word" and place.rpartition(".")[2] == "unit"
            return Fault(place, "shape.unit" if is_unit else reason, values)
    return Fault(place, "shape.other", {"said": said})
