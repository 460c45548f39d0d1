"""Why an event, a correction or a closure was not recorded."""

from typing import Final

from service.core.words.refusals.sentence import Catalog, Sentence

SENTENCES: Final[Catalog] = {
    "not_found.event": Sentence(
        "There is no such event.", page="There is no such record. Go back and look for it again."
    ),
    "not_found.missed_visit": Sentence("The visit is no longer missing."),
    "reference_reserved": Sentence(
        "References that begin with `{prefix}` are those of visits that nobody came to, which the service "
        "records itself; choose another."
    ),
    "reference_conflict.event": Sentence(
        "This reference is on record with other content, which `event` names; send `corrects: true` if this "
        "is its corrected report, correct that event, or use a new reference.",
        page="This reference is on record with other content. Use a new one, or correct that record.",
    ),
    "reference_conflict.taken": Sentence(
        "Its reference names another event by now, which `event` names; withdraw that one first.",
        page="Its reference names another record by now. Withdraw that one first.",
    ),
    "already_recorded": Sentence(
        "{outcome} is on record for {day} at {time}; correct that event, or send this one with "
        "`another: true` if a second one is meant.",
        page=(
            "{outcome} was recorded for {day} at {time}. Correct that record, or say that this is another "
            "visit."
        ),
    ),
    "already_recorded.meanwhile": Sentence(
        "Another event of that day was recorded meanwhile, which `event` names; withdraw that one first.",
        page="Another visit of that day was recorded meanwhile. Withdraw that record first.",
    ),
    "forbidden.corrects": Sentence(
        "Your role does not correct the record; leave `corrects` out, or ask a clinician.",
        page="Your role does not correct the record. Ask a clinician.",
    ),
    "invalid.addition_of_nothing": Sentence("Give a note, evidence, or both."),
    "not_found.reference": Sentence(
        "No event has this reference.", page="No record has this reference. Check it."
    ),
    "invalid.correction_of_nothing": Sentence(
        "Name what is corrected: either its `reference` or the id of the `event`.",
        page="Say what is corrected: by its reference, or from the list of records.",
    ),
    "event_in_future": Sentence(
        "occurred_at lies in the future; record an event once it has happened.",
        page="This day and time are in the future. Correct them, or record the visit when it has happened.",
    ),
    "outside_enrollment.before": Sentence(
        "The event's local day is {day}; the enrollment holds from {first_day}.",
        page="{day} is before they joined the program on {first_day}. Correct the day.",
    ),
    "outside_enrollment.closed": Sentence(
        "The event's local day is {day}; the enrollment holds from {first_day} to {last_day}.",
        page="{day} is outside the enrollment, which holds from {first_day} to {last_day}. Correct the day.",
    ),
    "recorded_too_late": Sentence(
        "The program takes visits up to {days} days back; ask a clinician to correct the record."
    ),
    "invalid.quantity": Sentence("`{text}` in {column} is no quantity; write a number such as 3.5."),
    "invalid.quantity_unwanted": Sentence(
        "Target `{target}` counts no quantity; leave it out.", page="This counts no quantity. Leave it out."
    ),
    "invalid.quantity_fine": Sentence(
        "quantity has more than two decimals; round it as the clinic does, such as 3.25.",
        page="The quantity has more than two decimals. Round it as your clinic does, such as 3.25.",
    ),
    "invalid.minutes": Sentence("`{text}` in {column} is no number of minutes; write one from 1 to 1440."),
    "invalid.minutes_unwanted": Sentence(
        "Target `{target}` is no attendance, so it has no minutes; leave them out.",
        page="Minutes are for sessions that somebody attends. Leave them out here.",
    ),
    "invalid.minutes_of_nobody": Sentence(
        "With the outcome {outcome!r} nobody was there; leave the minutes out.",
        page="Nobody was there, so there are no minutes. Leave them out.",
    ),
    "invalid.minutes_of_correction": Sentence(
        "Only a correction of kind minutes names minutes; leave them out.",
        page="Minutes go with a change of the minutes alone. Leave them out.",
    ),
    "invalid.minutes_missing": Sentence(
        "A correction of kind minutes names how many there were.",
        page="Say how many minutes there were.",
    ),
    "invalid.same_minutes": Sentence("{minutes} minutes are on record already; name another number."),
    "already_recorded.minutes": Sentence(
        "This event is on record with other minutes ({minutes}); send it with corrects: true to change them.",
        page="This visit is on record with other minutes ({minutes}). Correct the record to change them.",
    ),
    "outcome_not_allowed": Sentence("{behavior} has no outcome {outcome!r}; it has {known}."),
    "invalid.event_about_nothing": Sentence("Name an enrollment and target, or a participant and behavior."),
    "unknown_target": Sentence("The program has no such target; it has {known}."),
    "unknown_target.unnamed": Sentence(
        "Name the target that the event is for.",
        page="Say what this record is about: choose one of the list.",
    ),
    "ambiguous_enrollment": Sentence(
        "More than one target could be meant; name the enrollment and the target."
    ),
    "not_enrolled": Sentence(
        "The participant has no open enrollment with such a target; enroll them, or name the enrollment."
    ),
    "already_corrected.withdrawn": Sentence(
        "This event was withdrawn already; withdraw that correction to bring it back, or record it anew.",
        page=(
            "This record was withdrawn already. Take that correction back to have it again, or "
            "record it anew."
        ),
    ),
    "already_corrected.correction": Sentence("This correction was withdrawn already."),
    "already_corrected.same_outcome": Sentence(
        "The event was corrected to {outcome} already.",
        page="This record was corrected to {outcome} already. Load the page again to see it.",
    ),
    "already_corrected.undone": Sentence("This was undone or corrected already; nothing more was changed."),
    "invalid.correction_kind": Sentence(
        "A correction can only be withdrawn (entry_error); correct the event itself for anything else.",
        page="A correction can only be withdrawn. For anything else, correct the record itself.",
    ),
    "invalid.outcome_unwanted": Sentence(
        "Only a lab_overturn names an outcome; leave it out.",
        page="Only a change by the laboratory names an outcome. Leave it out.",
    ),
    "invalid.outcome_missing": Sentence(
        "A lab_overturn names the outcome that stands now.",
        page="A change by the laboratory names the right outcome. Choose it.",
    ),
    "outcome_not_allowed.overturn": Sentence(
        "A lab_overturn puts one of these in place: {known}.",
        page="A change by the laboratory puts one of these in place: {known}.",
    ),
    "same_person.overturn": Sentence(
        "Whoever recorded a result does not overturn or withdraw it alone; ask a colleague to correct it."
    ),
    "same_person.excuse": Sentence(
        "Somebody else than recorded an event excuses it; ask a colleague.",
        page="In this program, whoever recorded a visit does not excuse it. Ask a colleague.",
    ),
    "invalid.same_outcome": Sentence(
        "The event was recorded as {outcome}; there is nothing to change.",
        page="It was recorded as {outcome}. There is nothing to change.",
    ),
    "forbidden.undo_others": Sentence(
        "Only whoever recorded this can undo it; ask them, or a clinician to correct it."
    ),
    "forbidden.undo_late": Sentence("It is too late to undo this; ask a clinician to correct the record."),
    "forbidden.undo_alone": Sentence(
        "Nobody takes back so much alone here; propose it on the person's page of rewards."
    ),
    "outside_enrollment.stays_withdrawn": Sentence(
        "The enrollment ended on {day}, before this event's day; it stays withdrawn."
    ),
    "not_found.closure": Sentence("There is no such closure."),
    "invalid.closure_length": Sentence(
        "A closure ends on its first day or later, and lasts at most {days} days."
    ),
    "invalid.closure_far": Sentence("A closure begins within {days} days of today; look at its year."),
    "invalid.closure_of_many": Sentence(
        "More than {visits} missed visits lie on these days; enter the closure in parts."
    ),
    "closure_begun": Sentence("The closure began on {day}; only one that lies ahead is taken back."),
    "invalid.visits_of_many_days": Sentence(
        "At most {days} days are shown at once, from since to until; ask for fewer.",
        page="At most {days} days are shown at once. Ask for fewer.",
    ),
    "reference_conflict.appointment": Sentence(
        "This appointment is somebody else's on record; look at both people."
    ),
    "not_found.planned_visit": Sentence(
        "No visit of this target is expected on {day}.",
        page="No such visit is expected on {day}. Load the page again.",
    ),
    "invalid.plan_of_nothing": Sentence(
        "Name the day that the visit is expected on (`due_on`), the day that it moves to (`day`), or both.",
        page="Say on which day the visit is expected, to which day it moves, or both.",
    ),
    "invalid.visit_over": Sentence(
        "The visit of {day} is on record, or its time is over; correct or excuse what was recorded."
    ),
    "invalid.visit_outside": Sentence(
        "{day} is outside the enrollment, which has visits from {first_day} to {last_day}."
    ),
    "invalid.visit_in_past": Sentence("{day} is over; plan a visit for today or later."),
    "invalid.visit_on_closed_day": Sentence("The clinic is closed on {day}; choose another day."),
    "invalid.visit_day_taken": Sentence(
        "A visit of this target is expected on {day} already; choose another day.",
        page="Such a visit is expected on {day} already. Choose another day.",
    ),
}
