"""Sentences made from the numbers: why an award is what it is, what comes next, and what moved."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache
from typing import Literal, assert_never

from babel.dates import format_date
from msgspec import Struct
from msgspec.structs import replace

from schemas.languages import SPOKEN
from schemas.people import Language
from schemas.program import Measure, Noun, Period, Target, Unit
from schemas.receipts import Outlook, Reason, ReasonCode
from service.core.catalogs import worded
from service.core.currencies import is_money
from service.core.numerals import numerals
from service.core.outcomes import EVERY
from service.core.quantities import counted, measure_of, written
from service.core.state import Why
from service.core.words.words import (
    CAPS_MET,
    CAPS_REACHED,
    FOR_EACH,
    NOUNS,
    PHRASES,
    REASONS,
    TIMES,
    UNITS,
    VISITS,
    WELCOMES,
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

COUNTING: frozenset[ReasonCode] = frozenset({"rate", "rate_max"})
"""The reasons that speak of a quantity."""
FOR_ONE: frozenset[ReasonCode] = frozenset({"flat", "step", "recovered"})
"""The reasons whose amount is for one hour, step or dose, where a target pays by quantity."""


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


class CountedNoun(Noun, frozen=True):
    """The noun of a success that is paid for each hour, step or dose, with what is counted."""

    measure: Measure


def noun_of(target: Target | None) -> Noun:
    """The noun of one success of a target; the welcome belongs to none, and its sentence needs no noun."""
    if target is None:
        return NOUNS["activity"]
    noun, measure = target.noun or NOUNS[target.behavior], measure_of(target)
    return noun if measure is None else CountedNoun(noun.en, noun.es, measure)


@lru_cache(maxsize=SENTENCES_MAX)
def money(amount: int, unit: Unit, language: Language) -> str:
    """An amount in minor units as people write it: `$1,234.50`, `\u20ac12.34`, `30 points`.

    The locale says how: Spanish keeps the comma and the point, as it is written in the United States.
    """
    sign = "-" if amount < 0 else ""
    match unit:
        case "points" | "draw":
            return f"{sign}{numerals(language).grouped(abs(amount))} {_counted(amount, unit, language)}"
        case currency:
            return sign + numerals(language).money(abs(amount), currency)


def veiled_money(amount: int, unit: Unit, language: Language) -> str:
    """An amount that somebody wants hidden: dots, with its unit where that is counted."""
    return VEIL if is_money(unit) else f"{VEIL} {_counted(amount, unit, language)}"


def _counted(amount: int, unit: Unit, language: Language) -> str:
    return UNITS[language]["draw" if unit == "draw" else "points"].of(amount)


@lru_cache(maxsize=SENTENCES_MAX)
def say(why: Why, unit: Unit, noun: Noun, language: Language, write: MoneyWriter = money) -> str:
    """The sentence of one reason."""
    word = worded(noun, language)
    amount, number = write(abs(why.amount), unit, language), ""
    if why.code in COUNTING:
        number = written(why.count, language)
        if isinstance(noun, CountedNoun):
            number = counted(why.count, noun.measure, language)
    elif isinstance(noun, CountedNoun) and why.code in FOR_ONE:
        amount = _for_each(amount, noun, language)
    return REASONS[language][why.code].format(
        Noun=begins(word), amount=amount, count=why.count, Counted=number
    )


def _for_each(amount: str, noun: CountedNoun, language: Language) -> str:
    """An amount that is for each of what is counted: `$8.00 per hour`."""
    return FOR_EACH[language].format(amount=amount, one=worded(noun.measure.one, language))


def reason(why: Why, unit: Unit, noun: Noun, language: Language, write: MoneyWriter = money) -> Reason:
    """One reason as it is answered: its code, its sentence and its numbers."""
    return Reason(why.code, say(why, unit, noun, language, write), why.amount, why.count)


@lru_cache(maxsize=SENTENCES_MAX)
def outlook_sentence(view: View, noun: Noun, language: Language, write: MoneyWriter = money) -> str:
    """The sentence of the next success's value and, after a reset, the way back."""
    phrases = PHRASES[language]
    word = worded(noun, language)
    if view.amount is None:
        return phrases["program_over" if view.when == "over" else "nothing_more"]
    amount = write(view.amount, view.unit, language)
    if view.cap is not None:
        caps = CAPS_MET if view.amount else CAPS_REACHED
        return caps[language][view.cap].format(noun=word, amount=amount)
    if isinstance(noun, CountedNoun):
        return _each(view, noun, language, write)
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


def _each(view: View, noun: CountedNoun, language: Language, write: MoneyWriter) -> str:
    """What one of a next success is worth, and after a reset the way back, where its quantity is paid."""
    amount = _for_each(write((view.amount or 0) - view.bonus, view.unit, language), noun, language)
    word = worded(noun, language)
    first = _next(replace(view, bonus=0), amount, word, language, write)
    if view.bonus and view.when == "now" and view.back_in != 0:
        bonus = write(view.bonus, view.unit, language)
        first = PHRASES[language]["next_and_bonus"].format(noun=word, amount=amount, bonus=bonus)
    if not view.back_in or view.when == "over":
        return first
    return f"{first} {_way_back(view, language, lambda *one: _for_each(write(*one), noun, language))}"


def _way_back(view: View, language: Language, write: MoneyWriter) -> str:
    count = view.back_in or 0
    times = TIMES[language][count] if count < len(TIMES[language]) else str(count)
    phrase = PHRASES[language]["one_more" if count == 1 else "more" if view.run else "way_back"]
    return phrase.format(Times=times, amount=write(view.back_at, view.unit, language))


def miss_sentence(outcome: str, ahead: Outlook | None, language: Language) -> str:
    """The sentence after a visit that earned nothing: a thank-you, what comes next, and the way back."""
    came = was_there(outcome)
    phrases = PHRASES[language]
    if ahead is None or not any(part.amount for part in ahead.next):
        return phrases["came_last" if came else "away_last"]
    return f"{phrases['came' if came else 'away']} {ahead.sentence}"


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
    word = worded(noun, language)
    what: Phrase = "adjusted" if worth.before != worth.after else "adjusted_same"
    if worth.is_withdrawn:
        what = "adjusted_withdrawn"
    first = PHRASES[language][what].format(
        Noun=begins(word),
        day=day_words(day, language),
        before=money(worth.before, worth.unit, language),
        after=money(worth.after, worth.unit, language),
    )
    return " ".join((first, *(one.text for one in reasons if one.code in SETTLING)))


@lru_cache(maxsize=SENTENCES_MAX)
def day_words(day: date, language: Language) -> str:
    """A day as people say it: `March 5, 2026`, `5 de marzo de 2026`."""
    return format_date(day, "long", locale=SPOKEN[language].locale)


def begins(words: str) -> str:
    """Words with a capital, as a sentence begins."""
    return words[:1].upper() + words[1:]
