"""Why somebody cannot be reminded."""

from typing import Final

from service.core.words.refusals.sentence import Catalog, Sentence

SENTENCES: Final[Catalog] = {
    "invalid.no_phone_to_remind": Sentence(
        "No telephone number of theirs is on record; write one down first, or remind them by mail."
    ),
    "invalid.no_mail_to_remind": Sentence(
        "No mail address of theirs is on record; write one down first, or remind them by text."
    ),
}
