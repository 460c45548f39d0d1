"""When a notice is tried again, and how much a receiver can bear, for everything that can be heard of one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from service.core.notices import waits
from service.core.notices.deliveries import (
    RETRY_AFTER_S_MAX,
    Delivered,
    Failed,
    Gone,
    Outcome,
    Refused,
    retry_after_s,
)
from service.core.notices.waits import (
    Again,
    Dead,
    Disable,
    Go,
    Hold,
    Probe,
    Receiver,
    Settled,
    after,
    learn,
    turn,
)

AT = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
MIDDLE = 0.5
OK = Delivered(204, 12)
SILENT = Failed("read_time", 10_000)
ANSWERED_500 = Failed("status", 5, 500)
BUSY = Failed("status", 5, 429)
OUTCOMES: tuple[Outcome, ...] = (
    OK,
    SILENT,
    ANSWERED_500,
    BUSY,
    Gone(5),
    Refused("private", "10.0.0.1"),
    Failed("status", 5, 503, 120.0),
    Failed("redirect", 5, 302),
    Failed("deadline", 9, 200),
)


def later(seconds: float) -> datetime:
    """Give the moment so many seconds after noon."""
    return AT + timedelta(seconds=seconds)


def wait_s(step: object) -> float:
    """Give how long a notice waits, in seconds."""
    assert isinstance(step, Again)
    return (step.at - AT).total_seconds()


def many(outcome: Outcome, times: int, receiver: Receiver | None = None) -> Receiver:
    """Let the same be heard of a receiver several times at noon."""
    receiver = receiver or Receiver()
    for _ in range(times):
        receiver = learn(receiver, outcome, AT, MIDDLE)
    return receiver


def test_the_waits_are_those_of_the_standard_and_come_to_about_three_days() -> None:
    """0, 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h."""
    waited = [wait_s(after(SILENT, made, AT, AT, MIDDLE)) for made in range(1, waits.NOTICE_ATTEMPTS_MAX)]
    assert waited == [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]
    assert waits.WAITS_S[0] == 0
    assert 3 <= sum(waits.WAITS_S) / 86_400 < 3.5
    assert sum(waits.WAITS_S) * (1 + waits.JITTER) < waits.NOTICE_AGE_S_MAX


@given(st.integers(1, 9), st.floats(0, 1, exclude_max=True))
def test_jitter_goes_both_ways_and_no_further_than_said(made: int, chance: float) -> None:
    """A wait is at most a fifth shorter or longer."""
    wait = waits.WAITS_S[made]
    assert wait * 0.8 - 0.001 <= wait_s(after(SILENT, made, AT, AT, chance)) <= wait * 1.2 + 0.001


def test_chance_makes_a_wait_shorter_and_longer() -> None:
    """Neither direction is only allowed; both occur."""
    assert wait_s(after(SILENT, 2, AT, AT, 0.0)) == 240
    assert wait_s(after(SILENT, 2, AT, AT, 0.999)) > 359


def test_a_delivered_notice_is_settled_and_410_disables() -> None:
    """Both at whichever attempt."""
    assert [after(OK, made, AT, AT, MIDDLE) for made in (1, 10)] == [Settled()] * 2
    assert [after(Gone(3), made, AT, AT, MIDDLE) for made in (1, 10)] == [Disable()] * 2


@pytest.mark.parametrize("outcome", [SILENT, BUSY, ANSWERED_500, Refused("private", "10.0.0.1")])
def test_the_tenth_failure_is_the_last(outcome: Outcome) -> None:
    """A notice is dead after ten attempts, whatever the reason, and not after nine."""
    assert isinstance(after(outcome, 9, AT, AT, MIDDLE), Again)
    assert after(outcome, 10, AT, AT, MIDDLE) == Dead("attempts")


def test_a_notice_that_was_put_off_for_days_dies_of_age() -> None:
    """Attempts left over do not keep a notice for ever."""
    four_days = later(waits.NOTICE_AGE_S_MAX)
    assert after(SILENT, 2, AT, four_days, MIDDLE) == Dead("age")
    assert waits.too_old(AT, four_days)
    assert not waits.too_old(AT, four_days - timedelta(seconds=1))


def test_retry_after_makes_a_wait_longer_and_never_shorter() -> None:
    """The receiver's word is the least wait; our own schedule is kept where it is longer."""
    asked = Failed("status", 5, 503, 3600.0)
    assert 3600 <= wait_s(after(asked, 1, AT, AT, 0.0)) <= wait_s(after(asked, 1, AT, AT, 0.9)) <= 3600 * 1.2
    assert wait_s(after(asked, 5, AT, AT, MIDDLE)) == 18_000


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0", 0),
        ("120", 120),
        (" 120 ", 120),
        ("000000000000000120", 120),
        ("86401", RETRY_AFTER_S_MAX),
        ("9" * 5000, RETRY_AFTER_S_MAX),
        ("Tue, 24 Nov 2026 12:02:00 GMT", 120),
        ("Tue, 24 Nov 2026 11:00:00 GMT", 0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", RETRY_AFTER_S_MAX),
        ("Tuesday, 24-Nov-26 12:02:00 GMT", 120),
        ("Sunday, 06-Nov-94 08:49:37 GMT", 0),
        ("Tue Nov 24 12:02:00 2026", 120),
        ("Sun Nov  8 12:02:00 2026", 0),
        ("Tue, 24 Nov 2026 12:02:60 GMT", 179),
        ("", None),
        ("-1", None),
        ("1.5", None),
        ("1e9", None),
        ("soon", None),
        ("١٢", None),
        ("Tue, 31 Feb 2026 12:02:00 GMT", None),
        ("Tue, 24 Foo 2026 12:02:00 GMT", None),
        ("Tue, 24 Nov 2026 25:02:00 GMT", None),
        ("Tue, 24 Nov 0000 12:02:00 GMT", None),
        ("Tue, 24 Nov 2026 12:02:00 +0100", None),
    ],
)
def test_retry_after_is_seconds_or_one_of_three_dates_within_a_bound(
    text: str, seconds: float | None
) -> None:
    """What is neither says nothing, and a receiver cannot put us off for longer than a day."""
    assert retry_after_s(text, AT) == seconds


