"""Currencies of ISO 4217: their minor digits in every form of an amount, and nothing added across them."""

from collections import Counter
from typing import Any, get_args

import msgspec
import pytest
from babel.numbers import list_currencies
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import ValidationError, convert
from msgspec.structs import replace

from schemas.caps import NewCap
from schemas.currencies import DIGITS, Currency
from schemas.languages import SPOKEN
from schemas.people import Language
from schemas.program import Program, Unit
from service.core.authoring.documents import plain_value
from service.core.authoring.programs import check, encode, load
from service.core.authoring.review import review
from service.core.authoring.shapes import shape_faults
from service.core.currencies import UNITS, digits_of, in_order, is_money, minor, plain, worth_unit
from service.core.draws.draws import prize_unit
from service.core.numerals import currency_name, numerals
from service.core.shape_faults import shape_fault
from service.core.words.refusals.catalog import in_english
from service.core.words.sentences import money, veiled_money
from service.web.pages.editor.reading import money_in
from service.web.pages.framework.download import amount_cell

CURRENCIES: tuple[Currency, ...] = get_args(Currency)
units = st.sampled_from(UNITS)
amounts = st.integers(0, 100_000_000)
repeated = settings(derandomize=True, database=None, deadline=None)


def program(unit: str = "eur", **fields: Any) -> Any:  # noqa: ANN401  any document
    """A document that pays 250 of a unit for each test."""
    target = {
        "name": "t",
        "behavior": "test",
        "phases": [{"weeks": [1, 2], "earn": {"type": "flat", "amount": 250}}],
    }
    return {"name": "p", "title": "P", "unit": unit, "weeks": 2, "targets": [target], **fields}


def test_the_currencies_are_known_to_cldr_too() -> None:
    """Each code is a currency's; those that CLDR has no name for are units of account of few banks."""
    known = {code.lower() for code in list_currencies()}
    assert set(CURRENCIES) - known <= {"xad", "uyw"}
    assert len(CURRENCIES) == len(set(CURRENCIES))
    assert set(DIGITS) < set(CURRENCIES)


@pytest.mark.parametrize(
    ("unit", "digits"),
    [
        ("usd", 2),
        ("eur", 2),
        ("jpy", 0),
        ("krw", 0),
        ("kwd", 3),
        ("tnd", 3),
        ("huf", 2),
        ("uyw", 4),
        ("points", 0),
        ("draw", 0),
    ],
)
def test_the_minor_digits_are_those_of_the_standard(unit: Unit, digits: int) -> None:
    """CLDR leaves out those whose coins few people still use, such as the fillér; the standard does not."""
    assert digits_of(unit) == digits


@repeated
@given(units, amounts)
def test_an_amount_comes_back_from_every_form_that_it_is_written_in(unit: Unit, amount: int) -> None:
    """From a file, from a field, and as people read it in each language, with all digits and no other."""
    assert minor(plain(amount, unit), unit) == amount
    assert minor(amount_cell(amount, unit), unit) == amount
    assert money_in(plain(amount, unit), unit) == amount
    assert plain(-amount - 1, unit) == f"-{plain(amount + 1, unit)}"
    for language in SPOKEN:
        shown = money(amount, unit, language)
        assert "".join(sign for sign in shown if sign.isdecimal()) == plain(amount, unit).replace(".", "")
        if is_money(unit):
            assert numerals(language).sign_of(unit) in shown.replace("\u00a0", " ") or "\u00a0" in shown


@repeated
@given(units, amounts)
def test_more_digits_than_a_unit_has_are_no_amount(unit: Unit, amount: int) -> None:
    """Nothing is rounded away: a tenth of a yen or of a cent is refused."""
    whole = plain(amount, unit)
    with pytest.raises(ValueError, match=r"\S"):
        minor(f"{whole}5" if "." in whole else f"{whole}.5", unit)


@pytest.mark.parametrize(
    ("amount", "unit", "language", "shown"),
    [
        (123_456, "usd", "en", "$1,234.56"),
        (123_456, "eur", "en", "€1,234.56"),
        (123_456, "jpy", "en", "¥123,456"),
        (123_456, "kwd", "en", "KWD\u00a0123.456"),
        (123_456, "cad", "en", "CA$1,234.56"),
        (-250, "eur", "en", "-€2.50"),
        (123_456, "huf", "en", "HUF\u00a01,234.56"),
        (123_456, "usd", "es", "$1,234.56"),
        (123_456, "eur", "es", "EUR\u00a01,234.56"),
        (123_456, "usd", "vi", "1.234,56\u00a0US$"),
        (123_456, "vnd", "vi", "123.456\u00a0₫"),
        (30, "points", "en", "30 points"),
    ],
)
def test_money_is_written_by_the_locale_of_the_language(
    amount: int, unit: Unit, language: Language, shown: str
) -> None:
    """The sign, its place and the marks between digits are the language's; the digits are the currency's."""
    assert money(amount, unit, language) == shown


@pytest.mark.parametrize("language", SPOKEN)
def test_no_two_currencies_look_alike(language: Language) -> None:
    """An amount says of which currency it is: no sign and no name stands for two."""
    signs = Counter(numerals(language).sign_of(unit) for unit in CURRENCIES)
    assert [sign for sign, times in signs.items() if times > 1] == []
    assert len({currency_name(unit, language) for unit in CURRENCIES}) == len(CURRENCIES)


def test_a_hidden_amount_does_not_say_its_currency() -> None:
    """Money is dots in each, and what is counted says what it is."""
    assert {veiled_money(5, unit, "en") for unit in ("usd", "eur", "jpy")} == {"•••"}
    assert veiled_money(5, "draw", "en") == "••• draws"


