"""The words of every sentence: plain, short and kind.

Nothing here blames anyone or takes away what was earned, not even in tone. `{Noun}` begins a sentence,
`{noun}` stands inside one; both come from the program or from `NOUNS`. Sentences are put into a
language so that the noun's gender does not matter (`tu siguiente ...`): a clinic chooses its own nouns.
"""

from typing import Final, Literal

from schemas.program import Behavior, Noun, Period
from schemas.receipts import ReasonCode
from service.core.catalogs import ByLanguage, Plural, by_language, plural

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
by_language("noun", {one.en: one.en for one in (*NOUNS.values(), VISITS["test"], WELCOMES)})

REASONS: Final[ByLanguage[dict[ReasonCode, str]]] = by_language(
    "words.reasons",
    {
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
)
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

PHRASES: Final[ByLanguage[dict[Phrase, str]]] = by_language(
    "words.phrases",
    {
        "next": "Your next {noun} is worth {amount}.",
        "next_with_bonus": "Your next {noun} is worth {amount}. That includes a bonus of {bonus}.",
        "next_and_bonus": "Your next {noun} is worth {amount}, and a bonus of {bonus}.",
        "from_next_week": "Starting next week, your next {noun} is worth {amount}.",
        "from_week": "Starting in week {week}, your next {noun} is worth {amount}.",
        "weeks_over": "The program has ended. Your next {noun} from those weeks still earns {amount}.",
        "program_over": "The program has ended. Everything you earned is still yours.",
        "closed": "You are no longer in this program. Everything you earned is still yours.",
        "nothing_more": "You have earned everything there is to earn here. It is all yours.",
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
)
"""The sentences about what comes next."""

FOR_EACH: Final[ByLanguage[str]] = by_language("words.for_each", "{amount} per {one}")
"""How an amount is said that is for each of what is counted."""

CAPS_REACHED: Final[ByLanguage[dict[Period, str]]] = by_language(
    "words.caps_reached",
    {
        "event": (
            "You have earned the most you can for one visit. Your next {noun} still counts, with no reward."
        ),
        "day": (
            "You have earned the most you can for one day. Your next {noun} still counts, with no reward."
        ),
        "week": (
            "You have earned the most you can for one week. Your next {noun} still counts, with no reward."
        ),
        "month": (
            "You have earned the most you can for one month. Your next {noun} still counts, with no reward."
        ),
        "year": (
            "You have earned the most you can for one year. Your next {noun} still counts, with no reward."
        ),
        "enrollment": (
            "You have earned the most you can for the whole program. Your next {noun} still counts, with no "
            "reward."
        ),
    },
)
"""What is said where a cap leaves nothing of the next success, by its period."""

CAPS_MET: Final[ByLanguage[dict[Period, str]]] = by_language(
    "words.caps_met",
    {
        "event": (
            "Your next {noun} is worth {amount}. With it you reach the most you can earn for one visit."
        ),
        "day": ("Your next {noun} is worth {amount}. With it you reach the most you can earn for one day."),
        "week": ("Your next {noun} is worth {amount}. With it you reach the most you can earn for one week."),
        "month": (
            "Your next {noun} is worth {amount}. With it you reach the most you can earn for one month."
        ),
        "year": ("Your next {noun} is worth {amount}. With it you reach the most you can earn for one year."),
        "enrollment": (
            "Your next {noun} is worth {amount}. With it you reach the most you can earn for the whole "
            "program."
        ),
    },
)
"""What is said where a cap leaves a part of the next success, by its period."""

TIMES: Final[ByLanguage[tuple[str, ...]]] = by_language(
    "words.times", ("", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
)
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

MOVEMENTS: Final[ByLanguage[dict[Movement, str]]] = by_language(
    "words.movements",
    {
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
)
"""The sentences of a statement."""

A_REWARD: Final[ByLanguage[str]] = by_language("words.a_reward", "a reward")
"""Nouns of a reward whose name may not be said."""

UNITS: Final[ByLanguage[dict[Literal["points", "draw"], Plural]]] = by_language(
    "words.units", {"points": plural("point", "points"), "draw": plural("draw", "draws")}
)
"""One and many of the units that are counted."""
