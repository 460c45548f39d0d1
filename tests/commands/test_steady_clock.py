"""The time never goes back within a process, though the machine's clock is set back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from service.clock import SteadyClock, clock_of

START = datetime(2026, 3, 2, 17, tzinfo=UTC)


class Machine:
    """A machine whose clock may be set, and the seconds that have passed for it."""

    def __init__(self) -> None:
        self.now, self.seconds = START, 0.0

    def pass_by(self, seconds: float) -> None:
        """Let time pass."""
        self.now += timedelta(seconds=seconds)
        self.seconds += seconds


def test_a_clock_that_is_set_back_is_caught_up_with_and_never_followed_back() -> None:
    """An hour back: two hours later both tell the same; in between each time is after the one before."""
    machine = Machine()
    clock = SteadyClock(lambda: machine.now, lambda: machine.seconds)
    machine.pass_by(10)
    told = [clock()]
    assert told == [START + timedelta(seconds=10)]
    machine.now -= timedelta(hours=1)
    for _ in range(12):
        machine.pass_by(600)
        told.append(clock())
    assert all(before < after for before, after in pairwise(told))
    assert told[1] - told[0] == timedelta(seconds=300)
    assert told[-1] == machine.now
    machine.pass_by(60)
    assert clock() == machine.now


def test_a_clock_that_is_set_forward_is_followed_at_once() -> None:
    """It may have been behind."""
    machine = Machine()
    clock = SteadyClock(lambda: machine.now, lambda: machine.seconds)
    machine.now += timedelta(days=1)
    assert clock() == START + timedelta(days=1)


def test_the_clock_of_the_service_is_such_a_one() -> None:
    """Shifted or not."""
    assert isinstance(clock_of(0), SteadyClock)
    shifted = clock_of(86_400)
    assert isinstance(shifted, SteadyClock)
    assert timedelta(hours=23) < shifted() - clock_of(0)() < timedelta(hours=25)
