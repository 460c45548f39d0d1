"""Saved reports, and the mails that say that one is ready."""

from uuid import UUID

from schemas.saved_reports import NewReportMail, NewSavedReport, SavedReport, SavedReports
from service.flows.ledger.saved_reports import (
    end_report_mail,
    forget_saved_report,
    list_saved_reports,
    mail_report,
    read_saved_report,
    save_report,
)
from service.web.http.answers import Answer
from service.web.http.call import Call
from service.web.http.route import AUDITORS, route


@route(
    "POST",
    "/v1/reports/saved",
    "save_report",
    roles=AUDITORS,
    answer=SavedReport,
    statuses=(201,),
    refusals=("unknown_program",),
    scope="audit.read",
)
async def save(call: Call, body: NewSavedReport) -> Answer:
    """Save a report under a name: which one, of which days and program, and who sees that there is one.

    No figures are kept. It changes nothing of the clinic, so whoever may read reports may save one.
    """
    return await call.perform(lambda act: save_report(act, body), lambda made: f"/v1/reports/saved/{made.id}")


@route("GET", "/v1/reports/saved", "list_saved_reports", roles=AUDITORS, answer=SavedReports)
async def find(call: Call) -> Answer:
    """List one's own saved reports, and those that are shared, by name."""
    return await call.perform(list_saved_reports)


@route(
    "GET",
    "/v1/reports/saved/{saved_report}",
    "read_saved_report",
    roles=AUDITORS,
    answer=SavedReport,
    refusals=("not_found",),
)
async def read(call: Call, saved_report: UUID) -> Answer:
    """Read a saved report, with its days as of today."""
    return await call.perform(lambda act: read_saved_report(act, saved_report))


@route(
    "DELETE",
    "/v1/reports/saved/{saved_report}",
    "forget_saved_report",
    roles=AUDITORS,
    answer=SavedReport,
    refusals=("not_found",),
    scope="audit.read",
)
async def forget(call: Call, saved_report: UUID) -> Answer:
    """Forget a saved report, and end the mails about it; of what another shared, a manager may."""
    return await call.perform(lambda act: forget_saved_report(act, saved_report))


@route(
    "POST",
    "/v1/reports/saved/{saved_report}/mail",
    "mail_saved_report",
    roles=AUDITORS,
    answer=SavedReport,
    refusals=("not_found",),
    scope="audit.read",
)
async def mail(call: Call, saved_report: UUID, body: NewReportMail) -> Answer:
    """Be told by mail that a saved report is ready; a mail has a link alone, and goes out once at most.

    It ends with one's account, or where one may not read reports any more. A key has no mail.
    """
    return await call.perform(lambda act: mail_report(act, saved_report, body))


@route(
    "DELETE",
    "/v1/reports/saved/{saved_report}/mail",
    "end_saved_report_mail",
    roles=AUDITORS,
    answer=SavedReport,
    refusals=("not_found",),
    scope="audit.read",
)
async def end_mail(call: Call, saved_report: UUID) -> Answer:
    """Be told of a saved report by mail no more."""
    return await call.perform(lambda act: end_report_mail(act, saved_report))