@given(st.text(max_size=60))
def test_no_retry_after_raises(text: str) -> None:
    """A receiver's header is garbage until it is read."""
    seconds = retry_after_s(text, AT)
    assert seconds is None or 0 <= seconds <= RETRY_AFTER_S_MAX


def test_the_circuit_opens_at_the_eighth_silence_in_a_row() -> None:
    """One answer in between starts the count again."""
    assert turn(many(SILENT, 7), AT) == Go()
    assert turn(many(SILENT, 7, many(ANSWERED_500, 1, many(SILENT, 7))), AT) == Go()
    assert turn(many(SILENT, 8), AT) == Hold(later(10))


def test_answers_of_failure_never_open_the_circuit() -> None:
    """A notice that makes its receiver answer 500 does not hold up later ones."""
    assert turn(many(ANSWERED_500, 100), AT) == Go()
    assert turn(many(Failed("redirect", 5, 302), 100), AT) == Go()
    assert turn(many(Failed("broken", 5, 500), 100), AT) == Go()


def test_a_notice_too_large_to_send_says_nothing_of_its_receiver() -> None:
    """Nobody was asked."""
    assert many(Failed("request_too_large", 0), 100) == Receiver()


def test_an_answer_that_never_came_to_its_end_counts_as_silence() -> None:
    """A status without a body that ends in time has cost a slot for the whole deadline."""
    assert turn(many(Failed("deadline", 9, 500), 8), AT) == Hold(later(10))


def test_an_open_circuit_lets_one_probe_through_when_its_time_has_come() -> None:
    """The second who asks is held until the probe is lost."""
    opened = many(SILENT, 8)
    asked = turn(opened, later(10))
    assert isinstance(asked, Probe)
    assert asked.receiver.circuit == "probing"
    assert turn(asked.receiver, later(11)) == Hold(later(10 + waits.PROBE_S))
    assert isinstance(turn(asked.receiver, later(10 + waits.PROBE_S)), Probe)


