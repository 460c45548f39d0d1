"""Faults that reading a form finds, said for people: what a field takes, without the names of our types."""

import re
from typing import Final

from service.web.pages.framework.render import Voice

_SAID: Final[tuple[tuple[re.Pattern[str], str], ...]] = tuple(
    (re.compile(pattern, re.DOTALL), f"fault.{key}")
    for pattern, key in (
        (r"This field is required\.", "needed"),
        (r"Expected `str` of length >= (?P<n>[0-9]+)", "short"),
        (r"Expected `str` of length <= (?P<n>[0-9]+)", "long"),
        (r"Expected `(?:int|float)` >= (?P<n>-?[0-9]+)", "least"),
        (r"Expected `(?:int|float)` <= (?P<n>-?[0-9]+)", "most"),
        (r"Expected `(?:int|float)(?: \| null)?`, got .*", "number"),
        (r"Expected `array` of length >= [0-9]+", "few"),
        (r"Expected `array` of length <= (?P<n>[0-9]+)", "many"),
        (r"Invalid RFC3339 encoded date", "day"),
        (r"Invalid RFC3339 encoded (?:datetime|time)", "moment"),
        (r"Invalid UUID", "choose"),
        (r"This must be one of: .*", "choose"),
        (r"The year must lie between (?P<n>[0-9]+) and (?P<most>[0-9]+)\.", "year"),
    )
)


def in_plain_words(detail: str, voice: Voice) -> str | None:
    """The form that a field takes, in the language of the page; None where the detail is no reader's own."""
    for pattern, key in _SAID:
        found = pattern.fullmatch(detail)
        if found is not None:
            return voice.plain(key, **found.groupdict())
    return None
