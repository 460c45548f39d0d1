"""What is wrong with a document's text and shape, before its rules are read."""

from typing import Final

from service.core.words.refusals.sentence import Catalog, Sentence

SENTENCES: Final[Catalog] = {
    "document.long": Sentence(
        "the document is longer than {bytes} bytes; shorten it",
        "el documento tiene más de {bytes} bytes; acórtalo",
    ),
    "document.not_utf8": Sentence(
        "byte {byte} is not UTF-8; save the document as UTF-8",
        "el byte {byte} no es UTF-8; guarda el documento como UTF-8",
    ),
    "document.unreadable_at": Sentence(
        "line {line}, column {column}: {why}",
        "línea {line}, columna {column}: {why}",
    ),
    "document.unreadable": Sentence(
        "{why}",
        "no se puede leer: {why}",
    ),
    "document.constant": Sentence(
        "{word} is not a number in JSON; write a whole number",
        "{word} no es un número en JSON; escribe un número entero",
    ),
    "document.digits": Sentence(
        "a number has more than {digits} digits",
        "un número tiene más de {digits} cifras",
    ),
    "document.twice": Sentence(
        "is written twice; keep one of the two",
        "está escrito dos veces; deja uno de los dos",
    ),
    "document.empty": Sentence(
        "the document is empty",
        "el documento está vacío",
    ),
    "document.several": Sentence(
        "there is more than one document; keep one to a file",
        "hay más de un documento; deja uno por archivo",
    ),
    "document.character": Sentence(
        "the document has a character that YAML does not allow",
        "el documento tiene un carácter que YAML no permite",
    ),
    "document.anchor": Sentence(
        "anchors and aliases (& and *) are not read; write the value out",
        "las anclas y los alias (& y *) no se leen; escribe el valor",
    ),
    "document.tag": Sentence(
        "tags (!) are not read; write the plain value",
        "las etiquetas (!) no se leen; escribe el valor simple",
    ),
    "document.key": Sentence(
        "a key must be a plain word",
        "una clave debe ser una palabra simple",
    ),
    "document.control": Sentence(
        "a text has a control character; take it out",
        "un texto tiene un carácter de control; quítalo",
    ),
    "document.surrogate": Sentence(
        "a text has half of a surrogate pair; write the whole character",
        "un texto tiene medio par sustituto; escribe el carácter entero",
    ),
    "document.deep": Sentence(
        "lies more than {levels} levels deep; a document is flatter than that",
        "está a más de {levels} niveles; un documento tiene menos",
    ),
    "document.not_known": Sentence(
        "`{name}` is not a field here; take it out. The fields here are: {known}",
        "`{name}` no es un campo aquí; quítalo. Los campos aquí son: {known}",
    ),
    "document.not_known_near": Sentence(
        "`{name}` is not a field here; did you mean `{near}`? The fields here are: {known}",
        "`{name}` no es un campo aquí; ¿querías decir `{near}`? Los campos aquí son: {known}",
    ),
    "document.needed": Sentence(
        "`{name}` is missing; add it",
        "falta `{name}`; agrégalo",
    ),
    "document.needed_of": Sentence(
        "`{name}` is missing; add it, with one of: {known}",
        "falta `{name}`; agrégalo, con una de: {known}",
    ),
    "document.word": Sentence(
        "`{text}` is not a word here; write one of: {known}",
        "`{text}` no es una palabra de aquí; escribe una de: {known}",
    ),
    "document.word_near": Sentence(
        "`{text}` is not a word here; did you mean `{near}`? There are: {known}",
        "`{text}` no es una palabra de aquí; ¿querías decir `{near}`? Hay: {known}",
    ),
    "document.number_or_word": Sentence(
        "`{text}` is not read here; write a whole number such as 2, or: {known}",
        "`{text}` no se lee aquí; escribe un número entero, como 2, o: {known}",
    ),
    "document.cents": Sentence(
        "amounts are whole cents: write {write} for {amount}",
        "las cantidades van en centavos enteros: escribe {write} para {amount}",
    ),
    "document.whole_amount": Sentence(
        "points and draws are whole: write a number such as 25",
        "los puntos y los boletos van enteros: escribe un número como 25",
    ),
    "document.whole": Sentence(
        "write a whole number, such as 2",
        "escribe un número entero, como 2",
    ),
    "document.quoted": Sentence(
        "is a text; write the number without quotes: {number}",
        "es un texto; escribe el número sin comillas: {number}",
    ),
    "document.least": Sentence(
        "is too small; write {least} or more",
        "es muy poco; escribe {least} o más",
    ),
    "document.most": Sentence(
        "is too large; write {most} or less",
        "es demasiado; escribe {most} o menos",
    ),
    "document.short": Sentence(
        "is too short; write {least} characters or more",
        "es muy corto; escribe {least} caracteres o más",
    ),
    "document.wide": Sentence(
        "is too long; write {most} characters or fewer",
        "es muy largo; escribe {most} caracteres o menos",
    ),
    "document.few": Sentence(
        "has too little in it; give {least} or more",
        "tiene muy poco; da {least} o más",
    ),
    "document.many": Sentence(
        "has too much in it; give {most} or fewer",
        "tiene demasiado; da {most} o menos",
    ),
    "document.so_many": Sentence(
        "write a list of {count}, such as [1, 12]",
        "escribe una lista de {count}, como [1, 12]",
    ),
    "document.list": Sentence(
        "write a list here: each item after a dash, or all in [ ]",
        "escribe aquí una lista: cada parte tras un guion, o todas entre [ ]",
    ),
    "document.mapping": Sentence(
        "write fields with their values here, such as {{name: value}}",
        "escribe aquí campos con sus valores, como {{nombre: valor}}",
    ),
    "document.text": Sentence(
        "write a text here; put one that looks like a number or like true into quotes",
        "escribe aquí un texto; pon entre comillas el que parezca un número o true",
    ),
    "document.yes_or_no": Sentence(
        "write true or false",
        "escribe true o false",
    ),
    "document.nothing": Sentence(
        "has no value; write one, or take the field out",
        "no tiene valor; escribe uno o quita el campo",
    ),
    "document.nothing_of": Sentence(
        "has no value; write one of: {known}",
        "no tiene valor; escribe una de: {known}",
    ),
    "document.slug": Sentence(
        "must be small letters and digits, in words joined by - _ or .",
        "deben ser minúsculas y cifras, en palabras unidas por - _ o .",
    ),
}
