"""Saved reports: the list, opening one, saving and forgetting, and mail that one is ready."""

from functools import partial
from typing import Final, Literal
from urllib.parse import urlencode
from uuid import UUID

from msgspec import Struct

from schemas.saved_reports import NewReportMail, NewSavedReport, SavedReport
from service.core.cursors import LIMIT_MAX, Page
from service.core.refusals import Refused
from service.flows.ledger.saved_reports import (
    end_report_mail,
    forget_saved_report,
    list_saved_reports,
    mail_report,
    read_saved_report,
    save_report,
)
from service.flows.programs.programs import list_programs
from service.web.http.answers import Answer
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.forms import faults_of, word_of
from service.web.pages.framework.page import SEEING, page

PATH: Final = "/manage/reports/saved"
PERIODS: Final = ("eight_weeks", "last_week", "last_month", "last_quarter", "last_year", "this_year", "days")
EVERY: Final = ("week", "month", "quarter")
REPORTS: Final = ("progress", "paid")
BESIDES: Final = ("before", "year_before")


class SavedQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Query parameters: the message of what was just done, and what a form begins with."""

    done: Literal["saved", "forgotten", "mailed", "ended"] | None = None
    report: Literal["progress", "paid"] = "progress"
    program: str = ""
    since: str = ""
    until: str = ""


@page("GET", PATH, who=SEEING)
async def listed(call: PageCall, asked: SavedQuery) -> Answer:
    """Show one's own saved reports, and those that are shared."""
    return await _listed(call, asked)


@page("POST", PATH, who=SEEING)
async def save(call: PageCall) -> Answer:
    """Save a report under a name."""
    given = call.form.read(NewSavedReport, shared=call.form.value("shared") == "yes")
    if isinstance(given, Refused):
        return await _listed(call, SavedQuery(), given)
    done = await call.do(partial(save_report, new=given), call.form.once, SavedReport)
    if isinstance(done, Refused):
        return await _listed(call, SavedQuery(), done)
    return call.go(f"{PATH}?done=saved")


@page("GET", PATH + "/{saved_report}", who=SEEING)
async def opened(call: PageCall, saved_report: UUID) -> Answer:
    """Open a saved report, of its days as of today."""
    found = await call.do(partial(read_saved_report, saved_report=saved_report))
    return call.refuse(found) if isinstance(found, Refused) else call.go(address_of(found))


@page("POST", PATH + "/{saved_report}/forget", who=SEEING)
async def forget(call: PageCall, saved_report: UUID) -> Answer:
    """Forget a saved report."""
    done = await call.do(partial(forget_saved_report, saved_report=saved_report))
    return call.refuse(done) if isinstance(done, Refused) else call.go(f"{PATH}?done=forgotten")


@page("POST", PATH + "/{saved_report}/mail", who=SEEING)
async def mail(call: PageCall, saved_report: UUID) -> Answer:
    """Be told by mail that it is ready."""
    given = call.form.read(NewReportMail)
    if isinstance(given, Refused):
        return await _listed(call, SavedQuery(), given)
    done = await call.do(partial(mail_report, saved_report=saved_report, new=given))
    return call.refuse(done) if isinstance(done, Refused) else call.go(f"{PATH}?done=mailed")


@page("POST", PATH + "/{saved_report}/mail/off", who=SEEING)
async def end_mail(call: PageCall, saved_report: UUID) -> Answer:
    """Be told by mail no more."""
    done = await call.do(partial(end_report_mail, saved_report=saved_report))
    return call.refuse(done) if isinstance(done, Refused) else call.go(f"{PATH}?done=ended")


def address_of(one: SavedReport) -> str:
    """Where a saved report is shown."""
    asked = {"since": one.since.isoformat(), "until": one.until.isoformat(), "program": one.program or ""}
    if one.report == "paid":
        return f"/manage/reports?{urlencode({**asked, 'funding': one.funding or ''})}"
    beside = {"than_since": one.than_since.isoformat(), "than_until": one.than_until.isoformat()}
    return f"/manage/reports/progress?{urlencode({**asked, **beside})}"


async def _listed(call: PageCall, asked: SavedQuery, refusal: Refused | None = None) -> Answer:
    found = await call.do(list_saved_reports)
    if isinstance(found, Refused):
        return call.refuse(found)
    programs = await call.do(partial(list_programs, page=Page(LIMIT_MAX)))
    titles = (
        {}
        if isinstance(programs, Refused)
        else {one.name: call.voice.titled(one.document.title) for one in programs.items}
    )
    settings, say = call.resources.settings, call.voice.plain
    return call.show_refused(
        "manage/saved_reports.html",
        refusal,
        saved=found.items,
        asked=asked,
        programs=titles,
        program_choices=[("", say("manage.everything")), *titles.items()],
        reports=[(one, say(f"manage.saved.report.{one}")) for one in REPORTS],
        periods=[(one, say(f"manage.saved.period.{one}")) for one in PERIODS],
        besides=[(one, say(f"manage.saved.beside.{one}")) for one in BESIDES],
        every=EVERY,
        can_mail=settings.public_url is not None
        and (settings.smtp_url is not None or settings.show_messages),
        faults=faults_of(call, refusal),
        once=word_of(call),
    )
