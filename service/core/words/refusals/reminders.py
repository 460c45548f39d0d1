"""Why somebody cannot be reminded."""

from typing import Final

from service.core.words.refusals.sentence import Catalog, Sentence

SENTENCES: Final[Catalog] = {
    "invalid.no_phone_to_remind": Sentence(
        "No telephone number of theirs is on record; write one down first, or remind them by mail.",
        "No hay un teléfono registrado. Anótalo primero o usa el correo.",
    ),
    "invalid.no_mail_to_remind": Sentence(
        "No mail address of theirs is on record; write one down first, or remind them by text.",
        "No hay un correo registrado. Anótalo primero o usa mensajes de texto.",
    ),
}