@pytest.mark.parametrize(
    ("text", "unit", "amount"),
    [
        ("$10", "usd", 1000),
        ("€10.5", "eur", 1050),
        ("EUR 10.50", "eur", 1050),
        ("10,5", "eur", None),
        ("¥250", "jpy", 250),
        ("2.50", "jpy", None),
        ("1.25 KWD", "kwd", 1250),
        ("1.2345", "kwd", None),
        ("7", "points", 7),
        ("7.5", "points", None),
        ("7", "xyz", None),
    ],
)
def test_a_field_takes_an_amount_with_or_without_its_sign(text: str, unit: str, amount: int | None) -> None:
    """Of each currency its own digits, and of no other unit anything."""
    if amount is None:
        with pytest.raises(ValueError, match=r"\S"):
            money_in(text, unit)
    else:
        assert money_in(text, unit) == amount


@pytest.mark.parametrize(
    ("unit", "amount", "pointer", "says"),
    [
        ("EUR", 250, "$.unit", "did you mean `eur`?"),
        ("euros", 250, "$.unit", "did you mean `eur`?"),
        (
            "group",
            250,
            "$.unit",
            "`group` is no unit; write usd, points, draw, or another currency by its code",
        ),
        ("xyz", 250, "$.unit", "such as eur"),
        (None, 250, "$.unit", "such as eur"),
        ("eur", 2.5, "$.targets[0].phases[0].earn.amount", "write 250 for EUR 2.50"),
        ("eur", "1,250.75", "$.targets[0].phases[0].earn.amount", "write 125075 for EUR 1250.75"),
        ("kwd", 2.5, "$.targets[0].phases[0].earn.amount", "write 2500 for KWD 2.500"),
        ("jpy", 2.5, "$.targets[0].phases[0].earn.amount", "amounts in JPY are whole"),
        ("usd", 2.5, "$.targets[0].phases[0].earn.amount", "amounts are whole cents: write 250 for $2.50"),
        ("points", 2.5, "$.targets[0].phases[0].earn.amount", "points and draws are whole"),
    ],
)
def test_a_wrong_unit_or_amount_is_named_with_what_to_write(
    unit: str, amount: object, pointer: str, says: str
) -> None:
    """At its place; the many units are described, and not listed."""
    made = program(unit)
    made["targets"][0]["phases"][0]["earn"]["amount"] = amount
    (found,) = shape_faults(made, Program)
    assert found.pointer == pointer
    assert says in in_english(found)


def test_a_missing_unit_is_named_too() -> None:
    """With what it can be."""
    made = program()
    del made["unit"]
    (found,) = shape_faults(made, Program)
    assert "`unit` is missing; add it: usd, points, draw, or another currency" in in_english(found)


def test_a_wrong_unit_of_any_request_says_what_to_write() -> None:
    """Not of programs alone: a cap's unit too."""
    with pytest.raises(ValidationError) as caught:
        msgspec.json.decode(b'{"per":"year","unit":"EUR","amount":1,"starts_on":"2026-01-01"}', type=NewCap)
    found = shape_fault(caught.value)
    assert (found.pointer, found.reason) == ("$.unit", "shape.unit")
    assert "another currency by its code of ISO 4217 in small letters" in in_english(found)


@pytest.mark.parametrize("unit", UNITS)
def test_a_program_can_pay_in_every_unit(unit: Unit) -> None:
    """It is read as it was written, in JSON and in YAML, and its digest tells the unit."""
    made = convert(program(unit), Program)
    assert check(made) == ()
    assert load(encode(made), yaml=False).program == made
    assert plain_value(f"unit: {unit}".encode(), is_yaml=True) == {"unit": unit}


def test_the_predefined_bowl_is_of_dollars() -> None:
    """A program has money in one currency: one in euros writes a bowl of its own, which pays euros."""
    earn = {"type": "draws", "start": 1, "step": 0}
    target = {"name": "t", "behavior": "test", "phases": [{"weeks": [1, 2], "earn": earn}]}
    bowl = {
        "name": "own",
        "tiers": [{"name": "none", "slips": 1}, {"name": "some", "slips": 1, "value": 100}],
    }
    made = convert(program("eur", targets=[target], bowls=[bowl]), Program)
    (found,) = check(made)
    assert (found.pointer, found.reason) == ("$.targets[0].phases[0].earn.bowl", "program.bowl_of_dollars")
    for unit in ("usd", "points", "draw"):
        assert check(replace(made, unit=unit)) == ()
    other = {**target, "phases": [{"weeks": [1, 2], "earn": earn | {"bowl": "own"}}]}
    own = convert(program("eur", targets=[other], bowls=[bowl]), Program)
    assert check(own) == ()
    assert prize_unit(own, "own") == "eur"


def test_the_evidence_in_dollars_judges_no_other_currency() -> None:
    """Nothing is converted: the line says what is earned in it, and what the studies paid."""
    (line, *_) = review(convert(program("jpy"), Program)).lines
    assert (line.topic, line.finding) == ("magnitude", "unknown")
    assert "¥" in line.text
    assert "nothing is converted" in line.text


def test_a_worth_is_in_the_currency_of_the_price() -> None:
    """What costs points, draws or nothing is worth dollars."""
    assert [worth_unit(unit) for unit in ("usd", "eur", "points", "draw", None)] == [
        "usd",
        "eur",
        "usd",
        "usd",
        "usd",
    ]
    some: list[Unit] = ["kwd", "draw", "eur", "usd", "eur"]
    assert in_order(some) == ["usd", "draw", "eur", "kwd"]
