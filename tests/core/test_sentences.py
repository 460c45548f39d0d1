"""Every sentence exists in both languages, says its numbers, and is kind."""

import re
from collections.abc import Iterator
from itertools import product
from typing import get_args

import pytest

from schemas.currencies import Currency
from schemas.people import Language
from schemas.program import Behavior, Period, Target, Unit
from schemas.receipts import Money, Outlook, ReasonCode
from service.core.outcomes import outcomes_of
from service.core.state import Why
from service.core.words.sentences import (
    PRESENT,
    View,
    miss_sentence,
    money,
    noun_of,
    outlook_sentence,
    reason,
    say,
)
from service.core.words.statements import movement_of, movement_sentence
from service.core.words.words import (
    CAPS_MET,
    CAPS_REACHED,
    MOVEMENTS,
    NOUNS,
    PHRASES,
    REASONS,
    TIMES,
    UNITS,
    Movement,
    Phrase,
)

LANGUAGES: tuple[Language, ...] = get_args(Language)
UNITS_ALL: tuple[Unit, ...] = get_args(Unit)
TEST = NOUNS["test"]

UNKIND = re.compile(
    r"\b(fail\w*|dirty|clean|violat\w*|lost|lose|punish\w*|penal\w*|relaps\w*|bad|wrong|forfeit\w*|streak"
    r"|fall\w+|fracas\w*|suci\w*|limpi\w*|viol\w*|perd\w+|perdi\w*|castig\w*|reca\w+|mal[ao]?|racha)\b",
    re.IGNORECASE,
)
"""Words that shame, in either language; `lost your streak` among them."""


def every_sentence() -> Iterator[str]:
    """Make every sentence there is, with numbers in it."""
    for language in LANGUAGES:
        for code, unit in product(get_args(ReasonCode), UNITS_ALL):
            yield say(Why(code, 1750, 3), unit, TEST, language)
        for table in (PHRASES, CAPS_MET, CAPS_REACHED):
            yield from table[language].values()
        for movement in get_args(Movement):
            yield movement_sentence(movement, 2000, "usd", language, "bus pass")
            yield movement_sentence(movement, 2000, "usd", language)


def test_no_sentence_shames_anyone() -> None:
    """None has a word of blame, in English or in Spanish."""
    assert [sentence for sentence in every_sentence() if UNKIND.search(sentence)] == []


def test_every_sentence_is_one() -> None:
    """It begins with a capital, a number or an amount, ends with a period, and leaves no brace."""
    for sentence in every_sentence():
        assert sentence[0].isupper() or sentence[0] in "$0123456789{"
        assert sentence.endswith(".")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_there_is_has_a_sentence_in_each_language(language: Language) -> None:
    """The tables have exactly the words of their types, so a new reason cannot be forgotten."""
    assert tuple(REASONS[language]) == get_args(ReasonCode)
    assert set(PHRASES[language]) == set(get_args(Phrase))
    assert set(CAPS_REACHED[language]) == set(CAPS_MET[language]) == set(get_args(Period))
    assert set(MOVEMENTS[language]) == set(get_args(Movement))
    assert set(UNITS[language]) | set(get_args(Currency)) == set(UNITS_ALL)
    assert len(TIMES[language]) == 11
    assert set(NOUNS) == set(get_args(Behavior))


@pytest.mark.parametrize(
    ("amount", "unit", "english", "spanish"),
    [
        (1750, "usd", "$17.50", "$17.50"),
        (123_450, "usd", "$1,234.50", "$1,234.50"),
        (5, "usd", "$0.05", "$0.05"),
        (-250, "usd", "-$2.50", "-$2.50"),
        (30, "points", "30 points", "30 puntos"),
        (1, "points", "1 point", "1 punto"),
        (1, "draw", "1 draw", "1 boleto"),
        (7, "draw", "7 draws", "7 boletos"),
        (0, "draw", "0 draws", "0 boletos"),
        (1_200, "points", "1,200 points", "1,200 puntos"),
    ],
)
def test_an_amount_is_written_as_people_write_it(amount: int, unit: Unit, english: str, spanish: str) -> None:
    """Cents as dollars, points and draws counted, one and many told apart."""
    assert money(amount, unit, "en") == english
    assert money(amount, unit, "es") == spanish


