"""Set a tax threshold, from a calendar year of payment on."""

from schemas.caps import NewTaxThreshold, TaxThreshold
from service.flows.perform import Act, Done
from service.store import tax


async def set_tax_threshold(act: Act, new: NewTaxThreshold) -> Done[TaxThreshold]:
    """Set what is to be reported from a year on; of several for one year the newest holds."""
    made = TaxThreshold(act.new_id(), new.from_year, new.amount, act.now, act.actor.id)
    await tax.insert(act, act.clinic, act.actor.id, [made])
    act.tell("tax_threshold.set", made.id, from_year=made.from_year, amount=made.amount)
    return Done(made, "created")
