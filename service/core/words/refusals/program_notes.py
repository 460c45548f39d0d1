"""What a program may say and its author may not have meant."""

from typing import Final

from service.core.words.refusals.sentence import Catalog, Sentence

SENTENCES: Final[Catalog] = {
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
    "program.unbounded": Sentence(
        "any quantity is paid in full, a slip of the keyboard too; give `max`, or a cap per event or day",
        "se paga toda cantidad, también un error de tecleo; da `max`, o un tope por visita o por día",
    ),
    "program.draws_cost": Sentence(
        "who succeeds every time has {draws} draws: {expected} in prizes on average, {greatest} at the most",
        "quien siempre lo logra tiene {draws} boletos: {expected} en promedio, {greatest} como máximo",
    ),
}
