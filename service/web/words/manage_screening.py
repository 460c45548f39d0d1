"""Texts of a program's questions before enrolling, in Manage and at the desk."""

from typing import Final

from service.core.catalogs import Texts

WORDS: Final[Texts] = {
    "manage.screen.open": "Questions before enrolling",
    "manage.screen.title": "Questions before enrolling",
    "manage.screen.lead": (
        "Whoever is to be enrolled in this program is asked these first. Answers are kept encrypted, with "
        "who asked and when."
    ),
    "manage.screen.none": "Nothing is asked yet: everybody can be enrolled.",
    "manage.screen.now": "What is asked",
    "manage.screen.change": "Change what is asked",
    "manage.screen.change_says": (
        "Leave the English empty to take a question out. Whoever answered other questions is asked anew."
    ),
    "manage.screen.question": "Question {number}",
    "manage.screen.en": "In English",
    "manage.screen.es": "In Spanish",
    "manage.screen.fits": "Fits with",
    "manage.screen.fits.yes": "fits with yes",
    "manage.screen.fits.no": "fits with no",
    "manage.screen.by_another": "An exception takes the approval of another person.",
    "manage.screen.save": "Ask these from now on",
    "manage.screen.done": "These are asked from now on.",
    "manage.screen.offered.diagnosis": "Do they have a stimulant use disorder that somebody diagnosed?",
    "manage.screen.offered.level_of_care": "Are they in a level of care that this program is for?",
    "manage.screen.offered.age": "Are they of an age that this program is for?",
    "manage.screen.offered.payer": "Does whoever pays cover this program?",
    "manage.screen.offered.not_in_another": "Are they in no other program of this kind, here or elsewhere?",
    "manage.deed.screening_questions_set": "set the questions before enrolling",
    "manage.deed.screening_answered": "kept the answers before enrolling",
    "manage.deed.screening_approved": "approved an exception before enrolling",
    "manage.deed.screening_listed": "read the answers before enrolling",
    "desk.screen.title": "Before they are enrolled",
    "desk.screen.says": "Ask each question. The answers are kept encrypted, with your name and the time.",
    "desk.screen.yes": "Yes",
    "desk.screen.no": "No",
    "desk.screen.exception": "Why they may begin all the same",
    "desk.screen.exception_hint": "Only where an answer does not fit.",
    "desk.screen.by_another": "A colleague has to approve it.",
    "desk.screen.save": "Keep the answers",
    "desk.screen.approve": "Approve the exception",
    "desk.screen.by": "Asked by {name}, {at}.",
    "desk.screen.approved": "Approved by {name}, {at}.",
    "desk.screen.status.fits": "Everything fits.",
    "desk.screen.status.does_not_fit": (
        "Something does not fit. Say why they may begin all the same, or choose another program."
    ),
    "desk.screen.status.exception": "They may begin by an exception.",
    "desk.screen.status.exception_asked": "The exception waits for a colleague.",
}
