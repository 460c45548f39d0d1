"""How much one person may replace or take back alone: set by a manager, for each unit."""

from schemas.redemption_changes import NewSecondPersonLimit, SecondPersonLimit, SecondPersonLimits
from service.core.currencies import in_order
from service.core.redemption import USUAL_UNITS, alone_max
from service.flows.perform import Act, Done
from service.store import second_person_limits


async def list_second_person_limits(act: Act) -> Done[SecondPersonLimits]:
    """The limits that hold: those that were set, and for the usual units those of a new clinic."""
    known = await second_person_limits.in_force(act)
    return Done(
        SecondPersonLimits(
            tuple(
                known.get(unit) or SecondPersonLimit(unit, alone_max(unit))
                for unit in in_order((*USUAL_UNITS, *known))
            )
        )
    )


async def set_second_person_limit(act: Act, new: NewSecondPersonLimit) -> Done[SecondPersonLimit]:
    """Set the limit of one unit from now on; what waits for a second person goes on waiting."""
    made = SecondPersonLimit(new.unit, new.amount, act.now, act.actor.id)
    made_id = await second_person_limits.insert(act, act.actor.id, made)
    act.audit("second_person_limit.set", made_id, unit=new.unit, amount=new.amount)
    return Done(made, "created")
