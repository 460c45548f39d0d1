"""What moves across the last day of a cap: it binds the days it is in force, and counts the whole period."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from service.core.dated_caps import DatedCap, Limits, Spot, move

CAP = DatedCap(UUID(int=1), "week", "usd", 1000, date(2026, 1, 1), date(2026, 3, 10))
"""It ends on the Tuesday of week 11."""
BEFORE, AFTER = (CAP.id, "2026-W10"), (CAP.id, "2026-W11")


def spot(day: int) -> Spot:
    """Something in money for a day of March."""
    return Spot("usd", date(2026, 3, day), "one")


@pytest.mark.parametrize(("day", "moved"), [(9, 100), (10, 100), (11, 300)])
def test_a_move_is_bound_up_to_the_last_day_of_a_cap_and_not_after_it(day: int, moved: int) -> None:
    """On Monday and Tuesday there is room for $1.00; from Wednesday on all moves, and counts for the week."""
    limits = Limits((CAP,), {BEFORE: 800, AFTER: 900})
    after, found = move(limits, spot(3), spot(day), 300)
    assert found == moved
    assert after.totals == {BEFORE: 800 - moved, AFTER: 900 + moved}


def test_a_move_beyond_the_last_week_of_a_cap_only_leaves_it() -> None:
    """The week after is counted by no cap."""
    limits = Limits((CAP,), {BEFORE: 800})
    assert move(limits, spot(3), spot(17), 300) == (Limits((CAP,), {BEFORE: 500}), 300)
