# long: one table after another, each a word and its translation
"""The words of every sentence, in English and Spanish: plain, short and kind.

Nothing here blames anyone or takes away what was earned, not even in tone. `{Noun}` begins a sentence,
`{noun}` stands inside one; both come from the program or from `NOUNS`. Spanish sentences are written so
that the noun's gender does not matter (`tu siguiente ...`), because a clinic chooses its own nouns.
"""

from typing import Literal

from schemas.people import Language
from schemas.program import Behavior, Noun, Period
from schemas.receipts import ReasonCode

NOUNS: dict[Behavior, Noun] = {
    "test": Noun("negative test", "prueba negativa"),
    "attendance": Noun("session", "sesión"),
    "homework": Noun("homework", "tarea"),
    "medication": Noun("dose", "dosis"),
    "activity": Noun("activity", "actividad"),
}
"""Default nouns of one success."""

VISITS: dict[Behavior, Noun] = NOUNS | {"test": Noun("test", "prueba")}
"""Nouns of one visit, whatever its outcome."""

WELCOMES = Noun("welcome", "bienvenida")

MONTHS: dict[Language, tuple[str, ...]] = {
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    "es": (
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ),
}

REASONS: dict[Language, dict[ReasonCode, str]] = {
    "en": {
        "flat": "{Noun}: {amount}.",
        "step": "{Noun}, step {count}: {amount}.",
        "recovered": "{Noun}: you are back at step {count}, {amount}.",
        "reset": "This visit earned nothing. The steps start again, and all you earned stays yours.",
        "stepped_back": "This visit earned nothing. You go on from step {count}. All you earned stays yours.",
        "miss": "This visit earned nothing. All you earned stays yours.",
        "no_change": "This earns nothing and changes nothing: you keep your place.",
        "over_limit": "Thank you. It is recorded; this week's rewards were already complete.",
        "over_limit:day": "Thank you. It is recorded; the rewards for that day were already complete.",
        "over_limit:month": "Thank you. It is recorded; this month's rewards were already complete.",
        "over_limit:enrollment": "Thank you. It is recorded; all of its rewards were already earned.",
        "no_phase": "Thank you. It is recorded; the program has no rewards for this week.",
        "allowance_used": "This visit earned nothing: the changes that the program allows were already used.",
        "retested": "A second test took the place of this one, so this one changes nothing.",
        "replaced": "A visit that was recorded took the place of this one, so this one changes nothing.",
        "run_bonus": "Bonus for {count} in a row: {amount}.",
        "week_bonus": "Bonus for {count} this week: {amount}.",
        "total_bonus": "Bonus for {count} in all: {amount}.",
        "welcome": "Welcome: {amount}.",
        "cap:event": "The most for one visit is reached: {amount} less.",
        "cap:day": "The most for one day is reached: {amount} less.",
        "cap:week": "The most for one week is reached: {amount} less.",
        "cap:month": "The most for one month is reached: {amount} less.",
        "cap:year": "The most for one year is reached: {amount} less.",
        "cap:enrollment": "The most for the whole program is reached: {amount} less.",
        "raised": "Added after a change to the record: {amount}.",
        "moved": "After a change to the record, {amount} of this counts for another visit.",
        "overpaid": "After a change to the record this would be {amount} less. It stays yours.",
        "taken_back": "Taken back after a change to the record: {amount}.",
        "unrecovered": "Already used before a change to the record: {amount}. You owe nothing.",
    },
    "es": {
        "flat": "{Noun}: {amount}.",
        "step": "{Noun}, paso {count}: {amount}.",
        "recovered": "{Noun}: vuelves al paso {count}, {amount}.",
        "reset": "Esta visita no ganó nada. Los pasos empiezan de nuevo, y todo lo que ganaste es tuyo.",
        "stepped_back": "Esta visita no ganó nada. Sigues desde el paso {count}. Lo que ganaste es tuyo.",
        "miss": "Esta visita no ganó nada. Todo lo que ganaste sigue siendo tuyo.",
        "no_change": "Esto no gana nada y no cambia nada: conservas tu lugar.",
        "over_limit": "Gracias. Queda registrado; las recompensas de esta semana ya estaban completas.",
        "over_limit:day": "Gracias. Queda registrado; las recompensas de ese día ya estaban completas.",
        "over_limit:month": "Gracias. Queda registrado; las recompensas de este mes ya estaban completas.",
        "over_limit:enrollment": "Gracias. Queda registrado; ya habías ganado todas sus recompensas.",
        "no_phase": "Gracias. Queda registrado; el programa no tiene recompensas para esta semana.",
        "allowance_used": "Esta visita no ganó nada: ya se usaron los cambios que permite el programa.",
        "retested": "Una segunda prueba ocupó el lugar de esta, así que esta no cambia nada.",
        "replaced": "Una visita registrada ocupó el lugar de esta, así que esta no cambia nada.",
        "run_bonus": "Bono por {count} veces seguidas: {amount}.",
        "week_bonus": "Bono por {count} veces esta semana: {amount}.",
        "total_bonus": "Bono por {count} veces en total: {amount}.",
        "welcome": "Te damos la bienvenida: {amount}.",
        "cap:event": "Se alcanzó el máximo por visita: {amount} menos.",
        "cap:day": "Se alcanzó el máximo por día: {amount} menos.",
        "cap:week": "Se alcanzó el máximo por semana: {amount} menos.",
        "cap:month": "Se alcanzó el máximo por mes: {amount} menos.",
        "cap:year": "Se alcanzó el máximo por año: {amount} menos.",
        "cap:enrollment": "Se alcanzó el máximo de todo el programa: {amount} menos.",
        "raised": "Añadido tras un cambio en el registro: {amount}.",
        "moved": "Tras un cambio en el registro, {amount} de esto cuentan para otra visita.",
        "overpaid": "Tras un cambio en el registro serían {amount} menos. Sigue siendo tuyo.",
        "taken_back": "Retirado tras un cambio en el registro: {amount}.",
        "unrecovered": "Usado ya antes de un cambio en el registro: {amount}. No debes nada.",
    },
}
"""The sentence of each reason."""

