"""Why a source or a mapping cannot be right, why nothing was taken in, and why a message waits."""

from typing import Final

from service.core.words.refusals.sentence import Catalog, Sentence, changed_meanwhile

SENTENCES: Final[Catalog] = {
    "invalid.pull_client": Sentence("`token_url` and `client_id` go together. Give both, or neither."),
    "not_found.source": Sentence("There is no such source."),
    "not_found.message": Sentence("There is no such message."),
    "unauthenticated.source": Sentence(
        "No source of ours sent this: the address is unknown, or the signature or token is not right."
    ),
    "precondition_failed.source": changed_meanwhile(
        "The source was changed meanwhile; read it again and change that."
    ),
    "invalid.source_secret": Sentence(
        "A secret of Standard Webhooks is `whsec_` and base64 of 24 to 64 bytes; or leave it out."
    ),
    "already_settled.message_discarded": Sentence("The message was discarded; it is not tried again."),
    "already_settled.undiscarded_kept": Sentence(
        "The message is kept; only one that waits for review is corrected or discarded."
    ),
    "already_settled.undiscarded_recorded": Sentence(
        "The message is recorded; only one that waits for review is corrected or discarded."
    ),
    "already_settled.undiscarded_ignored": Sentence(
        "The message is ignored; only one that waits for review is corrected or discarded."
    ),
    "already_settled.undiscarded_discarded": Sentence(
        "The message is discarded; only one that waits for review is corrected or discarded."
    ),
    "internal.message": Sentence("Something unforeseen happened to this message; it was logged."),
    "malformed.message": Sentence(
        "The message is not JSON that can be read; it must be JSON in UTF-8, not nested too deeply."
    ),
    "invalid.message_year": Sentence(
        "{at}: The year must lie between {least} and {most}.",
        page="The year must be between {least} and {most}. Look at the time of the message.",
    ),
    "message.no_outcome": Sentence("Nothing stands here, and it must say the outcome."),
    "message.nobody": Sentence("Nothing stands here, and it must say whom the event is about."),
    "message.no_time": Sentence("Nothing stands here, and it must say when it happened."),
    "message.not_known": Sentence("This field is not known here."),
    "message.not_a_value": Sentence("A list or an object stands here; name a place inside it."),
    "message.word": Sentence("`{word}` is not among the words of the mapping; add it there."),
    "message.not_rfc3339": Sentence("This is not a time with its offset by RFC 3339."),
    "message.not_epoch": Sentence("This is not a number of seconds or milliseconds since 1970."),
    "message.far_epoch": Sentence("This is further from 1970 than any event; is it in seconds?"),
    "message.not_of_pattern": Sentence("This is not a time of the form `{pattern}`."),
    "mapping.not_a_place": Sentence(
        "This is not a path that is read (RFC 9535, with one `..`); write one such as `$.result.code`."
    ),
    "mapping.about_nobody": Sentence("Say whom an event is about: a participant or an enrollment."),
    "mapping.fixed_person": Sentence("Whom an event is about must be read from the message."),
    "mapping.about_nothing": Sentence("Say what an event is about: a behavior or a target."),
    "mapping.empty_rule": Sentence(
        "Say where it stands in the message (`at`), or what it always is (`value`)."
    ),
    "mapping.words_of_nothing": Sentence(
        "There is nothing to put into other words: say where it stands (`at`)."
    ),
    "mapping.pattern_unwanted": Sentence("A pattern is given exactly where the form is `pattern`."),
    "mapping.directive": Sentence("`%{letter}` is not read; there are {known}."),
    "mapping.pattern_parts": Sentence(
        "Name the year, month and day, each part once, and minutes or a zone only after an hour."
    ),
    "mapping.zone_unwanted": Sentence("Times of this form have their own offset; leave it out."),
    "mapping.zone": Sentence("This is not the name of a time zone; write one such as America/Los_Angeles."),
    "mapping.behavior": Sentence("`{word}` is no behavior; there are {known}."),
    "mapping.outcome": Sentence("`{word}` is no outcome here; there are {known}."),
}
