"""The keys of the front desk, which each member of staff can switch off for themselves (WCAG 2.2, 2.1.4)."""

from service.flows.perform import Act, Done
from service.store import staff


async def read_shortcuts(act: Act) -> Done[bool]:
    """Whether a letter or digit alone does something for whoever acts."""
    return Done(await staff.has_shortcuts(act, act.actor.id))


async def set_shortcuts(act: Act, *, are_on: bool) -> Done[bool]:
    """Switch the keys on or off for whoever acts."""
    await staff.set_shortcuts(act, act.actor.id, are_on=are_on)
    act.audit("staff.changed", act.actor.id, fields="shortcuts")
    return Done(are_on)
