"""Numbers as a language writes them by CLDR: what parts thousands and cents, where signs of money stand."""

from functools import cache
from typing import get_args
from unicodedata import category

from babel import Locale
from msgspec import Struct

from schemas.currencies import Currency
from schemas.languages import SPOKEN
from schemas.people import Language
from service.core.currencies import digits_of

CURRENCY = "\u00a4"
"""What CLDR writes for the sign of a currency."""
NO_BREAK = "\u00a0"


class Numerals(Struct, frozen=True):
    """How a language writes numbers: the signs that stand for those of English, and money around them."""

    signs: dict[int, str]
    currencies: dict[Currency, tuple[str, str, str]]
    """Of each currency its sign, and what stands before and after an amount of it."""

    def grouped(self, number: int) -> str:
        """A whole number with its thousands parted: `12,000`."""
        return f"{number:,}".translate(self.signs)

    def decimal(self, digits: str) -> str:
        """A number in English digits and signs, as this language writes it."""
        return digits.translate(self.signs)

    def money(self, amount: int, currency: Currency) -> str:
        """An amount of at least nothing in a currency's minor unit: `$1,234.50`, `¥1,234`, `KWD 1.234`.

        The digits are those of ISO 4217, which CLDR leaves out where few people still use the coins.
        """
        _, before, after = self.currencies[currency]
        digits = digits_of(currency)
        whole, rest = divmod(amount, 10**digits)
        number = f"{whole:,}.{rest:0{digits}}" if digits else f"{whole:,}"
        return f"{before}{number.translate(self.signs)}{after}"

    def sign_of(self, currency: Currency) -> str:
        """The sign of a currency where it is told from all others, else its code: `$`, `CA$`, `KWD`."""
        return self.currencies[currency][0]


@cache
def currency_name(currency: Currency, language: Language) -> str:
    """What a currency is called, with its code: `Euro (EUR)`; the code alone where CLDR has no name."""
    code = currency.upper()
    name = Locale.parse(SPOKEN[language].locale).currencies.get(code)
    return code if name is None else f"{name[:1].upper()}{name[1:]} ({code})"


@cache
def numerals(language: Language) -> Numerals:
    """How a language writes numbers; raises KeyError for one that is not spoken here."""
    locale = Locale.parse(SPOKEN[language].locale)
    symbols = locale.number_symbols["latn"]
    before, _, after = locale.currency_formats["standard"].pattern.partition("#,##0.00")
    return Numerals(
        str.maketrans({",": symbols["group"], ".": symbols["decimal"]}),
        {
            one: _around(before, after, locale.currency_symbols.get(one.upper(), one.upper()))
            for one in get_args(Currency)
        },
    )


def _around(before: str, after: str, sign: str) -> tuple[str, str, str]:
    """A sign, and what stands before and after an amount by the pattern of a locale."""
    before, after = before.replace(CURRENCY, sign), after.replace(CURRENCY, sign)
    # By CLDR what ends in a letter or a point stands apart from the number; a sign such as $ does not.
    before += NO_BREAK if before and category(before[-1])[0] not in "SZ" else ""
    after = (NO_BREAK if after and category(after[0])[0] not in "SZ" else "") + after
    return sign, before, after
