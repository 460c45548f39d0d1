"""Create a member of staff, with a password that was chosen or one that is made up and given once."""

import secrets

from schemas.staff import CreatedStaff, NewStaff, Staff
from service.core.access.passwords import CHANCE_BYTES, made_up, weakness
from service.core.refusals import Refused, refused
from service.flows.hash_password import hash_password
from service.flows.perform import Act, Done
from service.store import clinics, staff


async def create_staff(
    act: Act, new: NewStaff, *, is_temporary: bool = False
) -> Done[CreatedStaff] | Refused:
    """Create a member of staff; whoever sets a `temporary` password asks for another at the first sign-in."""
    if await clinics.find(act, act.clinic) is None:
        return refused("not_found", "There is no such clinic.")
    weak = None if new.password is None else weakness(new.password, new.email)
    if weak is not None:
        return refused("invalid", weak, "$.password")
    if await staff.find_by_email(act, act.clinic, new.email) is not None:
        words = "Somebody signs in with this address already; change that account, or use another address."
        return refused("reference_conflict", words, "$.email")
    password = new.password or made_up(secrets.token_bytes(CHANCE_BYTES))
    made = Staff(act.new_id(), new.email.strip(), new.role, new.language, act.now, new.name)
    await staff.insert(
        act, act.clinic, made, await hash_password(password), is_temporary=is_temporary, by=act.actor.id
    )
    act.tell("staff.created", made.id, role=new.role)
    shown = password if new.password is None else None
    return Done(CreatedStaff(made.id, made.email, made.role, made.name, shown), "created", revision=1)
