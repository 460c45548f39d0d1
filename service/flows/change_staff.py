"""Change a member of staff: role, name, language, whether they sign in at all, and their password."""

import secrets
from uuid import UUID

from msgspec import UNSET
from msgspec.structs import asdict, replace

from schemas.staff import CreatedStaff, Staff, StaffChange
from service.core.access.passwords import CHANCE_BYTES, made_up
from service.core.refusals import Refused, refused
from service.flows.hash_password import hash_password
from service.flows.perform import Act, Done
from service.store import clinics, sessions, staff


async def change_staff(
    act: Act, staff_id: UUID, change: StaffChange, revision: int | None
) -> Done[Staff] | Refused:
    """Change what is named; refused where somebody else changed it since `revision`.

    Nobody disables themselves or takes their own role: a slip would lock the last manager out.
    """
    known = await staff.lock(act, act.clinic, staff_id)
    if known is None:
        return refused("not_found", "There is no such member of staff.")
    if revision is not None and known.revision != revision:
        return refused("precondition_failed", "It was changed meanwhile; read it again and change that.")
    given = {field: value for field, value in asdict(change).items() if value is not UNSET}
    is_disabled = given.pop("disabled", known.staff.disabled_at is not None)
    after = replace(known.staff, **given)
    if is_disabled != (after.disabled_at is not None):
        after = replace(after, disabled_at=act.now if is_disabled else None)
    if after == known.staff:
        return Done(after, revision=known.revision)
    is_barred = (after.role, after.disabled_at) != (known.staff.role, known.staff.disabled_at)
    if is_barred and staff_id == act.actor.id:
        words = "Nobody changes their own role or disables themselves; another manager does."
        return refused("forbidden", words)
    await staff.change(act, act.clinic, after)
    changed = sorted(given) + (["disabled"] if after.disabled_at != known.staff.disabled_at else [])
    act.tell("staff.changed", staff_id, fields=",".join(changed), role=after.role)
    if is_barred:
        await _end_all(act, staff_id)
    return Done(after, revision=known.revision + 1)


async def reset_password(act: Act, staff_id: UUID) -> Done[CreatedStaff] | Refused:
    """Give a member of staff a password that is made up and shown once; they are signed out everywhere."""
    known = await staff.lock(act, act.clinic, staff_id)
    if known is None:
        return refused("not_found", "There is no such member of staff.")
    password = made_up(secrets.token_bytes(CHANCE_BYTES))
    await staff.set_password(act, act.clinic, staff_id, await hash_password(password), is_temporary=True)
    act.tell("staff.password_reset", staff_id)
    await _end_all(act, staff_id)
    one = known.staff
    return Done(CreatedStaff(one.id, one.email, one.role, one.name, password))


async def end_session_of(act: Act, staff_id: UUID, session: UUID) -> Done[bool] | Refused:
    """End one session of a member of staff."""
    if session not in {one.id for one in await sessions.of_staff(act, act.clinic, staff_id)}:
        return refused("not_found", "This session is over.")
    ended = await sessions.revoke(act, act.clinic, session)
    act.tell("session.ended", session)
    return Done(ended)


async def need_second_factor(act: Act, *, needed: bool) -> Done[bool]:
    """Say whether nobody on the staff signs in without a second factor from now on."""
    changed = await clinics.need_second_factor(act, act.clinic, needed=needed)
    if changed:
        act.tell("clinic.second_factor_needed", act.clinic, needed=int(needed))
    return Done(changed)


async def _end_all(act: Act, staff_id: UUID) -> None:
    for ended in await sessions.revoke_of_staff(act, act.clinic, staff_id):
        act.tell("session.ended", ended)
