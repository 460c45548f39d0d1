"""Why a file or a line of events was not taken."""

from typing import Final

from service.core.words.refusals.sentence import Catalog, Sentence

SENTENCES: Final[Catalog] = {
    "invalid.no_text": Sentence(
        "There is no text; choose a file or paste its lines.",
        "No hay texto. Elige un archivo o pega sus líneas.",
    ),
    "not_found.import": Sentence(
        "There is no such import.",
        "No existe esa importación. Elige una de la lista.",
    ),
    "malformed.not_csv": Sentence(
        "is not CSV ({why}). Correct it and import it again.",
        "no es CSV ({why}). Corrígelo e impórtalo otra vez.",
    ),
    "invalid.column_unknown": Sentence(
        "has a column {column!r}, and no event has that. There are: {known}.",
        "tiene una columna {column!r} que no se conoce. Di qué es, o que no se lea.",
        page="has a column {column!r}, and no event has that. Say what it is, or that it is not read.",
    ),
    "invalid.column_twice": Sentence(
        "names a column twice. Name each once.",
        "tiene una columna dos veces. Deja cada una solo una vez.",
    ),
    "invalid.columns_missing": Sentence(
        "needs the columns participant_reference, behavior or target, outcome, and occurred_at.",
        "necesita las columnas participant_reference, behavior o target, outcome y occurred_at. Agrégalas.",
    ),
    "malformed.cells": Sentence(
        "The line has {cells} cells for {columns} columns; quote cells that hold a comma.",
        "La línea tiene {cells} celdas para {columns} columnas. Pon entre comillas las celdas con coma.",
    ),
    "malformed.line": Sentence(
        "The line is no JSON object: {why}.",
        "La línea no es un objeto JSON: {why}. Corrígela.",
    ),
    "invalid.line_lacks": Sentence(
        "{field} is empty. Write it in, or leave the line out.",
        "{field} está vacío. Escríbelo o quita la línea.",
    ),
    "invalid.line_year": Sentence(
        "occurred_at lies in the year {year}; look at it again.",
        "occurred_at está en el año {year}. Revísalo.",
    ),
    "invalid.line_offset": Sentence(
        "occurred_at has no offset from UTC ({text}); write it as in 2026-02-03T09:30:00-08:00.",
        "occurred_at no tiene su diferencia con UTC ({text}). Escríbelo como 2026-02-03T09:30:00-08:00.",
    ),
    "invalid.line_time": Sentence(
        "occurred_at is no time with its offset ({text}); write it as 2026-02-03T09:30:00-08:00.",
        "occurred_at no es una hora con su diferencia con UTC ({text}). Escríbelo como "
        "2026-02-03T09:30:00-08:00.",
    ),
    "invalid.line": Sentence(
        "{fault}.",
        "{fault} Corrige la línea.",
        page="{fault} Correct the line.",
    ),
    "invalid.line_at": Sentence(
        "{fault} - at `{place}`.",
        "{place}: {fault} Corrige la línea.",
        page="{place}: {fault} Correct the line.",
    ),
    "invalid.line_start_year": Sentence(
        "starts_on lies in the year {year}; look at it again.",
        "starts_on está en el año {year}. Revísalo.",
    ),
    "outside_enrollment.starts_differ": Sentence(
        "No enrollment that starts on {day} holds this event: others start on {known}. Correct starts_on, or "
        "leave it out.",
        "Ninguna inscripción que empiece el {day} incluye este registro; hay otras que empiezan el {known}. "
        "Corrige starts_on o déjalo vacío.",
    ),
    "outside_enrollment.line": Sentence(
        "The event of {day} lies before the day on which the enrollment starts ({first_day}); correct one of "
        "them.",
        "El registro del {day} es anterior al inicio de la inscripción ({first_day}). Corrige una de las dos "
        "fechas.",
    ),
    "already_recorded.line": Sentence(
        "{recorded} is on record for {day} at {time}, and the line says {outcome}. Import it with "
        "--corrections apply to correct the record, or leave the line out.",
        "El {day} a las {time} consta {recorded}, y la línea dice {outcome}. Si la línea es correcta, aplica "
        "las correcciones; si no, quítala.",
        page="{recorded} is on record for {day} at {time}, and the line says {outcome}. If the line is "
        "right, apply the corrections; if not, leave it out.",
    ),
    "not_enrolled.line": Sentence(
        "The participant is not enrolled yet; give program and starts_on to enroll them.",
        "Esta persona todavía no está inscrita. Da program y starts_on para inscribirla.",
    ),
    "unknown_program.line": Sentence(
        "No program {program} is published. There is: {known}.",
        "El programa {program} no está publicado. Hay: {known}.",
    ),
    "unknown_program.line_none": Sentence(
        "No program {program} is published. There is: none yet; publish one with POST /v1/programs.",
        "El programa {program} no está publicado, ni ningún otro. Publica uno primero.",
        page="No program {program} is published, nor any other. Publish one first.",
    ),
}
