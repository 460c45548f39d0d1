"""Texts of the page of charts that may be one person's."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "manage.dup.title": ("Possible duplicates", "Posibles duplicados"),
    "manage.dup.lead": (
        "Charts that may be about one person. Look at both before you merge; nothing is merged by itself.",
        "Expedientes que quizás son de una misma persona. Mira los dos antes de unirlos; nada se une solo.",
    ),
    "manage.dup.why.number": (
        "Their numbers differ by capitals, blanks, zeros or a slip.",
        "Sus números difieren en mayúsculas, espacios, ceros o un error al escribir.",
    ),
    "manage.dup.why.name": (
        "They have the same name and phone number.",
        "Tienen el mismo nombre y teléfono.",
    ),
    "manage.dup.merge": ("See what a merge would do", "Ver qué haría la unión"),
    "manage.dup.apart": ("Two people", "Son dos personas"),
    "manage.dup.done": ("Noted: they are two people.", "Anotado: son dos personas."),
    "manage.dup.none": (
        "No two charts have numbers, or a name and phone number, that are nearly the same.",
        "No hay dos expedientes con números, o con nombre y teléfono, casi iguales.",
    ),
    "manage.dup.more": (
        "These are the first {count}. The others follow once these are done.",
        "Estos son los primeros {count}. Los demás aparecen cuando estos estén resueltos.",
    ),
}
