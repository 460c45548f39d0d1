"""What the measuring of reads asks for: each page and call that grows with a clinic, with values it finds."""

from datetime import UTC, datetime, timedelta

from msgspec import Struct

from tests.bench.past import Past

READ_MS, YEAR_MS = 100, 300
"""The bars: of every read and page, and of what is about a year."""


class Asked(Struct, frozen=True):
    """One read: by whose key it is asked, or by the manager's session where that is "page"."""

    what: str
    path: str
    by: str = "manager"
    form: dict[str, str] | None = None
    bar_ms: int = READ_MS


PAGES = {
    "Manage, overview": "/manage",
    "reports, 8 weeks": "/manage/reports",
    "reports, 5 days": "/manage/reports?since={lately}&until={today}",
    "reports, 5 days two years ago": "/manage/reports?since={old}&until={old_end}",
    "reports, a year": "/manage/reports?since={year}&until={today}",
    "reports, one program": "/manage/reports?program=alcohol",
    "who stays, 8 weeks": "/manage/reports/progress",
    "who stays, a year beside the year before": "/manage/reports/progress?since={year}&until={today}",
    "budgets": "/manage/budgets",
    "tax": "/manage/reports/tax",
    "audit": "/manage/audit",
    "audit of a deed": "/manage/audit?deed=report.read",
    "approvals": "/manage/approvals",
    "redemptions": "/manage/redemptions",
    "caps": "/manage/caps",
    "shel": "/manage/shelf",
    "subscribers": "/manage/subscribers",
    "seeds": "/manage/seeds",
    "programs": "/manage/programs",
    "deeds": "/manage/reports/deeds",
    "closures": "/manage/closures",
    "imports": "/manage/imports",
    "duplicates": "/manage/duplicates",
    "staf": "/manage/staff",
    "the desk": "/desk",
    "the desk's list": "/desk/list",
    "one person": "/desk/people/{who}",
    "one person's panel": "/desk/people/{who}/panel",
    "handover": "/desk/handover",
}
"""Pages of Manage and the desk, as a manager sees them."""

CALLS = {
    "events": "/v1/events",
    "events of a day of the past": "/v1/events?{day}",
    "events of a day with none": "/v1/events?{never}",
    "events of a participant": "/v1/events?participant={who}",
    "events of an enrollment": "/v1/events?enrollment={episode}",
    "visits": "/v1/visits",
    "visits of a day of the past": "/v1/visits?day={old}",
    "visits of an enrollment": "/v1/enrollments/{episode}/visits",
    "participants": "/v1/participants",
    "participant by name": "/v1/participants?name=Nobody",
    "enrollments": "/v1/enrollments",
    "enrollments open": "/v1/enrollments?status=open",
    "balance": "/v1/participants/{who}/balance",
    "statement": "/v1/participants/{who}/statement",
    "outlook": "/v1/enrollments/{episode}/outlook",
    "redemptions held": "/v1/redemptions?status=held",
    "redemptions given": "/v1/redemptions?status=given",
    "redemptions canceled": "/v1/redemptions?status=canceled",
    "prizes": "/v1/prizes",
    "prizes owed": "/v1/prizes?status=owed",
    "prizes given": "/v1/prizes?status=given",
    "draws of a participant": "/v1/participants/{who}/draws",
    "tax report": "/v1/reports/tax",
    "tax report, those who reached it": "/v1/reports/tax?reached=true",
    "deliveries": "/v1/subscribers/{subscriber}/deliveries",
    "deliveries dead": "/v1/subscribers/{subscriber}/deliveries?status=dead",
    "deliveries failed": "/v1/subscribers/{subscriber}/deliveries?status=failed",
    "deliveries of another type": "/v1/subscribers/{subscriber}/deliveries?type=enrollment.opened",
    "audit trail": "/v1/audit",
    "audit of a deed (API)": "/v1/audit?deed=report.read",
    "audit of a day of the past": "/v1/audit?{day}",
    "audit of an actor": "/v1/audit?actor={clinic}",
    "audit of a participant": "/v1/audit?participant={who}",
}
"""Calls of the API."""


def asked(made: Past) -> list[Asked]:
    """Everything that is read of a clinic."""
    today = datetime.now(UTC).date()
    old, none = today - timedelta(days=800), today + timedelta(days=200)
    values = {
        "today": today,
        "lately": today - timedelta(days=4),
        "old": old,
        "old_end": old + timedelta(days=4),
        "year": today - timedelta(days=364),
        "day": f"since={old}T00:00:00Z&until={old + timedelta(days=1)}T00:00:00Z",
        "never": f"since={none}T00:00:00Z&until={none + timedelta(days=1)}T00:00:00Z",
        "who": made.participant,
        "episode": made.enrollment,
        "subscriber": made.subscriber,
        "clinic": made.id,
    }
    found = [
        Asked(what, path.format(**values), "page", None, YEAR_MS if "year" in what else READ_MS)
        for what, path in PAGES.items()
    ]
    found += [
        Asked("search by a part of a name", "/desk/find", "page", {"q": "Gloria Oka"}),
        Asked("search for the newest", "/desk/find", "page", {"q": f"P-{made.facts['participants'] - 1}"}),
    ]
    return found + [
        Asked(what, path.format(**values), "auditor" if "audit" in what else "manager")
        for what, path in CALLS.items()
    ]
