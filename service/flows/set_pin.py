"""Set and remove the PIN of somebody in care, who does it themselves."""

from datetime import datetime

from service.core.access.pins import is_easy, is_pin
from service.core.refusals import Refused, refused
from service.flows.hash_password import hash_password
from service.flows.perform import Act, Done
from service.store import pins


async def judged_hash(pin: str) -> str | Refused:
    """The hash of a PIN that may be chosen."""
    if not is_pin(pin):
        return refused("invalid", "A PIN has six digits.", "$.pin")
    if is_easy(pin):
        return refused("invalid", "This PIN is easy to guess; choose another.", "$.pin")
    return await hash_password(pin)


async def set_pin(act: Act, pin_hash: str) -> Done[None]:
    """Keep the PIN of whoever acts, in the place of the one before."""
    await pins.put(act, act.clinic, act.actor.id, pin_hash)
    act.tell("pin.set", act.actor.id, act.actor.id)
    return Done(None)


async def remove_pin(act: Act) -> Done[bool]:
    """Forget the PIN of whoever acts."""
    removed = await pins.delete(act, act.clinic, act.actor.id)
    if removed:
        act.tell("pin.removed", act.actor.id, act.actor.id)
    return Done(removed)


async def pin_set_at(act: Act) -> Done[datetime | None]:
    """When whoever acts set their PIN; none where they have none."""
    return Done(await pins.set_at(act, act.clinic, act.actor.id))
