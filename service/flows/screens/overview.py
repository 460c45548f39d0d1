"""Read what a manager wants to see first: what waits, how today goes, and who is not answering."""

from datetime import timedelta
from typing import Final

from msgspec import Struct

from service.core.calendar import local_day
from service.core.cursors import LIMIT_MAX, Page
from service.core.refusals import Refused
from service.flows.notices.deliveries import read_standing
from service.flows.notices.subscribers import list_subscribers
from service.flows.perform import Act, Done
from service.flows.visits.visits_of_days import of_everybody
from service.store import clinics, overview
from service.store.overview import COUNTED_MAX, Waiting

__all__ = ["COUNTED_MAX", "Overview", "Today", "Waiting", "count_to_approve", "read_overview"]


class Today(Struct, frozen=True):
    """How many visits of today are still to come, and how many people came."""

    expected: int
    came: int


class Overview(Struct, frozen=True):
    """Counts of waiting work; `failing` subscribers do not answer, `disabled` ones are told nothing."""

    waiting: Waiting
    today: Today
    failing: int
    disabled: int


NEW_FOR: Final = timedelta(days=14)
"""How long a clinic is new: what it has not done by then it does not want to do."""


async def read_next_steps(act: Act) -> Done[tuple[str, ...]]:
    """What a new clinic could do next once somebody is enrolled; nothing once it is done or old."""
    known = await overview.first_steps(act)
    if known is None or act.now - known.since > NEW_FOR:
        return Done(())
    steps = {"card": known.has_card, "visit": known.has_visit, "colleague": known.has_colleague}
    return Done(tuple(step for step, is_done in steps.items() if not is_done))


async def read_overview(act: Act) -> Done[Overview] | Refused:
    """Manage's overview: waiting work and today's counts, in numbers that name nobody."""
    waiting = await overview.waiting(act)
    told = len(act.entries)
    today = local_day(act.now, await clinics.zone(act))
    found, _ = await of_everybody(act, (today,), with_next=False)
    shown = found[today]
    stands = await read_standing(act)
    listed = await list_subscribers(act, Page(LIMIT_MAX))
    # Only their number is shown, so that nobody's record was read.
    del act.entries[told:]
    if isinstance(stands, Refused):
        return stands
    if isinstance(listed, Refused):
        return listed
    off = {one.id for one in listed.value.items if one.status == "disabled"}
    act.audit("overview.read")
    return Done(
        Overview(
            waiting,
            Today(
                sum(1 for one in shown if one.status == "expected"),
                len({one.enrollment for one in shown if one.status == "came"}),
            ),
            sum(1 for one, how in stands.value.items() if how.state == "failing" and one not in off),
            len(off),
        )
    )


async def count_to_approve(act: Act) -> Done[int]:
    """How much waits for whoever asks to approve it; a number alone, which names nobody."""
    return Done(await overview.to_approve(act, act.actor.id))
