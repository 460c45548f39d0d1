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
    "not_found.past": Sentence(
        "Nobody has been in a program `{program}` yet. Try a draft of one that people are in.",
        "Nadie ha estado aún en el programa `{program}`. Prueba un borrador de uno que ya tenga gente.",
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
    "program.then_itself": Sentence(
        "`{name}` cannot follow itself; name another program",
        "`{name}` no puede seguirse a sí mismo; nombra otro programa",
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
        "weeks {first} to {last} are in phase {earlier} too; let each week have one phase",
        "las semanas {first} a {last} también están en la fase {earlier}; cada semana tiene una sola fase",
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
    "program.no_reset": Sentence(
        "a miss does not bring the steps back; write `on_failure: {{reset: true}}` if it should",
        "una falta no devuelve la escalera al inicio; escribe `on_failure: {{reset: true}}` si debe hacerlo",
        page="A miss does not bring the steps back. Choose that it starts again, if it should.",
    ),
    "program.never_missed": Sentence(
        "no word on missed visits, so none ever counts as missed; write `missed_after_hours: 24` if so",
        "no dice nada de las faltas y ninguna cuenta; escribe `missed_after_hours: 24` si deben contar",
        page="Nothing is said of missed visits, so none ever counts as missed. Write 24 hours if so.",
    ),
    "program.gap": Sentence(
        "weeks {first} to {last} before it have no phase: visits there earn nothing",
        "las semanas {first} a {last} anteriores no tienen fase: las visitas no ganan nada ahí",
    ),
    "program.gap_of_days": Sentence(
        "days {first} to {last} before it have no phase: visits there earn nothing",
        "los días {first} a {last} anteriores no tienen fase: las visitas no ganan nada ahí",
    ),
    "program.goes_on": Sentence(
        "its steps go on from phase {earlier}, which pays otherwise; write `begin: anew` if they should not",
        "sus pasos siguen desde la fase {earlier}, que paga de otro modo; escribe `begin: anew` si no deben",
        page="Its steps go on from phase {earlier}, which pays otherwise. Choose that the ladder begins "
        "again, if it should.",
    ),
    "program.large": Sentence(
        "one success pays {amount} (visit {visit}), more than {most}; amounts are in cents",
        "un solo éxito paga {amount} (visita {visit}), más de {most}; las cantidades van en centavos",
    ),
    "program.apart": Sentence(
        "{small} here and {large} elsewhere lie a hundredfold apart; are both in the same minor units?",
        "{small} aquí y {large} en otro lugar: cien veces más; ¿van las dos en las mismas unidades?",
    ),
    "program.cap_twice": Sentence(
        "there is a cap for one {per} already; the lower one decides",
        "ya hay un tope por {per}; decide el más bajo",
    ),
    "program.cap_unreached": Sentence(
        "nobody reaches {amount}, whatever they do; lower it, or leave the cap out",
        "nadie llega a {amount}, haga lo que haga; bájalo o quita el tope",
    ),
    "program.limit_unreached": Sentence(
        "{count} a {per} are never reached: only {most} can be recorded",
        "nunca se llega a {count} por {per}: solo se pueden registrar {most}",
    ),
    "program.bonus_unreached": Sentence(
        "asks for {needed}, and whoever comes to every visit has {most}; the bonus is never paid",
        "pide {needed}, y quien va a todas las visitas tiene {most}; el bono nunca se paga",
    ),
    "program.then_unreached": Sentence(
        "asks for {needed} successes, and whoever comes to every visit has {most}; it is never offered",
        "pide {needed} éxitos, y quien va a todas las visitas tiene {most}; nunca se ofrece",
    ),
    "program.caps_clip": Sentence(
        "leave {lost} of {total} unpaid, from visit {visit} of {target} in week {week} on",
        "dejan sin pagar {lost} de {total}, desde la visita {visit} de {target} en la semana {week}",
    ),
    "program.caps_clip_welcome": Sentence(
        "leave {lost} of {total} unpaid, from the welcome on",
        "dejan sin pagar {lost} de {total}, desde la bienvenida",
    ),
    "program.draws_cost": Sentence(
        "who succeeds every time has {draws} draws: {expected} in prizes on average, {greatest} at the most",
        "quien siempre lo logra tiene {draws} boletos: {expected} en promedio, {greatest} como máximo",
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
