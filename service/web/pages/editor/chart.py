"""The chart of what each visit pays: lines drawn here as SVG, once wide and once for a phone."""

import re
from collections.abc import Sequence
from itertools import groupby
from math import ceil
from typing import Final, Literal

from markupsafe import Markup
from msgspec import Struct

from schemas.books import ProgramTable, TableRow
from schemas.program import Unit
from service.core.authoring.scenarios import Scenarios
from service.core.currencies import digits_of, is_money
from service.core.phases import in_order, weeks_of
from service.web.pages.framework.voice import Voice

LineName = Literal["perfect", "rec", "norec"]
GRIDS: Final = 3
ROUND: Final = (1, 2, 5)


class Frame(Struct, frozen=True):
    """Where a chart lies: its size, its margins, and the weeks that it shows."""

    width: float
    height: float
    left: float
    right: float
    first: int
    last: int
    top: float = 16
    foot: float = 30

    def x(self, week: float) -> float:
        """How far right a moment lies, told in weeks: 1.0 is the beginning of week 1."""
        room = self.width - self.left - self.right
        return self.left + room * (week - self.first) / (self.last - self.first + 1)

    def y(self, amount: float, most: int) -> float:
        """How far down an amount lies."""
        return self.height - self.foot - (self.height - self.foot - self.top) * amount / most


def charts(shown: Scenarios, voice: Voice, climb: tuple[int, int] | None) -> tuple[Markup, Markup]:
    """The wide chart of all weeks, and the narrow one of the weeks that climb."""
    rows = shown.perfect.rows
    first, last = (min(r.week for r in rows), max(r.week for r in rows)) if rows else (1, 1)
    wide = Frame(720, 272, 56, 64, first, last)
    low, high = climb if climb is not None else (first, last)
    narrow = Frame(330, 220, 50, 10, low, max(low, min(high, last)))
    return _draw(shown, wide, voice, "wide-chart"), _draw(shown, narrow, voice, "narrow-chart")


def _draw(shown: Scenarios, frame: Frame, voice: Voice, name: str) -> Markup:
    unit, most = _unit(shown.perfect), _most(shown)
    parts = [*_grid(frame, most, unit, voice), *_phases(shown, frame)]
    lines: list[tuple[LineName, ProgramTable]] = [("perfect", shown.perfect), ("rec", shown.missed)]
    if shown.no_recovery is not None:
        lines.append(("norec", shown.no_recovery))
    for line, found in reversed(lines):
        path = _path(found.rows, frame, most, 0 if line == "perfect" else max(0, shown.miss - 2))
        if path:
            parts.append(f'<path class="l {line}" d="{path}"/>')
    parts += _miss(shown, frame, voice)
    title = voice.say("manage.chart.title", weeks=f"{frame.first}-{frame.last}")
    size = f"0 0 {frame.width:g} {frame.height:g}"
    head = f'<svg class="chart {name}" viewBox="{size}" role="img" aria-labelledby="{name}-title">'
    inside = "".join(parts)
    return Markup(f'{head}<title id="{name}-title">{title}</title>{inside}</svg>')  # noqa: S704  numbers and our own escaped words


def _grid(frame: Frame, most: int, unit: Unit, voice: Voice) -> list[str]:
    parts = []
    for place in range(GRIDS + 1):
        amount = most * place // GRIDS
        y = frame.y(amount, most)
        label = short(amount, unit, voice)
        parts.append(f'<path class="gl" d="M{frame.left:g} {y:.1f}H{frame.width - frame.right:g}"/>')
        parts.append(f'<text x="{frame.left - 8:g}" y="{y + 4:.1f}" text-anchor="end">{label}</text>')
    return parts


def _phases(shown: Scenarios, frame: Frame) -> list[str]:
    parts = []
    for phase in in_order(shown.target.phases):
        begins, ends = weeks_of(phase)
        low, high = max(begins, frame.first), min(ends, frame.last)
        if low > high:
            continue
        if low > frame.first:
            x = frame.x(low)
            parts.append(f'<path class="ph" d="M{x:.1f} {frame.top:g}V{frame.height - frame.foot + 6:.1f}"/>')
        middle = (frame.x(low) + frame.x(high + 1)) / 2
        words = f"{low}" if low == high else f"{low}\u2013{high}"
        parts.append(f'<text x="{middle:.1f}" y="{frame.height - 8:g}" text-anchor="middle">{words}</text>')
    return parts


def _path(rows: Sequence[TableRow], frame: Frame, most: int, since: int) -> str:
    """Steps from visit to visit, from the one at place `since` on."""
    points: list[tuple[float, float]] = []
    place = 0
    for week, group in groupby(rows, key=lambda row: row.week):
        visits = list(group)
        for number, row in enumerate(visits):
            if place >= since and frame.first <= week <= frame.last:
                y = frame.y(row.base, most)
                begin, end = (frame.x(week + part / len(visits)) for part in (number, number + 1))
                points += [(begin, y), (end, y)]
            place += 1
    return "" if not points else "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def _miss(shown: Scenarios, frame: Frame, voice: Voice) -> list[str]:
    rows = shown.missed.rows
    week = rows[shown.miss - 1].week
    if not frame.first <= week <= frame.last:
        return []
    same = [place for place, row in enumerate(rows) if row.week == week]
    x = frame.x(week + (same.index(shown.miss - 1) + 0.5) / len(same))
    y = frame.y(0, 1)
    is_left = x < frame.width * 0.6
    label = voice.say("manage.chart.missed", visit=shown.miss)
    where = f'x="{x + 9 if is_left else x - 9:.1f}" y="{y - 8:.1f}"'
    anchor = "" if is_left else ' text-anchor="end"'
    return [
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5"/>',
        f'<text class="b" {where}{anchor}>{label}</text>',
    ]


def _unit(found: ProgramTable) -> Unit:
    return next((row.unit for row in found.rows if row.base), found.rows[0].unit if found.rows else "usd")


def _most(shown: Scenarios) -> int:
    """A round number that no visit goes beyond."""
    return round_most(max((row.base for row in shown.perfect.rows), default=0))


def round_most(high: int) -> int:
    """A round number that an amount does not go beyond."""
    part = max(1, ceil(high / GRIDS))
    scale = 1
    while True:
        for one in ROUND:
            if one * scale >= part:
                return one * scale * GRIDS
        scale *= 10


def short(amount: int, unit: Unit, voice: Voice) -> str:
    """An amount beside a line of a chart, without the cents that it has not."""
    if not is_money(unit):
        return f"{amount:,}"
    digits = digits_of(unit)
    whole = voice.money(amount, unit)
    return re.sub(rf"[.,]0{{{digits}}}(?![0-9])", "", whole) if digits else whole
