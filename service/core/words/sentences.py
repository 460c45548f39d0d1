"""Sentences made from the numbers: why an award is what it is, what comes next, and what moved."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache
from typing import Literal, assert_never

from msgspec import Struct

from schemas.books import AccountName, Cause
from schemas.people import Language
from schemas.program import Noun, Period, Target, Unit
from schemas.receipts import Money, Reason, ReasonCode
from service.core.outcomes import EVERY
from service.core.state import Why
from service.core.words.words import (
    A_REWARD,
    MONTHS,
    MOVEMENTS,
    NOUNS,
    PERIODS,
    PHRASES,
    REASONS,
    TIMES,
    UNITS,
    VISITS,
    WELCOMES,
    Movement,
    Phrase,
)

SENTENCES_MAX = 16_384
"""How many made sentences of each kind are kept; they are pure, so losing one costs only time."""

VEIL = "•••"
"""What stands where an amount of money is hidden, or the number of what is counted."""

MoneyWriter = Callable[[int, Unit, Language], str]
"""Writes an amount in minor units of its unit: `money`, or `veiled_money` for who wants amounts hidden."""

PRESENT = frozenset(
    {"positive", "refused", "tampered", "invalid", "dilute", "late", "left_early", "partial", "not_done"}
)
"""Outcomes without success for which the person was there, and so is thanked for coming in."""

SETTLING: frozenset[ReasonCode] = frozenset({"raised", "moved", "overpaid", "taken_back", "unrecovered"})
"""The reasons that say what a change means for what is already paid."""

_MOVEMENTS: dict[tuple[Cause, AccountName, AccountName], Movement] = {
    ("award", "issued", "available"): "earned",
    ("award", "available", "issued"): "taken_back",
    ("redemption", "available", "held"): "held",
    ("redemption", "held", "given"): "given",
    ("redemption", "available", "given"): "given_at_once",
    ("redemption", "held", "available"): "returned",
    ("redemption", "given", "available"): "reward_taken_back",
    ("order_failed", "held", "available"): "order_failed",
    ("refund", "given", "available"): "refunded",
    ("draw", "available", "given"): "drawn",
    ("prize", "issued", "available"): "prize",
    ("hat", "issued", "available"): "hat",
    ("manual", "issued", "available"): "manual",
    ("opening", "issued", "available"): "brought",
    ("opening", "issued", "given"): "paid_before",
    ("opening", "available", "issued"): "brought_withdrawn",
    ("opening", "given", "issued"): "paid_before_withdrawn",
    ("departure", "available", "issued"): "released",
    ("departure", "issued", "available"): "restored",
    ("merge", "merged", "available"): "merged_in",
    ("merge", "available", "merged"): "merged_out",
    ("merge", "merged", "held"): "merged_in_held",
    ("merge", "held", "merged"): "merged_out_held",
    ("merge", "merged", "given"): "merged_in_given",
    ("merge", "given", "merged"): "merged_out_given",
}


def was_there(outcome: str) -> bool:
    """Whether somebody was there who had an outcome without success: with a program's own word, they were."""
    return outcome in PRESENT or outcome not in EVERY


class View(Struct, frozen=True):
    """One target's outlook in numbers; `outlook_sentence` puts it into words.

    `amount` is what the next success earns and `bonus` the part of it that is bonuses, in minor units, or
    none where nothing is left to earn. `when` says in which week that success can be, `week` names it.
    `back_in` successes come before the one paid at `back_at`, with `run` of them in a row by now. `cap` is
    the period of the cap that takes something off.
    """

    unit: Unit
    amount: int | None
    when: Literal["now", "next_week", "later", "over"]
    week: int
    bonus: int = 0
    back_in: int | None = None
    back_at: int = 0
    run: int = 0
    cap: Period | None = None


def noun_of(target: Target | None) -> Noun:
    """The noun of one success of a target; the welcome belongs to none, and its sentence needs no noun."""
    return NOUNS["activity"] if target is None else target.noun or NOUNS[target.behavior]


def money(amount: int, unit: Unit, language: Language) -> str:
    """An amount in minor units as people write it: `$1,234.50`, `30 points`, `1 draw`.

    Spanish keeps the comma and the point: that is how Spanish is written in the United States.
    """
    sign = "-" if amount < 0 else ""
    match unit:
        case "usd":
            dollars, cents = divmod(abs(amount), 100)
            return f"{sign}${dollars:,}.{cents:02}"
        case "points" | "draw":
            return f"{sign}{abs(amount):,} {_counted(amount, unit, language)}"
        case _ as unreachable:
            assert_never(unreachable)


def veiled_money(amount: int, unit: Unit, language: Language) -> str:
    """An amount that somebody wants hidden: dots, with its unit where that is counted."""
    return VEIL if unit == "usd" else f"{VEIL} {_counted(amount, unit, language)}"


def _counted(amount: int, unit: Literal["points", "draw"], language: Language) -> str:
    one, many = UNITS[language][unit]
    return one if abs(amount) == 1 else many


@lru_cache(maxsize=SENTENCES_MAX)
def say(why: Why, unit: Unit, noun: Noun, language: Language, write: MoneyWriter = money) -> str:
    """The sentence of one reason."""
    word = noun.en if language == "en" else noun.es
    return REASONS[language][why.code].format(
        Noun=_begins(word), amount=write(abs(why.amount), unit, language), count=why.count
    )


