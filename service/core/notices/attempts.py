"""The record of one delivery attempt, and whether it disclosed anything."""

from typing import Final, Literal, assert_never

from msgspec import Struct

from service.core.notices.deliveries import Delivered, Failed, Gone, Outcome, Refused

BEFORE_ANYTHING_LEFT: Final = frozenset(
    {"name_unknown", "connect", "connect_time", "tls", "request_too_large"}
)
"""The failures at which not a byte of the notice was sent."""

Word = Literal["delivered", "failed", "gone", "withheld", "refused"]


class Withheld(Struct, frozen=True):
    """It was not posted, because no consent covers it now; it can be replayed once one does."""


class AttemptRecord(Struct, frozen=True):
    """One attempt as it is kept: `why` where it was not delivered, `answer` the first bytes of the answer."""

    outcome: Word
    status: int | None = None
    ms: int = 0
    why: str | None = None
    answer: bytes = b""


def attempt_record(outcome: Outcome | Withheld) -> AttemptRecord:
    """The record of an attempt."""
    match outcome:
        case Delivered(status, ms, first_bytes):
            return AttemptRecord("delivered", status, ms, None, first_bytes)
        case Failed(why, ms, status, _, first_bytes):
            return AttemptRecord("failed", status, ms, why, first_bytes)
        case Gone(ms, first_bytes):
            return AttemptRecord("gone", 410, ms, "gone", first_bytes)
        case Refused(why, _, ms):
            return AttemptRecord("refused", None, ms, why)
        case Withheld():
            return AttemptRecord("withheld", why="no_consent")
    assert_never(outcome)


def disclosed(outcome: Outcome | Withheld) -> bool:
    """Whether the notice may have been read: a receiver that answers 500, or hangs up, has it too."""
    match outcome:
        case Delivered() | Gone():
            return True
        case Failed(why):
            return why not in BEFORE_ANYTHING_LEFT
        case Refused() | Withheld():
            return False
    assert_never(outcome)
