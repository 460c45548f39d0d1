"""Numbers as a language writes them by CLDR: what parts thousands and cents, and where the sign stands."""

from functools import cache

from babel import Locale
from msgspec import Struct

from schemas.languages import SPOKEN
from schemas.people import Language


class Numerals(Struct, frozen=True):
    """How a language writes numbers: the signs that stand for those of English, and dollars around them."""

    signs: dict[int, str]
    before: str
    after: str

    def grouped(self, number: int) -> str:
        """A whole number with its thousands parted: `12,000`."""
        return f"{number:,}".translate(self.signs)

    def decimal(self, digits: str) -> str:
        """A number in English digits and signs, as this language writes it."""
        return digits.translate(self.signs)

    def dollars(self, cents: int) -> str:
        """An amount of dollars, in cents: `$1,234.50`."""
        whole, rest = divmod(cents, 100)
        return f"{self.before}{f'{whole:,}.{rest:02}'.translate(self.signs)}{self.after}"


@cache
def numerals(language: Language) -> Numerals:
    """How a language writes numbers; raises KeyError for one that is not spoken here."""
    locale = Locale.parse(SPOKEN[language].locale)
    symbols = locale.number_symbols["latn"]
    before, _, after = locale.currency_formats["standard"].pattern.partition("#,##0.00")
    sign = locale.currency_symbols["USD"]
    return Numerals(
        str.maketrans({",": symbols["group"], ".": symbols["decimal"]}),
        before.replace("\u00a4", sign),
        after.replace("\u00a4", sign),
    )
