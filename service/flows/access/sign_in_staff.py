"""Sign a member of staff in by address and password.

The same answer in about the same time for an unknown address, a wrong password, and an account that is
disabled. A try is counted before it is known to be right, so that many at once count too, and by account and
place: see `password_tries`.
"""

from collections.abc import Collection
from functools import partial
from typing import Final, cast
from uuid import UUID

from msgspec import Struct

from schemas.staff import StaffRole
from service.core.access.places import Place
from service.core.access.sessions import SessionKind
from service.core.actors import Actor, system
from service.core.refusals import Refused, refused
from service.flows.access.password_tries import (
    TOO_OFTEN,
    count_nothing,
    may_try_password,
    password_was_right,
)
from service.flows.access.sessions import OpenedSession, open_session
from service.flows.access.staff import hash_password, is_outdated, is_password
from service.flows.perform import Act, Done, perform
from service.store import clinics, staff
from service.store.database.elsewhere import ElsewhereError
from service.store.database.pool import NO_CLINIC, Database
from service.store.staff import StaffAccount

REFUSAL: Final = refused("unauthenticated.password")


class Recognized(Struct, frozen=True):
    """A member of staff whose password was right."""

    clinic: UUID
    known: StaffAccount

    @property
    def actor(self) -> Actor:
        """Who they act as."""
        return Actor(self.clinic, self.known.staff.id, self.known.staff.role)


async def recognize(database: Database, email: str, password: str, place: Place) -> Recognized | Refused:
    """Whose address and password these are; a try in several clinics counts once.

    Raises ElsewhereError where they are right in a clinic alone that is not served here.
    """
    if not await may_try_password(database, email, place):
        return TOO_OFTEN
    # An unknown address is looked for in no clinic, and all that follows is done for it as for a known one.
    for clinic in await staff.clinics_of(database, email) or [NO_CLINIC]:
        async with database.transaction(clinic) as tx:
            known = await staff.find_by_email(tx, email)
            kept = None if known is None else await staff.own_hash(tx, known)
        if known is not None and known.staff.disabled_at is not None:
            known = kept = None
        right = await is_password(kept, password)
        if known is not None and kept is not None:
            last = partial(_was_right if right else _was_wrong, known=known, password=password)
            try:
                await perform(database, system(clinic), last)
            except ElsewhereError:
                # Where their clinic has gone is told to whoever is of it, and to nobody else.
                if right:
                    raise
                await count_nothing(database, email)
            if right:
                await password_was_right(database, email, place)
                return Recognized(clinic, known)
        else:
            await count_nothing(database, email)
    return REFUSAL


async def sign_in(
    database: Database,
    who: Recognized,
    agent: str | None,
    way: str = "password",
    kind: SessionKind = "staff",
    *,
    is_proved: bool = True,
) -> OpenedSession:
    """Open a session for somebody who has shown all that is asked of them.

    Not `is_proved` where their identity provider knew them from longer ago: then they are asked again before
    they change who comes in.
    """

    async def operation(act: Act) -> Done[OpenedSession] | Refused:
        opened = await open_session(act, kind, who.known.staff.id, agent, is_proved=is_proved)
        act.audit("staff.signed_in", who.known.staff.id, way=way)
        return opened

    done = await perform(database, who.actor, operation)
    return cast("Done[OpenedSession]", done).value


async def recognize_by_id(database: Database, clinic: UUID, staff_id: UUID) -> Recognized | None:
    """Somebody who has shown a part of what is asked of them; none where they are disabled."""
    async with database.transaction(clinic) as tx:
        known = await staff.find(tx, staff_id)
    return None if known is None or known.staff.disabled_at is not None else Recognized(clinic, known)


async def needs_second_factor(database: Database, who: Recognized, roles: Collection[StaffRole]) -> bool:
    """Whether they are not let in without a second factor: by their role, one of `roles`, or their clinic."""
    if who.known.staff.role in roles:
        return True
    async with database.transaction(who.clinic) as tx:
        return await clinics.second_factor_needed(tx)


async def clinic_name_of(database: Database, who: Recognized) -> str:
    """The name of their clinic, for the second factor's own."""
    async with database.transaction(who.clinic) as tx:
        found = await clinics.find(tx)
    return "" if found is None else found.name


async def _was_wrong(act: Act, known: StaffAccount, password: str) -> Done[None]:  # noqa: ARG001  as the other
    act.audit("staff.sign_in_refused", known.staff.id, why="password")
    return Done(None)


async def _was_right(act: Act, known: StaffAccount, password: str) -> Done[None]:
    if known.password_hash is not None and is_outdated(known.password_hash):
        kept = await hash_password(password)
        temporary = known.password_is_temporary
        await staff.set_password(act, known.staff.id, kept, is_temporary=temporary)
        act.audit(
            "staff.password_hashed_anew",
            known.staff.id,
            password=staff.password_mark(act, known.staff.id, kept),
        )
    return Done(None)