def test_a_reason_says_its_numbers() -> None:
    """The step on the ladder and the amount stand in the sentence and beside it."""
    found = reason(Why("step", 1150, 3), "usd", TEST, "en")
    assert found.text == "Negative test, step 3: $11.50."
    assert (found.code, found.amount, found.count) == ("step", 1150, 3)
    assert say(Why("run_bonus", 1000, 3), "usd", TEST, "es") == "Bono por 3 veces seguidas: $10.00."


def test_a_miss_is_thanked_for_and_told_what_comes_next() -> None:
    """Whoever came is thanked; whoever did not is hoped for; nobody is told that a visit was today if not."""
    money = (Money("usd", 1000),)
    said = "Your next negative test is worth $10.00. Two in a row and you are back at $14.00."
    ahead = Outlook("test", money, money, 2, said)
    assert miss_sentence("positive", ahead, "en") == (
        f"Thanks for coming in. No reward for today's visit. {said}"
    )
    assert miss_sentence("missed", ahead, "en") == f"We hope to see you soon. {said}"
    assert miss_sentence("positive", ahead, "es").startswith("Gracias por venir. Por la visita de hoy no hay")
    over = Outlook("test", (), (), None, "The program has ended.")
    for nothing in (over, None):
        assert miss_sentence("positive", nothing, "en").endswith("Everything you earned is still yours.")


def test_the_outcomes_that_are_thanked_for_exist() -> None:
    """Each is an outcome of some behavior, and none of them is a success."""
    known = {outcome for behavior in get_args(Behavior) for outcome in outcomes_of(behavior)}
    assert known >= PRESENT


def test_after_a_reset_the_outlook_says_the_way_back() -> None:
    """Two in a row from the first rung; one more when one is done; then it is there."""
    view = View("usd", 1000, "now", 5, back_in=2, back_at=1600)
    assert outlook_sentence(view, TEST, "en") == (
        "Your next negative test is worth $10.00. Two in a row and you are back at $16.00."
    )
    assert outlook_sentence(view, TEST, "es") == (
        "Tu siguiente prueba negativa vale $10.00. Dos veces seguidas y vuelves a $16.00."
    )
    half = View("usd", 1000, "now", 5, back_in=1, back_at=1600, run=1)
    assert outlook_sentence(half, TEST, "en").endswith("One more and you are back at $16.00.")
    third = View("usd", 1000, "now", 5, back_in=3, back_at=1600, run=2)
    assert outlook_sentence(third, TEST, "en").endswith("Three more in a row and you are back at $16.00.")
    far = View("usd", 250, "now", 5, back_in=12, back_at=1600)
    assert outlook_sentence(far, TEST, "en").endswith("12 in a row and you are back at $16.00.")


def test_a_clinic_s_own_words_are_never_read_as_a_pattern() -> None:
    """A reward or a noun with braces in it is said as it is written."""
    assert movement_sentence("held", 500, "usd", "en", "mug {amount}") == "$5.00 set aside for mug {amount}."


def test_a_noun_comes_from_the_program_or_from_its_behavior() -> None:
    """Without a noun of its own a test is a negative test."""
    target = Target("t", "test", ())
    assert noun_of(target).en == "negative test"
    assert noun_of(target).es == "prueba negativa"


def test_every_movement_between_two_accounts_has_its_name() -> None:
    """Holding, giving and returning are told apart by where the amount comes from and goes to."""
    assert movement_of("award", "issued", "available") == "earned"
    assert movement_of("redemption", "held", "available") == "returned"
    with pytest.raises(KeyError):
        movement_of("redemption", "given", "held")