Phrase = Literal[
    "next",
    "next_with_bonus",
    "from_next_week",
    "from_week",
    "weeks_over",
    "program_over",
    "closed",
    "nothing_more",
    "cap_reached",
    "cap_meets",
    "back_now",
    "way_back",
    "one_more",
    "more",
    "came",
    "came_last",
    "away",
    "away_last",
    "adjusted",
    "adjusted_same",
    "adjusted_withdrawn",
]

PHRASES: dict[Language, dict[Phrase, str]] = {
    "en": {
        "next": "Your next {noun} is worth {amount}.",
        "next_with_bonus": "Your next {noun} is worth {amount}, with a bonus of {bonus} in it.",
        "from_next_week": "From next week on, your next {noun} is worth {amount}.",
        "from_week": "From week {week} on, your next {noun} is worth {amount}.",
        "weeks_over": "The program's weeks are over. Your next {noun} from them is still worth {amount}.",
        "program_over": "The program's weeks are over. All you earned stays yours.",
        "closed": "This enrollment is closed. All you earned stays yours.",
        "nothing_more": "There is nothing more to earn here. All you earned stays yours.",
        "cap_reached": "You have reached the most {period}: your next {noun} earns nothing, but it counts.",
        "cap_meets": "Your next {noun} is worth {amount}: with it you reach the most {period}.",
        "back_now": "Your next {noun} is worth {amount}: you are back where you were.",
        "way_back": "{Times} in a row and you are back at {amount}.",
        "one_more": "One more and you are back at {amount}.",
        "more": "{Times} more in a row and you are back at {amount}.",
        "came": "Thanks for coming in. Today's visit earned nothing; your next {noun} is worth {amount}.",
        "came_last": "Thanks for coming in. Today's visit earned nothing; all you earned stays yours.",
        "away": "We hope to see you soon. Your next {noun} is worth {amount}.",
        "away_last": "We hope to see you soon. All you earned stays yours.",
        "adjusted": "{Noun} on {day}: now {after} instead of {before}.",
        "adjusted_same": "{Noun} on {day}: {after}, as before.",
        "adjusted_withdrawn": "{Noun} on {day}: the entry was withdrawn; {after} instead of {before}.",
    },
    "es": {
        "next": "Tu siguiente {noun} vale {amount}.",
        "next_with_bonus": "Tu siguiente {noun} vale {amount}, con un bono de {bonus} incluido.",
        "from_next_week": "A partir de la próxima semana, tu siguiente {noun} vale {amount}.",
        "from_week": "A partir de la semana {week}, tu siguiente {noun} vale {amount}.",
        "weeks_over": "Las semanas del programa terminaron. Tu siguiente {noun} de ellas aún vale {amount}.",
        "program_over": "Las semanas del programa terminaron. Todo lo que ganaste sigue siendo tuyo.",
        "closed": "Esta inscripción está cerrada. Todo lo que ganaste sigue siendo tuyo.",
        "nothing_more": "Aquí no hay nada más que ganar. Todo lo que ganaste sigue siendo tuyo.",
        "cap_reached": "Alcanzaste el máximo {period}: tu siguiente {noun} no gana nada, pero sí cuenta.",
        "cap_meets": "Tu siguiente {noun} vale {amount}: con eso alcanzas el máximo {period}.",
        "back_now": "Tu siguiente {noun} vale {amount}: vuelves a donde estabas.",
        "way_back": "{Times} veces seguidas y vuelves a {amount}.",
        "one_more": "Una vez más y vuelves a {amount}.",
        "more": "{Times} veces más seguidas y vuelves a {amount}.",
        "came": "Gracias por venir. La visita de hoy no ganó nada; tu siguiente {noun} vale {amount}.",
        "came_last": "Gracias por venir. La visita de hoy no ganó nada; lo que ganaste sigue siendo tuyo.",
        "away": "Esperamos verte pronto. Tu siguiente {noun} vale {amount}.",
        "away_last": "Esperamos verte pronto. Todo lo que ganaste sigue siendo tuyo.",
        "adjusted": "{Noun} del {day}: ahora {after} en lugar de {before}.",
        "adjusted_same": "{Noun} del {day}: {after}, como antes.",
        "adjusted_withdrawn": "{Noun} del {day}: se retiró la anotación; {after} en lugar de {before}.",
    },
}
"""The sentences about what comes next."""

