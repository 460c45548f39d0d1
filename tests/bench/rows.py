"""What a benchmark shows: figures beside their limits, and a word about what is being measured."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Sequence

from msgspec import Struct

AT_MOST, AT_LEAST = "<=", ">="


class Row(Struct):
    """One figure beside its limit: `ratio` is what the bar and the aim speak of.

    Of several runs the figure and the ratio are medians, and `spread` is the least and the greatest ratio.
    """

    what: str
    figure: float
    unit: str
    ratio: float
    of: str
    sense: str
    bar: float
    aim: float
    spread: tuple[float, float] | None = None

    def verdict(self) -> str:
        """Say whether the aim, the bar or neither is met."""
        return "aim" if self._meets(self.aim) else "bar" if self._meets(self.bar) else "below the bar"

    def _meets(self, limit: float) -> bool:
        return self.ratio <= limit if self.sense == AT_MOST else self.ratio >= limit


def of_runs(runs: Sequence[Sequence[Row]]) -> list[Row]:
    """Give the medians of several runs that measured the same rows in the same order."""
    rows = []
    for same in zip(*runs, strict=True):
        ratios = [one.ratio for one in same]
        first = same[0]
        rows.append(
            Row(
                first.what,
                statistics.median(one.figure for one in same),
                first.unit,
                statistics.median(ratios),
                first.of,
                first.sense,
                first.bar,
                first.aim,
                (min(ratios), max(ratios)) if len(runs) > 1 else None,
            )
        )
    return rows


def show(rows: list[Row]) -> None:
    """Print the figures beside their limits."""
    print(f"{'what':44} {'figure':>12}      {'ratio':>8}  {'of':12} {'bar':>9} {'aim':>9}")
    for row in rows:
        limits = f"{row.sense} {row.bar:<6g} {row.sense} {row.aim:<6g} {row.verdict()}" if row.bar else ""
        spread = f"  ({row.spread[0]:.2f} to {row.spread[1]:.2f})" if row.spread else ""
        figure = f"{row.what:44} {row.figure:12,.2f} {row.unit:4} {row.ratio:8.2f}  {row.of:12}"
        print(f"{figure} {limits}{spread}".rstrip())


def tell(words: str) -> None:
    """Say what is being measured."""
    print(f"... {words}", file=sys.stderr, flush=True)
