"""Sign a member of staff in for a program of theirs: one request with all that is asked of them."""

from collections.abc import Collection
from functools import partial
from typing import cast

from schemas.staff import NewSession, OpenedStaffSession, StaffRole
from service.core.access.places import Place
from service.core.access.sessions import TERMS
from service.core.refusals import Refused, refused
from service.flows.access.second_factor import check_second_factor
from service.flows.access.sign_in_staff import REFUSAL, needs_second_factor, recognize, sign_in
from service.flows.perform import Done, perform
from service.store.database.pool import Database


async def enter(
    database: Database, new: NewSession, place: Place, agent: str | None, roles: Collection[StaffRole]
) -> OpenedStaffSession | Refused:
    """Open a session for whoever's address, password and second factor these are.

    Whoever needs a second factor, as those of `roles` do, and has none yet sets it up on the pages.
    """
    who = await recognize(database, new.email, new.password, place)
    if isinstance(who, Refused):
        return who
    known, way = who.known, "password"
    if known.password_is_temporary:
        return refused("forbidden.must_choose")
    if known.totp_secret is not None:
        if not new.code:
            return refused("second_factor_needed", "$.code")
        operation = partial(check_second_factor, staff_id=known.staff.id, typed=new.code)
        shown = cast("Done[str | None]", await perform(database, who.actor, operation)).value
        if shown is None:
            return REFUSAL
        way = shown
    elif known.passkey_since is not None:
        return refused("second_factor_needed.passkey")
    elif await needs_second_factor(database, who, roles):
        return refused("second_factor_needed.set_up")
    opened = await sign_in(database, who, agent, way, "api")
    ends_at = database.clock() + TERMS["api"].whole
    return OpenedStaffSession(opened.id, opened.token, known.staff.id, known.staff.role, ends_at)
