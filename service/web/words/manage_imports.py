"""Texts of the pages of imports."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "manage.imp.lead": (
        (
            "Bring in visits from another system or a spreadsheet. You see what is in the "
            "file before anything is recorded. The same file twice records nothing twice."
        ),
        (
            "Trae visitas de otro sistema o de una hoja de cálculo. Verás lo que hay en el "
            "archivo antes de registrar nada, y traerlo dos veces no registra nada dos veces."
        ),
    ),
    "manage.imp.new": ("A new import", "Una importación nueva"),
    "manage.imp.file": ("Choose a file", "Elegir un archivo"),
    "manage.imp.file_hint": (
        "A spreadsheet (.xlsx), CSV or NDJSON, as it comes from your system. Up to 5 MB.",
        "Una hoja de cálculo (.xlsx), CSV o NDJSON, tal como sale de tu sistema. Hasta 5 MB.",
    ),
    "manage.imp.text": ("Or paste the lines", "O pega las líneas"),
    "manage.imp.text_hint": (
        "The line of column names comes first.",
        "Primero va la línea de nombres de columnas.",
    ),
    "manage.imp.no_text": ("Choose a file, or paste its lines.", "Elige un archivo o pega sus líneas."),
    "manage.imp.too_long": (
        "This is longer than 5 MB. Split it and bring in one part at a time.",
        "Esto pasa de 5 MB. Divídelo y trae una parte a la vez.",
    ),
    "manage.imp.columns": ("Which columns there are", "Qué columnas hay"),
    "manage.imp.columns_why": (
        (
            "Needed: participant_reference, behavior or target, outcome, and occurred_at with its "
            "offset. To enroll people too: program and starts_on."
        ),
        (
            "Necesarias: participant_reference, behavior o target, outcome, y occurred_at con su "
            "diferencia horaria. Para inscribir también: program y starts_on."
        ),
    ),
    "manage.imp.example": ("Download an example", "Descargar un ejemplo"),
    "manage.imp.check": ("Check it first", "Revisarlo primero"),
    "manage.imp.past": ("Imports so far", "Importaciones hasta ahora"),
    "manage.imp.none": ("None yet.", "Todavía ninguna."),
    "manage.imp.result": (
        "{recorded} recorded, {known} on record before, {refused} not taken",
        "{recorded} registradas, {known} ya estaban, {refused} no aceptadas",
    ),
    "manage.imp.lines_n": ("{count} lines", "{count} líneas"),
    "manage.imp.lines_n:1": ("1 line", "1 línea"),
    "manage.imp.status.checked": ("Checked, not begun", "Revisada, sin empezar"),
    "manage.imp.status.previewing": ("Being tried", "Probándose"),
    "manage.imp.status.previewed": ("Tried, not begun", "Probada, sin empezar"),
    "manage.imp.status.stopped": ("Stopped", "Detenida"),
    "manage.imp.status.running": ("Running", "En marcha"),
    "manage.imp.status.ended": ("Done", "Hecha"),
    "manage.imp.status.unreadable": ("Cannot be read", "No se puede leer"),
    "manage.imp.status.columns": ("Needs your choice", "Falta elegir"),
    "manage.imp.title": ("Import of {at}", "Importación de {at}"),
    "manage.imp.running": ("Being recorded", "Registrándose"),
    "manage.imp.so_far": ("{done} of {lines} lines", "{done} de {lines} líneas"),
    "manage.imp.leave": (
        "You can leave this page. The import goes on.",
        "Puedes salir de esta página. La importación sigue.",
    ),
    "manage.imp.reload": ("See how far it is", "Ver cuánto lleva"),
    "manage.imp.ended": ("Done", "Hecho"),
    "manage.imp.recorded": ("Recorded", "Registradas"),
    "manage.imp.known": ("On record before", "Ya estaban"),
    "manage.imp.refused": ("Not taken", "No aceptadas"),
    "manage.imp.not_reached": ("Not reached", "Sin llegar"),
    "manage.imp.stopped": ("Stopped before its end", "Detenida antes del final"),
    "manage.imp.refused_why": (
        (
            "The file of lines that were not accepted gives a reason for each. Correct that file and "
            "bring it in."
        ),
        "El archivo de líneas no aceptadas dice en cada una por qué. Corrígelo y trae ese archivo.",
    ),
    "manage.imp.refused_file": (
        "Download the lines that were not taken",
        "Descargar las líneas no aceptadas",
    ),
    "manage.imp.all_good": ("Every line is on record.", "Todas las líneas están registradas."),
    "manage.imp.unreadable": ("The file {why}", "El archivo no se puede leer: {why}"),
    "manage.imp.found": ("What is in it", "Lo que contiene"),
    "manage.imp.lines": ("Lines", "Líneas"),
    "manage.imp.good": ("In order", "En orden"),
    "manage.imp.bad": ("With a fault", "Con una falla"),
    "manage.imp.columns_found": ("Columns:", "Columnas:"),
    "manage.imp.troubles": ("The first faults", "Las primeras fallas"),
    "manage.imp.line": ("Line {number}:", "Línea {number}:"),
    "manage.imp.and_more": ("and {count} more", "y {count} más"),
    "manage.imp.begin_why": (
        "Nothing is recorded yet. Lines with a fault are left out. You get them back as a file.",
        "Todavía no se registra nada. Las líneas con falla se dejan fuera y se te devuelven en un archivo.",
    ),
    "manage.imp.enroll": ("Enroll people who are missing", "Inscribir a quienes faltan"),
    "manage.imp.enroll_hint": (
        "By the columns program and starts_on.",
        "Por las columnas program y starts_on.",
    ),
    "manage.imp.corrections": ("Correct the record where lines say otherwise", "Corregir lo que difiere"),
    "manage.imp.corrections_hint": (
        "Another outcome becomes a correction; a missing note is added. Nothing is paid twice.",
        "Un resultado distinto es una corrección; se agregan las notas que faltan. Nada se paga dos veces.",
    ),
    "manage.imp.preview": ("Preview", "Vista previa"),
    "manage.imp.preview_again": ("Preview again", "Otra vista previa"),
    "manage.imp.previewing": ("Being tried by the rules", "Probándose con las reglas"),
    "manage.imp.would": ("What would become of it", "Lo que pasaría"),
    "manage.imp.would_why": (
        "Nothing is recorded yet. These are the awards that recording gives.",
        "Todavía no se registra nada. Estos son los premios que daría registrarlo.",
    ),
    "manage.imp.corrected": ("Corrected", "Corregidas"),
    "manage.imp.people": ("New people", "Personas nuevas"),
    "manage.imp.opened": ("New enrollments", "Inscripciones nuevas"),
    "manage.imp.to_correct": ("Could correct the record", "Podrían corregir lo registrado"),
    "manage.imp.to_add": ("Have a note to add", "Tienen una nota que agregar"),
    "manage.imp.added": ("Notes added", "Notas agregadas"),
    "manage.imp.lines_of": ("Line by line", "Línea por línea"),
    "manage.imp.which": ("Which lines are shown", "Qué líneas se muestran"),
    "manage.imp.each": ("What becomes of each line", "Qué pasa con cada línea"),
    "manage.imp.line_no": ("Line", "Línea"),
    "manage.imp.line_what": ("What becomes of it", "Qué pasa con ella"),
    "manage.imp.line_earns": ("Earns", "Gana"),
    "manage.imp.line_why": ("Why", "Por qué"),
    "manage.imp.state.": ("All lines", "Todas las líneas"),
    "manage.imp.state.recorded": ("Would be recorded", "Se registraría"),
    "manage.imp.state.known": ("On record already", "Ya consta"),
    "manage.imp.state.corrected": ("Would correct the record", "Corregiría lo registrado"),
    "manage.imp.state.refused": ("Would not be taken", "No se aceptaría"),
    "manage.imp.is_new": ("new person", "persona nueva"),
    "manage.imp.near": ("perhaps the same person as {numbers}", "quizá la misma persona que {numbers}"),
    "manage.imp.near_n": ("Perhaps known already", "Quizá ya conocidas"),
    "manage.imp.opens": ("enrolled from {day}", "inscripción desde el {day}"),
    "manage.imp.closes": ("the one before ends on {day}", "la anterior termina el {day}"),
    "manage.imp.offers.correction": ("a correction is offered", "se ofrece corregir"),
    "manage.imp.offers.addition": ("its note can be added", "se puede agregar su nota"),
    "manage.imp.adds": ("its note is added", "se agrega su nota"),
    "manage.imp.no_lines": ("There are no such lines.", "No hay líneas así."),
    "manage.imp.more": ("More lines", "Más líneas"),
    "manage.imp.begin": ("Record {count} lines", "Registrar {count} líneas"),
    "manage.imp.begin:1": ("Record 1 line", "Registrar 1 línea"),
}
