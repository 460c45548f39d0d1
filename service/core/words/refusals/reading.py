"""Why a message of another system cannot be read, and why a mapping that reads panels cannot be right."""

from typing import Final

from service.core.words.refusals.sentence import Catalog, Sentence

SENTENCES: Final[Catalog] = {
    "malformed.message_values": Sentence("The message holds more values than are read."),
    "malformed.er7": Sentence("The message is not HL7 version 2: it must begin with MSH and its delimiters."),
    "malformed.er7_segment": Sentence("Line {line} is not a segment of an HL7 message."),
    "malformed.er7_charset": Sentence(
        "The message is not written in the character set that it names, or `{charset}` is not read here."
    ),
    "invalid.message_of_two": Sentence(
        "The numbers of this message lead to {count} people; one message is about one person."
    ),
    "message.pattern_of_two_meanings": Sentence(
        "The pattern `{pattern}` can be read in two ways; write it anew in the mapping."
    ),
    "message.not_hl7_time": Sentence("This is not a time as HL7 writes it, such as 20260302073000-0500."),
    "message.not_fhir_time": Sentence(
        "This is not a time as FHIR writes it, such as 2026-03-02T07:30:00-05:00."
    ),
    "message.no_day": Sentence("This names no day; an event needs at least that."),
    "message.time_skipped": Sentence("The clocks of {zone} skip this time; it needs its offset."),
    "message.time_twice": Sentence("The clocks of {zone} show this time twice; it needs its offset."),
    "message.several_values": Sentence(
        "{count} different values stand here, and it must be one; name it by a filter."
    ),
    "message.no_parts": Sentence("Nothing stands here, and each thing here would be an event."),
    "message.no_status": Sentence("Nothing stands here, and it must say whether the report is final."),
    "message.no_target": Sentence("Nothing stands here, and an appointment says by it what it is for."),
    "mapping.one_reading": Sentence(
        "A kind of message is an event, an appointment (`schedule`) or a person (`person`); leave this out."
    ),
    "mapping.schedule_needs": Sentence(
        "An appointment needs this: its own number, what it is for and when it is."
    ),
    "mapping.person_numbers": Sentence(
        "A person is found by `participant_reference` alone, which needs a place."
    ),
    "mapping.outcome_of_visit": Sentence(
        "This is no outcome that a visit can have: {word}; there are {known}."
    ),
    "invalid.merge_asked": Sentence(
        "Another system says that two charts are one person's; a manager looks at both and merges them, or "
        "discards this."
    ),
    "message.no_reference": Sentence(
        "Nothing stands here, and only its reference says what the report is about."
    ),
    "message.no_result": Sentence("No result stands here, and nothing is taken for negative."),
    "message.no_number": Sentence("`{word}` is not a number that can be compared."),
    "message.only_bounded": Sentence("`{word}` says too little of the number to compare it."),
    "message.other_unit": Sentence("The unit is `{unit}`, and the mapping compares in `{wanted}`."),
    "message.contradiction": Sentence("The finding and its flag contradict each other."),
    "message.analyte_missing": Sentence(
        "The report is final and lacks what the mapping needs: {analyte}. What is missing is not negative."
    ),
    "message.result_elsewhere": Sentence("`{reference}` is not in the message, so its result is not known."),
    "mapping.outcome_or_results": Sentence(
        "Say where the outcome stands (`outcome`), or how results make it (`results`): one of the two."
    ),
    "mapping.no_time": Sentence("Say when it happened."),
    "mapping.beside_messages": Sentence(
        "With `messages` each of them has this, and the mapping itself has not."
    ),
    "mapping.hides_others": Sentence("Without `only` it reads every message, and those after it none."),
    "mapping.target_unnamed": Sentence("With several targets each has its name."),
    "mapping.no_value_set": Sentence("There is no value set `{name}`; add it to `values`."),
    "mapping.no_words": Sentence("Say what findings mean: by `words`, `flags` or `cutoffs`."),
    "mapping.pattern_half_days": Sentence(
        "Hours of twelve (`%I`) and `%p` go together, and `%H` with neither."
    ),
    "mapping.pattern_digits": Sentence("Digits of its own would be taken for a part of the time."),
    "mapping.pattern_fraction": Sentence("`%f` follows `%S` and a point, and no other digits follow it."),
}
