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
        "part": "For this visit: {amount}, {count}% of the full reward.",
        "rate": "{Counted}: {amount}.",
        "rate_max": "{Counted}: {amount}, the most for one visit.",
        "reset": (
            "No reward for this visit. The steps start again at the first one. Everything "
            "you earned is still yours."
        ),
        "stepped_back": (
            "No reward for this visit. You go on from step {count}. Everything you earned is still yours."
        ),
        "miss": "No reward for this visit. Everything you earned is still yours.",
        "no_change": "No reward for this one. You keep your place.",
        "condition_unmet": (
            "Thank you. We recorded this visit. It has a reward on a day when its other part goes well too."
        ),
        "over_limit": "Thank you. We recorded this visit. You already got all of this week's rewards.",
        "over_limit:day": "Thank you. We recorded this visit. You already got all of that day's rewards.",
        "over_limit:month": "Thank you. We recorded this visit. You already got all of this month's rewards.",
        "over_limit:enrollment": "Thank you. We recorded this visit. You already got all of its rewards.",
        "no_phase": "Thank you. We recorded this visit. The program has no rewards this week.",
        "allowance_used": "You already used all the changes the program allows.",
        "retested": "You took a second test, so this one does not count.",
        "replaced": "We recorded your visit, so this one does not count.",
        "run_bonus": "Bonus for {count} in a row: {amount}.",
        "week_bonus": "Bonus for {count} this week: {amount}.",
        "total_bonus": "Bonus for {count} in all: {amount}.",
        "welcome": "Welcome gift: {amount}.",
        "cap:event": "This is the most you can earn in one visit. Not added: {amount}.",
        "cap:day": "This is the most you can earn in one day. Not added: {amount}.",
        "cap:week": "This is the most you can earn in one week. Not added: {amount}.",
        "cap:month": "This is the most you can earn in one month. Not added: {amount}.",
        "cap:year": "This is the most you can earn in one year. Not added: {amount}.",
        "cap:enrollment": "This is the most you can earn in the whole program. Not added: {amount}.",
        "raised": "Added after we corrected the record: {amount}.",
        "moved": "After a correction, {amount} of this was counted for another visit instead.",
        "overpaid": "After a correction this would be {amount} less. You keep it.",
        "taken_back": "Taken back after a correction: {amount}.",
        "unrecovered": "You had already used {amount} before a correction. You owe nothing.",
    },
    "es": {
        "flat": "{Noun}: {amount}.",
        "step": "{Noun}, paso {count}: {amount}.",
        "recovered": "{Noun}: vuelves al paso {count}, {amount}.",
        "part": "Por esta visita: {amount}, el {count}% de la recompensa completa.",
        "rate": "{Counted}: {amount}.",
        "rate_max": "{Counted}: {amount}, el máximo por visita.",
        "reset": (
            "Por esta visita no hay recompensa. Los pasos empiezan de nuevo desde el "
            "primero. Todo lo que ganaste sigue siendo tuyo."
        ),
        "stepped_back": (
            "Por esta visita no hay recompensa. Sigues desde el paso {count}. Todo lo que ganaste es tuyo."
        ),
        "miss": "Por esta visita no hay recompensa. Todo lo que ganaste sigue siendo tuyo.",
        "no_change": "Esto no tiene recompensa y conservas tu lugar.",
        "condition_unmet": (
            "Gracias. Registramos esta visita. Tiene recompensa si ese día su otra parte también sale bien."
        ),
        "over_limit": "Gracias. Registramos esta visita. Ya recibiste todas las recompensas de esta semana.",
        "over_limit:day": "Gracias. Registramos esta visita. Ya recibiste todas las recompensas de ese día.",
        "over_limit:month": "Gracias. Registramos esta visita. Ya recibiste todas las de este mes.",
        "over_limit:enrollment": "Gracias. Registramos esta visita. Ya recibiste todas sus recompensas.",
        "no_phase": "Gracias. Registramos esta visita. El programa no tiene recompensas esta semana.",
        "allowance_used": "Ya usaste todos los cambios que permite el programa.",
        "retested": "Hiciste una segunda prueba, así que esta no cuenta.",
        "replaced": "Registramos tu visita, así que esta no cuenta.",
        "run_bonus": "Bono por {count} veces seguidas: {amount}.",
        "week_bonus": "Bono por {count} veces esta semana: {amount}.",
        "total_bonus": "Bono por {count} veces en total: {amount}.",
        "welcome": "Regalo de bienvenida: {amount}.",
        "cap:event": "Es el máximo que puedes ganar en una visita. No se suma: {amount}.",
        "cap:day": "Es el máximo que puedes ganar en un día. No se suma: {amount}.",
        "cap:week": "Es el máximo que puedes ganar en una semana. No se suma: {amount}.",
        "cap:month": "Es el máximo que puedes ganar en un mes. No se suma: {amount}.",
        "cap:year": "Es el máximo que puedes ganar en un año. No se suma: {amount}.",
        "cap:enrollment": "Es el máximo que puedes ganar en todo el programa. No se suma: {amount}.",
        "raised": "Se agregó al corregir el registro: {amount}.",
        "moved": "Después de una corrección, esto se cuenta en otra visita: {amount}.",
        "overpaid": "Después de una corrección sería menos: {amount}. Lo conservas.",
        "taken_back": "Se retiró después de una corrección: {amount}.",
        "unrecovered": "Ya habías usado {amount} antes de una corrección. No debes nada.",
    },
}
"""The sentence of each reason."""

