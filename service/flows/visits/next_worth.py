"""What the next success is worth to each of many, within what caps leave them, in a few reads for all."""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec import Struct

from schemas.receipts import Money
from service.core.calendar import local_day
from service.core.compiled import Rules
from service.core.dated_caps import Outside
from service.core.outlook import outlook
from service.core.state import State
from service.flows.perform import Act
from service.store import enrollments
from service.store.episodes import Ruled
from service.store.outside_caps import Asked, outside_of_each
from service.store.visits import InCare


class Ahead(Struct, frozen=True):
    """What somebody's next success is worked out from: where they stand, and what caps leave them."""

    state: State
    last_day: date | None
    outside: Outside


async def ahead_of_each(
    act: Act, people: Collection[InCare], ruled: Mapping[UUID, Ruled], zone: ZoneInfo, today: date, day: date
) -> dict[UUID, Ahead]:
    """Read where each of some enrollments stands, and what caps leave it on a day, or today if it is past."""
    if not people:
        return {}
    states = await enrollments.checkpoints(act, [one.enrollment for one in people])
    last_days = {
        who: None if state.last_at is None else local_day(state.last_at, zone)
        for who, state in states.items()
    }
    asked = [
        Asked(
            one.enrollment,
            one.participant,
            one.funding,
            ruled[one.enrollment].rules.program,
            (_seen_on(one, today, day), last_days[one.enrollment]),
        )
        for one in people
    ]
    outside = await outside_of_each(act, asked)
    return {who: Ahead(state, last_days[who], outside[who]) for who, state in states.items()}


def next_of(rules: Rules, known: Ahead, one: InCare, today: date, day: date) -> tuple[tuple[Money, ...], ...]:
    """The next success's value on each target, seen from a day, or from today where that is past."""
    seen_on = _seen_on(one, today, day)
    if seen_on is None:
        return ((),) * len(rules.targets)
    ahead = outlook(
        rules, known.state, one.starts_on, seen_on, "en", last_day=known.last_day, outside=known.outside
    )
    return tuple(target.next for target in ahead)


def _seen_on(one: InCare, today: date, day: date) -> date | None:
    """The day from which somebody's next success is seen; none where the enrollment is over by then."""
    seen_on = max(day, today)
    if one.last_day is not None and one.last_day < seen_on:
        seen_on = max(one.last_day, today)
    return None if one.last_day is not None and one.last_day < seen_on else seen_on
