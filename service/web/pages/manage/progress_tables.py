"""The tables of the page that says who stays: one a file as CSV, and all of them as one workbook."""

from collections.abc import Callable
from typing import Final

from schemas.currencies import Currency
from schemas.reports import EarnedFigures, PeriodFigures, ProgressReport, Took
from service.core.currencies import in_order
from service.web.pages.framework.voice import Voice
from service.web.pages.framework.workbook import Amount, Cell, Table


def _percent(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole else None


def _sum(amount: int | None, unit: Currency) -> Amount | None:
    return None if amount is None else Amount(amount, unit)


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
            "minutes_to_record", "minutes_to_hand_over", "unit",
        ),
        [_period(one, unit) for one in (found.now, found.before) for unit in currencies(found)],
    )  # fmt: skip  # table: a line for each kind of column


def currencies(found: ProgressReport) -> list[Currency]:
    """The currencies that something was earned in; dollars where nothing was."""
    return in_order(one.unit for side in (found.now, found.before) for one in side.earned) or ["usd"]


def earned_in(one: PeriodFigures, unit: Currency) -> EarnedFigures:
    """What was earned in a currency; nothing where none was."""
    return next((each for each in one.earned if each.unit == unit), EarnedFigures(unit, 0, 0, None, None))


def _period(one: PeriodFigures, unit: Currency) -> tuple[Cell, ...]:
    money = earned_in(one, unit)
    return (
        one.since, one.until, money.people, _sum(money.net, unit), _sum(money.by_person, unit),
        _sum(money.by_success, unit),
        one.came, _percent(one.came, one.came + one.missed), _percent(one.earning, one.came),
        _minutes(one.recorded_after), _minutes(one.handed_over_after), unit,
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
