"""What was found out about a table: how it was read, and words that somebody has to say the meaning of."""

from typing import Literal

from msgspec import Struct


class Decided(Struct, frozen=True, omit_defaults=True):
    """What was found out about a table by itself, to be said to whoever brings it in.

    `titles` lines above the header were passed over, and columns that are `passed_over` are not read.
    """

    kind: Literal["text", "workbook", "json"]
    encoding: str = "utf-8"
    separator: str = ","
    titles: int = 0
    sheet: str | None = None
    other_sheets: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()
    of_people: bool = False


class StrangeWord(Struct, frozen=True):
    """A word for an outcome that nobody has said the meaning of.

    `of` is the target or behavior beside it, `usual` what such words usually mean.
    """

    of: str
    word: str
    lines: int
    usual: tuple[str, ...] = ()
