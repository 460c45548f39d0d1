"""Texts of the page of saved reports, and of the mails about them."""

from typing import Final

from service.core.catalogs import Texts

WORDS: Final[Texts] = {
    "manage.saved.title": "Saved reports",
    "manage.saved.lead": (
        "Which report, of which days. No figures are kept: whoever opens one sees what stands then."
    ),
    "manage.saved.listed": "Yours, and what is shared",
    "manage.saved.none": "Nothing is saved yet.",
    "manage.saved.no_mail": (
        "Mail is not set up here (SMTP_URL and PUBLIC_URL), so nobody can be told by mail."
    ),
    "manage.saved.report.progress": "Who stays, and what it costs",
    "manage.saved.report.paid": "What was paid",
    "manage.saved.period.days": "Two days of the calendar",
    "manage.saved.period.eight_weeks": "The last eight weeks",
    "manage.saved.period.last_week": "Last week",
    "manage.saved.period.last_month": "Last month",
    "manage.saved.period.last_quarter": "Last quarter",
    "manage.saved.period.last_year": "Last year",
    "manage.saved.period.this_year": "This year",
    "manage.saved.beside.before": "As many days just before",
    "manage.saved.beside.year_before": "The same days a year before",
    "manage.saved.mine": "Only you see it",
    "manage.saved.shared": "Shared by {owner}",
    "manage.saved.mailed.week": "Mail to you every week, next on {day}",
    "manage.saved.mailed.month": "Mail to you every month, next on {day}",
    "manage.saved.mailed.quarter": "Mail to you every quarter, next on {day}",
    "manage.saved.every": "How often",
    "manage.saved.every.week": "Every Monday",
    "manage.saved.every.month": "First of the month",
    "manage.saved.every.quarter": "First of the quarter",
    "manage.saved.mail_on": "Mail me",
    "manage.saved.mail_off": "Turn off mail",
    "manage.saved.forget": "Forget",
    "manage.saved.new": "Save a report",
    "manage.saved.name": "Name",
    "manage.saved.name_hint": "Of nobody in care.",
    "manage.saved.which": "Report",
    "manage.saved.days": "Days",
    "manage.saved.days_hint": "Only for two days of the calendar.",
    "manage.saved.beside": "Beside them",
    "manage.saved.share": "Everybody who may read reports sees it",
    "manage.saved.save": "Save",
    "manage.saved.save_this": "Save this report",
    "manage.saved.done.saved": "The report is saved.",
    "manage.saved.done.forgotten": "The report is forgotten, and nobody is told of it by mail.",
    "manage.saved.done.mailed": "You are told by mail when it is ready: a link, and no figures.",
    "manage.saved.done.ended": "No more mail about it.",
}