Phrase = Literal[
    "next",
    "next_with_bonus",
    "next_and_bonus",
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
        "next_with_bonus": "Your next {noun} is worth {amount}. That includes a bonus of {bonus}.",
        "next_and_bonus": "Your next {noun} is worth {amount}, and a bonus of {bonus}.",
        "from_next_week": "Starting next week, your next {noun} is worth {amount}.",
        "from_week": "Starting in week {week}, your next {noun} is worth {amount}.",
        "weeks_over": "The program has ended. Your next {noun} from those weeks still earns {amount}.",
        "program_over": "The program has ended. Everything you earned is still yours.",
        "closed": "You are no longer in this program. Everything you earned is still yours.",
        "nothing_more": "You have earned everything there is to earn here. It is all yours.",
        "cap_reached": (
            "You have earned the most you can {period}. Your next {noun} still counts, with no reward."
        ),
        "cap_meets": "Your next {noun} is worth {amount}. With it you reach the most you can earn {period}.",
        "back_now": "Your next {noun} is worth {amount}: you are back where you were.",
        "way_back": "{Times} in a row and you are back at {amount}.",
        "one_more": "One more and you are back at {amount}.",
        "more": "{Times} more in a row and you are back at {amount}.",
        "came": "Thanks for coming in. No reward for today's visit.",
        "came_last": (
            "Thanks for coming in. No reward for today's visit. Everything you earned is still yours."
        ),
        "away": "We hope to see you soon.",
        "away_last": "We hope to see you soon. Everything you earned is still yours.",
        "adjusted": "{Noun} on {day}: now {after} instead of {before}.",
        "adjusted_same": "{Noun} on {day}: {after}, as before.",
        "adjusted_withdrawn": "{Noun} on {day}: this entry was removed. It is {after} instead of {before}.",
    },
    "es": {
        "next": "Tu siguiente {noun} vale {amount}.",
        "next_with_bonus": "Tu siguiente {noun} vale {amount}. Eso incluye un bono de {bonus}.",
        "next_and_bonus": "Tu siguiente {noun} vale {amount}, y un bono de {bonus}.",
        "from_next_week": "A partir de la próxima semana, tu siguiente {noun} vale {amount}.",
        "from_week": "A partir de la semana {week}, tu siguiente {noun} vale {amount}.",
        "weeks_over": "El programa terminó. Tu siguiente {noun} de esas semanas todavía vale {amount}.",
        "program_over": "El programa terminó. Todo lo que ganaste sigue siendo tuyo.",
        "closed": "Ya no estás en este programa. Todo lo que ganaste sigue siendo tuyo.",
        "nothing_more": "Ya ganaste todo lo que se puede ganar aquí. Todo es tuyo.",
        "cap_reached": "Ya ganaste el máximo {period}. Tu siguiente {noun} todavía cuenta, sin recompensa.",
        "cap_meets": "Tu siguiente {noun} vale {amount}. Con eso llegas al máximo {period}.",
        "back_now": "Tu siguiente {noun} vale {amount}: vuelves a donde estabas.",
        "way_back": "{Times} veces seguidas y vuelves a {amount}.",
        "one_more": "Una vez más y vuelves a {amount}.",
        "more": "{Times} veces seguidas más y vuelves a {amount}.",
        "came": "Gracias por venir. Por la visita de hoy no hay recompensa.",
        "came_last": (
            "Gracias por venir. Por la visita de hoy no hay recompensa. Todo lo que "
            "ganaste sigue siendo tuyo."
        ),
        "away": "Esperamos verte pronto.",
        "away_last": "Esperamos verte pronto. Todo lo que ganaste sigue siendo tuyo.",
        "adjusted": "{Noun} del {day}: ahora {after} en lugar de {before}.",
        "adjusted_same": "{Noun} del {day}: {after}, como antes.",
        "adjusted_withdrawn": (
            "{Noun} del {day}: se quitó este registro. Ahora: {after} en lugar de {before}."
        ),
    },
}
"""The sentences about what comes next."""

FOR_EACH: dict[Language, str] = {"en": "{amount} per {one}", "es": "{amount} por {one}"}
"""How an amount is said that is for each of what is counted."""

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
    "order_failed",
    "refunded",
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
        "taken_back": "{amount} taken back after a correction.",
        "moved": "{amount} counted for another visit after a correction.",
        "held": "{amount} set aside for {reward}.",
        "given": "{Reward} handed over: {amount}.",
        "given_at_once": "{Reward}: {amount}.",
        "returned": "{Reward} was canceled. You have {amount} back.",
        "reward_taken_back": "{Reward} was taken back, and {amount} is yours to use again.",
        "order_failed": "{Reward} could not be delivered. You have {amount} back.",
        "refunded": "{amount} of {reward} came back. It is yours to use again.",
        "drawn": "You drew {amount}.",
        "prize": "Prize: {amount}.",
        "hat": "Your name was drawn: {amount}.",
        "manual": "Your clinic added {amount}.",
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
        "taken_back": "Se retiró después de una corrección: {amount}.",
        "moved": "Se cuenta para otra visita después de una corrección: {amount}.",
        "held": "Se apartó para {reward}: {amount}.",
        "given": "Recogiste {reward}: {amount}.",
        "given_at_once": "{Reward}: {amount}.",
        "returned": "Se canceló {reward}. Recuperas {amount}.",
        "reward_taken_back": "{Reward}: se devolvió, y puedes volver a usar {amount}.",
        "order_failed": "{Reward}: no se pudo entregar. Recuperas {amount}.",
        "refunded": "{Reward}: se devolvió una parte. Puedes volver a usar {amount}.",
        "drawn": "Sacaste {amount}.",
        "prize": "Premio: {amount}.",
        "hat": "Salió tu nombre: {amount}.",
        "manual": "Tu clínica agregó {amount}.",
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
    "es": {"points": ("punto", "puntos"), "draw": ("boleto", "boletos")},
}
"""One and many of the units that are counted."""
