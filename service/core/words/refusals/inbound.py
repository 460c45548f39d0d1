"""Why a source or a mapping cannot be right, why nothing was taken in, and why a message waits."""

from typing import Final

from service.core.words.refusals.sentence import Catalog, Sentence, changed_meanwhile

SENTENCES: Final[Catalog] = {
    "invalid.pull_client": Sentence(
        "`token_url` and `client_id` go together. Give both, or neither.",
        "`token_url` y `client_id` van juntos. Da los dos o ninguno.",
    ),
    "not_found.source": Sentence(
        "There is no such source.",
        "No existe esa fuente. Elige una de la lista.",
    ),
    "not_found.message": Sentence(
        "There is no such message.",
        "No existe ese mensaje. Elige uno de la lista.",
    ),
    "unauthenticated.source": Sentence(
        "No source of ours sent this: the address is unknown, or the signature or token is not right.",
        "Esto no lo envió ninguna de nuestras fuentes. Revisa la dirección y la firma o el token.",
    ),
    "precondition_failed.source": changed_meanwhile(
        "The source was changed meanwhile; read it again and change that."
    ),
    "invalid.source_secret": Sentence(
        "A secret of Standard Webhooks is `whsec_` and base64 of 24 to 64 bytes; or leave it out.",
        "Un secreto de Standard Webhooks es `whsec_` y base64 de 24 a 64 bytes. Escríbelo así o déjalo "
        "vacío.",
    ),
    "already_settled.message_discarded": Sentence(
        "The message was discarded; it is not tried again.",
        "Este mensaje se descartó. No se intenta de nuevo.",
    ),
    "already_settled.undiscarded_kept": Sentence(
        "The message is kept; only one that waits for review is corrected or discarded.",
        "Este mensaje aún se está leyendo. Solo se corrige o se descarta uno que espera revisión.",
    ),
    "already_settled.undiscarded_recorded": Sentence(
        "The message is recorded; only one that waits for review is corrected or discarded.",
        "Este mensaje ya se registró. Solo se corrige o se descarta uno que espera revisión.",
    ),
    "already_settled.undiscarded_ignored": Sentence(
        "The message is ignored; only one that waits for review is corrected or discarded.",
        "Este mensaje se pasó por alto. Solo se corrige o se descarta uno que espera revisión.",
    ),
    "already_settled.undiscarded_discarded": Sentence(
        "The message is discarded; only one that waits for review is corrected or discarded.",
        "Este mensaje ya se descartó. Solo se corrige o se descarta uno que espera revisión.",
    ),
    "internal.message": Sentence(
        "Something unforeseen happened to this message; it was logged.",
        "Algo falló de nuestro lado con este mensaje. Quedó anotado.",
    ),
    "malformed.message": Sentence(
        "The message is not JSON that can be read; it must be JSON in UTF-8, not nested too deeply.",
        "El mensaje no es JSON que se pueda leer. Debe ser JSON en UTF-8, sin demasiados niveles.",
    ),
    "invalid.message_year": Sentence(
        "{at}: The year must lie between {least} and {most}.",
        "El año debe estar entre {least} y {most}. Revisa la hora del mensaje.",
        page="The year must be between {least} and {most}. Look at the time of the message.",
    ),
    "message.no_outcome": Sentence(
        "Nothing stands here, and it must say the outcome.",
        "Aquí no hay nada, y debe decir el resultado.",
    ),
    "message.nobody": Sentence(
        "Nothing stands here, and it must say whom the event is about.",
        "Aquí no hay nada, y debe decir de quién es el registro.",
    ),
    "message.no_time": Sentence(
        "Nothing stands here, and it must say when it happened.",
        "Aquí no hay nada, y debe decir cuándo ocurrió.",
    ),
    "message.not_known": Sentence(
        "This field is not known here.",
        "Aquí no se conoce este campo.",
    ),
    "message.not_a_value": Sentence(
        "A list or an object stands here; name a place inside it.",
        "Aquí hay una lista o un objeto. Indica un lugar dentro.",
    ),
    "message.word": Sentence(
        "`{word}` is not among the words of the mapping; add it there.",
        "`{word}` no está entre las palabras del mapa. Agrégala allí.",
    ),
    "message.not_rfc3339": Sentence(
        "This is not a time with its offset by RFC 3339.",
        "Esto no es una hora con su zona según RFC 3339.",
    ),
    "message.not_epoch": Sentence(
        "This is not a number of seconds or milliseconds since 1970.",
        "Esto no es un número de segundos o milisegundos desde 1970.",
    ),
    "message.far_epoch": Sentence(
        "This is further from 1970 than any event; is it in seconds?",
        "Esto está más lejos de 1970 que cualquier registro. ¿Está en segundos?",
    ),
    "message.not_of_pattern": Sentence(
        "This is not a time of the form `{pattern}`.",
        "Esto no es una hora con la forma `{pattern}`.",
    ),
    "mapping.not_a_place": Sentence(
        "This is not a path that is read (RFC 9535, with one `..`); write one such as `$.result.code`.",
        "Esta no es una ruta que se lea (RFC 9535, con un solo `..`). Escribe una como `$.result.code`.",
    ),
    "mapping.about_nobody": Sentence(
        "Say whom an event is about: a participant or an enrollment.",
        "Indica de quién es un registro: una persona o una inscripción.",
    ),
    "mapping.fixed_person": Sentence(
        "Whom an event is about must be read from the message.",
        "De quién es un registro se debe leer en el mensaje.",
    ),
    "mapping.about_nothing": Sentence(
        "Say what an event is about: a behavior or a target.",
        "Indica de qué es un registro: una conducta o un objetivo.",
    ),
    "mapping.empty_rule": Sentence(
        "Say where it stands in the message (`at`), or what it always is (`value`).",
        "Indica dónde está en el mensaje (`at`) o cuál es siempre (`value`).",
    ),
    "mapping.words_of_nothing": Sentence(
        "There is nothing to put into other words: say where it stands (`at`).",
        "No hay nada que traducir. Indica dónde está (`at`).",
    ),
    "mapping.pattern_unwanted": Sentence(
        "A pattern is given exactly where the form is `pattern`.",
        "Un patrón se da solo, y siempre, cuando la forma es `pattern`.",
    ),
    "mapping.directive": Sentence(
        "`%{letter}` is not read; there are {known}.",
        "`%{letter}` no se lee. Hay: {known}.",
    ),
    "mapping.pattern_parts": Sentence(
        "Name the year, month and day, each part once, and minutes or a zone only after an hour.",
        "Indica el año, el mes y el día, cada parte una vez, y minutos o zona solo tras la hora.",
    ),
    "mapping.zone_unwanted": Sentence(
        "Times of this form have their own offset; leave it out.",
        "Las horas de esta forma traen su zona. Quítala.",
    ),
    "mapping.zone": Sentence(
        "This is not the name of a time zone; write one such as America/Los_Angeles.",
        "Ese no es el nombre de una zona horaria. Escribe una como America/Los_Angeles.",
    ),
    "mapping.behavior": Sentence(
        "`{word}` is no behavior; there are {known}.",
        "`{word}` no es una conducta. Hay: {known}.",
    ),
    "mapping.outcome": Sentence(
        "`{word}` is no outcome here; there are {known}.",
        "`{word}` no es un resultado aquí. Hay: {known}.",
    ),
}
