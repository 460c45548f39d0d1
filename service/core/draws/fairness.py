"""Whether draws come out as often as they should: Pearson's chi-square test over the tiers of a bowl.

Over many draws each tier comes about as often as it has slips. How far it is off is one number, chi-square,
and how likely chance alone is to be so far off is another, p. A p that stays near zero says that something is
wrong with how slips are drawn.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from hashlib import sha256
from math import exp, lgamma, log
from typing import Final

import msgspec
from msgspec import Struct

from schemas.program import Bowl
from service.core.draws.bowls import STANDARD_BOWL
from service.core.draws.draws import slips_in

EXPECTED_MIN: Final = 5.0
"""How many slips a cell is expected to have at least; smaller tiers are taken together (Cochran 1954)."""
P_LEAST: Final = 0.001
SLIPS_LEAST: Final = 500
"""Below `P_LEAST`, with at least so many slips drawn, a person should look at it."""

_ID_LETTERS: Final = 8
_TERMS_MAX: Final = 10_000
_CLOSE: Final = 1e-15
_TINY: Final = 1e-300


class Fairness(Struct, frozen=True):
    """How even the draws from one bowl are; `id` tells bowls of one name and other slips apart."""

    bowl: str
    id: str
    slips: int
    chi_square: float
    df: int
    p: float

    @property
    def is_suspect(self) -> bool:
        """Whether chance alone hardly explains it."""
        return self.p < P_LEAST and self.slips >= SLIPS_LEAST


def fairness(bowl: Bowl, drawn: Mapping[int, int]) -> Fairness:
    """How even the draws from a bowl are, from how often each slip's number was drawn."""
    slips = sum(drawn.values())
    observed = _by_tier(bowl, drawn)
    total = slips_in(bowl)
    cells = _pooled((slips * tier.slips / total, observed[place]) for place, tier in enumerate(bowl.tiers))
    chi_square = sum((seen - expected) ** 2 / expected for expected, seen in cells)
    df = max(len(cells) - 1, 0)
    p = upper_gamma(df / 2, chi_square / 2) if df else 1.0
    return Fairness(_label(bowl), bowl_id(bowl), slips, chi_square if df else 0.0, df, p)


def bowl_id(bowl: Bowl) -> str:
    """The same for bowls with the same name and slips: the standard bowl's name, or a part of a SHA-256."""
    if bowl == STANDARD_BOWL:
        return bowl.name
    return sha256(msgspec.json.encode(bowl)).hexdigest()[:_ID_LETTERS]


def upper_gamma(a: float, x: float) -> float:
    """The regularized upper incomplete gamma function Q(a, x), for a > 0 and x >= 0.

    Q(df / 2, chi-square / 2) is the p-value of a chi-square with df degrees of freedom. By the series for
    x < a + 1 and by Lentz's continued fraction beyond (Abramowitz and Stegun 1964, 6.5.29 and 6.5.31).
    """
    if x <= 0:
        return 1.0
    front = exp(a * log(x) - x - lgamma(a))
    return max(0.0, 1.0 - front * _series(a, x)) if x < a + 1 else front * _fraction(a, x)


def _series(a: float, x: float) -> float:
    term = total = 1.0 / a
    for n in range(1, _TERMS_MAX):
        term *= x / (a + n)
        total += term
        if term < total * _CLOSE:
            break
    return total


def _fraction(a: float, x: float) -> float:
    b = x + 1.0 - a
    c, d = 1.0 / _TINY, 1.0 / b
    value = d
    for n in range(1, _TERMS_MAX):
        numerator = -n * (n - a)
        b += 2.0
        d = 1.0 / _not_zero(numerator * d + b)
        c = _not_zero(b + numerator / c)
        value *= c * d
        if abs(c * d - 1.0) < _CLOSE:
            break
    return value


def _not_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY


def _by_tier(bowl: Bowl, drawn: Mapping[int, int]) -> Counter[int]:
    observed: Counter[int] = Counter()
    last = 0
    for place, tier in enumerate(bowl.tiers):
        first, last = last + 1, last + tier.slips
        observed[place] = sum(count for number, count in drawn.items() if first <= number <= last)
    return observed


def _pooled(cells: Iterable[tuple[float, int]]) -> list[tuple[float, int]]:
    """Cells of expected and observed, the smallest taken together until each is expected often enough."""
    pooled: list[tuple[float, int]] = []
    expected, seen = 0.0, 0
    for more_expected, more_seen in sorted(cells):
        expected, seen = expected + more_expected, seen + more_seen
        if expected >= EXPECTED_MIN:
            pooled.append((expected, seen))
            expected, seen = 0.0, 0
    if expected and pooled:
        # What is left over is too little for a cell of its own.
        last_expected, last_seen = pooled.pop()
        pooled.append((last_expected + expected, last_seen + seen))
    return pooled


def _label(bowl: Bowl) -> str:
    return bowl.name if bowl == STANDARD_BOWL else f"{bowl.name}:{bowl_id(bowl)}"
