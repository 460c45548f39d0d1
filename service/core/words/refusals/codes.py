"""Why a pasted line is no code of a card, or what is odd about the codes."""

from typing import Final

from service.core.words.refusals.sentence import Catalog, Sentence

SENTENCES: Final[Catalog] = {
    "paste.several": Sentence(
        "This line holds more than one column; keep the code alone, one a line.",
        "Esta línea tiene más de una columna. Deja solo el código, uno por línea.",
    ),
    "paste.unprintable": Sentence(
        "This line holds letters that cannot be printed; copy the code again.",
        "Esta línea tiene signos que no se pueden imprimir. Copia el código de nuevo.",
    ),
    "paste.heading": Sentence(
        "This is a heading and no code; leave the line out.",
        "Esto es un encabezado y no un código. Quita la línea.",
    ),
    "paste.spoiled": Sentence(
        "A spreadsheet has spoiled this code; copy it from where it came, as text.",
        "Una hoja de cálculo estropeó este código. Cópialo de donde vino, como texto.",
    ),
    "paste.short": Sentence(
        "This is too short for a code; look at it again.",
        "Esto es muy corto para un código. Revísalo.",
    ),
    "paste.of_lengths": Sentence(
        "The codes have several lengths, with so many of each: {lengths}. Check that none is cut off.",
        "Los códigos tienen varias longitudes, con cuántos de cada una: {lengths}. Revisa que no falte nada.",
    ),
    "paste.end_in_zeros": Sentence(
        "All long codes end in zeros after {digits} digits, as a spreadsheet leaves them. Check them.",
        "Todos los códigos largos terminan en ceros tras {digits} cifras, como los deja una hoja de cálculo. "
        "Revísalos.",
    ),
}
