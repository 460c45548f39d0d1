"""Examples of reports for the contract."""

from datetime import date
from typing import Final

from msgspec import Struct

from schemas.earning import Title
from schemas.reports import (
    EarnedFigures,
    GroupVisits,
    PeriodFigures,
    ProgressReport,
    PublishedFigure,
    RecorderVisits,
    StillComing,
    TargetVisits,
    Took,
    WeekVisits,
)
from schemas.saved_reports import NewReportMail, NewSavedReport, SavedReport, SavedReports
from service.web.contract.samples import AT, PROGRAM_NAME, sample_id

PROGRAM: Final = "california-recovery-incentives"


def _figures(since: date, until: date, people: int, came: int) -> PeriodFigures:
    return PeriodFigures(
        since=since,
        until=until,
        earned=(EarnedFigures("usd", people, came * 1_500, came * 1_500 // people, 2_000),),
        came=came,
        missed=came // 8,
        earning=came * 3 // 4,
        failing=came // 4,
        resets=came // 8,
        recoveries=came // 16,
        recorded_after=Took(2.0, 11.0),
        handed_over_after=Took(180.0, 4_320.0),
    )


SAVED: Final = SavedReport(
    sample_id(81),
    "For the grant",
    "progress",
    "last_month",
    date(2026, 2, 1),
    date(2026, 2, 28),
    date(2026, 1, 4),
    date(2026, 1, 31),
    PROGRAM,
    None,
    shared=True,
    made_at=AT,
    made_by=sample_id(7),
    owner="Front desk",
    mail="month",
    mail_on=date(2026, 4, 1),
)
BODIES: Final[dict[str, dict[str, object]]] = {
    "save_report": {
        "last month": NewSavedReport("For the grant", period="last_month", program=PROGRAM_NAME, shared=True)
    },
    "mail_saved_report": {"each month": NewReportMail("month")},
}
"""Bodies of requests, by operation."""

ANSWERS: Final[dict[type[Struct], Struct]] = {
    SavedReport: SAVED,
    SavedReports: SavedReports((SAVED,)),
    ProgressReport: ProgressReport(
        now=_figures(date(2026, 3, 1), date(2026, 3, 31), 12, 96),
        before=_figures(date(2026, 1, 29), date(2026, 2, 28), 10, 80),
        program=PROGRAM,
        weeks=(WeekVisits(date(2026, 3, 2), PROGRAM, 24, 3, 18),),
        kept=(StillComing(1, 12, 12), StillComing(2, 11, 10)),
        targets=(
            TargetVisits(
                program=PROGRAM,
                target="stimulant-negative",
                title=Title("Stimulant-negative test", "Prueba negativa de estimulantes"),
                came=96,
                missed=12,
                earning=72,
                failing=24,
            ),
        ),
        recorders=(
            RecorderVisits(
                by=sample_id(7),
                name="Front desk",
                came=96,
                missed=0,
                earning=72,
                failing=24,
                recorded_after=Took(2.0, 11.0),
                given=14,
                handed_over_after=Took(180.0, 4_320.0),
            ),
        ),
        groups=(
            GroupVisits(
                group=sample_id(80),
                name=Title("Monday morning", "Lunes por la mañana"),
                people=9,
                came=61,
                missed=7,
                earning=47,
                failing=14,
                recorded_after=Took(3.0, 12.0),
                given=9,
                handed_over_after=Took(200.0, 2_880.0),
            ),
        ),
        published=(PublishedFigure(24, 58, 11, "Higgins ST et al. Am J Psychiatry 1993;150:763-769"),),
    ),
}
"""Answers, by their shape."""
