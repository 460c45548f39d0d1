"""A whole record in words: headings and lines in the person's language, for whoever takes it along."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from schemas.people import Language
from service.core.catalogs import ByLanguage, by_language
from service.core.words.sentences import day_words

_HEADINGS: Final[ByLanguage[dict[str, str]]] = by_language(
    "whole_record.headings",
    {
        "participants": "Who this is about",
        "identifiers": "Numbers",
        "enrollments": "Programs",
        "events": "Visits and results",
        "event_additions": "Written about visits later",
        "corrections": "Corrections",
        "group_members": "Groups",
        "statement": "What was earned and received",
        "redemptions": "Rewards asked for",
        "reward_codes": "Codes of rewards",
        "provider_orders": "Rewards that a provider delivers",
        "manual_awards": "Awards by hand",
        "departures": "Leaving and coming back",
        "consents": "Consents",
        "restrictions": "Who is to be told nothing",
        "releases": "What was handed out",
        "disclosures": "What was told to other systems",
        "emergencies": "Looks in an emergency",
        "new_addresses": "Changed contact details",
        "planned_visits": "Visits that were moved, called off or added",
        "calendar_feeds": "Address of a calendar",
        "submissions": "What was handed in",
        "screenings": "Questions before enrolling",
        "guardian_consents": "Consent of a parent or guardian",
        "reminder_leaves": "Leave to be reminded",
        "reminders": "Reminders",
        "sessions": "Sign-ins",
        "audit": "Who did or read what",
    },
)
_TITLE: Final[ByLanguage[str]] = by_language("whole_record.title", "Everything on record about one person")
_MADE: Final[ByLanguage[str]] = by_language("whole_record.made", "Made on {day} by {clinic}.")
_NOTHING: Final[ByLanguage[str]] = by_language("whole_record.nothing", "Nothing.")
_LABELS: Final[ByLanguage[dict[str, str]]] = by_language(
    "whole_record.labels",
    {
        "name": "Name",
        "phone": "Phone",
        "email": "Mail",
        "mark": "Told apart by",
        "reference": "Reference",
        "display_code": "Code",
        "language": "Language",
        "status": "State",
        "program": "Program",
        "starts_on": "From",
        "closed_on": "Until",
        "close_reason": "Why it ended",
        "target": "Of",
        "outcome": "Result",
        "occurred_at": "When",
        "note": "Note",
        "evidence": "Evidence",
        "kind": "Kind",
        "reason": "Reason",
        "purpose": "What for",
        "information": "What may be told",
        "recipient": "To whom",
        "signed_name": "Signed by",
        "signed_on": "Signed on",
        "expires_on": "Last day",
        "ends_when": "Ends with",
        "request": "Asked",
        "answer": "Answer",
        "system": "System",
        "value": "Number",
        "quantity": "How many",
        "minutes": "Minutes attended",
        "answers": "Answers",
        "guardian": "Who consented",
        "relation": "What they are",
        "consented_on": "Consented on",
        "withdrawn_at": "Withdrawn",
        "exception": "Why they may begin all the same",
        "asked_at": "Asked on",
        "birth_year": "Year of birth",
        "amount": "Amount",
        "unit": "Unit",
        "code": "Code",
        "how": "How",
        "what": "What",
        "type": "What",
        "deed": "Deed",
        "role": "By",
        "at": "When",
        "given_at": "Given",
        "revoked_at": "Revoked",
        "requested_at": "Asked",
        "recorded_at": "Recorded",
        "opened_at": "Opened",
        "on_day": "Day",
        "agent": "With",
        "created_at": "Since",
        "channel": "Way",
        "set_at": "Changed",
        "changed_at": "Said",
        "said": "Text",
        "submitted_at": "Handed in",
        "visit_on": "About",
        "made_at": "Made",
    },
)
_MOMENT: Final = re.compile(r"^(\d{4}-\d\d-\d\d)T(\d\d:\d\d):[\d.]+(?:\+00:00|Z)$")
"""A moment as a row holds it."""


def whole_record_in_words(
    rows: Iterable[tuple[str, Mapping[str, Any]]],
    statement: Iterable[str],
    language: Language,
    clinic: str,
    today: date,
) -> str:
    """A record as a text: a heading for each kind of entry, and a line for each entry; days stand as kept."""
    made = _MADE[language].format(day=day_words(today, language), clinic=clinic)
    headings = _HEADINGS[language]
    by_kind: dict[str, list[str]] = {"statement": [f"- {one}" for one in statement]}
    for kind, columns in rows:
        if kind in headings:
            by_kind.setdefault(kind, []).append(_entry(columns, _LABELS[language]))
    parts = [f"{_TITLE[language]}\n{made}"]
    for kind, heading in headings.items():
        lines = by_kind.get(kind) or [_NOTHING[language]]
        parts.append("\n".join([heading, *lines]))
    return "\n\n".join(parts) + "\n"


def _shortened(moment: re.Match[str]) -> str:
    return f"{moment[1]} {moment[2]} UTC"


def _entry(columns: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    said = [
        f"{label}: {_MOMENT.sub(_shortened, str(columns[name]))}"
        for name, label in labels.items()
        if columns.get(name) not in (None, "") and not isinstance(columns[name], bytes)
    ]
    return "- " + "; ".join(said)
