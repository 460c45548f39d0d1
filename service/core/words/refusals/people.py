"""Why nothing was done for a participant: details, enrollments, consents, and moves between programs."""

from typing import Final

from service.core.words.refusals.sentence import Catalog, Sentence, changed_meanwhile

SENTENCES: Final[Catalog] = {
    "not_found.participant": Sentence("There is no such participant."),
    "unknown_participant": Sentence("There is no such participant."),
    "precondition_failed.participant": changed_meanwhile(
        "The participant was changed meanwhile; read it again and change that."
    ),
    "reference_conflict.other_details": Sentence(
        "This reference belongs to a participant with other details; change that one, or use another.",
        page=(
            "Someone with other details already has this number. Search for it before you add a new person."
        ),
    ),
    "reference_conflict.other_participant": Sentence(
        "This reference belongs to another participant; use one of its own."
    ),
    "reference_conflict.number_of_another": Sentence(
        "This number belongs to another participant, now or formerly; a number is one person's. If it was "
        "written down in error there, withdraw it first."
    ),
    "not_found.identifier": Sentence("The participant has no such identifier."),
    "invalid.identifiers_too_many": Sentence(
        "A participant has at most {most} identifiers; withdraw what was written down in error."
    ),
    "invalid.reference_is_changed": Sentence(
        "A participant has one reference in use: change the participant's reference, which ends the former "
        "one. A former one has its last day in `to`.",
        page=(
            "Somebody has one number of the clinic's own in use. To change it, change their details; the "
            "former one goes on finding them."
        ),
    ),
    "invalid.identifier_ends_early": Sentence(
        "The number is used since {day}; its last day cannot be earlier."
    ),
    "invalid.status_alone": Sentence(
        "Say the status that the day, the reason and what becomes of what they have go with."
    ),
    "forbidden.status": Sentence("A clinician or a manager says whether somebody is in care."),
    "invalid.gone_in_future": Sentence("Today is {day}; nobody is gone since a later day."),
    "invalid.person_gone": Sentence(
        "The participant is not in care since {day}; make them active again before they are enrolled."
    ),
    "invalid.no_code_for_gone": Sentence("The participant is not in care any more, and gets no code."),
    "guardian_consent_needed": Sentence(
        "The participant is, or may be, a minor; record a parent's or guardian's consent first "
        "(/v1/participants/{{participant}}/guardian-consents).",
        page="They are, or may be, a minor. Record the consent of a parent or guardian first.",
    ),
    "not_found.guardian_consent": Sentence("There is no such consent of a guardian."),
    "already_settled.guardian_consent": Sentence(
        "That consent was withdrawn before; record another one where it is given again."
    ),
    "invalid.consented_in_future": Sentence("Today is {day}; nobody consented on a later day."),
    "invalid.consents_too_young": Sentence(
        "By the year of birth they are not of age yet; a parent or guardian consents for them."
    ),
    "invalid.guardian_consents_many": Sentence(
        "There are {most} consents on record, which is the most; withdraw none, and record no more."
    ),
    "screening_needed": Sentence(
        "{program} asks questions before somebody is enrolled; post the answers to "
        "/v1/participants/{{participant}}/screenings first.",
        page="This program asks questions first. Ask them on the page of the person, then enroll.",
    ),
    "screening_needed.does_not_fit": Sentence(
        "What was answered does not fit {program}; post the answers again with an `exception` that says why "
        "they may begin all the same.",
        page=(
            "What was answered does not fit this program. Say why they may begin all the same, or choose "
            "another."
        ),
    ),
    "screening_needed.waits": Sentence(
        "The exception for {program} waits for another person; ask a colleague to approve it.",
        page="The exception waits for another person. Ask a colleague to approve it.",
    ),
    "not_found.screening": Sentence("There is no such screening."),
    "not_found.screening_questions": Sentence(
        "The program asks nothing before somebody is enrolled; they can be enrolled at once."
    ),
    "already_settled.screening": Sentence(
        "No exception waits there: it was approved, or none was asked for."
    ),
    "same_person.screening": Sentence(
        "Whoever asks for an exception does not approve it; ask a colleague.",
        page="You cannot approve your own exception. Ask a colleague.",
    ),
    "invalid.question_twice": Sentence("Two questions are named {name}; give each a name of its own."),
    "invalid.question_unknown": Sentence("The program asks no such question; it asks {known}."),
    "invalid.answered_twice": Sentence("A question is answered twice; answer each once."),
    "invalid.answers_missing": Sentence(
        "Every question is answered; these are not: {missing}.", page="Answer every question."
    ),
    "invalid.exception_unneeded": Sentence(
        "All answers fit, so there is no exception; leave its reason out.",
        page="All answers fit. Leave the reason for an exception empty.",
    ),
    "not_found.enrollment": Sentence("There is no such enrollment."),
    "unknown_enrollment": Sentence("There is no such enrollment."),
    "unknown_enrollment.of_participant": Sentence("The participant has no such enrollment."),
    "unknown_enrollment.other_program": Sentence("The enrollment is in {program}."),
    "unknown_program": Sentence("There is no such program."),
    "unknown_program.version": Sentence("There is no such program, or not in this version."),
    "unknown_program.later_version": Sentence("{program} has no version {version}; publish it first."),
    "invalid.starts_too_far_ahead": Sentence(
        "An enrollment starts at most {days} days ahead; look at the year of starts_on.",
        page="An enrollment starts at most {days} days ahead. Look at the year of the first day.",
    ),
    "invalid.ends_out_of_range": Sentence(
        "An enrollment ends on its start day or later, and lasts at most {days} days."
    ),
    "already_enrolled": Sentence(
        "The participant has an open enrollment in this program; close that one first."
    ),
    "enrollment_closed": Sentence("This enrollment was closed already, with {day} as its last day."),
    "invalid.closed_before_start": Sentence(
        "The enrollment starts on {day}; its last day cannot be earlier."
    ),
    "invalid.closed_after_end": Sentence("The enrollment ends on {day}; close it on that day or earlier."),
    "invalid.closed_too_far_ahead": Sentence(
        "The last day lies at most {days} days ahead; look at its year."
    ),
    "outside_enrollment.event_after_close": Sentence(
        "An event is recorded on {day}; close the enrollment on that day or later, or first withdraw what "
        "was "
        "recorded after {last_day} in error (a correction, entry_error).",
        page=(
            "There is a record of {day}. Close the enrollment on that day or later, or first withdraw what "
            "was "
            "recorded by mistake after {last_day}."
        ),
    ),
    "invalid.older_version": Sentence(
        "The enrollment is in version {version}; it moves to a newer one only."
    ),
    "unknown_target.not_in_version": Sentence(
        "Visits are recorded on {target}, which that version does not have."
    ),
    "invalid.quantity_not_in_version": Sentence(
        "{target} has events with a quantity, and that version does not count the same."
    ),
    "outcome_not_allowed.not_in_version": Sentence(
        "{target} has events recorded as {outcome}, which that version does not know."
    ),
    "invalid.next_start": Sentence("The last day is {day}; the next enrollment starts after it."),
    "not_found.consent": Sentence("There is no such consent."),
    "unknown_subscriber": Sentence("There is no such subscriber."),
    "invalid.consent_past": Sentence(
        "Today is {day}; the last day of a consent cannot be earlier.",
        page="The last day must be today or later.",
    ),
    "invalid.consent_to_nobody": Sentence(
        "Say who may be told: a subscriber, or a recipient by name or as a class.",
        page="Say who may be told: choose a subscriber, or write who it is.",
    ),
    "invalid.consent_class_unnamed": Sentence("Say which class of recipients is meant."),
    "invalid.consent_without_kind": Sentence(
        "`{field}` belongs to the whole form; say its `kind`, specific or tpo.",
        page="The kind of the consent is missing. Choose one.",
    ),
    "invalid.consent_of_nothing": Sentence("Say how much may be told, and of what kind."),
    "invalid.consent_without_end": Sentence(
        "A specific consent ends on a day (`expires_on`) or with an event (`ends_when`); only one for "
        "treatment, payment and operations may go without.",
        page="A consent of this kind needs an end. Give its last day, or say what ends it.",
    ),
    "invalid.consent_unsigned": Sentence("A consent is signed: say who signed it, how and when."),
    "invalid.signed_in_future": Sentence("Today is {day}; nobody has signed on a later day."),
    "invalid.signature_drawn": Sentence(
        "A drawn signature comes with its picture, a PNG or a JPEG in Base64; others come without one.",
        page="A drawn signature needs its picture, a PNG or a JPEG. Choose a file, or sign otherwise.",
    ),
    "not_found.restriction": Sentence("There is no such restriction."),
    "invalid.restriction_for_nobody": Sentence(
        "Say who is to be told nothing: a subscriber, or a recipient.",
        page="Say who is to be told nothing: choose a subscriber, or write who it is.",
    ),
    "already_settled.restriction": Sentence("This request was agreed to or declined before."),
    "already_settled.restriction_not_agreed": Sentence(
        "This restriction is not in force, so there is nothing to end."
    ),
    "not_found.emergency": Sentence("There is no such look in an emergency."),
    "same_person.review_emergency": Sentence(
        "Whoever opened a record does not look that over; ask another manager."
    ),
    "already_settled.emergency": Sentence("This look was looked over before."),
    "forbidden.whole_record": Sentence(
        "A whole record is taken along by the person or a manager; in an emergency, open it with a reason "
        "first."
    ),
    "invalid.erased_early": Sentence(
        "The record is kept until {day} (RETENTION_DAYS); propose it then.",
        page="The record is kept until {day}. Propose it then.",
    ),
    "not_found.erasure": Sentence("There is no such erasure."),
    "same_person.approve_erasure": Sentence(
        "Whoever proposes an erasure does not settle it; ask another manager to approve it.",
        page="You cannot approve your own proposal. Ask another manager to approve it.",
    ),
    "same_person.refuse_erasure": Sentence(
        "Whoever proposes an erasure does not settle it; ask another manager to refuse it.",
        page="You cannot refuse your own proposal. Ask another manager to refuse it.",
    ),
    "already_settled.erasure_approved": Sentence("This erasure is done already; nothing more is to be done."),
    "already_settled.erasure_refused": Sentence(
        "This erasure is already refused; nothing more is to be done."
    ),
    "already_settled.erasure_approved_propose_anew": Sentence(
        "This erasure is done already, and cannot be undone."
    ),
    "already_settled.erasure_refused_propose_anew": Sentence(
        "This erasure is already refused; propose a new one instead."
    ),
    "consent_revoked": Sentence("The consent was revoked before."),
}
