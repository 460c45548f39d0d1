"""What a point is worth: said for a day on, and read."""

from datetime import date

from schemas.worth import NewPointsWorth, PointsWorth, PointsWorthPage
from service.core.calendar import local_day
from service.core.cursors import Page, before_id, cut
from service.core.refusals import Refused
from service.flows.perform import Act, Done
from service.store import clinics, worth


async def state_points_worth(act: Act, new: NewPointsWorth) -> Done[PointsWorth]:
    """Say what a point is worth from a day on.

    It holds for what is asked for and handed over from now on; what was counted before stays. Of an earlier
    day, the year's report takes it for what had no worth then.
    """
    starts_on = new.starts_on or local_day(act.now, await clinics.zone(act))
    made = PointsWorth(act.new_id(), new.amount, starts_on, act.now, act.actor.id, new.reason)
    await worth.insert(act, made)
    act.audit("points_worth.set", made.id, amount=made.amount, starts_on=made.starts_on.isoformat())
    return Done(made, "created")


async def list_points_worth(act: Act, page: Page, on: date | None = None) -> Done[PointsWorthPage] | Refused:
    """What points were said to be worth, newest first; with `on`, the one that holds on that day."""
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    if on is not None:
        held = await worth.holding(act, on)
        return Done(PointsWorthPage(() if held is None else (held,)))
    found = await worth.before(act, last, page.limit + 1)
    return Done(PointsWorthPage(*cut(found, page, lambda one: one.id.bytes)))
