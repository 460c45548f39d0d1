"""What the pages of imports say."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "office.imp.lead": (
        (
            "Bring in visits from another system or a spreadsheet. You see what is in the file "
            "before anything is recorded, and bringing the same file twice records nothing twice."
        ),
        (
            "Traiga visitas de otro sistema o de una hoja de cálculo. Verá lo que hay en el "
            "archivo antes de registrar nada, y traerlo dos veces no registra nada dos veces."
        ),
    ),
    "office.imp.new": ("A new import", "Una importación nueva"),
    "office.imp.file": ("Choose a file", "Elegir un archivo"),
    "office.imp.file_hint": (
        "CSV with a first line of column names, or NDJSON. Up to 5 MB.",
        "CSV con una primera línea de nombres de columnas, o NDJSON. Hasta 5 MB.",
    ),
    "office.imp.text": ("Or paste its lines", "O pegue sus líneas"),
    "office.imp.text_hint": (
        "The line of column names comes first.",
        "Primero va la línea de nombres de columnas.",
    ),
    "office.imp.no_text": ("Choose a file, or paste its lines.", "Elige un archivo o pega sus líneas."),
    "office.imp.too_long": (
        "This is longer than 5 MB. Split it and bring in one part after the other.",
        "Esto pasa de 5 MB. Divídalo y traiga una parte tras otra.",
    ),
    "office.imp.columns": ("Which columns there are", "Qué columnas hay"),
    "office.imp.columns_why": (
        (
            "Needed: participant_reference, behavior or target, outcome, and occurred_at with its "
            "offset. To enroll people too: program and starts_on."
        ),
        (
            "Necesarias: participant_reference, behavior o target, outcome, y occurred_at con su "
            "diferencia horaria. Para inscribir también: program y starts_on."
        ),
    ),
    "office.imp.example": ("Download an example", "Descargar un ejemplo"),
    "office.imp.check": ("Check it first", "Revisarlo primero"),
    "office.imp.past": ("Imports so far", "Importaciones hasta ahora"),
    "office.imp.none": ("None yet.", "Todavía ninguna."),
    "office.imp.result": (
        "{recorded} recorded, {known} on record before, {refused} not taken",
        "{recorded} registradas, {known} ya estaban, {refused} no aceptadas",
    ),
    "office.imp.lines_n": ("{count} lines", "{count} líneas"),
    "office.imp.lines_n:1": ("1 line", "1 línea"),
    "office.imp.status.checked": ("Checked, not begun", "Revisada, sin empezar"),
    "office.imp.status.running": ("Running", "En marcha"),
    "office.imp.status.ended": ("Done", "Hecha"),
    "office.imp.status.unreadable": ("Cannot be read", "No se puede leer"),
    "office.imp.title": ("Import of {at}", "Importación de {at}"),
    "office.imp.running": ("Being recorded", "Registrándose"),
    "office.imp.so_far": ("{done} of {lines} lines", "{done} de {lines} líneas"),
    "office.imp.leave": (
        "You can leave this page; it goes on by itself.",
        "Puede salir de esta página; sigue por sí sola.",
    ),
    "office.imp.reload": ("See how far it is", "Ver cuánto lleva"),
    "office.imp.ended": ("Done", "Hecho"),
    "office.imp.recorded": ("Recorded", "Registradas"),
    "office.imp.known": ("On record before", "Ya estaban"),
    "office.imp.refused": ("Not taken", "No aceptadas"),
    "office.imp.refused_why": (
        "The file of lines that were not taken says at each why. Correct it there and bring in that file.",
        "El archivo de líneas no aceptadas dice en cada una por qué. Corríjalo y traiga ese archivo.",
    ),
    "office.imp.refused_file": (
        "Download the lines that were not taken",
        "Descargar las líneas no aceptadas",
    ),
    "office.imp.all_good": ("Every line is on record.", "Todas las líneas están registradas."),
    "office.imp.unreadable": ("The file {why}", "El archivo no se puede leer: {why}"),
    "office.imp.found": ("What is in it", "Lo que contiene"),
    "office.imp.lines": ("Lines", "Líneas"),
    "office.imp.good": ("In order", "En orden"),
    "office.imp.bad": ("With a fault", "Con una falla"),
    "office.imp.columns_found": ("Columns:", "Columnas:"),
    "office.imp.troubles": ("The first faults", "Las primeras fallas"),
    "office.imp.line": ("Line {number}:", "Línea {number}:"),
    "office.imp.and_more": ("and {count} more", "y {count} más"),
    "office.imp.begin_why": (
        "Nothing is recorded yet. Lines with a fault are left out, and you get them back as a file.",
        "Todavía no se registra nada. Las líneas con falla se dejan fuera y se le devuelven en un archivo.",
    ),
    "office.imp.enroll": ("Enroll people who are missing", "Inscribir a quienes faltan"),
    "office.imp.enroll_hint": (
        "By the columns program and starts_on.",
        "Por las columnas program y starts_on.",
    ),
    "office.imp.begin": ("Record {count} lines", "Registrar {count} líneas"),
    "office.imp.begin:1": ("Record 1 line", "Registrar 1 línea"),
}
