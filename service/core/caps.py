"""A program's own caps: the most that one enrollment is paid in a calendar period."""

from datetime import date

from schemas.program import Cap, Period
from schemas.receipts import ReasonCode
from service.core.calendar import period_key
from service.core.compiled import Rules
from service.core.state import Award, Why

CODES: dict[Period, ReasonCode] = {
    "event": "cap:event",
    "day": "cap:day",
    "week": "cap:week",
    "month": "cap:month",
    "year": "cap:year",
    "enrollment": "cap:enrollment",
}
"""The reason that a cap of each period gives."""

Spent = tuple[tuple[int, int], ...]
"""For each cap of the program, the period it is in and what was paid in that period."""


def clip(
    rules: Rules, spent: Spent, day: date, fact_no: int, awards: tuple[Award, ...]
) -> tuple[Spent, tuple[Award, ...]]:
    """Clip one fact's awards cap by cap in the order written; returns what each cap has seen by now.

    Only awards in the program's own unit count: a cap in cents says nothing of draws.
    """
    caps = rules.program.caps
    keys = [period_key(cap.per, day, fact_no) for cap in caps]
    room = [
        cap.amount - paid if key == key_before else cap.amount
        for cap, key, (key_before, paid) in zip(caps, keys, spent, strict=True)
    ]
    kept = tuple(_clipped(a, caps, room) if a.amount and a.unit == rules.program.unit else a for a in awards)
    left = zip(keys, caps, room, strict=True)
    return tuple((key, cap.amount - rest) for key, cap, rest in left), kept


def _clipped(award: Award, caps: tuple[Cap, ...], room: list[int]) -> Award:
    amount, why = award.amount, award.why
    for cap, rest in zip(caps, room, strict=True):
        if amount > rest:
            why = (*why, Why(CODES[cap.per], amount - rest))
            amount = rest
    for place in range(len(room)):
        room[place] -= amount
    if amount == award.amount:
        return award
    return Award(award.slot, award.kind, award.unit, amount, award.amount - amount, why)
