"""Between two moments a list takes the shorter way: by the time of what lies between, or from the newest."""

from datetime import UTC, datetime, timedelta

import pytest

from service.store.time_ranges import is_sought_by_time

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def ago(days: int) -> datetime:
    """So many days before now."""
    return NOW - timedelta(days=days)


@pytest.mark.parametrize(
    ("since", "until", "by_time"),
    [
        (None, None, False),
        (ago(1), None, True),
        (ago(93), None, True),
        (ago(94), None, False),
        (ago(800), ago(799), True),
        (ago(800), ago(400), True),
        (ago(800), ago(390), False),
        (None, ago(1), False),
        (NOW + timedelta(days=200), NOW + timedelta(days=201), True),
        (ago(1), NOW + timedelta(days=9000), True),
    ],
)
def test_the_shorter_way_is_taken(since: datetime | None, until: datetime | None, *, by_time: bool) -> None:
    """A few days are put in order; of many, the newest are looked through where they are asked for."""
    assert is_sought_by_time(NOW, since, until) is by_time
