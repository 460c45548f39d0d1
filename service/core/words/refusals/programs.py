"""Why a program was not published, and what its rules may not say."""

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
    "program.max_below_amount": Sentence(
        "is below amount ({amount}); raise it, or lower amount",
        "es menos que amount ({amount}); súbelo o baja amount",
    ),
    "program.measure_unknown": Sentence(
        "`{word}` is no known word; write one of: {known}, or give `one` and `many` in English and Spanish",
        "`{word}` no es una palabra conocida; escribe una de: {known}, o da `one` y `many` en los dos "
        "idiomas",
    ),
    "program.measures_mixed": Sentence(
        "counts otherwise than phase 1; let all phases of a target count the same, or none count",
        "no cuenta lo mismo que la fase 1; haz que todas las fases cuenten lo mismo, o que ninguna cuente",
    ),
    "program.quantity_unwanted": Sentence(
        "target `{target}` counts no quantity; take it out",
        "el objetivo `{target}` no cuenta cantidades; quítala",
    ),
    "program.quantity_fine": Sentence(
        "is finer than two decimals; write 3.25 or 3.5",
        "tiene más de dos decimales; escribe 3.25 o 3.5",
    ),
    "program.bowl_unknown": Sentence(
        "there is no bowl `{bowl}`; add it to bowls, or name one of them",
        "no hay un recipiente `{bowl}`; agrégalo a bowls o nombra uno de ellos",
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
    "program.lots_alone": Sentence(
        "does not go with `random`, whose days are drawn; keep one of the two",
        "no va con `random`, cuyos días se sortean; deja uno de los dos",
    ),
    "program.lots_too_many": Sentence(
        "is {count}, but `of` names {days} days; name more days, or draw fewer",
        "es {count}, pero `of` nombra {days} días; nombra más días o sortea menos",
    ),
    "program.of_without_lots": Sentence(
        "says which days are drawn from, and `random` does not say how many; write `random: 2`",
        "dice de qué días se sortea, y `random` no dice cuántos; escribe `random: 2`",
    ),
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
