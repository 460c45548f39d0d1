"""Saved reports: which report of which days, who sees that there is one, and who is told by mail."""

from datetime import date, datetime, time
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from schemas.saved_reports import NewReportMail, NewSavedReport, SavedReport, SavedReports
from service.core.calendar import local_day
from service.core.refusals import Refused, refused
from service.core.report_periods import days_beside, days_of_period, next_mail
from service.flows.ledger.reports import DAYS_MAX
from service.flows.perform import Act, Done
from service.store import actors, clinics, programs, saved_reports, staff
from service.store.saved_reports import KnownReport

SAVED_MAX: Final = 50
"""How many reports one owner may have saved, and how many are listed of each kind of reader."""
LISTED_MAX: Final = 500
MAILED_AT: Final = time(7)
"""When a mail goes out, by the clinic's wall clock."""


async def save_report(act: Act, new: NewSavedReport) -> Done[SavedReport] | Refused:
    """Save a report under a name."""
    refusal = await _judged(act, new)
    if refusal is not None:
        return refusal
    if await saved_reports.count(act, act.actor.id) >= SAVED_MAX:
        return refused("invalid.saved_reports_many", "$", most=SAVED_MAX)
    days = None if new.since is None or new.until is None else (new.since, new.until)
    made = KnownReport(
        act.new_id(),
        new.name,
        new.report,
        new.period,
        days,
        new.beside,
        new.program,
        new.funding if new.report == "paid" else None,
        new.shared,
        act.now,
        act.actor.id,
    )
    await saved_reports.insert(act, made)
    act.audit("report.saved", made.id, report=made.report, period=made.period, shared=made.shared)
    (shown,) = await _shown(act, [made])
    return Done(shown, "created")


async def _judged(act: Act, new: NewSavedReport) -> Refused | None:
    """Why a report is not saved; none where it is."""
    has_days = new.since is not None and new.until is not None
    if (new.period == "days") != has_days or (new.since is None) != (new.until is None):
        return refused("invalid.saved_report_days", "$.since")
    days = 0 if new.since is None or new.until is None else (new.until - new.since).days
    if not 0 <= days < DAYS_MAX:
        return refused("invalid.report_days", "$.since", days=DAYS_MAX)
    if new.program is not None and await programs.latest(act, new.program) is None:
        return refused("unknown_program.unpublished", "$.program", program=new.program)
    return None


async def list_saved_reports(act: Act) -> Done[SavedReports]:
    """The reports that whoever asks may see: their own, and what is shared."""
    known = await saved_reports.seen_by(act, act.actor.id, LISTED_MAX)
    return Done(SavedReports(tuple(await _shown(act, known))))


async def read_saved_report(act: Act, saved_report: UUID) -> Done[SavedReport] | Refused:
    """One saved report that whoever asks may see."""
    known = await saved_reports.find(act, saved_report, act.actor.id)
    if known is None:
        return refused("not_found.saved_report")
    (shown,) = await _shown(act, [known])
    return Done(shown)


async def forget_saved_report(act: Act, saved_report: UUID) -> Done[SavedReport] | Refused:
    """Forget one, and end the mails about it; of what another shared, a manager may."""
    known = await saved_reports.find(act, saved_report, act.actor.id)
    if known is None:
        return refused("not_found.saved_report")
    if known.made_by != act.actor.id and act.actor.role != "manager":
        return refused("forbidden.saved_by_another")
    await saved_reports.delete(act, saved_report)
    act.audit("report.forgotten", saved_report, shared=known.shared)
    (shown,) = await _shown(act, [replace(known, every=None, next_on=None)])
    return Done(shown)


async def mail_report(act: Act, saved_report: UUID, new: NewReportMail) -> Done[SavedReport] | Refused:
    """Tell whoever asks by mail that one is ready, from now on; a key has no mail."""
    known = await saved_reports.find(act, saved_report, act.actor.id)
    if known is None:
        return refused("not_found.saved_report")
    if await staff.find(act, act.actor.id) is None:
        return refused("forbidden.report_mail_to_key")
    zone = await clinics.zone(act)
    day = next_mail(new.every, local_day(act.now, zone))
    await saved_reports.mail(act, saved_report, act.actor.id, new.every, day, mailed_at(day, zone))
    act.audit("report.mail_set", saved_report, every=new.every)
    return await read_saved_report(act, saved_report)


async def end_report_mail(act: Act, saved_report: UUID) -> Done[SavedReport] | Refused:
    """Tell whoever asks of one no more; twice is no fault."""
    if await saved_reports.end_mail(act, saved_report, act.actor.id):
        act.audit("report.mail_ended", saved_report, staff=str(act.actor.id))
    return await read_saved_report(act, saved_report)


def mailed_at(day: date, zone: ZoneInfo) -> datetime:
    """When the mail of a day goes out."""
    return datetime.combine(day, MAILED_AT, zone)


async def _shown(act: Act, some: list[KnownReport]) -> list[SavedReport]:
    today = local_day(act.now, await clinics.zone(act))
    names = await actors.names(act, [one.made_by for one in some])
    return [_one(one, today, names.get(one.made_by)) for one in some]


def _one(known: KnownReport, today: date, owner: str | None) -> SavedReport:
    days = days_of_period(known.period, today, known.days)
    beside = days_beside(days, known.beside)
    return SavedReport(
        known.id,
        known.name,
        known.report,
        known.period,
        *days,
        *beside,
        known.program,
        known.funding,
        known.shared,
        known.made_at,
        known.made_by,
        owner,
        known.every,
        known.next_on,
    )
