"""Reports: how it goes, as counts and sums about nobody by name."""

from datetime import date
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from schemas.currencies import Currency
from schemas.earning import Title

ReportProgram = Annotated[str, Meta(min_length=1, max_length=64)]


class Took(Struct, frozen=True):
    """How long something took, in minutes: half of the times at most `median`, nine of ten at most `p90`."""

    median: float
    """Half of the times were at most this."""
    p90: float
    """Nine of ten times were at most this."""


class EarnedFigures(Struct, frozen=True):
    """What was earned in one currency, in its minor units."""

    unit: Currency
    """The currency."""
    people: int
    """How many people something in it was credited for, or taken back."""
    net: int
    """What was credited, less what was taken back."""
    by_person: int | None
    """The same for a person, rounded; null where there is none."""
    by_success: int | None
    """The same for a visit that earned, rounded; null where none did or several currencies were earned."""


class PeriodFigures(Struct, frozen=True, kw_only=True):
    """The figures of some days."""

    since: date
    """The first local day."""
    until: date
    """The last local day."""
    earned: tuple[EarnedFigures, ...]
    """What was earned, by currency: dollars first."""
    resets: int
    """How often a ladder began again, by the day on which that was posted."""
    recoveries: int
    """How often somebody got back to where they were."""
    recorded_after: Took | None
    """From a visit to its reward, which is there as soon as it is recorded."""
    handed_over_after: Took | None
    """From asking for a reward to having it, of what was handed over in these days."""
    came: int
    """How many visits people came to; one that was withdrawn counts nowhere."""
    missed: int
    """How many nobody came to; one that was excused counts neither here nor there."""
    earning: int
    """Of those that people came to, how many had an outcome that earns: of tests, the negative ones."""
    failing: int
    """Of those that people came to, how many had an outcome that does not."""


class WeekVisits(Struct, frozen=True):
    """The visits of one week and program."""

    week: date
    """The week's Monday."""
    program: str
    """The program's name."""
    came: int
    """How many people came to."""
    missed: int
    """How many nobody came to."""
    earning: int
    """Of those that people came to, how many had an outcome that earns."""


class StillComing(Struct, frozen=True):
    """Of those who began in these days and for whom a program week is over, how many came in it or later."""

    week: int
    """The program week, counted from 1."""
    began: int
    """How many began and have the week behind them, in a program that has it."""
    came: int
    """How many of them came in it or later."""


class TargetVisits(Struct, frozen=True, kw_only=True):
    """The visits of one target of a program."""

    program: str
    """The program's name."""
    target: str
    """The target's name in it."""
    title: Title | None
    """What the target is called in the program's newest version; null where it has no title."""
    came: int
    """How many visits people came to; one that was withdrawn counts nowhere."""
    missed: int
    """How many nobody came to; one that was excused counts neither here nor there."""
    earning: int
    """Of those that people came to, how many had an outcome that earns: of tests, the negative ones."""
    failing: int
    """Of those that people came to, how many had an outcome that does not."""


class RecorderVisits(Struct, frozen=True, kw_only=True):
    """What one member of staff, key or source recorded and handed over; what nobody came to is nobody's."""

    by: UUID
    """A member of staff, key or source."""
    name: str | None
    """The name that they go by; null where they have none."""
    recorded_after: Took | None
    """From a visit to its reward."""
    given: int
    """How many rewards they handed over."""
    handed_over_after: Took | None
    """From asking for these to having them."""
    came: int
    """How many visits people came to; one that was withdrawn counts nowhere."""
    missed: int
    """How many nobody came to; one that was excused counts neither here nor there."""
    earning: int
    """Of those that people came to, how many had an outcome that earns: of tests, the negative ones."""
    failing: int
    """Of those that people came to, how many had an outcome that does not."""


class GroupVisits(Struct, frozen=True, kw_only=True):
    """The visits of people on the days on which they were in a group, whatever these visits were about.

    Who is in two groups counts in both.
    """

    group: UUID
    """The group."""
    name: Title
    """Its name, in both languages."""
    people: int
    """How many of its people had a visit."""
    recorded_after: Took | None
    """From a visit to its reward."""
    given: int
    """How many rewards its people were handed."""
    handed_over_after: Took | None
    """From asking for these to having them."""
    came: int
    """How many visits people came to; one that was withdrawn counts nowhere."""
    missed: int
    """How many nobody came to; one that was excused counts neither here nor there."""
    earning: int
    """Of those that people came to, how many had an outcome that earns: of tests, the negative ones."""
    failing: int
    """Of those that people came to, how many had an outcome that does not."""


class PublishedFigure(Struct, frozen=True):
    """How many stayed in a public trial, in percent of those who began, with incentives and without."""

    weeks: int
    """How many weeks the treatment had."""
    with_incentives: int
    """Percent who completed it with incentives."""
    without: int
    """Percent who completed it without."""
    source: str
    """The paper."""


class ProgressReport(Struct, frozen=True):
    """Who stays, who comes and what it costs, with other days beside them."""

    now: PeriodFigures
    """The days that are asked for."""
    before: PeriodFigures
    """The days that are compared; where none are named, as many just before."""
    program: str | None
    """The program that all figures but those of hand-overs are about; null where it is all of them."""
    weeks: tuple[WeekVisits, ...]
    """The visits by week and program."""
    kept: tuple[StillComing, ...]
    """Who stays, by program week."""
    targets: tuple[TargetVisits, ...]
    """The visits by program and target."""
    recorders: tuple[RecorderVisits, ...]
    """Those who recorded most first."""
    groups: tuple[GroupVisits, ...]
    """The visits by group."""
    published: tuple[PublishedFigure, ...]
    """A yardstick beside `kept`, and not a target."""
