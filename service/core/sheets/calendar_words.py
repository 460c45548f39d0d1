"""Months, weekdays and zones in letters, as English and Spanish tables write them."""

from typing import Final

_MONTHS: Final = (
    ("january", "enero", "jan", "ene"),
    ("february", "febrero", "feb"),
    ("march", "marzo", "mar"),
    ("april", "abril", "apr", "abr"),
    ("may", "mayo"),
    ("june", "junio", "jun"),
    ("july", "julio", "jul"),
    ("august", "agosto", "aug", "ago"),
    ("september", "septiembre", "setiembre", "sept", "sep", "set"),
    ("october", "octubre", "oct"),
    ("november", "noviembre", "nov"),
    ("december", "diciembre", "dec", "dic"),
)
_MONTH_OF: Final = {word: number for number, words in enumerate(_MONTHS, 1) for word in words}
_WEEKDAYS: Final = (
    ("monday", "mon", "lunes", "lun"),
    ("tuesday", "tue", "tues", "martes", "mar"),
    ("wednesday", "wed", "weds", "miércoles", "miercoles", "mié", "mie"),
    ("thursday", "thu", "thur", "thurs", "jueves", "jue"),
    ("friday", "fri", "viernes", "vie"),
    ("saturday", "sat", "sábado", "sabado", "sáb", "sab"),
    ("sunday", "sun", "domingo", "dom"),
)
_WEEKDAY_OF: Final = {word: number for number, words in enumerate(_WEEKDAYS) for word in words}

NAMES: Final = "(?:" + "|".join(sorted(_MONTH_OF, key=len, reverse=True)) + r")\.?"
"""A regular expression of every month's name."""
OFFSETS: Final = {
    "utc": 0,
    "gmt": 0,
    "est": -5,
    "edt": -4,
    "cst": -6,
    "cdt": -5,
    "mst": -7,
    "mdt": -6,
    "pst": -8,
    "pdt": -7,
    "akst": -9,
    "akdt": -8,
    "hst": -10,
}
"""Zones whose letters say their offset from UTC, in hours: RFC 2822, section 4.3, with Alaska and Hawaii."""


def month_of(word: str) -> int:
    """The number of a month by its name in small letters; raises KeyError where it is none."""
    return _MONTH_OF[word.rstrip(".")]


def weekday_of(word: str) -> int | None:
    """The number of a weekday, Monday 0, by its name in small letters; none where it is none."""
    return _WEEKDAY_OF.get(word)
