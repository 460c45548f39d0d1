"""One member of staff on a page: role, name, password, second factor, and where they are signed in."""

from functools import partial
from typing import Any, get_args
from uuid import UUID

from msgspec import Struct

from schemas.staff import CreatedStaff, StaffChange, StaffRole
from service.core.refusals import Refused
from service.flows.access.invitations import invite_again
from service.flows.access.second_factor import end_second_factors
from service.flows.access.staff import change_staff, end_session_of, list_sessions, read_staff
from service.web.http.answers import Answer
from service.web.http.join_link import way_of
from service.web.pages.accounts.agents import name_of
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.forms import faults_of
from service.web.pages.framework.page import MANAGING, page


class MemberQuery(Struct, frozen=True):
    """Query parameters: the message of the operation just done."""

    done: str = ""


@page("GET", "/manage/staff/{staff}", who=MANAGING)
async def show(call: PageCall, staff: UUID, asked: MemberQuery) -> Answer:
    """Show a member of staff."""
    return await _shown(call, staff, done=asked.done)


@page("POST", "/manage/staff/{staff}", who=MANAGING, asks_again=True)
async def change(call: PageCall, staff: UUID) -> Answer:
    """Change the role and the name; with another role they sign in anew."""
    wanted = call.form.read(StaffChange, **({} if call.form.value("name") else {"name": None}))
    if isinstance(wanted, Refused):
        return await _shown(call, staff, wanted)
    return await _done(
        call, staff, partial(change_staff, staff_id=staff, change=wanted, revision=None), "changed"
    )


@page("POST", "/manage/staff/{staff}/disabled", who=MANAGING, asks_again=True)
async def bar(call: PageCall, staff: UUID) -> Answer:
    """Let somebody sign in no longer, or again."""
    is_out = call.form.value("disabled") == "yes"
    wanted = StaffChange(disabled=is_out)
    operation = partial(change_staff, staff_id=staff, change=wanted, revision=None)
    return await _done(call, staff, operation, "disabled" if is_out else "enabled")


@page("POST", "/manage/staff/{staff}/password", who=MANAGING, asks_again=True)
async def reset(call: PageCall, staff: UUID) -> Answer:
    """Let them choose a new password; only the page that answers shows the link."""
    way = way_of(call.resources, call.request.origin)
    made = await call.do(partial(invite_again, staff_id=staff, way=way))
    if isinstance(made, Refused):
        return call.refuse(made)
    return await _shown(call, staff, given=made)


@page("POST", "/manage/staff/{staff}/second-factor", who=MANAGING, asks_again=True)
async def end_factor(call: PageCall, staff: UUID) -> Answer:
    """Take the second factor away from somebody who lost it."""
    return await _done(call, staff, partial(end_second_factors, staff_id=staff), "factor_ended")


@page("POST", "/manage/staff/{staff}/sessions/{session}", who=MANAGING)
async def end(call: PageCall, staff: UUID, session: UUID) -> Answer:
    """Sign somebody out of one browser."""
    return await _done(call, staff, partial(end_session_of, staff_id=staff, session=session), "signed_out")


async def _done(call: PageCall, staff: UUID, operation: Any, said: str) -> Answer:  # noqa: ANN401  any operation
    done: Any = await call.do(operation)
    # This process need not wait to hear which keys ended with somebody.
    call.resources.keys.forget_all()
    if isinstance(done, Refused):
        return call.refuse(done) if done.code == "not_found" else await _shown(call, staff, done)
    return call.go(f"/manage/staff/{staff}?done={said}")


async def _shown(
    call: PageCall,
    staff: UUID,
    refusal: Refused | None = None,
    *,
    done: str = "",
    given: CreatedStaff | None = None,
) -> Answer:
    person = await call.do(partial(read_staff, staff_id=staff))
    if isinstance(person, Refused):
        return call.refuse(person)
    sessions = await call.do(partial(list_sessions, staff_id=staff))
    return call.show_refused(
        "accounts/member.html",
        refusal,
        person=person,
        sessions=[] if isinstance(sessions, Refused) else sessions,
        roles=get_args(StaffRole),
        faults=faults_of(call, refusal),
        agent_name=name_of,
        given=given,
        is_self=staff == call.actor.id,
        done=done if done in {"changed", "disabled", "enabled", "factor_ended", "signed_out"} else "",
    )
