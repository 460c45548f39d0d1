"""The values that the rules work with: facts, awards, decisions, and the state between two facts."""

from datetime import date, datetime

from msgspec import Struct

from schemas.program import Effect, Unit
from schemas.receipts import AwardKind, ReasonCode

WELCOME_FACT = 0
"""The number the welcome goes under among an enrollment's facts, which count from 1."""


class Fact(Struct, frozen=True):
    """One recorded behavior as the rules see it.

    `no` is its place in the order recorded, from 1 within the enrollment; `target` the target's place in
    the program; `day` the local day and `week` the program week of `at`. `expected_on` is the due day of a
    visit that nobody came to, where the service itself says so; `was_closed` says that the clinic was closed
    then, which is nobody's absence. `after` counts the days from the first of its program week, from 0.
    `quantity` is how much of what its target counts, in hundredths.
    """

    no: int
    target: int
    outcome: str
    at: datetime
    day: date
    week: int
    expected_on: date | None = None
    was_closed: bool = False
    after: int = 0
    quantity: int = 100


class Why(Struct, frozen=True, array_like=True):
    """A reason as a closed code with its numbers; `core/words/sentences.py` puts it into words.

    `amount` is in minor units of the award; `count` counts successes, the step on the ladder from 1, percent,
    or a quantity in hundredths.
    """

    code: ReasonCode
    amount: int = 0
    count: int = 0


class Award(Struct, frozen=True):
    """The award of one fact in one slot: `base`, `bonus:<place in the target's bonuses>` or `welcome`.

    `amount` is what is paid and `clipped` what the program's caps took off it, in minor units of `unit`.
    """

    slot: str
    kind: AwardKind
    unit: Unit
    amount: int
    clipped: int
    why: tuple[Why, ...]


class Decision(Struct, frozen=True):
    """The decision of the rules on one fact."""

    effect: Effect
    awards: tuple[Award, ...]


class TargetState(Struct, frozen=True, array_like=True):
    """Where one target stands after a fact.

    `rung` and `resume` are places on the ladder from 0, `run` the consecutive successes since the last
    failure, `total` all counted successes, `in_week` those of program week `week`. `used_week` and
    `used_ever` count the uses of each allowance. Until `retest_until` a valid test replaces an invalid one,
    and up to the day `missed_until` a visit may take the place of one that counts as missed. `begun` is the
    first week of the phase that last began anew, or 0. `paid_once` names the bonuses, by their place and
    number, that are paid for once and were. `counted` holds for each limit that is not by the week the
    period it is in and the successes that counted in it. `missed_in` is the week of the last failure on a
    ladder that rises by the week, or 0. Where something is paid on the condition of this target,
    `succeeded_on` is the day of its last success, and `wanted_on` the last day on which there was none yet.
    """

    rung: int = 0
    run: int = 0
    resume: int | None = None
    total: int = 0
    week: int = 0
    in_week: int = 0
    used_week: tuple[int, ...] = ()
    used_ever: tuple[int, ...] = ()
    retest_until: datetime | None = None
    missed_until: date | None = None
    begun: int = 0
    paid_once: tuple[tuple[int, int], ...] = ()
    counted: tuple[tuple[int, int], ...] = ()
    missed_in: int = 0
    succeeded_on: date | None = None
    wanted_on: date | None = None


class State(Struct, frozen=True, array_like=True):
    """A checkpoint of the fold: every target's state, what each cap has seen, and the last fact folded.

    `spent` holds for each cap of the program the period it is in and what was paid in it. Where the program
    limits them, `excused` counts the excused events of all targets.
    """

    targets: tuple[TargetState, ...]
    spent: tuple[tuple[int, int], ...]
    last_at: datetime | None = None
    last_no: int = WELCOME_FACT
    excused: int = 0
