"""Texts of the consent of a parent or guardian, at the desk and in Manage."""

from typing import Final

from service.core.catalogs import Texts

WORDS: Final[Texts] = {
    "manage.guard.title": "Consent of a parent or guardian",
    "manage.guard.need.minors": (
        "Minors are enrolled once a parent or guardian consented, by the year of birth where it is kept."
    ),
    "manage.guard.need.everybody": (
        "Everybody who is not known to be an adult is enrolled once a parent or guardian consented."
    ),
    "manage.guard.need.nobody": "Nobody is asked for the consent of a parent or guardian.",
    "manage.guard.who": "Who needs it",
    "manage.guard.pick.minors": "Minors",
    "manage.guard.pick.everybody": "Everybody not known to be an adult",
    "manage.guard.pick.nobody": "Nobody",
    "manage.guard.save": "Save",
    "manage.guard.done": "Who needs a consent is set.",
    "manage.deed.guardian_rule_set": "set who needs a guardian's consent",
    "manage.deed.guardian_consent_given": "recorded a guardian's consent",
    "manage.deed.guardian_consent_withdrawn": "recorded that a guardian's consent was withdrawn",
    "manage.deed.guardian_consent_listed": "read the consents of guardians",
    "desk.guard.title": "Parent or guardian",
    "desk.guard.says": "Read this to them, or print it for them to sign. Then record who consented.",
    # Translators: read aloud to a parent or guardian, in the participant's language.
    "desk.guard.words": (
        "I am the parent or legal guardian, or the law lets me consent. I was told that this program gives "
        "rewards for healthy steps, what they are worth, and how they are earned. Taking part is a choice: "
        "care goes on without it. I can withdraw this consent at any time by telling the clinic; what was "
        "earned before stays theirs."
    ),
    "desk.guard.name": "Name of who consents",
    "desk.guard.relation": "What they are to the participant",
    "desk.guard.relation.parent": "Parent",
    "desk.guard.relation.guardian": "Legal guardian",
    "desk.guard.relation.agency": "Agency that has custody",
    "desk.guard.relation.other": "Somebody else whom the law lets consent",
    "desk.guard.relation.self": "The participant, who turned 18 this year",
    "desk.guard.on": "Day of the consent",
    "desk.guard.add": "Record the consent",
    "desk.guard.known": "On record",
    "desk.guard.none": "No consent is on record.",
    "desk.guard.by": "Consented on {day}. Recorded by {name}.",
    "desk.guard.withdrawn": "Withdrawn {at}.",
    "desk.guard.withdraw": "It was withdrawn",
    "desk.guard.enroll": "Go on to enroll",
    "desk.guard.signed": "Name, signature, day",
    "desk.guard.done.added": "The consent is on record.",
    "desk.guard.done.withdrawn": "It is on record that the consent was withdrawn. Open enrollments go on.",
}
