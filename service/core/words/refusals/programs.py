# long: one fault after another, each a sentence in both languages
"""Why a program was not published, and what is wrong with a document at which place."""

from typing import Final

from service.core.words.refusals.sentence import Catalog, Sentence

SENTENCES: Final[Catalog] = {
    "not_found.program": Sentence(
        "There is no such program.",
        "No existe ese programa. Elige uno de la lista.",
    ),
    "not_found.program_version": Sentence(
        "There is no such program, or not in this version.",
        "No existe ese programa o no tiene esa versión. Elige uno de la lista.",
    ),
    "unknown_program.unpublished": Sentence(
        "No program `{program}` is published; publish it first.",
        "El programa `{program}` no está publicado. Publícalo primero.",
    ),
    "program_faulty": Sentence(
        "The program has faults; mend each of them at the place that is named.",
        "El programa tiene errores. Corrige cada uno en el lugar que se indica.",
        page="The program has faults. Correct each of them at the place that is named.",
    ),
    "program_faulty.table": Sentence(
        "The program has faults; see what is wrong and where.",
        "El programa tiene errores. Mira qué está mal y dónde.",
    ),
    "program_faulty.document": Sentence(
        "The document is not a program; see what is wrong and where.",
        "El documento no es un programa. Mira qué está mal y dónde.",
    ),
    "precondition_failed.program": Sentence(
        "Another version was published meanwhile; look at it first.",
        "Alguien publicó otra versión mientras estabas aquí. Mírala primero.",
    ),
    # Documents
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
        "`{name}` is not a field here; take it out or check its spelling",
        "`{name}` no es un campo aquí; quítalo o revisa cómo está escrito",
    ),
    "document.needed": Sentence(
        "`{name}` is missing; add it",
        "falta `{name}`; agrégalo",
    ),
    "document.slug": Sentence(
        "must be small letters and digits, in words joined by - _ or .",
        "deben ser minúsculas y cifras, en palabras unidas por - _ o .",
    ),
    # Programs
    "program.name_taken": Sentence(
        "`{name}` cannot be a program's name; choose another",
        "`{name}` no puede ser el nombre de un programa; elige otro",
    ),
    "program.name_kept": Sentence(
        "a new version keeps the program's name, `{name}`",
        "una versión nueva conserva el nombre del programa, `{name}`",
    ),
    "program.named_twice": Sentence(
        "`{name}` is named twice; give each its own name",
        "`{name}` está dos veces; da a cada uno su nombre",
    ),
    "program.bowl_predefined": Sentence(
        "`{name}` is predefined; choose another name",
        "`{name}` ya viene con el servicio; elige otro nombre",
    ),
    "program.tier_of_both": Sentence(
        "has both a value and a category; keep one of the two",
        "tiene un valor y una categoría; deja uno de los dos",
    ),
    "program.weeks_turned": Sentence(
        "week {first} is after week {last}; write the first week first",
        "la semana {first} va después de la {last}; escribe primero la primera",
    ),
    "program.weeks_shared": Sentence(
        "weeks {first} to {last} are in phases[{earlier}] too; let each week have one phase",
        "las semanas {first} a {last} también están en phases[{earlier}]; cada semana tiene una sola fase",
    ),
    "program.max_below_start": Sentence(
        "is below start ({start}); raise it, or lower start",
        "es menos que start ({start}); súbelo o baja start",
    ),
    "program.bowl_unknown": Sentence(
        "there is no bowl `{bowl}`; add it to bowls, or name one of them",
        "no hay una urna `{bowl}`; agrégala a bowls o nombra una de ellas",
    ),
    "program.outcome_fixed": Sentence(
        "is always a {effect} for {behavior}; a program may decide: {known}",
        "siempre es {effect} en {behavior}; un programa puede decidir: {known}",
    ),
    "program.outcome_fixed_all": Sentence(
        "is always a {effect} for {behavior}; a program may decide: none",
        "siempre es {effect} en {behavior}; un programa no puede decidir ninguno",
    ),
    "program.outcome_unknown": Sentence(
        "is no outcome of {behavior}; a program may decide: {known}",
        "no es un resultado de {behavior}; un programa puede decidir: {known}",
    ),
    "program.outcome_unknown_all": Sentence(
        "is no outcome of {behavior}; a program may decide: none",
        "no es un resultado de {behavior}; un programa no puede decidir ninguno",
    ),
    "program.allowance_unknown": Sentence(
        "`{outcome}` is no outcome of {behavior}; there are: {known}",
        "`{outcome}` no es un resultado de {behavior}; hay: {known}",
    ),
    "program.allowance_not_neutral": Sentence(
        "`{outcome}` is a {effect} here; an allowance is for a neutral outcome",
        "`{outcome}` es {effect} aquí; una tolerancia es para un resultado neutral",
    ),
    "program.allowance_twice": Sentence(
        "`{outcome}` already has an allowance; keep one of the two",
        "`{outcome}` ya tiene una tolerancia; deja una de las dos",
    ),
    "program.successes_beyond_limit": Sentence(
        "only {most} successes count in a week; ask for {most} or fewer",
        "solo {most} éxitos cuentan por semana; pide {most} o menos",
    ),
    "program.milestones_unordered": Sentence(
        "must rise, each number once; write the milestones in order",
        "deben subir, cada número una vez; escríbelos en orden",
    ),
    "program.condition_unknown": Sentence(
        "`{target}` is not another target of this program; there are: {known}",
        "`{target}` no es otro objetivo de este programa; hay: {known}",
    ),
    "program.limit_of_one": Sentence(
        "a limit has `per_week`, or `count` and `per`; write one of the two",
        "un límite lleva `per_week`, o `count` y `per`; escribe uno de los dos",
    ),
    "program.limit_twice": Sentence(
        "has two limits for one period; keep one of the two",
        "tiene dos límites para un mismo período; deja uno de los dos",
    ),
    "program.week_of_no_visits": Sentence(
        "rises with whole weeks, so the target must say how many visits a week has; give visits, or a limit",
        "sube con semanas completas: di cuántas visitas tiene una semana; da visits o limit",
    ),
    "program.run_of_one": Sentence(
        "a run bonus has `every` or `at`; write one of the two",
        "un bono por tantas seguidas lleva `every` o `at`; escribe uno de los dos",
    ),
    "program.landing_of_one": Sentence(
        "a reset lands on a `rung`, or some rungs `back`; write one of the two",
        "se vuelve a un `rung`, o tantos pasos atrás con `back`; escribe uno de los dos",
    ),
    "program.retest_of_no_test": Sentence(
        "only a test can be repeated, and this is {behavior}; take it out",
        "solo una prueba se puede repetir, y esto es {behavior}; quítalo",
    ),
    "program.noun_of_lines": Sentence(
        "must be one line without blanks around it",
        "debe ser una línea sin espacios alrededor",
    ),
    "program.hat_of_no_attendance": Sentence(
        "names are drawn for attendance, and this is {behavior}; take it out",
        "los nombres se sacan por asistencia, y esto es {behavior}; quítalo",
    ),
    "program.day_twice": Sentence(
        "names a day twice; name each day once",
        "nombra un día dos veces; nombra cada día una vez",
    ),
    "program.per_week_and_days": Sentence(
        "is {per_week}, but {days} weekdays are named; keep one of the two",
        "es {per_week}, pero se nombran {days} días; deja uno de los dos",
    ),
    # Doubts
    "program.no_visits": Sentence(
        "says no visits, so none is expected; give weekdays, or per_week",
        "no dice visitas, así que no se espera ninguna; da weekdays o per_week",
    ),
    "program.visits_too_many": Sentence(
        "{count} visits do not fit into a week with that distance",
        "{count} visitas no caben en una semana con esa distancia",
    ),
    "program.weeks_lost": Sentence(
        "the program ends with week {weeks}: later weeks are not covered",
        "el programa termina con la semana {weeks}: las siguientes no cuentan",
    ),
    "program.phase_lost": Sentence(
        "the program ends with week {weeks}: later weeks are not covered, and this phase never begins",
        "el programa termina con la semana {weeks}: las siguientes no cuentan, y esta fase nunca empieza",
    ),
    "program.recovery_without_reset": Sentence(
        "has no effect without `reset: true`",
        "no tiene efecto sin `reset: true`",
    ),
    "program.visits_never": Sentence(
        "visits fall every {every} weeks, and the phase is shorter: none is expected in it",
        "hay visitas cada {every} semanas y la fase es más corta: no se espera ninguna en ella",
    ),
    "program.first_goes_on": Sentence(
        "has no effect where the ladder goes on from an earlier phase; write `begin: anew`, or take it out",
        "no tiene efecto donde la escalera sigue desde una fase anterior; escribe `begin: anew` o quítalo",
    ),
    "program.milestone_beyond_limit": Sentence(
        "only {most} successes count in all, so a later number is never reached",
        "solo {most} éxitos cuentan en total, así que un número mayor nunca se alcanza",
    ),
    "program.bonus_lost": Sentence(
        "the program ends with week {weeks}, so this bonus is never paid",
        "el programa termina con la semana {weeks}, así que este bono nunca se paga",
    ),
    "program.visits_beyond_limit": Sentence(
        "{count} visits a week are expected, but only {most} successes count",
        "se esperan {count} visitas por semana, pero solo {most} éxitos cuentan",
    ),
    # Imagined visits
    "program.run_unreadable": Sentence(
        "`{text}` is not read; write a word, or a word*times",
        "`{text}` no se lee; escribe una palabra, o palabra*veces",
    ),
    "program.run_long": Sentence(
        "there are more than {visits} visits; write fewer",
        "hay más de {visits} visitas; escribe menos",
    ),
    "program.not_a_target": Sentence(
        "`{target}` is not a target; there are: {known}",
        "`{target}` no es un objetivo; hay: {known}",
    ),
    "program.not_an_outcome": Sentence(
        "`{outcome}` is not an outcome; there are: {known}",
        "`{outcome}` no es un resultado; hay: {known}",
    ),
    "program.case_target": Sentence(
        "the program has no target {target}",
        "el programa no tiene el objetivo {target}",
    ),
    "program.case_amount": Sentence(
        "{text} is not an amount",
        "{text} no es una cantidad",
    ),
    "program.case_amounts": Sentence(
        "{visits} visits, but {amounts} amounts in {field}",
        "{visits} visitas, pero {amounts} cantidades en {field}",
    ),
}
