"""A page that goes on from its mark misses nothing, and hears twice only what came late."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.books import Cause
from schemas.ids import Id
from service.core.live import (
    OVERLAP_MS,
    Mark,
    begin,
    event_name,
    is_reading,
    mark_of,
    marks,
    number_of,
    status_after,
    written,
)

NEVER = Mark(Id(int=0), 0)


def transfer(ms: int, tail: int = 0) -> Id:
    """Make the id of a transfer made at a time."""
    return Id(int=ms << 80 | tail)


def look(records: list[Id], mark: Mark) -> tuple[list[Id], list[Mark | None], Mark]:
    """Look as the query does: what comes after the mark, or all of the short time before it as well."""
    recent = [one for one in records if begin(mark) < one <= mark.last]
    found = sorted(one for one in records if one > (mark.last if len(recent) == mark.seen else begin(mark)))
    return found, *marks(mark, recent, found)


def test_a_mark_reads_as_it_was_written() -> None:
    """And nothing else reads as a mark."""
    mark = Mark(transfer(1_700_000_000_000, 7), 3)
    assert mark_of(written(mark)) == mark
    for odd in ("", "7", written(mark) + " ", written(mark).replace("-", ""), f"{mark.last}.1234567890"):
        assert mark_of(odd) is None
    assert [number_of(text) for text in ("", "-1", "12", "1" * 19, "x")] == [None, None, 12, None, None]


@given(st.lists(st.integers(0, 40_000), max_size=30, unique=True), st.data())
def test_whatever_the_order_of_commits_nothing_within_the_overlap_is_missed(
    times: list[int], data: st.DataObject
) -> None:
    """Transfers become visible in any order that clocks a little apart can give; looks fall in between."""
    start = 1_000_000
    order = sorted(times, key=lambda ms: ms + data.draw(st.integers(0, OVERLAP_MS - 1)))
    records: list[Id] = []
    mark, seen, again = NEVER, set[Id](), 0
    for ms in order:
        records.append(transfer(start + ms, ms + 1))
        if data.draw(st.booleans()):
            found, _, mark = look(records, mark)
            again += len(seen & set(found))
            seen |= set(found)
    found, _, mark = look(records, mark)
    assert seen | set(found) == set(records)
    assert look(records, mark)[0] == []
    if order == sorted(order):
        assert again == 0


@given(st.lists(st.integers(0, 20_000), min_size=1, max_size=20, unique=True))
def test_from_every_mark_on_the_way_the_rest_follows(times: list[int]) -> None:
    """A connection may break after any event: the next one goes on with the one after it."""
    records = sorted(transfer(1_000_000 + ms, 1) for ms in times)
    found, after, _ = look(records, NEVER)
    assert found == records
    for place, mark in enumerate(after):
        assert mark is not None
        assert look(records, mark)[0] == records[place + 1 :]


def test_one_that_came_late_is_found_and_takes_its_time_with_it() -> None:
    """The mark that counted one fewer sees that its short time has changed."""
    early, late, last = (transfer(1_000_000 + ms) for ms in (0, 3, 6))
    _, _, mark = look([early, last], NEVER)
    found, after, mark = look([early, late, last], mark)
    assert (found, after) == ([early, late, last], [None, None, None])
    assert look([early, late, last], mark)[0] == []


@pytest.mark.parametrize(
    ("cause", "destination", "status"),
    [
        ("redemption", "held", "held"),
        ("redemption", "given", "given"),
        ("redemption", "available", "canceled"),
        ("redemption", "issued", "canceled"),
        ("order_failed", "available", "failed"),
    ],
)
def test_a_redemption_stands_where_its_price_went(cause: Cause, destination: str, status: str) -> None:
    """Held, given, or back, by a cancellation or for a provider did not deliver."""
    assert status_after(cause, destination) == status  # type: ignore[arg-type]


def test_each_cause_has_its_event() -> None:
    """Whatever credits value is an award to who gets it."""
    assert [event_name(cause) for cause in ("award", "manual", "prize", "hat", "draw", "redemption")] == [
        "award",
        "award",
        "award",
        "award",
        "draw",
        "redemption",
    ]


def test_a_reading_is_known_by_its_name() -> None:
    """What only reads wakes nobody."""
    deeds = ("balance.read", "event.listed", "event.corrected", "draw.made")
    assert [is_reading(deed) for deed in deeds] == [True, True, False, False]
