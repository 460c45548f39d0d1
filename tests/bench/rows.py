"""What a benchmark shows: figures beside their limits, and a word about what is being measured."""

from __future__ import annotations

import sys

from msgspec import Struct

AT_MOST, AT_LEAST = "<=", ">="


class Row(Struct):
    """One figure beside its limit: `ratio` is what the bar and the aim speak of."""

    what: str
    figure: float
    unit: str
    ratio: float
    of: str
    sense: str
    bar: float
    aim: float

    def verdict(self) -> str:
        """Say whether the aim, the bar or neither is met."""
        return "aim" if self._meets(self.aim) else "bar" if self._meets(self.bar) else "below the bar"

    def _meets(self, limit: float) -> bool:
        return self.ratio <= limit if self.sense == AT_MOST else self.ratio >= limit


def show(rows: list[Row]) -> None:
    """Print the figures beside their limits."""
    print(f"{'what':44} {'figure':>12}      {'ratio':>8}  {'of':12} {'bar':>9} {'aim':>9}")
    for row in rows:
        limits = f"{row.sense} {row.bar:<6g} {row.sense} {row.aim:<6g} {row.verdict()}" if row.bar else ""
        print(f"{row.what:44} {row.figure:12,.2f} {row.unit:4} {row.ratio:8.2f}  {row.of:12} {limits}")


def tell(words: str) -> None:
    """Say what is being measured."""
    print(f"... {words}", file=sys.stderr, flush=True)
