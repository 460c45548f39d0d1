"""Charts as SVG: bars from a zero line, each with its label; the numbers stand in a table below."""

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup, escape
from msgspec import Struct

WIDTH: Final = 720
HEIGHT: Final = 190
TOP: Final = 26
FLOOR: Final = 158
LABELS_MAX: Final = 12
"""How many bars are labeled at most: more would run into one another."""


class Bar(Struct, frozen=True):
    """One bar: what stands below it, how high it is, and what stands above it."""

    label: str
    value: int
    said: str


def bars(title: str, shown: Sequence[Bar]) -> Markup:
    """A chart of bars; empty where there is nothing to draw."""
    if not shown:
        return Markup("")
    most = max([1, *(one.value for one in shown)])
    step = WIDTH / len(shown)
    width = min(step * 0.64, 56)
    every = -(-len(shown) // LABELS_MAX)
    parts = [
        f'<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}">',
        f'<line class="gl" x1="0" x2="{WIDTH}" y1="{FLOOR}" y2="{FLOOR}"/>',
    ]
    for place, one in enumerate(shown):
        middle = step * (place + 0.5)
        high = max((FLOOR - TOP) * max(one.value, 0) / most, 1 if one.value > 0 else 0)
        top = FLOOR - high
        parts.append(
            f'<rect class="bar1" x="{middle - width / 2:.1f}" y="{top:.1f}" width="{width:.1f}" '
            f'height="{high:.1f}" rx="3"/>'
        )
        if place % every == 0:
            parts.append(
                f'<text class="b" x="{middle:.1f}" y="{top - 6:.1f}" text-anchor="middle">'
                f"{escape(one.said)}</text>"
                f'<text x="{middle:.1f}" y="{FLOOR + 18}" text-anchor="middle">{escape(one.label)}</text>'
            )
    return Markup("".join([*parts, "</svg>"]))  # noqa: S704  numbers of ours and escaped words