@pytest.mark.parametrize("outcome", [OK, ANSWERED_500, Gone(5), Failed("redirect", 5, 301)])
@pytest.mark.parametrize("circuit", ["open", "probing"])
def test_any_answer_closes_the_circuit(circuit: waits.Circuit, outcome: Outcome) -> None:
    """Also one that comes late, to a post from before the circuit opened."""
    receiver = learn(replace(many(SILENT, 8), circuit=circuit), outcome, AT, MIDDLE)
    assert receiver == Receiver()
    assert turn(receiver, AT) == Go()


def test_a_failed_probe_opens_for_twice_as_long_up_to_a_bound() -> None:
    """10 s, 20 s, 40 s, … and 15 minutes for as long as it stays dead."""
    receiver, waited = many(SILENT, 8), []
    for _ in range(9):
        waited.append(receiver.open_s)
        asked = turn(receiver, AT + timedelta(days=1))
        assert isinstance(asked, Probe)
        receiver = learn(asked.receiver, SILENT, AT, MIDDLE)
    assert waited == [10, 20, 40, 80, 160, 320, 640, 900, 900]


def test_late_silences_do_not_open_an_open_circuit_again() -> None:
    """Sixty posts that were out together open it once, for the shortest time."""
    assert many(SILENT, 60).until == many(SILENT, 8).until


@pytest.mark.parametrize("status", sorted(waits.BUSY))
def test_a_busy_receiver_is_left_alone_longer_each_time_and_recovers(status: int) -> None:
    """The pause doubles to five minutes and halves to none."""
    receiver, at, pauses = Receiver(), AT, []
    for _ in range(11):
        receiver = learn(receiver, Failed("status", 5, status), at, MIDDLE)
        assert receiver.until is not None
        assert turn(receiver, at) == Hold(receiver.until)
        at = receiver.until
        assert turn(receiver, at) == Go()
        pauses.append(receiver.pause_s)
    assert pauses == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]
    for _ in range(9):
        receiver = learn(receiver, OK, at, MIDDLE)
        at = receiver.until or at
    assert receiver == Receiver()


def test_posts_that_were_out_together_double_the_pause_once() -> None:
    """Sixty answers of 429 at one moment are one thing said sixty times."""
    assert many(BUSY, 60) == many(BUSY, 1)


def test_a_delivery_during_a_pause_does_not_end_it() -> None:
    """It was posted before the pause began."""
    paused = many(BUSY, 1)
    assert turn(learn(paused, OK, AT, MIDDLE), AT) == Hold(later(1))


def test_retry_after_of_a_busy_receiver_holds_all_of_its_notices() -> None:
    """A longer one prolongs the pause, a shorter one does not end it early."""
    put_off = learn(Receiver(), Failed("status", 5, 429, 60.0), AT, MIDDLE)
    assert turn(put_off, AT) == Hold(later(60))
    assert turn(learn(put_off, Failed("status", 5, 429, 90.0), AT, MIDDLE), AT) == Hold(later(90))
    assert turn(learn(put_off, Failed("status", 5, 429, 30.0), AT, MIDDLE), AT) == Hold(later(60))
    assert turn(learn(Receiver(), Failed("status", 5, 500, 60.0), AT, MIDDLE), AT) == Go()


@given(st.lists(st.tuples(st.sampled_from(OUTCOMES), st.floats(0, 5000), st.floats(0, 1, exclude_max=True))))
def test_whatever_is_heard_a_receiver_is_never_held_for_ever(
    heard: list[tuple[Outcome, float, float]],
) -> None:
    """It may be posted to again after the longest wait there is, and an answer then frees it."""
    receiver, at = Receiver(), AT
    for outcome, seconds, chance in heard:
        at += timedelta(seconds=seconds)
        asked = turn(receiver, at)
        receiver = learn(asked.receiver if isinstance(asked, Probe) else receiver, outcome, at, chance)
        assert 0 <= receiver.pause_s <= waits.PAUSE_S_MAX
        assert receiver.until is None or receiver.until <= at + timedelta(days=1)
        assert (receiver.circuit == "closed") == (receiver.open_s == 0)
    assert not isinstance(turn(receiver, at + timedelta(days=1)), Hold)
