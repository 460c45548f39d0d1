"""Ids sort by the time they were made."""

from __future__ import annotations

import time

import pytest

from service.store.database import ids


def test_ids_of_one_process_are_in_the_order_in_which_they_were_made() -> None:
    """Also where many are made in one millisecond, more than it has counts for."""
    made = [ids.new_id() for _ in range(20_000)]
    assert made == sorted(set(made))
    assert {one.version for one in made} == {7}
    assert {one.variant for one in made} == {"specified in RFC 4122"}


def test_an_id_says_when_it_was_made() -> None:
    """To the millisecond, or a little ahead where a millisecond was full."""
    before = time.time_ns() // 1_000_000  # noqa: TID251  what ids are made of
    milliseconds = int.from_bytes(ids.new_id().bytes[:6], "big")
    assert before <= milliseconds <= time.time_ns() // 1_000_000 + 100  # noqa: TID251  what ids are made of


def test_a_clock_that_is_set_back_does_not_bring_ids_out_of_their_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The next ids follow the last one until the clock has caught up."""
    last = ids.new_id()
    earlier = time.time_ns() - 3_600_000_000_000  # noqa: TID251  what ids are made of
    monkeypatch.setattr(time, "time_ns", lambda: earlier)
    assert last < ids.new_id() < ids.new_id()