def reason(why: Why, unit: Unit, noun: Noun, language: Language, write: MoneyWriter = money) -> Reason:
    """One reason as it is answered: its code, its sentence and its numbers."""
    return Reason(why.code, say(why, unit, noun, language, write), why.amount, why.count)


@lru_cache(maxsize=SENTENCES_MAX)
def outlook_sentence(view: View, noun: Noun, language: Language, write: MoneyWriter = money) -> str:
    """The sentence of the next success's value and, after a reset, the way back."""
    phrases = PHRASES[language]
    word = noun.en if language == "en" else noun.es
    if view.amount is None:
        return phrases["program_over" if view.when == "over" else "nothing_more"]
    amount = write(view.amount, view.unit, language)
    if view.cap is not None:
        period = PERIODS[language][view.cap]
        return phrases["cap_meets" if view.amount else "cap_reached"].format(
            noun=word, amount=amount, period=period
        )
    first = _next(view, amount, word, language, write)
    if not view.back_in or view.when == "over":
        return first
    return f"{first} {_way_back(view, language, write)}"


def closed_sentence(language: Language) -> str:
    """The sentence of a closed enrollment's outlook."""
    return PHRASES[language]["closed"]


def _next(view: View, amount: str, noun: str, language: Language, write: MoneyWriter) -> str:
    phrases = PHRASES[language]
    match view.when:
        case "over":
            return phrases["weeks_over"].format(noun=noun, amount=amount)
        case "next_week":
            return phrases["from_next_week"].format(noun=noun, amount=amount)
        case "later":
            return phrases["from_week"].format(noun=noun, amount=amount, week=view.week)
        case "now":
            if view.back_in == 0:
                return phrases["back_now"].format(noun=noun, amount=amount)
            if view.bonus:
                bonus = write(view.bonus, view.unit, language)
                return phrases["next_with_bonus"].format(noun=noun, amount=amount, bonus=bonus)
            return phrases["next"].format(noun=noun, amount=amount)
        case _ as unreachable:
            assert_never(unreachable)


def _way_back(view: View, language: Language, write: MoneyWriter) -> str:
    count = view.back_in or 0
    times = TIMES[language][count] if count < len(TIMES[language]) else str(count)
    phrase = PHRASES[language]["one_more" if count == 1 else "more" if view.run else "way_back"]
    return phrase.format(Times=times, amount=write(view.back_at, view.unit, language))


def miss_sentence(outcome: str, following: tuple[Money, ...], noun: Noun, language: Language) -> str:
    """The sentence right after a visit that earned nothing: a thank-you, and what comes next.

    `following` is what the next success earns, as the outlook says it.
    """
    came = was_there(outcome)
    phrases = PHRASES[language]
    if not any(part.amount for part in following):
        return phrases["came_last" if came else "away_last"]
    amount = " + ".join(money(part.amount, part.unit, language) for part in following)
    word = noun.en if language == "en" else noun.es
    return phrases["came" if came else "away"].format(noun=word, amount=amount)


class Worth(Struct, frozen=True):
    """The sentence of a refolded visit: its amount `before` and `after`, in minor units of `unit`."""

    unit: Unit
    before: int
    after: int
    is_withdrawn: bool


def adjustment_sentence(
    worth: Worth, day: date, target: Target | None, reasons: Iterable[Reason], language: Language
) -> str:
    """The sentence of an adjusted visit, with what that means for what is already paid."""
    noun = WELCOMES if target is None else target.noun or VISITS[target.behavior]
    word = noun.en if language == "en" else noun.es
    what: Phrase = "adjusted" if worth.before != worth.after else "adjusted_same"
    if worth.is_withdrawn:
        what = "adjusted_withdrawn"
    first = PHRASES[language][what].format(
        Noun=_begins(word),
        day=day_words(day, language),
        before=money(worth.before, worth.unit, language),
        after=money(worth.after, worth.unit, language),
    )
    return " ".join((first, *(one.text for one in reasons if one.code in SETTLING)))


def day_words(day: date, language: Language) -> str:
    """A day as people say it: `March 5, 2026`, `5 de marzo de 2026`."""
    month = MONTHS[language][day.month - 1]
    return f"{month} {day.day}, {day.year}" if language == "en" else f"{day.day} de {month} de {day.year}"


def movement_of(cause: Cause, source: AccountName, destination: AccountName) -> Movement:
    """The sentence of a transfer between two accounts; KeyError where nothing moves between them."""
    return _MOVEMENTS[cause, source, destination]


def movement_sentence(
    movement: Movement,
    amount: int,
    unit: Unit,
    language: Language,
    reward: str | None = None,
    write: MoneyWriter = money,
) -> str:
    """The sentence of one transfer in a statement, with the reward's name where there is one."""
    name = reward or A_REWARD[language]
    # The name is a clinic's own text, so it is put in as it is and never read as a pattern.
    return MOVEMENTS[language][movement].format(
        amount=write(amount, unit, language), reward=name, Reward=_begins(name)
    )


def _begins(words: str) -> str:
    return words[:1].upper() + words[1:]
