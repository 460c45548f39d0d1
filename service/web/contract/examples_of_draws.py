"""Examples of draws, prizes, seeds and hats; all of them true, so that a reader can check them."""

from datetime import timedelta
from typing import Final

from msgspec import Struct

from schemas.drawn_days import DayPage, DayRecord
from schemas.draws import (
    Drawn,
    DrawnSlip,
    DrawPrize,
    DrawRecord,
    GivePrize,
    HatName,
    HatPerson,
    HatRecord,
    NewDraws,
    NewHat,
    Prize,
    Seed,
    SeedRotation,
)
from schemas.receipts import Balance
from service.core.draws.bowls import STANDARD_BOWL
from service.core.draws.days import Turn, day_name, is_hit, slip_of
from service.core.draws.draws import commitment, draw_name
from service.core.draws.hats import hat_name, names
from service.web.contract.samples import (
    AT,
    DRAW,
    ENROLLMENT,
    HAT,
    PARTICIPANT,
    PRIZE,
    PROGRAM_NAME,
    REWARD,
    sample_id,
)

_SEED = bytes(31) + b"\x2a"
_SEED_ID = sample_id(12)
_COMMITMENT = commitment(_SEED).hex()
_NEXT = Seed(sample_id(13), commitment(bytes(32)).hex(), AT)
_NAME = draw_name(ENROLLMENT, 1)
_SLIPS = (
    DrawnSlip(0, 272, "small", DrawPrize(PRIZE, "usd", 100, 0)),
    DrawnSlip(1, 199, "good job", None),
)
_DRAWN = Drawn(
    DRAW,
    _NAME,
    ENROLLMENT,
    "standard-500",
    2,
    _COMMITMENT,
    _SEED_ID,
    AT,
    _SLIPS,
    (Balance("draw", 0, 0, 2, 2), Balance("usd", 350, 0, 0, 350)),
)
_DRAW_RECORD = DrawRecord(
    DRAW, _NAME, ENROLLMENT, STANDARD_BOWL, 2, _COMMITMENT, _SEED_ID, AT, _SLIPS, _SEED.hex()
)
_HAT_NAME = hat_name(sample_id(2), PROGRAM_NAME, "group-session", AT.date())
_PEOPLE = (HatPerson(ENROLLMENT, 3), HatPerson(sample_id(17), 1), HatPerson(sample_id(18), 6))
_HAT_RECORD = HatRecord(
    HAT,
    _HAT_NAME,
    PROGRAM_NAME,
    "group-session",
    AT.date(),
    "standard-500",
    1,
    _COMMITMENT,
    _SEED_ID,
    AT,
    _PEOPLE,
    tuple(
        HatName(name.index, name.slip, name.tickets, name.enrollment, 1, 0)
        for name in names(_SEED, _HAT_NAME, _PEOPLE)
    ),
    _SEED.hex(),
)

_TURN = Turn(tuple(AT.date() + timedelta(days=day) for day in (0, 1, 3)), 2)
_DAY_SLIP = slip_of(_SEED, ENROLLMENT, "stimulant-negative", _TURN)
_DAY = DayRecord(
    sample_id(19),
    day_name(ENROLLMENT, "stimulant-negative", AT.date()),
    ENROLLMENT,
    "stimulant-negative",
    AT.date(),
    _TURN.days,
    _TURN.wanted,
    _DAY_SLIP,
    is_hit(_DAY_SLIP, _TURN.wanted),
    _COMMITMENT,
    _SEED_ID,
    AT,
    _SEED.hex(),
)

BODIES: Final[dict[str, dict[str, object]]] = {
    "draw_slips": {"one slip": NewDraws(1)},
    "give_prize": {"a reward of its category": GivePrize(REWARD)},
    "draw_names": {"a group session": NewHat(PROGRAM_NAME, "group-session", AT.date())},
}
"""Bodies of requests, by operation."""

ANSWERS: Final[dict[type[Struct], Struct]] = {
    Drawn: _DRAWN,
    DrawRecord: _DRAW_RECORD,
    Prize: Prize(PRIZE, PARTICIPANT, DRAW, 0, "small", "owed", AT, category="leisure"),
    SeedRotation: SeedRotation(_NEXT, Seed(_SEED_ID, _COMMITMENT, AT, AT, _SEED.hex())),
    HatRecord: _HAT_RECORD,
    DayPage: DayPage((_DAY,)),
}
"""Answers, by their shape."""
