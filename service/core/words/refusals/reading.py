"""Why a message of another system cannot be read, and why a mapping that reads panels cannot be right."""

from typing import Final

from service.core.words.refusals.sentence import Catalog, Sentence

SENTENCES: Final[Catalog] = {
    "malformed.message_values": Sentence(
        "The message holds more values than are read.",
        "El mensaje contiene más valores de los que se leen. Se debe enviar por partes.",
    ),
    "malformed.er7": Sentence(
        "The message is not HL7 version 2: it must begin with MSH and its delimiters.",
        "El mensaje no es HL7 versión 2. Debe empezar con MSH y sus separadores.",
    ),
    "malformed.er7_segment": Sentence(
        "Line {line} is not a segment of an HL7 message.",
        "La línea {line} no es un segmento de un mensaje HL7. Revisa cómo se envía.",
    ),
    "malformed.er7_charset": Sentence(
        "The message is not written in the character set that it names, or `{charset}` is not read here.",
        "El mensaje no está escrito con los caracteres que indica (`{charset}`). Revisa MSH-18.",
    ),
    "invalid.message_of_two": Sentence(
        "The numbers of this message lead to {count} people; one message is about one person.",
        "Los números de este mensaje llevan a {count} personas. Un mensaje es de una sola.",
    ),
    "message.pattern_of_two_meanings": Sentence(
        "The pattern `{pattern}` can be read in two ways; write it anew in the mapping.",
        "El patrón `{pattern}` se puede leer de dos maneras. Escríbelo de nuevo en el mapa.",
    ),
    "message.not_hl7_time": Sentence(
        "This is not a time as HL7 writes it, such as 20260302073000-0500.",
        "Esto no es una hora como la escribe HL7, por ejemplo 20260302073000-0500.",
    ),
    "message.not_fhir_time": Sentence(
        "This is not a time as FHIR writes it, such as 2026-03-02T07:30:00-05:00.",
        "Esto no es una hora como la escribe FHIR, por ejemplo 2026-03-02T07:30:00-05:00.",
    ),
    "message.no_day": Sentence(
        "This names no day; an event needs at least that.",
        "Aquí no se indica el día, y un registro lo necesita.",
    ),
    "message.time_skipped": Sentence(
        "The clocks of {zone} skip this time; it needs its offset.",
        "Los relojes de {zone} se saltan esta hora. Necesita su zona.",
    ),
    "message.time_twice": Sentence(
        "The clocks of {zone} show this time twice; it needs its offset.",
        "Los relojes de {zone} muestran esta hora dos veces. Necesita su zona.",
    ),
    "message.several_values": Sentence(
        "{count} different values stand here, and it must be one; name it by a filter.",
        "Aquí hay {count} valores distintos y debe ser uno. Elígelo con un filtro.",
    ),
    "message.no_parts": Sentence(
        "Nothing stands here, and each thing here would be an event.",
        "Aquí no hay nada, y cada cosa aquí sería un registro.",
    ),
    "message.no_status": Sentence(
        "Nothing stands here, and it must say whether the report is final.",
        "Aquí no hay nada, y debe decir si el informe es definitivo.",
    ),
    "message.no_target": Sentence(
        "Nothing stands here, and an appointment says by it what it is for.",
        "Aquí no hay nada, y una cita indica aquí para qué es.",
    ),
    "mapping.one_reading": Sentence(
        "A kind of message is an event, an appointment (`schedule`) or a person (`person`); leave this out.",
        "Un tipo de mensaje es un registro, una cita (`schedule`) o una persona (`person`). Quita esto.",
    ),
    "mapping.schedule_needs": Sentence(
        "An appointment needs this: its own number, what it is for and when it is.",
        "Una cita necesita esto: su número, para qué es y cuándo es.",
    ),
    "mapping.person_numbers": Sentence(
        "A person is found by `participant_reference` alone, which needs a place.",
        "A una persona se la busca solo por `participant_reference`, que necesita un lugar.",
    ),
    "mapping.outcome_of_visit": Sentence(
        "This is no outcome that a visit can have: {word}; there are {known}.",
        "Ninguna visita tiene este resultado: {word}. Existen: {known}.",
    ),
    "invalid.merge_asked": Sentence(
        "Another system says that two charts are one person's; a manager looks at both and merges them, or "
        "discards this.",
        "Otro sistema dice que dos expedientes son de la misma persona. Revisa los dos y únelos, o descarta "
        "este mensaje.",
    ),
    "message.no_reference": Sentence(
        "Nothing stands here, and only its reference says what the report is about.",
        "Aquí no hay nada, y solo su referencia dice de qué es el informe.",
    ),
    "message.no_result": Sentence(
        "No result stands here, and nothing is taken for negative.",
        "Aquí no hay resultado, y nada se toma por negativo.",
    ),
    "message.no_number": Sentence(
        "`{word}` is not a number that can be compared.",
        "`{word}` no es un número que se pueda comparar.",
    ),
    "message.only_bounded": Sentence(
        "`{word}` says too little of the number to compare it.",
        "`{word}` dice muy poco del número para compararlo.",
    ),
    "message.other_unit": Sentence(
        "The unit is `{unit}`, and the mapping compares in `{wanted}`.",
        "La unidad es `{unit}`, y el mapa compara en `{wanted}`.",
    ),
    "message.contradiction": Sentence(
        "The finding and its flag contradict each other.",
        "El hallazgo y su marca se contradicen.",
    ),
    "message.analyte_missing": Sentence(
        "The report is final and lacks what the mapping needs: {analyte}. What is missing is not negative.",
        "El informe es definitivo y falta lo que el mapa necesita: {analyte}. Lo que falta no es negativo.",
    ),
    "message.result_elsewhere": Sentence(
        "`{reference}` is not in the message, so its result is not known.",
        "`{reference}` no está en el mensaje, así que no se conoce su resultado.",
    ),
    "mapping.outcome_or_results": Sentence(
        "Say where the outcome stands (`outcome`), or how results make it (`results`): one of the two.",
        "Indica dónde está el resultado (`outcome`) o cómo se forma (`results`): uno de los dos.",
    ),
    "mapping.no_time": Sentence(
        "Say when it happened.",
        "Indica cuándo ocurrió.",
    ),
    "mapping.beside_messages": Sentence(
        "With `messages` each of them has this, and the mapping itself has not.",
        "Con `messages`, cada uno tiene esto y el mapa mismo no.",
    ),
    "mapping.hides_others": Sentence(
        "Without `only` it reads every message, and those after it none.",
        "Sin `only` lee todos los mensajes, y los que siguen ninguno.",
    ),
    "mapping.target_unnamed": Sentence(
        "With several targets each has its name.",
        "Con varios objetivos, cada uno tiene su nombre.",
    ),
    "mapping.no_value_set": Sentence(
        "There is no value set `{name}`; add it to `values`.",
        "No existe el conjunto `{name}`. Agrégalo en `values`.",
    ),
    "mapping.no_words": Sentence(
        "Say what findings mean: by `words`, `flags` or `cutoffs`.",
        "Indica qué significan los hallazgos: con `words`, `flags` o `cutoffs`.",
    ),
    "mapping.pattern_half_days": Sentence(
        "Hours of twelve (`%I`) and `%p` go together, and `%H` with neither.",
        "Las horas de doce (`%I`) y `%p` van juntas, y `%H` sin ninguna.",
    ),
    "mapping.pattern_digits": Sentence(
        "Digits of its own would be taken for a part of the time.",
        "Los dígitos propios del patrón se tomarían por parte de la hora.",
    ),
    "mapping.pattern_fraction": Sentence(
        "`%f` follows `%S` and a point, and no other digits follow it.",
        "`%f` va después de `%S` y un punto, y no le siguen otros dígitos.",
    ),
}
