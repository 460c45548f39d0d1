"""Staff: create, change and read members, and hash and change their passwords."""

import asyncio
import secrets
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Final, Literal
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from msgspec import UNSET
from msgspec.structs import asdict, replace

from schemas.people import Role
from schemas.staff import CreatedStaff, NewStaff, Staff, StaffChange, StaffPage
from service.core.access.keys import COVERS
from service.core.access.passwords import CHANCE_BYTES, REST_MINUTES, TRIES_MAX, made_up, weakness
from service.core.cursors import Page, before_id, cut
from service.core.refusals import Refused, refused
from service.core.report_periods import READERS
from service.flows.access.breached import is_breached
from service.flows.perform import Act, Done
from service.store import (
    clinics,
    invitations,
    keys,
    passkeys,
    pins,
    saved_reports,
    sessions,
    sign_in_codes,
    staff,
)
from service.store.sessions import OpenSession

Proof = Literal["right", "wrong"]
__all__ = ["OpenSession", "is_second_factor_needed", "list_sessions", "list_staff", "read_staff"]
HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""OWASP's advice: 19 MiB, two passes, one lane; some tens of milliseconds."""
_THREADS: Final = ThreadPoolExecutor(2, "passwords")
"""Two at once: more would only take memory and the time of everybody else."""
NOBODYS: Final = (
    "$argon2id$v=19$m=19456,t=2,p=1$w+k6+TYb9b8s0hvya0tnNw$fxW0QzbRWzFZZP7fzZS1qEm78mEFJ/9fQ+XhtO0zQAk"
)
"""The hash of a password that nobody has: with it an unknown address takes as long as a known one."""


async def change_staff(
    act: Act, staff_id: UUID, change: StaffChange, revision: int | None
) -> Done[Staff] | Refused:
    """Change what is named; refused where somebody else changed it since `revision`.

    Nobody disables themselves or takes their own role: a slip would lock the last manager out.
    """
    known = await staff.lock(act, staff_id)
    if known is None:
        return refused("not_found.staff")
    if revision is not None and known.revision != revision:
        return refused("precondition_failed.staff")
    given = {field: value for field, value in asdict(change).items() if value is not UNSET}
    is_disabled = given.pop("disabled", known.staff.disabled_at is not None)
    after = replace(known.staff, **given)
    if is_disabled != (after.disabled_at is not None):
        after = replace(after, disabled_at=act.now if is_disabled else None)
    if after == known.staff:
        return Done(after, revision=known.revision)
    is_barred = (after.role, after.disabled_at) != (known.staff.role, known.staff.disabled_at)
    if is_barred and staff_id == act.actor.id:
        return refused("forbidden.own_role")
    await staff.change(act, after)
    changed = sorted(given) + (["disabled"] if after.disabled_at != known.staff.disabled_at else [])
    act.audit("staff.changed", staff_id, fields=",".join(changed), role=after.role)
    if is_barred:
        await invitations.retire_made_by(act, staff_id)
    if after.disabled_at is not None or after.role not in READERS:
        await _end_report_mails(act, staff_id)
    if after.disabled_at is not None:
        await end_powers(act, staff_id)
        await staff.insert_rescue_codes(act, staff_id, [])
        await invitations.retire(act, staff_id)
        await sign_in_codes.retire_of_staff(act, staff_id)
        await _end_what_codes_opened(act, staff_id)
    elif is_barred:
        await end_powers(act, staff_id, COVERS[after.role])
    return Done(after, revision=known.revision + 1)


async def end_session_of(act: Act, staff_id: UUID, session: UUID) -> Done[bool] | Refused:
    """End one session of a member of staff."""
    if session not in {one.id for one in await sessions.of_staff(act, staff_id)}:
        return refused("not_found.session")
    ended = await sessions.revoke(act, session)
    act.audit("session.ended", session)
    return Done(ended)


async def need_second_factor(act: Act, *, needed: bool) -> Done[bool]:
    """Say whether nobody on the staff signs in without a second factor from now on."""
    changed = await clinics.need_second_factor(act, needed=needed)
    if changed:
        act.audit("clinic.second_factor_needed", act.clinic, needed=int(needed))
    return Done(changed)


async def end_powers(act: Act, staff_id: UUID, kept: Iterable[Role] = ()) -> None:
    """End the sessions of a member of staff, and the keys that they answer for or made, save some roles'."""
    await end_sessions(act, staff_id)
    for key in await keys.revoke_of(act, staff_id, sorted(kept)):
        act.audit("key.revoked", key, responsible=str(staff_id))


async def _end_report_mails(act: Act, staff_id: UUID) -> None:
    """Tell them of reports by mail no more: they left, or may not read any."""
    for saved_report in await saved_reports.end_mails_of(act, staff_id):
        act.audit("report.mail_ended", saved_report, staff=str(staff_id))


