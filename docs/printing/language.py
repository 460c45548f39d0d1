"""Tables of the program language's closed words: the outcomes of each behavior, and the reasons of awards."""

from typing import Final, get_args

from schemas.program import Behavior, Effect, Noun
from schemas.receipts import ReasonCode
from service.core.outcomes import FIXED, OPEN
from service.core.state import Why
from service.core.words.sentences import say

_EFFECTS: Final[tuple[Effect, ...]] = get_args(Effect)
_EXAMPLE: Final = Noun("negative test", "prueba negativa")


def outcomes() -> str:
    """The outcomes of each behavior by their effect, and those that a program may decide."""
    lines = [
        "| behavior | success | failure | neutral | the program decides (default) |",
        "|---|---|---|---|---|",
    ]
    behavior: Behavior
    for behavior in get_args(Behavior):
        fixed = [
            ", ".join(f"`{name}`" for name, found in FIXED[behavior].items() if found == effect)
            for effect in _EFFECTS
        ]
        free = ", ".join(f"`{name}` ({effect})" for name, effect in OPEN[behavior].items())
        lines.append(f"| `{behavior}` | {' | '.join(fixed)} | {free or 'none'} |")
    return "\n".join(lines)


def reasons() -> str:
    """Every reason of an award with its sentence, for an amount of $2.50 and a count of 3."""
    lines = ["| code | sentence in English |", "|---|---|"]
    codes: tuple[ReasonCode, ...] = get_args(ReasonCode)
    lines += [f"| `{code}` | {say(Why(code, 250, 3), 'usd', _EXAMPLE, 'en')} |" for code in codes]
    return "\n".join(lines)
