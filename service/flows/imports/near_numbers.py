"""Numbers of people in a file that may be one person's, mistyped or spoiled: named, never refused for it."""

from collections.abc import Collection
from typing import Final

from service.core.spellings import near_spelling, number_spelling
from service.store import identifiers, names, rosters
from service.store.database.pool import Tx

GROUPS_MAX: Final = 50
"""How many groups of numbers are named."""
ASKED_AT_ONCE: Final = 500


async def near_numbers(tx: Tx, numbers: Collection[str]) -> tuple[tuple[str, ...], ...]:
    """Numbers that are nearly the same, among themselves and with those of people on record.

    Of people on record only those are named that a number not on record is near to.
    """
    alike: dict[str, dict[str, str]] = {}
    for number in numbers:
        alike.setdefault(near_spelling(number), {}).setdefault(number_spelling(number), number)
    new: list[str] = []
    ordered = sorted(numbers)
    for start in range(0, len(ordered), ASKED_AT_ONCE):
        part = ordered[start : start + ASKED_AT_ONCE]
        known = await rosters.known(tx, part)
        new += [number for number in part if number not in known]
    for start in range(0, len(new), ASKED_AT_ONCE):
        people = await identifiers.near(tx, new[start : start + ASKED_AT_ONCE])
        for person in (await names.of(tx, people)).values():
            own = person.reference
            if (group := alike.get(near_spelling(own))) is not None:
                group.setdefault(number_spelling(own), own)
    groups = [tuple(sorted(group.values())) for near, group in alike.items() if near and len(group) > 1]
    return tuple(sorted(groups)[:GROUPS_MAX])