async def _end_what_codes_opened(act: Act, staff_id: UUID) -> None:
    """End what goes back to a code that a member of staff printed: sessions, PINs and passkeys.

    Sessions that such a PIN or passkey opened go back to it too.
    """
    for session in await sessions.revoke_let_in_by(act, staff_id):
        act.audit("session.ended", session)
    for participant in await pins.delete_let_in_by(act, staff_id):
        act.audit("pin.removed", participant, participant)
    for passkey, participant in await passkeys.delete_let_in_by(act, staff_id):
        act.audit("passkey.removed", passkey, participant)


async def end_sessions(act: Act, staff_id: UUID) -> None:
    """Sign a member of staff out everywhere."""
    for ended in await sessions.revoke_of_staff(act, staff_id):
        act.audit("session.ended", ended)


async def create_staff(act: Act, new: NewStaff, *, has_password: bool = True) -> Done[CreatedStaff] | Refused:
    """Create a member of staff, with the password that is named or made up, or without any."""
    if await clinics.find(act) is None:
        return refused("not_found.clinic")
    weak = None if new.password is None else await weakness_of(act, new.password, new.email, new.name)
    if weak is not None:
        return weak
    if await staff.find_by_email(act, new.email) is not None:
        return refused("reference_conflict.email", "$.email")
    password = (new.password or made_up(secrets.token_bytes(CHANCE_BYTES))) if has_password else None
    made = Staff(act.new_id(), new.email.strip(), new.role, new.language, act.now, new.name)
    kept = None if password is None else await hash_password(password)
    # The operator, who acts under the clinic's own id, is nobody on the staff.
    known_to = None if password is None or act.actor.id == act.clinic else act.actor.id
    await staff.insert(act, made, kept, is_temporary=False, by=act.actor.id, known_to=known_to)
    act.audit("staff.created", made.id, role=new.role, password=staff.password_mark(act, made.id, kept))
    shown = password if new.password is None else None
    return Done(CreatedStaff(made.id, made.email, made.role, made.name, shown), "created", revision=1)


async def weakness_of(act: Act, password: str, email: str, name: str | None) -> Refused | None:
    """Why a password is not taken from somebody of this clinic; None where it is good enough."""
    clinic = await clinics.find(act)
    said = None if clinic is None else clinic.name
    return weakness(password, email, name, said, is_breached=is_breached(password))


async def prove_password(act: Act, password: str) -> Done[Proof]:
    """See whether this is the actor's own password; the try counts as it does at a sign-in."""
    known = await staff.find(act, act.actor.id)
    until = act.now + timedelta(minutes=REST_MINUTES)
    if known is None or not await staff.count_try(act, act.actor.id, TRIES_MAX, until):
        return Done("wrong")
    if not await is_password(await staff.own_hash(act, known), password):
        act.audit("staff.sign_in_refused", act.actor.id, why="password")
        return Done("wrong")
    await staff.was_right(act, act.actor.id)
    return Done("right")


async def change_password(act: Act, password: str, session: UUID) -> Done[int] | Refused:
    """Take a new password, and end every other session; says how many those were."""
    known = await staff.lock(act, act.actor.id)
    if known is None:
        return refused("not_found.staff")
    weak = await weakness_of(act, password, known.staff.email, known.staff.name)
    if weak is not None:
        return weak
    kept = await hash_password(password)
    await staff.set_password(act, act.actor.id, kept, is_temporary=False)
    act.audit("staff.password_changed", act.actor.id, password=staff.password_mark(act, act.actor.id, kept))
    ended = await sessions.revoke_of_staff(act, act.actor.id, session)
    for one in ended:
        act.audit("session.ended", one)
    return Done(len(ended))


async def read_staff(act: Act, staff_id: UUID) -> Done[Staff] | Refused:
    """One member of staff by id."""
    known = await staff.find(act, staff_id)
    if known is None:
        return refused("not_found.staff")
    act.audit("staff.read", staff_id)
    return Done(known.staff, revision=known.revision)


async def list_staff(act: Act, page: Page) -> Done[StaffPage] | Refused:
    """The clinic's staff, newest first, disabled ones too."""
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    found = await staff.before(act, last, page.limit + 1)
    act.audit("staff.listed")
    return Done(StaffPage(*cut(found, page, lambda one: one.id.bytes)))


async def list_sessions(act: Act, staff_id: UUID) -> Done[list[OpenSession]]:
    """Where a member of staff is signed in, newest first."""
    return Done(await sessions.of_staff(act, staff_id))


async def is_second_factor_needed(act: Act) -> Done[bool]:
    """Whether nobody on the staff signs in without a second factor."""
    return Done(await clinics.second_factor_needed(act))


async def hash_password(password: str) -> str:
    """The kept hash of a password."""
    return await asyncio.get_running_loop().run_in_executor(_THREADS, HASHER.hash, password)


async def is_password(kept: str | None, password: str) -> bool:
    """Whether this is the password; takes as long where there is none."""
    right = await asyncio.get_running_loop().run_in_executor(_THREADS, _verified, kept or NOBODYS, password)
    return right and kept is not None


def is_outdated(kept: str) -> bool:
    """Whether a password was hashed by weaker parameters than today's."""
    return HASHER.check_needs_rehash(kept)


def _verified(kept: str, password: str) -> bool:
    try:
        return HASHER.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False
