"""The picture of a ladder: where each bar stands and which words fit over them, in SVG units."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

from msgspec import Struct

from schemas.program import Unit
from service.core.ladder import Bar, Ladder
from service.web.pages.framework.voice import Voice

WIDTH: Final = 318.0
BASE: Final = 134.0
TOP: Final = 24.0
LETTER: Final = 7.4
"""How wide a letter of an amount is at most."""
GAP_MAX: Final = 2.0
WIDEST: Final = 22.0
LINE: Final = 14.0
"""How high a line of words is."""


class Column(Struct, frozen=True):
    """One bar as it is drawn."""

    kind: str
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """The middle of its foot."""
        return self.x + self.width / 2


class Words(Struct, frozen=True):
    """Words in the picture: at a place, beginning, ending or centered there."""

    text: str
    x: float
    y: float
    anchor: str
    kind: str


class Picture(Struct, frozen=True):
    """Bars and words."""

    columns: tuple[Column, ...]
    words: tuple[Words, ...]


def picture(bars: Sequence[Bar], said: Callable[[int], str], named: Callable[[str, int], str]) -> Picture:
    """Draw bars from a zero baseline, those of one week closer together.

    `said` says an amount; `named` says `week` with its number, or `next`. Words that
    would touch are left out.
    """
    columns = _columns(bars)
    return Picture(columns, (*_feet(bars, columns, named), *_heads(bars, columns, said)))


def picture_of(ladder: Ladder, voice: Voice, said: Callable[[int, Unit], str]) -> Picture:
    """Draw a target's ladder with its weeks named in a language; `said` says an amount in its unit."""
    return picture(
        ladder.bars,
        lambda amount: said(amount, ladder.unit),
        lambda what, week: voice.plain(f"portal.pic_{what}", week=week),
    )


def _columns(bars: Sequence[Bar]) -> tuple[Column, ...]:
    if not bars:
        return ()
    highest = max((bar.amount for bar in bars), default=0) or 1
    apart = [1.0 if one.week == two.week else 2.5 for one, two in pairwise(bars)]
    gap = min(GAP_MAX, WIDTH / (4 * len(bars)))
    width = min((WIDTH - gap * sum(apart)) / len(bars), WIDEST)
    made = []
    x = 0.0
    for bar, after in zip(bars, [*apart, 0.0], strict=True):
        height = max((BASE - TOP) * bar.amount / highest, 0.0)
        made.append(Column(bar.kind, round(x, 1), round(BASE - height, 1), round(width, 1), round(height, 1)))
        x += width + gap * after
    return tuple(made)


def _heads(bars: Sequence[Bar], columns: Sequence[Column], said: Callable[[int], str]) -> list[Words]:
    """The amount over the next bar, and over the last one where there is room left."""
    words: list[Words] = []
    place = next((place for place, bar in enumerate(bars) if bar.kind == "next"), None)
    taken: tuple[float, float] | None = None
    if place is not None:
        text = said(bars[place].amount)
        half = len(text) * LETTER / 2
        x = min(max(columns[place].middle, half), WIDTH - half)
        taken = (x - half, x + half)
        words.append(Words(text, round(x, 1), _over(columns, *taken), "middle", "n"))
    if len(bars) > 1 and bars[-1].kind == "ahead" and bars[-1].amount:
        text = said(bars[-1].amount)
        end = columns[-1].x + columns[-1].width
        span = (max(end - len(text) * LETTER, 0), end)
        if taken is None or taken[1] + LETTER < span[0]:
            anchored = end >= len(text) * LETTER
            at = end if anchored else 0
            words.append(
                Words(text, round(at, 1), _over(columns, *span), "end" if anchored else "start", "m")
            )
    return words


def _over(columns: Sequence[Column], left: float, right: float) -> float:
    """Where words between two places stand over every bar there."""
    below = [one.y for one in columns if one.x < right and one.x + one.width > left]
    return round(max(min(below, default=BASE) - 6, LINE), 1)


def _feet(bars: Sequence[Bar], columns: Sequence[Column], named: Callable[[str, int], str]) -> list[Words]:
    """The first and the last week, and where the next one stands."""
    if not bars:
        return []
    y = BASE + LINE + 4
    words: list[Words] = []
    place = next((place for place, bar in enumerate(bars) if bar.kind == "next"), None)
    taken = (WIDTH, WIDTH)
    if place is not None:
        text = named("next", 0)
        half = len(text) * LETTER / 2
        x = min(max(columns[place].middle, half), WIDTH - half)
        taken = (x - half, x + half)
        words.append(Words(text, round(x, 1), y, "middle", "n"))
    first, last = named("week", bars[0].week), named("week", bars[-1].week)
    if place is None or len(first) * LETTER + LETTER < taken[0]:
        words.append(Words(first, 0, y, "start", "m"))
    end = columns[-1].x + columns[-1].width
    begins = end - len(last) * LETTER - LETTER
    if (
        bars[-1].week != bars[0].week
        and begins > len(first) * LETTER
        and (place is None or begins > taken[1])
    ):
        words.append(Words(last, round(end, 1), y, "end", "m"))
    return words
