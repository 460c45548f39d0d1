"""Texts of the pages of consents."""

from typing import Final

from service.core.catalogs import Texts

WORDS: Final[Texts] = {
    "manage.con.lead": (
        "Who can be told about a person, and what. Without a consent in force, nothing "
        "about the person goes to a subscriber that needs one."
    ),
    "manage.con.find": "Find",
    "manage.con.by_subscriber": "Or all given to one subscriber",
    "manage.con.any_subscriber": "Any subscriber",
    "manage.con.of": "Consents of {code}",
    "manage.con.all": "Consents",
    "manage.con.everybody": "Show everybody's",
    "manage.con.none": "No consents here. Find a person above to record one.",
    "manage.con.none_of": "This person has not consented to anything yet.",
    "manage.con.given": "Given {at}",
    "manage.con.until": "until {day}",
    "manage.con.no_end": "until it is revoked",
    "manage.con.revoked_at": "revoked {at}",
    "manage.con.in_force": "In force",
    "manage.con.over": "Over",
    "manage.con.revoked": "Revoked",
    "manage.con.gone": "a subscriber that was deleted",
    "manage.con.revoke": "Revoke",
    "manage.con.print": "Text to print",
    # Translators: {language} is the name of a language as those who speak it call it.
    "manage.con.print_in": "Text: {language}",
    "manage.con.paper": "Language of the paper",
    "manage.con.kind": "Kind of consent",
    "manage.con.kind_hint": (
        "The second kind may go without an end; the first needs a last day or an event."
    ),
    "manage.con.kind.specific": "For one purpose",
    "manage.con.kind.tpo": "For treatment, payment and operations",
    "manage.con.kind.short": "Short form",
    "manage.con.signed.typed": "signed by {name} (typed), {day}",
    "manage.con.signed.drawn": "signed by {name}, {day}",
    "manage.con.signed.paper": "signed by {name} on paper, {day}",
    "manage.con.ends_with": "until: {event}",
    "manage.con.nobody_here": "Nobody that is told by itself",
    "manage.con.recipient": "Or to whom, by name or as a group",
    "manage.con.recipient_hint": (
        "Such as: Dr. Roe at Main Street Health; or: my treating providers and health plans."
    ),
    "manage.con.is_class": "It is a group, not one name",
    "manage.con.information": "How much, and of what kind",
    "manage.con.information_hint": "Only what the purpose needs.",
    "manage.con.information_usual": (
        "When I come in, what I earn and receive, when I join or leave. No test results, not my name."
    ),
    "manage.con.expires_hint": "The day itself belongs to it.",
    "manage.con.ends_when": "Or the event that ends it",
    "manage.con.ends_when_hint": (
        "Such as: the end of my treatment here. Revoke it here when that day comes."
    ),
    "manage.con.how_to_revoke": "How to take it back (if special)",
    "manage.con.how_to_revoke_hint": "Left empty, it says: by telling anybody at the clinic.",
    "manage.con.signature": "Signature",
    "manage.con.how": "How it was signed",
    "manage.con.how.typed": "The name, typed by the person",
    "manage.con.how.drawn": "A picture of the signature",
    "manage.con.how.paper": "On paper, which we keep",
    "manage.con.signed_name": "Who signed",
    "manage.con.signed_on": "On which day",
    "manage.con.drawn": "The picture (PNG or JPEG)",
    "manage.con.drawn_hint": "At most 200 KB.",
    "manage.con.text.class": "a group",
    "manage.con.text.information": "They may be told: {information}",
    "manage.con.text.tpo": "This covers all future treatment, payment and health care operations.",
    "manage.con.text.ends_when": "It ends with: {event}",
    "manage.con.text.revoke_by": (
        "I can change my mind at any time: {how} What was already shared cannot be taken back."
    ),
    "manage.con.text.passed_on": (
        "Providers and health plans that get this may use and pass it on as the privacy rule (HIPAA) "
        "allows, but not in a legal proceeding against me without my consent or a court order."
    ),
    "manage.con.text.drawn_by": "Signature of {name}",
    "manage.con.text.on_paper": "{name} (on paper)",
    "manage.con.give": "Record a consent",
    "manage.con.give_why": (
        "Print the text first. Let the person read it and sign it. Then record it here. It is in "
        "force from then on."
    ),
    "manage.con.subscriber": "Who may be told",
    "manage.con.purpose": "What for",
    "manage.con.purpose_hint": "In the person's words, such as: so that my doctor sees how I am doing.",
    "manage.con.expires": "Last day (if there is one)",
    "manage.con.no_subscribers": "There is no subscriber yet. A manager adds one first.",
    "manage.con.done.given": "The consent is on record and holds from now on.",
    "manage.con.done.revoked": "Revoked. Nothing more is sent under it, not even what was queued.",
    "manage.con.disclosed": "What was told about {code}",
    "manage.con.disclosed_none": "Nothing was told to anybody.",
    "manage.con.under": "with consent",
    "manage.con.without": "needed none",
    "manage.con.text.title": "Consent to share information about my care",
    "manage.con.text.who": "I, {name}, let {clinic} share information with:",
    "manage.con.text.what": (
        "They can be told when I come in, the rewards I earn and get, and when I join "
        "or leave a program. They are not told my name or my test results. Someone "
        "could still guess a result from the amounts."
    ),
    "manage.con.text.purpose": "What for: {purpose}",
    "manage.con.text.until": "This is good until {day}.",
    "manage.con.text.no_end": "This is good until I take it back.",
    "manage.con.text.revoke": (
        "I can change my mind at any time. I tell anyone at the clinic. Sharing then "
        "stops right away. What was already shared cannot be taken back."
    ),
    "manage.con.text.guess": "Someone could still guess a test result from the amounts I earn.",
    "manage.con.text.copy": "I get a copy of this page.",
    "manage.con.text.law": (
        "Federal law (42 CFR Part 2) protects these records. Those who get them may "
        "share them again only if the law or I allow it. I get the same care if I do "
        "not sign."
    ),
    "manage.con.text.sign": "Signature",
    "manage.con.text.date": "Date",
    "manage.con.text.recorded": "Recorded {at}",
    "manage.con.text.how": "Print this page with your browser, then go back.",
    "manage.con.done.asked": "The request is on record.",
    "manage.con.done.agreed": "Agreed. It binds from now on, for what waits too.",
    "manage.con.done.declined": "Declined, with its answer.",
    "manage.con.done.ended": "The restriction has ended.",
    "manage.restr.title": "Who is to be told nothing",
    "manage.restr.none": "Nothing was asked.",
    "manage.restr.asked": "Waits for an answer",
    "manage.restr.agreed": "Agreed",
    "manage.restr.declined": "Declined",
    "manage.restr.ended": "Ended",
    "manage.restr.agree": "Agree",
    "manage.restr.decline": "Decline",
    "manage.restr.end": "End it",
    "manage.restr.why": "Why it cannot be done",
    "manage.restr.subscriber": "Who is to be told nothing",
    "manage.restr.recipient": "Or who else, by name",
    "manage.restr.request": "What the person asks, in their words",
    "manage.restr.ask": "Record the request",
    "manage.acc.how.notice": "Notice",
    "manage.acc.how.key": "Read by a program",
    "manage.acc.how.export": "File",
    "manage.acc.how.record": "Own record",
    "manage.acc.how.emergency": "Emergency",
    "manage.acc.what.tax_report": "tax report",
    "manage.acc.what.hours": "hours attended",
    "manage.acc.what.openings": "openings",
    "manage.acc.what.record": "everything on record",
    "manage.acc.times": "{count} times that day",
    "manage.acc.nobody_named": "to whoever asked for it",
    "manage.acc.file": "All as a file (CSV)",
    "manage.acc.more": "These are the latest; the file has all.",
    "manage.acc.for_openings": "File of openings",
    "manage.acc.for_tax": "Tax report for {year}",
}
