"""When to try next: a notice's waits, and how much a receiver can bear. Pure: time and chance are given.

A notice is tried at once and then after growing waits, about three days in all:

    on its way --Delivered--> Settled
    on its way --Gone-------> Disable     the subscriber is disabled; the notice is kept and can be replayed
    on its way --else-------> Again(at)   while attempts and age are below their limits
    on its way --else-------> Dead(why)   visible, and can be replayed

A receiver is known by one `Receiver`, shared by all who post to it. Its circuit opens when nothing is heard
any more, so that a dead receiver costs one post now and then instead of one for each notice:

    circuit   | heard of it           | then
    ----------+-----------------------+------------------------------------------------------------------
    closed    | an answer             | closed, silences = 0
    closed    | silence               | closed, silences + 1; open when that makes CIRCUIT_SILENCES
    open      | its time has come     | probing: the next notice goes out alone (`turn` says Probe)
    open      | an answer, late       | closed
    open      | silence, late         | open, unchanged: it was posted before the circuit opened
    probing   | an answer             | closed
    probing   | silence               | open, for twice as long as before
    probing   | nothing in PROBE_S    | probing: whoever probed is gone, so the next one may

Any status is an answer, unless its body had to be given up; so a notice that makes its receiver answer 500
is tried again by itself and never holds up later ones. 429, 502, 503 and 504 are answers that ask for quiet:
the pause between two posts to that receiver doubles with each and halves with each delivery. A `Retry-After`
beside them is kept to by all of its notices; beside any other failure, by that notice alone.
"""

from datetime import datetime, timedelta
from typing import Final, Literal, assert_never

from msgspec import Struct
from msgspec.structs import replace

from service.core.notices.deliveries import Delivered, Failed, Gone, Outcome, Refused

WAITS_S: Final = (0, 5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400)
"""How long a notice is left alone before its first, second, … attempt, in seconds (Standard Webhooks 1.0)."""
NOTICE_ATTEMPTS_MAX: Final = len(WAITS_S)
NOTICE_AGE_S_MAX: Final = 345_600
"""How old a notice may get before it is tried no more, in seconds: four days, more than all waits together.

Only a `Retry-After` or an open circuit can make a notice this old; its attempts may not be used up then.
"""
JITTER: Final = 0.2
"""The part by which a wait is longer or shorter, so that what failed together is not tried together."""

BUSY: Final = frozenset({429, 502, 503, 504})
"""The statuses by which a receiver, or what stands before it, says that it has too much to do."""
PAUSE_S_MIN: Final = 1.0
"""The pause after the first of these; a pause that would be shorter is none."""
PAUSE_S_MAX: Final = 300.0

CIRCUIT_SILENCES: Final = 8
"""How many attempts in a row that nobody answered open the circuit."""
OPEN_S_MIN: Final = 10.0
OPEN_S_MAX: Final = 900.0
PROBE_S: Final = 120.0
"""How long a probe may be out before another is let through, in seconds: longer than any post may take."""

Circuit = Literal["closed", "open", "probing"]


class Settled(Struct, frozen=True):
    """The notice is delivered; nothing more is to be done."""


class Again(Struct, frozen=True):
    """The notice is tried again, at `at` and not before."""

    at: datetime


class Dead(Struct, frozen=True):
    """The notice is tried no more: its attempts are used up, or it is too old. It can be replayed."""

    why: Literal["attempts", "age"]


class Disable(Struct, frozen=True):
    """The subscriber is disabled; its notices are kept."""


Next = Settled | Again | Dead | Disable


class Receiver(Struct, frozen=True):
    """The state of one receiver: enough to say whether and when it may be posted to."""

    circuit: Circuit = "closed"
    silences: int = 0
    """Attempts in a row that nobody answered."""
    pause_s: float = 0.0
    """How long it is left alone after each answer."""
    open_s: float = 0.0
    """How long the circuit was opened for the last time, before jitter; 0 where it is closed."""
    until: datetime | None = None
    """Nothing is posted before; None where nothing is against it. A probe not heard of by then is lost."""


class Go(Struct, frozen=True):
    """The receiver may be posted to."""


class Probe(Struct, frozen=True):
    """One notice may go out, to see whether the receiver is back; `receiver` must be kept before it does."""

    receiver: Receiver


class Hold(Struct, frozen=True):
    """The receiver is left alone until `until`; what waits for it keeps its place and uses up no attempt."""

    until: datetime


Turn = Go | Probe | Hold


