"""Texts of the pages of sources and their messages."""

from typing import Final

from service.core.catalogs import Texts

WORDS: Final[Texts] = {
    "manage.src.lead": (
        "Other systems that send results here, such as a laboratory. Each message "
        "becomes a visit by itself. One that we cannot understand waits for you."
    ),
    "manage.src.all": "Where messages come from",
    "manage.src.none": "Nothing sends messages here yet. Add the first source below.",
    "manage.src.unnamed": "A source without a name",
    "manage.src.kind.standard_webhooks": "Standard Webhooks or Svix",
    "manage.src.kind.plain_hmac": "A signature in a header (HMAC-SHA256)",
    "manage.src.kind.bearer": "A token (Bearer)",
    "manage.src.kind_why.standard_webhooks": "The safest. Choose it if the other system offers it.",
    "manage.src.kind_why.plain_hmac": "As GitHub does it: the hash of the message under the secret.",
    "manage.src.kind_why.bearer": (
        "The secret itself goes with each message. Only if it can do nothing else."
    ),
    "manage.src.mapped": "read by a mapping",
    "manage.src.plain": "sends our own form",
    "manage.src.waits_n": "{count} to look at",
    "manage.src.waits": "To look at",
    "manage.src.nothing_waits": "Nothing waits",
    "manage.src.add": "Add a source",
    "manage.src.add_do": "Add and show its secret",
    "manage.src.name": "Name",
    "manage.src.name_hint": "Such as: county laboratory",
    "manage.src.how": "How it shows that a message is from it",
    "manage.src.choose_kind": "Choose one.",
    "manage.src.header": "Header of the signature",
    "manage.src.header_hint": "Only for a signature in a header. Empty means x-hub-signature-256.",
    "manage.src.made": "Added. Copy its secret now",
    "manage.src.secret_why": (
        "Enter it in the other system, with the address below. You can see it only now."
    ),
    "manage.src.rotated_why": (
        "For 24 hours both are believed, so there is time to change it there. It is shown this "
        "once and never again."
    ),
    "manage.src.both_until": "The secret before is believed until {at}.",
    "manage.src.address": "Address for its messages",
    "manage.src.address_hint": "It posts each message to this address of this server.",
    "manage.src.done.saved": "Saved. Try the waiting messages again to read them this way.",
    "manage.src.done.retried": "They are tried again now. Load this page again in a few seconds.",
    "manage.src.review": "Messages to look at",
    "manage.src.review_none": "Every message was understood, or none came yet.",
    "manage.src.retry_all": "Try all again",
    "manage.src.why": "Not understood:",
    "manage.src.mapping": "How its messages are read",
    "manage.src.mapping_why": (
        "Say where each thing is in a message, and what their words mean in ours. Try "
        "it on a sample before you save. Trying records nothing."
    ),
    "manage.src.mapping_hint": "As JSON. Leave it empty if they send our own form.",
    "manage.src.mapping_fault": "This cannot be read as a mapping: {why}",
    "manage.src.preset.oru": "To begin with: a laboratory report in HL7 version 2 (ORU^R01)",
    "manage.src.preset.fhir": "To begin with: reports and observations in FHIR R4",
    "manage.src.preset.mirth": "To begin with: JSON from an integration engine",
    "manage.src.preset.siu": "To begin with: a scheduler's appointments in HL7 version 2 (SIU)",
    "manage.src.preset.appointment": "To begin with: appointments in FHIR R4",
    "manage.src.preset.adt": ("To begin with: who people are, in HL7 version 2 (ADT: made, renamed, merged)"),
    "manage.src.sample": "A sample of a message",
    "manage.src.sample_hint": (
        "Paste one as it comes: JSON, or HL7 where the mapping says so. It is not kept."
    ),
    "manage.src.sample_fault": "This is not JSON. Paste a whole message.",
    "manage.src.try": "Try on the sample",
    "manage.src.tried.final": "It would be recorded as this",
    "manage.src.tried.preliminary": "It would be recorded as pending, until its result comes",
    "manage.src.tried.corrected": (
        "It would correct what is on record under its reference, or be recorded as this"
    ),
    "manage.src.tried.withdrawn": "It would withdraw what is on record under this reference",
    "manage.src.tried.visit": "They would be expected on this day",
    "manage.src.tried.visit_canceled": (
        "The visit of this appointment would be called off, and not be missed"
    ),
    "manage.src.tried.person": "This would be noted of the person",
    "manage.src.tried.person_merged": (
        "The former numbers would lead to this person; two charts would be one"
    ),
    "manage.src.day_alone": ("It names the day and no time, so noon stands for it, and the visit says so."),
    "manage.src.tried_ignored": "It would be ignored, as the mapping says",
    "manage.src.tried_review": "It would wait for you to look at",
    "manage.src.delete": "Delete this source",
    "manage.src.delete_sure": "Yes, take nothing more from it. What came stays on record.",
    "manage.msg.back": "Its source",
    "manage.msg.title": "Message: {at}",
    "manage.msg.status.kept": "Being read",
    "manage.msg.status.recorded": "Recorded",
    "manage.msg.status.ignored": "Ignored",
    "manage.msg.status.review": "To look at",
    "manage.msg.status.discarded": "Discarded",
    "manage.msg.says.kept": "It came in and is being read",
    "manage.msg.says.recorded": "It was understood and done",
    "manage.msg.says.ignored": "The mapping says that it is no visit",
    "manage.msg.says.review": "Why it could not be understood",
    "manage.msg.says.discarded": "Somebody found that it is no visit",
    "manage.msg.effect.recorded": "A visit was recorded.",
    "manage.msg.effect.corrected": "A visit was corrected.",
    "manage.msg.effect.withdrawn": "A visit was withdrawn.",
    "manage.msg.effect.known": "It was on record already.",
    "manage.msg.effect.planned": "A visit is expected.",
    "manage.msg.effect.canceled": "A visit was called off.",
    "manage.msg.effect.registered": "Somebody was registered.",
    "manage.msg.effect.changed": "A person's details were changed.",
    "manage.msg.effect.merged": "Two charts of one person were merged.",
    "manage.msg.tries": "Tries so far: {count}",
    "manage.msg.retry": "Try again",
    "manage.msg.mend": "Change the mapping",
    "manage.msg.body": "What is in it",
    "manage.msg.again": "Map it again",
    "manage.msg.merge": "Look at both charts",
    "manage.msg.masked": "Names, births, addresses and free texts are left out.",
    "manage.msg.unmasked": "This cannot be read, so nothing of it is shown until you ask for it.",
    "manage.msg.whole": "Show all of it",
    "manage.msg.mask": "Leave names out",
    "manage.msg.correct": "Correct it",
    "manage.msg.correct_hint": (
        "Say what it should have said. It is recorded as yours, and this message stands as that visit."
    ),
    "manage.msg.field.participant_reference": "Number of the person",
    "manage.msg.field.target": "Target",
    "manage.msg.field.outcome": "Outcome",
    "manage.msg.field.occurred_at": "Day and time",
    "manage.msg.field.reference": "Reference",
    "manage.msg.reference_hint": "Optional, such as the number of the specimen.",
    "manage.msg.choose_time": "Choose the day and time.",
    "manage.msg.fill": "Fill this in.",
    "manage.msg.record": "Record this visit",
    "manage.msg.discard": "Discard it",
    "manage.msg.reason": "Reason",
    "manage.msg.reason_hint": "It stays on record with this reason.",
}
