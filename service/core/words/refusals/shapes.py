"""What a field takes: the faults that reading a body, a query, a form or a line finds.

The English of most is msgspec's own, which integrators know; pages say the same without our types' names.
"""

from typing import Final

from service.core.words.refusals.sentence import Catalog, Sentence

SENTENCES: Final[Catalog] = {
    "shape.needed": Sentence(
        "This field is required.",
        "Completa este campo.",
        page="Fill this in.",
    ),
    "shape.missing": Sentence(
        "Object missing required field `{name}`",
        "Falta `{name}`.",
        page="`{name}` is missing.",
    ),
    "shape.not_known": Sentence(
        "This field is not known here; leave it out.",
        "Aquí no se conoce este campo. Quítalo.",
    ),
    "shape.unknown": Sentence(
        "Object contains unknown field `{name}`",
        "Aquí no se conoce `{name}`.",
        page="`{name}` is not known here.",
    ),
    "shape.short": Sentence(
        "Expected `str` of length >= {least}",
        "Es muy corto. Usa {least} caracteres o más.",
        page="This is too short. Use {least} characters or more.",
    ),
    "shape.long": Sentence(
        "Expected `str` of length <= {most}",
        "Es muy largo. Usa {most} caracteres o menos.",
        page="This is too long. Use {most} characters or fewer.",
    ),
    "shape.few": Sentence(
        "Expected `array` of length >= {least}",
        "Elige al menos uno.",
        page="Choose at least one.",
    ),
    "shape.many": Sentence(
        "Expected `array` of length <= {most}",
        "Elige {most} como máximo.",
        page="Choose {most} at most.",
    ),
    "shape.least": Sentence(
        "Expected `{kind}` >= {least}",
        "Usa {least} o más.",
        page="Use {least} or more.",
    ),
    "shape.most": Sentence(
        "Expected `{kind}` <= {most}",
        "Usa {most} o menos.",
        page="Use {most} or less.",
    ),
    "shape.number": Sentence(
        "Expected `{kind}`, got `{got}`",
        "Escribe un número entero, como 12.",
        page="Write a whole number, such as 12.",
    ),
    "shape.kind": Sentence(
        "Expected `{kind}`, got `{got}`",
        "Esto no se puede leer aquí. Corrígelo.",
        page="This cannot be read here. Correct it.",
    ),
    "shape.day": Sentence(
        "Invalid RFC3339 encoded date",
        "Escribe un día, como 2026-10-15.",
        page="Write a day, such as 2026-10-15.",
    ),
    "shape.moment": Sentence(
        "Invalid RFC3339 encoded datetime",
        "Escribe un día y una hora.",
        page="Write a day and a time.",
    ),
    "shape.time": Sentence(
        "Invalid RFC3339 encoded time",
        "Escribe una hora.",
        page="Write a time.",
    ),
    "shape.zone": Sentence(
        "Expected `{kind}` with a timezone component",
        "Escribe un día y una hora con su zona.",
        page="Write a day and a time with its zone.",
    ),
    "shape.id": Sentence(
        "Invalid UUID",
        "Elige una opción de la lista.",
        page="Choose one from the list.",
    ),
    "shape.word": Sentence(
        "Invalid enum value {word}",
        "Elige una opción de la lista.",
        page="Choose one from the list.",
    ),
    "shape.one_of": Sentence(
        "This must be one of: {known}.",
        "Elige una opción de la lista.",
        page="Choose one from the list.",
    ),
    "shape.pattern": Sentence(
        "Expected `str` matching regex {pattern}",
        "Este texto no tiene la forma que debe tener aquí.",
        page="This text does not have the form that it must have here.",
    ),
    "shape.form": Sentence(
        "This text does not have the form that it must have here.",
        "Este texto no tiene la forma que debe tener aquí.",
    ),
    "shape.form_said": Sentence(
        "This text does not have the form that it must have here. {form}",
        "Este texto no tiene la forma que debe tener aquí.",
        page="This text does not have the form that it must have here.",
    ),
    "shape.other": Sentence(
        "{said}",
        "Esto no se puede leer aquí. Corrígelo.",
        page="This cannot be read here. Correct it.",
    ),
    "shape.year": Sentence(
        "The year must lie between {least} and {most}.",
        "El año debe estar entre {least} y {most}.",
        page="The year must be between {least} and {most}.",
    ),
    "shape.nul": Sentence(
        "A text must not hold the character U+0000; leave it out.",
        "Un texto no puede tener el carácter U+0000. Quítalo.",
    ),
    "shape.query_long": Sentence(
        "The query is longer than {bytes} bytes.",
        "La dirección es más larga que {bytes} bytes. Acórtala.",
    ),
    "shape.query_unreadable": Sentence(
        "The query is not UTF-8, percent-encoded, of at most {most} parts.",
        "La dirección no se puede leer: debe ser UTF-8, codificada con %, de {most} partes como máximo.",
    ),
    "shape.parameter_twice": Sentence(
        "This parameter is given more than once; give it once.",
        "Este dato se da más de una vez. Dalo una sola vez.",
    ),
    "shape.parameter_unknown": Sentence(
        "This parameter is not known here; leave it out.",
        "Aquí no se conoce este dato. Quítalo.",
    ),
}
