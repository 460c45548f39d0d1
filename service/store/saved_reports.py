"""Reports that somebody saved, and who is told by mail that one is ready."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final, cast
from uuid import UUID

from asyncpg import Record
from msgspec import Struct

from schemas.people import Language
from schemas.saved_reports import Beside, MailEvery, SavedPeriod, SavedReportKind
from service.store.database.pool import Tx

EMAIL: Final = "staff.email"
"""The field that an address of a member of staff is sealed as."""


class KnownReport(Struct, frozen=True):
    """A report as it was saved; `every` and `next_on` are of the mails to whoever asks."""

    id: UUID
    name: str
    report: SavedReportKind
    period: SavedPeriod
    days: tuple[date, date] | None
    beside: Beside
    program: str | None
    funding: str | None
    shared: bool
    made_at: datetime
    made_by: UUID
    every: MailEvery | None = None
    next_on: date | None = None


class DueMail(Struct, frozen=True):
    """A mail that is due, and to whom; `may_see` says whether they still may see what it is about."""

    saved_report: UUID
    staff: UUID
    every: MailEvery
    day: date
    tries: int
    to: str
    language: Language
    may_see: bool


async def insert(tx: Tx, new: KnownReport) -> None:
    """Write a report that is saved."""
    since, until = new.days or (None, None)
    await tx.run(
        "saved_reports/insert",
        saved_report_id=new.id,
        name=new.name,
        report=new.report,
        period=new.period,
        since=since,
        until=until,
        compared_with=new.beside,
        program=new.program,
        funding=new.funding,
        shared=new.shared,
        made_by=new.made_by,
    )


async def find(tx: Tx, saved_report: UUID, who: UUID) -> KnownReport | None:
    """One that somebody may see."""
    row = await tx.row("saved_reports/find", saved_report_id=saved_report, staff_id=who)
    return None if row is None else _known(row)


async def seen_by(tx: Tx, who: UUID, rows_max: int) -> list[KnownReport]:
    """Those that somebody may see, by name."""
    return [_known(row) for row in await tx.rows("saved_reports/list", staff_id=who, limit=rows_max)]


async def count(tx: Tx, who: UUID) -> int:
    """How many somebody saved."""
    return int(await tx.value("saved_reports/count", made_by=who) or 0)


async def delete(tx: Tx, saved_report: UUID) -> None:
    """Forget one, and the mails about it."""
    await tx.run("saved_reports/delete", saved_report_id=saved_report)


async def mail(
    tx: Tx, saved_report: UUID, who: UUID, every: MailEvery, next_on: date, due_at: datetime
) -> None:
    """Tell somebody of one by mail from a day on."""
    await tx.run(
        "saved_reports/mail",
        saved_report_id=saved_report,
        staff_id=who,
        every=every,
        next_on=next_on,
        due_at=due_at,
    )


async def end_mail(tx: Tx, saved_report: UUID, who: UUID) -> bool:
    """Tell somebody of one no more; whether they were told."""
    ended = await tx.value("saved_reports/end_mail", saved_report_id=saved_report, staff_id=who)
    return ended is not None


async def end_mails_of(tx: Tx, who: UUID) -> list[UUID]:
    """Tell somebody of nothing any more; gives what they were told of."""
    return [row["saved_report_id"] for row in await tx.rows("saved_reports/end_mails_of", staff_id=who)]


async def due(tx: Tx, roles: Sequence[str]) -> DueMail | None:
    """The mail that is due longest, which nobody else has in hand."""
    row = await tx.row("saved_reports/due_mail", roles=list(roles))
    if row is None:
        return None
    return DueMail(
        row["saved_report_id"],
        row["staff_id"],
        cast("MailEvery", row["every"]),
        row["next_on"],
        row["tries"],
        tx.cipher.open_text(tx.clinic, EMAIL, row["email"], row["staff_id"]) or "",
        cast("Language", row["language"]),
        row["may_see"],
    )


async def advance(tx: Tx, one: DueMail, next_on: date, due_at: datetime) -> None:
    """Write when the next one is due, and that this one is tried once more."""
    await tx.run(
        "saved_reports/advance",
        saved_report_id=one.saved_report,
        staff_id=one.staff,
        next_on=next_on,
        due_at=due_at,
        tries=one.tries + 1,
    )


async def sent(tx: Tx, one: DueMail) -> None:
    """Write that one went out."""
    await tx.run("saved_reports/sent", saved_report_id=one.saved_report, staff_id=one.staff)


async def given_up(tx: Tx, one: DueMail) -> None:
    """Write that one was not sent, and is not tried again."""
    await tx.run("saved_reports/given_up", saved_report_id=one.saved_report, staff_id=one.staff)


async def again(tx: Tx, one: DueMail, next_on: date, due_at: datetime) -> None:
    """Write that one which surely was not taken is tried again at a time."""
    await tx.run(
        "saved_reports/again",
        saved_report_id=one.saved_report,
        staff_id=one.staff,
        day=one.day,
        next_on=next_on,
        due_at=due_at,
        tries=one.tries + 1,
    )


def _known(row: Record) -> KnownReport:
    return KnownReport(
        row["saved_report_id"],
        row["name"],
        cast("SavedReportKind", row["report"]),
        cast("SavedPeriod", row["period"]),
        None if row["since"] is None else (row["since"], row["until"]),
        cast("Beside", row["compared_with"]),
        row["program"],
        row["funding"],
        row["shared"],
        row["made_at"],
        row["made_by"],
        cast("MailEvery | None", row["every"]),
        row["next_on"],
    )
