"""Prize draws: which slip is drawn, what it wins, and whether a record of it is true.

Nobody can choose a slip: the seed is committed before it is used, and the draw's id is the enrollment's own
count. Anyone who has the revealed seed works out the same slips from the record alone.
"""

import hashlib
import hmac
from collections.abc import Iterator
from itertools import count
from typing import Final

from msgspec import Struct

from schemas.draws import DrawnSlip, DrawRecord
from schemas.ids import Id
from schemas.program import Bowl, Program, Tier, Unit
from service.core.draws.bowls import STANDARD_BOWL

SEED_BYTES: Final = 32
_U32: Final = 2**32
_U32_BYTES: Final = 4


class Slip(Struct, frozen=True):
    """One slip: its number from 1, and its tier."""

    number: int
    tier: Tier


def commitment(seed: bytes) -> bytes:
    """The commitment published before a seed is used: its SHA-256."""
    return hashlib.sha256(seed).digest()


def draw_name(enrollment: Id, n: int) -> str:
    """The id that a draw goes into the hash with: the enrollment and its own count of draws, from 1."""
    return f"{enrollment}/{n}"


def slip(seed: bytes, draw_id: str, index: int, slips: int) -> int:
    """The number, from 1 to `slips`, of slip `index` (from 0) of a draw.

    The first four bytes of HMAC-SHA256(seed, "cm-draw|{draw_id}|{index}|{counter}"), big-endian; a value in
    the last, incomplete round of `slips` is rejected for the next counter, so that no slip is likelier.
    """
    limit = _U32 // slips * slips
    for counter in count():
        message = f"cm-draw|{draw_id}|{index}|{counter}".encode()
        drawn = int.from_bytes(hmac.digest(seed, message, "sha256")[:_U32_BYTES], "big")
        if drawn < limit:
            return drawn % slips + 1
    raise AssertionError


def slips_in(bowl: Bowl) -> int:
    """How many slips a bowl has."""
    return sum(tier.slips for tier in bowl.tiers)


def tier_of(bowl: Bowl, number: int) -> Tier:
    """The tier of a slip's number; numbers from 1 go through the tiers in the order written.

    Raises ValueError for a number that no slip has.
    """
    left = number
    for tier in bowl.tiers:
        if 0 < left <= tier.slips:
            return tier
        left -= tier.slips
    raise ValueError(number)


def wins(tier: Tier) -> bool:
    """Whether a slip of this tier has a prize: something worth more than nothing, or from the shelf."""
    return bool(tier.value) or tier.category is not None


def draw(seed: bytes, draw_id: str, bowl: Bowl, how_many: int) -> tuple[Slip, ...]:
    """Slips 0 to `how_many - 1` of a draw, each put back before the next."""
    total = slips_in(bowl)
    numbers = (slip(seed, draw_id, index, total) for index in range(how_many))
    return tuple(Slip(number, tier_of(bowl, number)) for number in numbers)


def bowl_of(program: Program, name: str) -> Bowl | None:
    """A bowl by its name: the predefined one, or one of the program's own."""
    if name == STANDARD_BOWL.name:
        return STANDARD_BOWL
    return next((bowl for bowl in program.bowls if bowl.name == name), None)


def prize_unit(program: Program, bowl: str) -> Unit:
    """The unit of a bowl's values: cents of the standard bowl, else what the program pays in.

    A program that pays in draws has its bowls pay cents of the dollar.
    """
    return "usd" if bowl == STANDARD_BOWL.name or program.unit == "draw" else program.unit


def check(record: DrawRecord, seed: bytes) -> Iterator[str]:
    """Everything about a draw's public record that does not follow from its seed, in sentences.

    The first is what matters most: a seed that was not the committed one proves nothing. What caps clipped
    follows from no seed: only with it an amount must be what the slip wins.
    """
    yield from check_seed(record.commitment, seed)
    if record.bowl.name == STANDARD_BOWL.name and record.bowl != STANDARD_BOWL:
        yield f"The bowl is named {STANDARD_BOWL.name}, and its tiers are not those of that bowl."
    if not record.draw_id.startswith(f"{record.enrollment}/"):
        yield f"The draw's id {record.draw_id} does not begin with its enrollment {record.enrollment}."
    if record.count != len(record.draws):
        yield f"The record says {record.count} slips and shows {len(record.draws)}."
    for index, (shown, drawn) in enumerate(
        zip(record.draws, draw(seed, record.draw_id, record.bowl, len(record.draws)), strict=True)
    ):
        yield from _of_slip(index, shown, drawn)


def check_seed(committed: str, seed: bytes) -> Iterator[str]:
    """Whether a seed is the one that was committed to."""
    if committed != commitment(seed).hex():
        yield f"The seed's SHA-256 is {commitment(seed).hex()}, and the commitment was {committed}."


def _of_slip(index: int, shown: DrawnSlip, drawn: Slip) -> Iterator[str]:
    if shown.index != index:
        yield f"Slip {index} stands under index {shown.index}."
    if shown.slip != drawn.number:
        yield f"Slip {index} must be number {drawn.number}, and the record says {shown.slip}."
    if shown.tier != drawn.tier.name:
        yield f"Slip {index} must be {drawn.tier.name!r}, and the record says {shown.tier!r}."
    prize = shown.prize
    value, category = drawn.tier.value or None, drawn.tier.category
    if prize is None:
        if value is not None or category is not None:
            yield f"Slip {index} wins {value or category}, and the record shows no prize."
    elif prize.category != category:
        yield f"Slip {index} wins from the shelf {category}, and the record says {prize.category}."
    elif category is None and (prize.amount or 0) + (prize.clipped or 0) != (value or 0):
        yield f"Slip {index} wins {value or 0}, and the record says {prize.amount}, {prize.clipped} clipped."