def after(outcome: Outcome, attempts: int, born: datetime, at: datetime, chance: float) -> Next:
    """The next step of a notice after an attempt.

    `attempts` counts those made since `born`, this one included: `born` is when the notice was first tried
    or replayed. `at` is now. `chance`, from 0 to below 1, makes the wait shorter or longer by up to `JITTER`.
    """
    match outcome:
        case Delivered():
            return Settled()
        case Gone():
            return Disable()
        case Failed() | Refused():
            return _again(outcome, attempts, born, at, chance)
    assert_never(outcome)


def too_old(born: datetime, at: datetime) -> bool:
    """Whether a notice that is held is tried no more; asked before each attempt, since holding has no end."""
    return (at - born).total_seconds() >= NOTICE_AGE_S_MAX


def turn(receiver: Receiver, at: datetime) -> Turn:
    """Whether the next notice may be posted to a receiver now.

    Only the holder of the subscriber's lease asks, so an open receiver is probed once at a time.
    """
    if receiver.until is not None and at < receiver.until:
        return Hold(receiver.until)
    if receiver.circuit == "closed":
        return Go()
    return Probe(replace(receiver, circuit="probing", until=at + timedelta(seconds=PROBE_S)))


def learn(receiver: Receiver, outcome: Outcome, at: datetime, chance: float) -> Receiver:
    """The state of a receiver after an attempt, at `at`; `chance`, from 0 to below 1, is for jitter."""
    match outcome:
        case Delivered():
            return _rested(receiver, at)
        case Gone():
            return _answered(receiver)
        case Failed(_, _, status, put_off_s):
            if outcome.why == "request_too_large":
                return receiver
            if status is None or outcome.why in {"read_time", "deadline"}:
                # An answer that never came to its end has held its slot as long as none would have.
                return _silent(receiver, at, chance)
            if status in BUSY:
                return _busy(receiver, put_off_s or 0.0, at)
            return _answered(receiver)
        case Refused():
            return _silent(receiver, at, chance)
    assert_never(outcome)


def _again(outcome: Failed | Refused, attempts: int, born: datetime, at: datetime, chance: float) -> Next:
    if attempts >= NOTICE_ATTEMPTS_MAX:
        return Dead("attempts")
    if too_old(born, at):
        return Dead("age")
    wait_s = _either_way(WAITS_S[attempts], chance)
    if isinstance(outcome, Failed) and outcome.retry_after_s is not None:
        # Never before the receiver's own word, and not all of its notices at that very moment.
        wait_s = max(wait_s, outcome.retry_after_s * (1 + JITTER * chance))
    return Again(at + timedelta(seconds=wait_s))


def _answered(receiver: Receiver) -> Receiver:
    """An answer shows that the receiver lives, and is all that a closed circuit needs."""
    if receiver.circuit == "closed":
        return replace(receiver, silences=0)
    return replace(receiver, circuit="closed", silences=0, open_s=0.0, until=None)


def _rested(receiver: Receiver, at: datetime) -> Receiver:
    """A delivery halves the pause, and keeps to what is left of it."""
    lives = _answered(receiver)
    pause_s = lives.pause_s / 2 if lives.pause_s / 2 >= PAUSE_S_MIN else 0.0
    if lives.until is not None and at < lives.until:
        # Posted before the pause began: it says nothing about whether the pause is long enough.
        return lives
    return replace(lives, pause_s=pause_s, until=at + timedelta(seconds=pause_s) if pause_s else None)


def _busy(receiver: Receiver, put_off_s: float, at: datetime) -> Receiver:
    """Too much to do: the pause doubles, once for all posts that were out together."""
    lives = _answered(receiver)
    paused = lives.until is not None and at < lives.until
    pause_s = lives.pause_s if paused else min(max(lives.pause_s * 2, PAUSE_S_MIN), PAUSE_S_MAX)
    until = at + timedelta(seconds=max(pause_s, put_off_s))
    if paused and lives.until is not None:
        until = max(until, lives.until) if put_off_s else lives.until
    return replace(lives, pause_s=pause_s, until=until)


def _silent(receiver: Receiver, at: datetime, chance: float) -> Receiver:
    """Nobody answered: one more of a closed circuit's silences, or the end of a probe."""
    silences = receiver.silences + 1
    if receiver.circuit == "open" or (receiver.circuit == "closed" and silences < CIRCUIT_SILENCES):
        return replace(receiver, silences=silences)
    open_s = min(max(receiver.open_s * 2, OPEN_S_MIN), OPEN_S_MAX)
    until = at + timedelta(seconds=_either_way(open_s, chance))
    return replace(receiver, circuit="open", silences=silences, open_s=open_s, until=until)


def _either_way(seconds: float, chance: float) -> float:
    return seconds * (1 + JITTER * (2 * chance - 1))
