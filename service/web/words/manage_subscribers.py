"""Texts of the pages of subscribers."""

from typing import Final

from service.core.catalogs import Texts, plural

WORDS: Final[Texts] = {
    "manage.sub.lead": (
        "Other systems that are told what happens here, such as your record system. They get "
        "ids, times and amounts; never a name or a test result."
    ),
    "manage.sub.all": "Who is told",
    "manage.sub.none": (
        "Nobody is told anything yet. Add the first one below; nothing is sent until you do."
    ),
    "manage.sub.types_n": plural("1 kind of notice", "{count} kinds of notice"),
    "manage.sub.consent_yes": "only with consent",
    "manage.sub.consent_no": "no consent needed",
    "manage.sub.add": "Add a subscriber",
    "manage.sub.add_do": "Add and show its secret",
    "manage.sub.url": "Its address (URL)",
    "manage.sub.url_hint": "Where it takes notices, beginning with https://",
    "manage.sub.types": "What it is told",
    "manage.sub.format": "How it is told",
    "manage.sub.format.plain": "Plain notices (JSON)",
    "manage.sub.format.fhir": "FHIR, for a record system",
    "manage.choose_type": "Choose at least one.",
    "manage.sub.consent": "Only of people who consented",
    "manage.sub.consent_hint": (
        "Leave this on unless your agreement with them says otherwise (42 CFR part 2)."
    ),
    "manage.type.event_recorded": "A visit was recorded",
    "manage.type.award_posted": "Somebody earned something",
    "manage.type.balance_changed": "A balance changed",
    "manage.type.redemption_held": "A reward was asked for",
    "manage.type.redemption_given": "A reward was handed over",
    "manage.type.redemption_canceled": "A reward was canceled",
    "manage.type.redemption_ordered": "A reward was ordered from its provider",
    "manage.type.redemption_failed": "A reward was not delivered",
    "manage.type.redemption_reversed": "A reward was paid back",
    "manage.type.enrollment_opened": "Somebody joined a program",
    "manage.type.enrollment_closed": "Somebody left a program",
    "manage.type.draw_made": "Prizes were drawn",
    "manage.type.budget_reached": "A budget was nearly or fully spent",
    "manage.type.cap_reached": "Somebody came near a cap",
    "manage.type.audit_checkpoint": "The audit trail was signed",
    "manage.type.test_ping": "A test",
    "manage.state.unused": "Nothing sent yet",
    "manage.state.healthy": "Working",
    "manage.state.slow": "Slow",
    "manage.state.failing": "Not answering",
    "manage.state.disabled": "Turned off",
    "manage.state_says.unused": "Nothing was sent to it yet. Send a test to see whether it answers.",
    "manage.state_says.healthy": "Everything that was due has arrived.",
    "manage.state_says.slow": "It answers, but notices wait longer than two minutes. Nothing is lost.",
    "manage.state_says.failing": (
        "It did not accept some notices. We try again for about three days. See the answers below."
    ),
    "manage.state_says.disabled": (
        "Nothing is sent to it. What happens is kept, and goes out when you turn it on again."
    ),
    "manage.state_says.gone": (
        "It answered that it wants no more notices (410), so it was turned off. What "
        "happens is kept. Ask the people who run it, then turn it on again."
    ),
    "manage.sub.now": "How it stands",
    "manage.sub.waiting": "Waiting",
    "manage.sub.oldest": "Oldest waiting",
    "manage.sub.disabled_at": "Turned off",
    "manage.sub.both_until": "Old secret signs until",
    "manage.sub.ping": "Send a test",
    "manage.sub.enable": "Turn on",
    "manage.sub.disable": "Turn off",
    "manage.sub.rotate": "New secret",
    "manage.sub.made": "Added. Copy its secret now",
    "manage.sub.secret_why": (
        "Give it to the people who run the other system. It proves that a notice is "
        "from you. You can see it only now."
    ),
    "manage.sub.rotated": "The new secret. Copy it now",
    "manage.sub.rotated_why": (
        "For 24 hours every notice is signed with both, so there is time to change it there. "
        "It is shown this once and never again."
    ),
    "manage.secret": "Secret",
    "manage.sub.done.pinged": "The test is on its way. Its answer comes up below within seconds.",
    "manage.sub.done.replayed": "{count} notices are on their way again.",
    "manage.sub.done.replayed_one": "It is on its way again.",
    "manage.sub.done.changed": "Saved.",
    "manage.sub.done.enabled": "It is turned on. What was kept goes out now.",
    "manage.sub.done.disabled": "It is turned off. Notices are kept.",
    "manage.sub.deliveries": "What was sent",
    "manage.sub.only": "Show only",
    "manage.sub.no_deliveries": ("Nothing here. Notices come up as soon as something happens at the clinic."),
    "manage.sub.number": "no. {number}",
    "manage.sub.attempts_n": "Tries: {count}",
    "manage.sub.took": "{ms} ms",
    "manage.sub.next_at": "Tried again: {at}",
    "manage.sub.replay_one": "Send again",
    "manage.delivery.waiting": "On its way",
    "manage.delivery.delivered": "Arrived",
    "manage.delivery.failed": "Not taken yet",
    "manage.delivery.dead": "Given up",
    "manage.delivery.withheld": "Not sent: no consent",
    "manage.attempt.delivered": "Arrived",
    "manage.attempt.failed": "Not taken",
    "manage.attempt.gone": "Wants no more notices",
    "manage.attempt.withheld": "Not sent: no consent in force",
    "manage.attempt.refused": "Not sent: its address is not allowed",
    "manage.sub.replay": "Send a range again",
    "manage.sub.replay_why": (
        "For when the other system lost something. Each notice goes out with its own id, so "
        "what is there already is known there."
    ),
    "manage.sub.undelivered": "Only what has not arrived",
    "manage.sub.replay_do": "Send again",
    "manage.sub.change": "Change it",
    "manage.sub.delete": "Delete",
    "manage.sub.delete_sure": "Yes, delete it for good. What it was told stays on record.",
}
