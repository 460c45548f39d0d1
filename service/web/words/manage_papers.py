"""Texts of the page of the audit trail, and of audit packs."""

from typing import Final

from service.core.catalogs import Texts

WORDS: Final[Texts] = {
    "manage.audit.lead": (
        "Everything that anybody did or read, newest first. Nothing here can be changed: each "
        "line is sealed with the one before it."
    ),
    "manage.audit.who": "Who",
    "manage.audit.deed": "What was done",
    "manage.audit.anything": "Anything",
    "manage.audit.about": "About (code or reference)",
    "manage.audit.show": "Search",
    "manage.audit.clear": "Clear",
    "manage.audit.none": "Nothing matches. Remove something from the search.",
    "manage.audit.about_code": "about {code}",
    "manage.audit.number": "no. {number}",
    "manage.audit.only_who": "only theirs",
    "manage.audit.only_about": "only about them",
    "manage.audit.details": "Details and seal",
    "manage.audit.hash": "Hash",
    "manage.audit.previous": "Hash before it",
    "manage.audit.digest": "Digest of what it says",
    "manage.audit.subject": "Id",
    "manage.audit.checkpoint": "Download a checkpoint",
    "manage.audit.checkpoint_why": (
        "A checkpoint is the latest seal. Keep it outside this service: if it still matches "
        "later, nothing before it was changed."
    ),
    "manage.pack.title": "Audit pack",
    "manage.pack.lead": (
        "One file for an auditor: what was recorded, what it earned and why, draws, corrections and who "
        "did it. A checker in the file works it all out again without this service."
    ),
    "manage.pack.which": "Choose a person, a program, a period, or several of them together.",
    "manage.pack.person": "Person (code or reference)",
    "manage.pack.program": "Program",
    "manage.pack.any_program": "Any program",
    "manage.pack.recipient": "Who gets it",
    "manage.pack.recipient_why": "It is written down as a disclosure of everybody in the file.",
    "manage.pack.names": "With names and references (without, people are known by ids alone)",
    "manage.pack.make": "Make the file",
    "manage.pack.then": "How it is checked",
    "manage.pack.then_what": (
        "Unpack the file and run python3 check.py in its folder. Give the auditor the key of your "
        "checkpoints in another way, so that they can compare it."
    ),
    "manage.audit.pack": "Make an audit pack",
    "manage.role.front_desk": "front desk",
    "manage.role.clinician": "clinician",
    "manage.role.manager": "manager",
    "manage.role.auditor": "auditor",
    "manage.role.integration": "another system",
    "manage.role.participant": "a participant",
    "manage.role.system": "the service",
    "manage.someone": "Somebody",
    "manage.the_service": "The service itself",
}
