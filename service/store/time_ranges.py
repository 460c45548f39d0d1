"""Lists of what lies between two moments, newest recorded first: which of two ways to it is the shorter."""

from datetime import UTC, datetime, timedelta
from typing import Final

FEW_DAYS: Final = timedelta(days=93)
"""Of how many days all that lies between is put in order; of more, the newest are looked through instead."""
EARLIEST: Final = datetime(1900, 1, 1, tzinfo=UTC)
LATEST: Final = datetime(2201, 1, 1, tzinfo=UTC)


def is_sought_by_time(now: datetime, since: datetime | None, until: datetime | None) -> bool:
    """Whether to put in order what lies between two moments, rather than to go back from the newest.

    Going back meets all that is newer first, so it is the longer way wherever less lies between the moments
    than after them.
    """
    if since is None and until is None:
        return False
    ends = now if until is None else min(until, now)
    return ends - (since or EARLIEST) <= max(FEW_DAYS, now - ends)
