"""Why a table, or a line of it, cannot be read; `{column}` is a column as the table names it."""

from typing import Final

from service.core.words.refusals.sentence import Catalog, Sentence

_TABLES: Final[Catalog] = {
    "malformed.not_text": Sentence(
        "is neither a text, a workbook (.xlsx) nor JSON lines. Export it as CSV or .xlsx.",
        "no es ni un texto, ni un libro de Excel (.xlsx), ni líneas JSON. Expórtalo como CSV o .xlsx.",
    ),
    "malformed.workbook": Sentence(
        "is no workbook that can be read. Save it again as .xlsx, or as CSV.",
        "no es un libro de Excel que se pueda leer. Guárdalo otra vez como .xlsx, o como CSV.",
    ),
    "malformed.workbook_old": Sentence(
        "is a workbook of an old kind (.xls), or under a password. Save it as .xlsx without one, or as CSV.",
        "es un libro de Excel antiguo (.xls) o tiene contraseña. Guárdalo como .xlsx sin contraseña, o "
        "como CSV.",
    ),
    "malformed.workbook_empty": Sentence(
        "is a workbook with nothing in it. Save the sheet that has the lines.",
        "es un libro de Excel sin nada. Guarda la hoja que tiene las líneas.",
    ),
    "too_large.workbook": Sentence(
        "is a workbook of more than {megabytes} MB once unpacked. Export the sheet as CSV.",
        "es un libro de Excel de más de {megabytes} MB una vez descomprimido. Exporta la hoja como CSV.",
    ),
    "too_large.sheet": Sentence(
        "The sheet has more than {cells} cells, most of them empty. Export it as CSV.",
        "La hoja tiene más de {cells} celdas, casi todas vacías. Expórtala como CSV.",
    ),
    "malformed.lines": Sentence(
        "has lines that cannot be read, the first of them line {number}. Export it as CSV in UTF-8.",
        "tiene líneas que no se pueden leer; la primera es la {number}. Expórtalo como CSV en UTF-8.",
    ),
    "invalid.sheet": Sentence(
        "has no sheet {sheet!r}. There is: {sheets}.",
        "no tiene ninguna hoja {sheet!r}. Hay: {sheets}. Elige una.",
    ),
    "invalid.encoding": Sentence(
        "cannot be read in the encoding {encoding!r}. There is: {known}.",
        "no se puede leer en la codificación {encoding!r}. Hay: {known}. Elige una.",
    ),
    "invalid.separator": Sentence(
        "The separator is one sign, or one of: {known}.",
        "El separador es un solo signo, o uno de: {known}. Elige uno.",
    ),
    "invalid.times_directive": Sentence(
        "The pattern of times has %{letter}, which is not known. There is: {known}.",
        "El patrón de las horas tiene %{letter}, que no se conoce. Hay: {known}. Usa solo esos.",
    ),
    "invalid.times_parts": Sentence(
        "The pattern of times names a year, a month and a day, each part once, such as %m/%d/%Y %H:%M.",
        "El patrón de las horas nombra año, mes y día, cada parte una vez. Escríbelo como %d/%m/%Y %H:%M.",
    ),
    "invalid.columns_unknown": Sentence(
        "has columns that are not known ({columns}), and no event has that. There are: {known}. Say which of "
        "these each is (--map 'COLUMN=FIELD'), or that it is passed over (--map 'COLUMN=').",
        "tiene columnas desconocidas ({columns}). Di qué es cada una, o que no se lea.",
        page="has columns that are not known ({columns}), and no event has that. Say what each is, or "
        "that it "
        "is not read.",
    ),
    "invalid.column_absent": Sentence(
        "has no column {column!r}. There is: {columns}.",
        "no tiene ninguna columna {column!r}. Hay: {columns}. Elige una.",
    ),
    "invalid.column_named_twice": Sentence(
        "names the column {column!r} twice, or has two that mean the same. Leave one.",
        "tiene la columna {column!r} dos veces, o dos que son lo mismo. Deja solo una.",
    ),
}
_LINES: Final[Catalog] = {
    "malformed.line_quote": Sentence(
        "A quotation mark stands inside a cell. Write it twice there, and put the cell in quotation marks.",
        "Hay comillas dentro de una celda. Escríbelas dos veces ahí y pon la celda entre comillas.",
    ),
    "malformed.line_bytes": Sentence(
        "The byte {byte} at character {character} is not {encoding}. Type that word anew, or export as "
        "UTF-8.",
        "El byte {byte} en el carácter {character} no es {encoding}. Vuelve a escribir esa palabra o exporta "
        "como "
        "UTF-8.",
    ),
    "malformed.long_line": Sentence(
        "The line has more than {characters} characters. Shorten it.",
        "La línea tiene más de {characters} caracteres. Acórtala.",
    ),
    "malformed.many_cells": Sentence(
        "The line has more than {most} cells. Leave out columns that nobody needs.",
        "La línea tiene más de {most} celdas. Quita las columnas que no hagan falta.",
    ),
    "invalid.mark": Sentence(
        "{column} is {text!r}; write yes or no.",
        "{column} es {text!r}. Escribe sí o no.",
    ),
    "invalid.outcome_none": Sentence(
        "{column} is {text!r}, which is no outcome. Write what happened.",
        "{column} es {text!r}, y eso no es un resultado. Escribe qué pasó.",
    ),
    "invalid.outcome_word": Sentence(
        "{column} is {text!r}, which nobody has said the meaning of. Perhaps it means {meant}: say so "
        "(--outcome '{text}=OUTCOME'), or write the outcome.",
        "{column} es {text!r}, y nadie ha dicho qué significa. Quizás significa {meant}: dilo, o escribe el "
        "resultado.",
        page="{column} is {text!r}, which nobody has said the meaning of. Perhaps it means {meant}: say "
        "so, or "
        "write the outcome.",
    ),
}
_PEOPLE: Final[Catalog] = {
    "outside_enrollment.other_start": Sentence(
        "On record they are in this program from {known}, and not from {day}. Correct the day, or close that "
        "enrollment first.",
        "En el registro está en este programa desde {known}, y no desde {day}. Corrige el día, o cierra "
        "primero esa inscripción.",
    ),
}
_IDS: Final[Catalog] = {
    "invalid.id_powers": Sentence(
        "{column} is {text}: a spreadsheet has made powers of ten of a long number, and its digits are lost. "
        "Format the column as text where it comes from, and export it again.",
        "{column} es {text}: una hoja de cálculo convirtió un número largo en potencias de diez y se "
        "perdieron "
        "sus cifras. Da formato de texto a la columna en el origen y expórtala otra vez.",
    ),
    "invalid.id_decimal": Sentence(
        "{column} is {text}: a spreadsheet has made a decimal of a number, and zeros before it may be lost. "
        "Format the column as text where it comes from, and export it again.",
        "{column} es {text}: una hoja de cálculo convirtió el número en decimal y pudo perder los ceros de "
        "delante. Da formato de texto a la columna en el origen y expórtala otra vez.",
    ),
    "invalid.id_apostrophe": Sentence(
        "{column} begins with an apostrophe ({text}), by which a spreadsheet keeps a text. Take it away.",
        "{column} empieza con un apóstrofo ({text}), con el que una hoja de cálculo marca un texto. Quítalo.",
    ),
    "invalid.id_error": Sentence(
        "{column} is {text}, an error of a formula in a spreadsheet. Write the number itself.",
        "{column} es {text}, un error de fórmula de una hoja de cálculo. Escribe el número mismo.",
    ),
    "invalid.id_nothing": Sentence(
        "{column} is {text}, which stands for nothing and is nobody's number. Write the number, or leave the "
        "line out.",
        "{column} es {text}, que significa nada y no es el número de nadie. Escribe el número o quita la "
        "línea.",
    ),
    "invalid.id_date": Sentence(
        "{column} is {text}: a spreadsheet has made a date of it. Format the column as text where it comes "
        "from, and export it again.",
        "{column} es {text}: una hoja de cálculo lo convirtió en fecha. Da formato de texto a la columna "
        "en el "
        "origen y expórtala otra vez.",
    ),
}
_TIMES: Final[Catalog] = {
    "invalid.time_offset": Sentence(
        "{column} has no offset from UTC ({text}); write it as in 2026-02-03T09:30:00-08:00, or say which "
        "zone it is of (--zone).",
        "{column} no tiene su diferencia con UTC ({text}). Escríbela como en 2026-02-03T09:30:00-08:00, o di "
        "de qué zona es.",
        page="{column} has no offset from UTC ({text}); write it as in 2026-02-03T09:30:00-08:00, or choose "
        "how times are written.",
    ),
    "invalid.time_offset_form": Sentence(
        "{column} is no time with its offset ({text}); write it as 2026-02-03T09:30:00-08:00, or say how "
        "times are written (--times).",
        "{column} no es una hora con su diferencia con UTC ({text}). Escríbela como "
        "2026-02-03T09:30:00-08:00, "
        "o di cómo están escritas las horas.",
        page="{column} is no time with its offset ({text}); write it as 2026-02-03T09:30:00-08:00, or choose "
        "how times are written.",
    ),
    "invalid.time_order": Sentence(
        "{column} can be read with the month or with the day first ({text}); say which "
        "(--times month/day/year or --times day/month/year).",
        "{column} se puede leer con el mes o con el día primero ({text}). Di cuál de los dos va primero.",
        page="{column} can be read with the month or with the day first ({text}); choose how times are "
        "written.",
    ),
    "invalid.time_not_of_form": Sentence(
        "{column} is not written as {form} ({text}). Write it so.",
        "{column} no está escrita como {form} ({text}). Escríbela así.",
    ),
    "invalid.time_date_alone": Sentence(
        "{column} is a date without a time of day ({text}); write the time too, or say that it means noon "
        "(--date-alone noon).",
        "{column} es una fecha sin hora ({text}). Escribe también la hora, o di que significa mediodía.",
        page="{column} is a date without a time of day ({text}); write the time too, or choose that it means "
        "noon.",
    ),
    "invalid.time_unix": Sentence(
        "{column} is a number ({text}), perhaps of seconds since 1970; say that such numbers are times "
        "(--unix-times), or write the time.",
        "{column} es un número ({text}), quizás de segundos desde 1970. Di que esos números son horas, o "
        "escribe la hora.",
        page="{column} is a number ({text}), perhaps of seconds since 1970; choose that such numbers are "
        "times, or write the time.",
    ),
    "invalid.time_skipped": Sentence(
        "{column} is a time that there was not in {zone} ({text}): the clocks went forward over it. Write "
        "the "
        "time that it was.",
        "{column} es una hora que no hubo en {zone} ({text}): los relojes se adelantaron. Escribe la hora "
        "que "
        "era.",
    ),
    "invalid.time_twice": Sentence(
        "{column} is a time that there was twice in {zone} ({text}): the clocks went back over it. Write it "
        "with its offset, as in 2026-11-01T01:30:00-07:00.",
        "{column} es una hora que hubo dos veces en {zone} ({text}): los relojes se atrasaron. Escríbela con "
        "su diferencia con UTC, como en 2026-11-01T01:30:00-07:00.",
    ),
    "invalid.time_weekday": Sentence(
        "{column} names another weekday than its date has ({text}). Look at it again.",
        "{column} dice otro día de la semana que el de su fecha ({text}). Revísala.",
    ),
    "invalid.time_none": Sentence(
        "{column} is no time that can be read ({text}). Write it as 2026-02-03T09:30:00-08:00.",
        "{column} no es una hora que se pueda leer ({text}). Escríbela como 2026-02-03T09:30:00-08:00.",
    ),
    "invalid.day_none": Sentence(
        "{column} is no day that can be read ({text}). Write it as 2026-02-03.",
        "{column} no es un día que se pueda leer ({text}). Escríbelo como 2026-02-03.",
    ),
}
SENTENCES: Final[Catalog] = {**_TABLES, **_LINES, **_PEOPLE, **_IDS, **_TIMES}
