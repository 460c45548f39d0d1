"""Reports that somebody saved: which, of which days, who sees that there is one, and who is told by mail."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from schemas.events import Day
from schemas.reports import ReportProgram

SavedName = Annotated[str, Meta(min_length=1, max_length=80, pattern=r"^[^\x00-\x1f\x7f]*$(?!\n)")]
SavedReportKind = Literal["progress", "paid"]
"""`progress`: who stays, who comes and what it costs; `paid`: what was paid, and how the work goes."""
SavedPeriod = Literal[
    "days", "eight_weeks", "last_week", "last_month", "last_quarter", "last_year", "this_year"
]
"""Which days: `days` are two days of the calendar, `eight_weeks` those up to today, `this_year` the calendar
year up to today, and the others the whole week (from Monday), month, quarter or year that is over."""
Beside = Literal["before", "year_before"]
"""Which days stand beside them: as many just before, or the same ones a year before."""
MailEvery = Literal["week", "month", "quarter"]
"""How often a mail says that a report is ready: on Mondays, or on the first day of a month or quarter."""


class NewSavedReport(Struct, frozen=True, forbid_unknown_fields=True):
    """A report to be saved. No figures are kept: whoever opens it is shown what stands then."""

    name: SavedName
    """What it is called; of nobody in care."""
    report: SavedReportKind = "progress"
    """Which report it is."""
    period: SavedPeriod = "eight_weeks"
    """Which days it is about."""
    since: Day | None = None
    """The first local day, for `days` alone."""
    until: Day | None = None
    """The last local day, for `days` alone."""
    beside: Beside = "before"
    """The days that are compared; of `progress` alone."""
    program: ReportProgram | None = None
    """The program that it is about; all of them where none is named."""
    funding: ReportProgram | None = None
    """Whose money it is about; of `paid` alone."""
    shared: bool = False
    """Whether everybody who may read reports sees it, or its owner alone."""


class SavedReport(Struct, frozen=True):
    """A report as it was saved, and its days as of today."""

    id: UUID
    """Its id."""
    name: str
    """What it is called."""
    report: SavedReportKind
    """Which report it is."""
    period: SavedPeriod
    """Which days it is about."""
    since: date
    """The first local day, as of today."""
    until: date
    """The last local day, as of today."""
    than_since: date
    """The first of the days that are compared."""
    than_until: date
    """The last of the days that are compared."""
    program: str | None
    """The program that it is about; null where it is all of them."""
    funding: str | None
    """Whose money it is about; null where that does not matter."""
    shared: bool
    """Whether everybody who may read reports sees it, or its owner alone."""
    made_at: datetime
    """When it was saved."""
    made_by: UUID
    """Who saved it, and owns it: a key or member of staff."""
    owner: str | None
    """The name that they go by."""
    mail: MailEvery | None
    """How often whoever reads this is told by mail that it is ready; null where they are not."""
    mail_on: date | None
    """The local day of the next mail to them."""


class SavedReports(Struct, frozen=True):
    """The reports that whoever asks may see, by name: their own, and what is shared."""

    items: tuple[SavedReport, ...]
    """By name."""


class NewReportMail(Struct, frozen=True, forbid_unknown_fields=True):
    """How often one wants to be told by mail that a report is ready. The mail has a link, and no figure."""

    every: MailEvery
    """How often."""
