"""The terms that programs are written in: units, amounts, names, and the closed lists of words."""

from typing import Annotated, Literal

from msgspec import Meta

from schemas.currencies import Currency

AMOUNT_MAX = 100_000_000
WEEKS_MAX = 520

Unit = Literal["usd", "points", "draw", Currency]
"""The unit of an amount: `usd` in cents, `points` and `draw` in whole ones, and any other currency by its
code of ISO 4217 in small letters, in its minor unit: `eur` in cents, `jpy` in yen, `kwd` in thousandths."""
Behavior = Literal["test", "attendance", "homework", "medication", "activity"]
"""The kind of behavior that is verified; it says which outcomes there are."""
Effect = Literal["success", "failure", "neutral"]
"""The effect of an outcome: a success earns, a failure may reset, a neutral outcome changes nothing."""
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
"""A day of the week, in the clinic's time zone."""
Period = Literal["event", "day", "week", "month", "year", "enrollment"]
"""The period of a cap: calendar periods of the clinic's time zone, the week from Monday on."""
AllowancePeriod = Literal["week", "enrollment"]
"""The period of an allowance: the program week, or the whole enrollment."""
LimitPeriod = Literal["day", "week", "month", "enrollment"]
"""The period of a limit: the local day, the program week, the calendar month, or the whole enrollment."""
Policy = Literal["keep", "recover"]
"""`keep`: what was paid too much is recorded and kept; `recover`: it is taken back from what is still
available."""
RecoveryPays = Literal["next", "nth"]
"""Which success is paid at the regained rung: the one that follows the successes in a row, or the last of
them."""
RecoveryTo = Literal["due", "paid"]
"""The regained value: the one that was due at the failure, or the last value that was paid."""

Begin = Literal["on", "anew"]
"""Whether a ladder goes on in a phase where it stood, or begins again with the first fact there."""

SameDay = Literal["day"]
"""The time in which the success of another target must lie."""
FirstDay = Literal["counts", "not"]
"""Whether somebody is expected on the very day on which an enrollment starts."""

Meant = Literal[
    "no_reset",
    "never_missed",
    "gap",
    "goes_on",
    "large",
    "apart",
    "cap_twice",
    "unreached",
    "clipped",
    "draws_cost",
    "unbounded",
]
"""A note of the check that an author has read and means: a ladder that a miss leaves alone, visits that are
never missed, weeks without a phase, a ladder that goes on from another, one success over $100.00, amounts a
hundredfold apart, two caps for one period, what cannot be reached, a cap that leaves much unpaid, the cost of
draws, a quantity of any size that is paid in full."""

Slug = Annotated[str, Meta(pattern=r"^[a-z0-9]+(?:[-_.][a-z0-9]+)*$(?!\n)", max_length=64)]
Words = Annotated[str, Meta(min_length=1, max_length=200)]
Amount = Annotated[int, Meta(ge=0, le=AMOUNT_MAX)]
Count = Annotated[int, Meta(ge=1, le=10_000)]
Rung = Annotated[int, Meta(ge=0, le=10_000)]
Rises = Count | Literal["week"]
"""How many successes a rise takes; `week`: the end of a program week in which every visit was one."""
Week = Annotated[int, Meta(ge=1, le=WEEKS_MAX)]
DayNumber = Annotated[int, Meta(ge=1, le=WEEKS_MAX * 7)]
"""A day of a program, counted from 1 on the enrollment's start day."""
Percent = Annotated[int, Meta(ge=0, le=100)]
QUANTITY_MAX = 1_000_000
Minutes = Annotated[int, Meta(ge=1, le=1440)]
"""How long somebody was there on one day, in minutes."""
Quantity = Annotated[float, Meta(ge=0.01, le=QUANTITY_MAX)]
"""How much of what is counted, such as hours, with up to two decimals. It is read and kept exactly, in whole
hundredths."""
