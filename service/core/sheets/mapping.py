"""What a table's columns, times and outcome words mean: guessed, shown, changed, and kept as JSON."""

from typing import Literal

from msgspec import Struct

Field = Literal[
    "participant_reference",
    "target",
    "behavior",
    "outcome",
    "occurred_at",
    "time_of_day",
    "reference",
    "program",
    "starts_on",
    "note",
    "evidence",
    "quantity",
    "minutes",
    "participant",
    "enrollment",
    "another",
    "corrects",
    "name",
    "given_name",
    "family_name",
    "phone",
    "email",
    "language",
]
"""What a column can be; `time_of_day` goes with a date in `occurred_at`, and two names make one `name`."""

TimeForm = Literal["offset", "month/day/year", "day/month/year", "year-month-day", "pattern"]
"""How times are written: each with its offset from UTC, or by the clock of a zone."""
DateAlone = Literal["refused", "noon"]
"""What a date without a time of day means."""


class Column(Struct, frozen=True, forbid_unknown_fields=True):
    """One column of the table, by its name in the header, and what it is: no field is passed over."""

    name: str
    field: Field | None = None


class OutcomeWord(Struct, frozen=True, forbid_unknown_fields=True):
    """What a word of the table's outcomes means, everywhere or for one target or behavior."""

    word: str
    outcome: str
    of: str | None = None
    """The target or behavior, as the line says it."""


class Mapping(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """How a table is read; what it does not say is found by itself, or refused."""

    columns: tuple[Column, ...] = ()
    """Columns that somebody has said what they are; the others are known by their names."""
    others: Literal["refused", "passed_over"] = "refused"
    """What becomes of a column that is not known."""
    constants: dict[Field, str] = {}
    """What every line means that does not say it itself, such as the program."""
    times: TimeForm = "offset"
    pattern: str | None = None
    """With `pattern`, the form of times for `strptime`."""
    zone: str | None = None
    """The IANA zone of times without an offset; the clinic's own where none is given."""
    date_alone: DateAlone = "refused"
    unix_times: bool = False
    """Whether a number of ten or thirteen digits is a time in seconds or milliseconds since 1970."""
    outcomes: tuple[OutcomeWord, ...] = ()
    encoding: str | None = None
    separator: str | None = None
    sheet: str | None = None
    """The name of the sheet of a workbook."""