PERIODS: dict[Language, dict[Period, str]] = {
    "en": {
        "event": "for one visit",
        "day": "for one day",
        "week": "for one week",
        "month": "for one month",
        "year": "for one year",
        "enrollment": "for the whole program",
    },
    "es": {
        "event": "por visita",
        "day": "por día",
        "week": "por semana",
        "month": "por mes",
        "year": "por año",
        "enrollment": "de todo el programa",
    },
}
"""How a cap's period is said after `the most`."""

TIMES: dict[Language, tuple[str, ...]] = {
    "en": ("", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"),
    "es": ("", "Una", "Dos", "Tres", "Cuatro", "Cinco", "Seis", "Siete", "Ocho", "Nueve", "Diez"),
}
"""Small numbers that begin a sentence; a larger one is written in digits."""

Movement = Literal[
    "earned",
    "taken_back",
    "moved",
    "held",
    "given",
    "given_at_once",
    "returned",
    "reward_taken_back",
    "drawn",
    "prize",
    "hat",
    "manual",
    "brought",
    "paid_before",
    "brought_withdrawn",
    "paid_before_withdrawn",
    "released",
    "restored",
    "merged_in",
    "merged_out",
    "merged_in_held",
    "merged_out_held",
    "merged_in_given",
    "merged_out_given",
]

MOVEMENTS: dict[Language, dict[Movement, str]] = {
    "en": {
        "earned": "{amount} earned.",
        "taken_back": "{amount} taken back after a change to the record.",
        "moved": "{amount} moved to another visit after a change to the record.",
        "held": "{amount} set aside for {reward}.",
        "given": "{Reward} handed over: {amount}.",
        "given_at_once": "{Reward}: {amount}.",
        "returned": "{Reward} was canceled, and {amount} is yours to use again.",
        "reward_taken_back": "{Reward} was taken back, and {amount} is yours to use again.",
        "drawn": "{amount} drawn.",
        "prize": "Prize: {amount}.",
        "hat": "Your name was drawn: {amount}.",
        "manual": "{amount} added by your clinic.",
        "brought": "{amount} brought over from your clinic's earlier records.",
        "paid_before": "{amount} paid out before, by your clinic's earlier records.",
        "brought_withdrawn": "{amount} from earlier records was entered by mistake and is taken out again.",
        "paid_before_withdrawn": "{amount} paid out before was entered by mistake and is taken out again.",
        "released": "{amount} went back to the clinic when you left.",
        "restored": "{amount} is yours to use again.",
        "merged_in": "{amount} moved here from another chart.",
        "merged_out": "{amount} moved to another chart.",
        "merged_in_held": "{amount} set aside, moved here from another chart.",
        "merged_out_held": "{amount} set aside, moved to another chart.",
        "merged_in_given": "{amount} used before, moved here from another chart.",
        "merged_out_given": "{amount} used before, moved to another chart.",
    },
    "es": {
        "earned": "Ganaste {amount}.",
        "taken_back": "{amount} retirados tras un cambio en el registro.",
        "moved": "{amount} pasan a contar para otra visita tras un cambio en el registro.",
        "held": "{amount} apartados para {reward}.",
        "given": "{Reward}, entrega hecha: {amount}.",
        "given_at_once": "{Reward}: {amount}.",
        "returned": "{Reward}: se canceló, y puedes volver a usar {amount}.",
        "reward_taken_back": "{Reward}: se devolvió, y puedes volver a usar {amount}.",
        "drawn": "Usaste {amount}.",
        "prize": "Premio: {amount}.",
        "hat": "Salió tu nombre: {amount}.",
        "manual": "Tu clínica añadió {amount}.",
        "brought": "De los registros anteriores de tu clínica: {amount}.",
        "paid_before": "Ya pagado antes, según los registros anteriores de tu clínica: {amount}.",
        "brought_withdrawn": "De los registros anteriores, anotado por error y retirado: {amount}.",
        "paid_before_withdrawn": "Pagado antes, anotado por error y retirado: {amount}.",
        "released": "{amount} volvieron a la clínica cuando te fuiste.",
        "restored": "Puedes volver a usar {amount}.",
        "merged_in": "{amount} llegaron aquí desde otro expediente.",
        "merged_out": "{amount} pasaron a otro expediente.",
        "merged_in_held": "{amount} apartados llegaron aquí desde otro expediente.",
        "merged_out_held": "{amount} apartados pasaron a otro expediente.",
        "merged_in_given": "{amount} ya usados llegaron aquí desde otro expediente.",
        "merged_out_given": "{amount} ya usados pasaron a otro expediente.",
    },
}
"""The sentences of a statement."""

A_REWARD: dict[Language, str] = {"en": "a reward", "es": "una recompensa"}
"""Nouns of a reward whose name may not be said."""

UNITS: dict[Language, dict[Literal["points", "draw"], tuple[str, str]]] = {
    "en": {"points": ("point", "points"), "draw": ("draw", "draws")},
    "es": {"points": ("punto", "puntos"), "draw": ("sorteo", "sorteos")},
}
"""One and many of the units that are counted."""
