"""Texts of the page of records, and of opening one in an emergency."""

from typing import Final

from service.core.catalogs import Texts, plural

WORDS: Final[Texts] = {
    "manage.rec.lead": (
        "Whole records: what was opened in an emergency, taking one along, and erasing who somebody is."
    ),
    "manage.rec.looks": "Opened in an emergency",
    "manage.rec.no_looks": "No record was opened so.",
    "manage.rec.told": "Told: {recipient}",
    "manage.rec.reviewed": "Looked over",
    "manage.rec.to_review": "To be looked over",
    "manage.rec.review": "I have looked this over",
    "manage.rec.one": "One person's record",
    "manage.rec.of": "Record of {code}",
    "manage.rec.words": "Take along in words",
    "manage.rec.lines": "Take along line by line (NDJSON)",
    "manage.rec.erase": "Erase who they are",
    "manage.rec.erase_why": (
        "Names, numbers, contacts, notes and reasons go for good, once another manager approves. Days, "
        "results and amounts stay, so the books are still provable."
    ),
    "manage.rec.goes": "This is what goes, and how many of each:",
    "manage.rec.place.participants": "Name, contacts, reference",
    "manage.rec.place.identifiers": "Numbers",
    "manage.rec.place.enrollments": "Reasons of ended enrollments",
    "manage.rec.place.events": "Notes, evidence and references of visits",
    "manage.rec.place.event_additions": "What was written about visits later",
    "manage.rec.place.corrections": "Reasons of corrections",
    "manage.rec.place.enrollment_moves": "Reasons of moves",
    "manage.rec.place.manual_awards": "Reasons of awards by hand",
    "manage.rec.place.openings": "Reasons of openings",
    "manage.rec.place.departures": "Reasons of departures",
    "manage.rec.place.redemption_changes": "Reasons of replaced rewards",
    "manage.rec.place.inbound_messages": "Messages of other systems",
    "manage.rec.place.merges": "Reasons of merged charts",
    "manage.rec.place.unmerges": "Reasons of charts taken apart",
    "manage.rec.place.consents": "Words of consents and signatures",
    "manage.rec.place.releases": "Words about what was handed out",
    "manage.rec.place.restrictions": "Words of restrictions",
    "manage.rec.place.emergencies": "Words about emergencies",
    "manage.rec.place.sessions": "Sign-ins",
    "manage.rec.place.pins": "PIN",
    "manage.rec.place.passkeys": "Passkeys",
    "manage.rec.place.sign_in_codes": "Sign-in codes",
    "manage.rec.reason": "Why",
    "manage.rec.propose": "Propose to erase this",
    "manage.rec.erasures": "Erasures",
    "manage.rec.no_erasures": "Nothing was proposed.",
    "manage.rec.another": "Another manager approves or refuses it.",
    "manage.rec.approve": "Erase it for good",
    "manage.rec.refuse": "Refuse",
    "manage.rec.refusal": "Why not (optional)",
    "manage.rec.status.proposed": "Waits",
    "manage.rec.status.approved": "Erased",
    "manage.rec.status.refused": "Refused",
    "manage.rec.done.proposed": "Proposed. Another manager approves or refuses it.",
    "manage.rec.done.approved": "Erased for good.",
    "manage.rec.done.refused": "Refused; the record stays.",
    "manage.rec.done.reviewed": "Looked over.",
    "manage.rec.open_looks": plural(
        "A record was opened in an emergency and waits to be looked over.",
        "{count} records were opened in an emergency and wait to be looked over.",
    ),
    "desk.urgent.title": "Medical emergency",
    "desk.urgent.why": (
        "Only in a medical emergency, when the person cannot be asked. It is written down at once who "
        "looked, why and whom they told, and a manager looks it over."
    ),
    "desk.urgent.reason": "What the emergency is",
    "desk.urgent.recipient": "Whom you tell, and where they work",
    "desk.urgent.open": "Open the whole record",
    "desk.urgent.is_open": "EMERGENCY: you opened this record. It closes an hour after it was opened.",
}
