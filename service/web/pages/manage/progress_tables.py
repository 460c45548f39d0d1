"""The tables of the page that says who stays: one a file as CSV, and all of them as one workbook."""

from collections.abc import Callable
from typing import Final

from schemas.reports import PeriodFigures, ProgressReport, Took
from service.web.pages.framework.voice import Voice
from service.web.pages.framework.workbook import Cell, Cents, Table


def _percent(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole else None


def _cents(amount: int | None) -> Cents | None:
    return None if amount is None else Cents(amount, "usd")


def _minutes(took: Took | None) -> int | None:
    return None if took is None else round(took.median)


def weeks(found: ProgressReport, voice: Voice) -> Table:
    """The visits by week and program."""
    return Table(
        voice.plain("manage.prog.weeks"),
        ("week", "program", "came", "missed", "earning"),
        [(one.week, one.program, one.came, one.missed, one.earning) for one in found.weeks],
    )


def stays(found: ProgressReport, voice: Voice) -> Table:
    """How many stayed how long."""
    return Table(
        voice.plain("manage.prog.kept"),
        ("program_week", "began", "came"),
        [(one.week, one.began, one.came) for one in found.kept],
    )


def periods(found: ProgressReport, voice: Voice) -> Table:
    """Two periods side by side."""
    return Table(
        voice.plain("manage.prog.periods"),
        (
            "since", "until", "people", "net", "by_person", "by_success", "came", "attendance", "success",
            "minutes_to_record", "minutes_to_hand_over",
        ),
        [_period(one) for one in (found.now, found.before)],
    )  # fmt: skip  # table: a line for each kind of column


def _period(one: PeriodFigures) -> tuple[Cell, ...]:
    return (
        one.since, one.until, one.people, _cents(one.net), _cents(one.by_person), _cents(one.by_success),
        one.came, _percent(one.came, one.came + one.missed), _percent(one.earning, one.came),
        _minutes(one.recorded_after), _minutes(one.handed_over_after),
    )  # fmt: skip  # table: a line for each kind of column


def targets(found: ProgressReport, voice: Voice) -> Table:
    """The visits by program and target."""
    return Table(
        voice.plain("manage.prog.targets"),
        ("program", "target", "came", "missed", "earning", "failing", "success"),
        [
            (
                one.program, one.target, one.came, one.missed, one.earning, one.failing,
                _percent(one.earning, one.came),
            )
            for one in found.targets
        ],
    )  # fmt: skip  # table: a line for each kind of column


def recorders(found: ProgressReport, voice: Voice) -> Table:
    """What each person recorded and handed over."""
    return Table(
        voice.plain("manage.prog.recorders"),
        (
            "by", "name", "came", "earning", "failing", "success", "minutes_to_record", "given",
            "minutes_to_hand_over",
        ),
        [
            (
                str(one.by), one.name, one.came, one.earning, one.failing, _percent(one.earning, one.came),
                _minutes(one.recorded_after), one.given, _minutes(one.handed_over_after),
            )
            for one in found.recorders
        ],
    )  # fmt: skip  # table: a line for each kind of column


def groups(found: ProgressReport, voice: Voice) -> Table:
    """The visits by group."""
    return Table(
        voice.plain("manage.prog.groups"),
        (
            "group", "name", "people", "came", "missed", "attendance", "earning", "failing", "success",
            "minutes_to_record", "given", "minutes_to_hand_over",
        ),
        [
            (
                str(one.group), voice.titled(one.name), one.people, one.came, one.missed,
                _percent(one.came, one.came + one.missed), one.earning, one.failing,
                _percent(one.earning, one.came), _minutes(one.recorded_after), one.given,
                _minutes(one.handed_over_after),
            )
            for one in found.groups
        ],
    )  # fmt: skip  # table: a line for each kind of column


Made = Callable[[ProgressReport, Voice], Table]
TABLES: Final[dict[str, tuple[str, Made]]] = {
    "periods": ("periods", periods),
    "stays": ("stays", stays),
    "weeks": ("visits", weeks),
    "targets": ("targets", targets),
    "recorders": ("recorders", recorders),
    "groups": ("groups", groups),
}
"""Each table by its address: the name of its file, and what makes it."""
