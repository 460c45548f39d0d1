"""One's own account: password, language, second factor, passkeys, and where one is signed in."""

from functools import partial
from uuid import UUID

from schemas.languages import OWN, SOURCE
from schemas.people import Language
from schemas.staff import StaffChange
from service.core.refusals import Refused
from service.flows.access.proofs import ways_of
from service.flows.access.shortcuts import read_shortcuts, set_shortcuts
from service.flows.access.staff import (
    change_password,
    change_staff,
    end_session_of,
    is_second_factor_needed,
    list_sessions,
    prove_password,
    read_staff,
)
from service.flows.access.staff_passkeys import read_own_passkeys
from service.web.http import cookies
from service.web.http.answers import Answer
from service.web.pages.accounts.agents import name_of
from service.web.pages.accounts.member import MemberQuery
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.forms import faults_of
from service.web.pages.framework.page import READING, page
from service.web.pages.framework.page_refusal import page_refusal

DONE = frozenset({
    "password", "language", "shortcuts", "signed_out", "factor_ended", "first",
    "passkey_added", "passkey_removed",
})  # fmt: skip  # table: what was just done


@page("GET", "/account", who=READING)
async def show(call: PageCall, asked: MemberQuery) -> Answer:
    """Show one's own account."""
    return await shown(call, done=asked.done)


def _chosen(call: PageCall) -> Language:
    """The language that a form chooses; the source's where it names none that can be one's own."""
    chosen = call.form.value("language")
    return chosen if chosen in OWN else SOURCE


@page("POST", "/account/language", who=READING)
async def speak(call: PageCall) -> Answer:
    """Speak a language here from now on, wherever one signs in."""
    wanted = StaffChange(language=_chosen(call))
    done = await call.do(partial(change_staff, staff_id=call.actor.id, change=wanted, revision=None))
    if isinstance(done, Refused):
        return call.refuse(done)
    spoken = call.request.cookies.set(cookies.LANGUAGE, done.language, cookies.YEAR_S)
    return call.go("/account?done=language", spoken)


@page("POST", "/account/shortcuts", who=READING)
async def switch_shortcuts(call: PageCall) -> Answer:
    """Switch the keys of the front desk on or off, wherever one signs in."""
    done = await call.do(partial(set_shortcuts, are_on=call.form.value("shortcuts") == "on"))
    if isinstance(done, Refused):
        return call.refuse(done)
    return call.go("/account?done=shortcuts#shortcuts")


@page("POST", "/account/password", who=READING)
async def change_own(call: PageCall) -> Answer:
    """Change one's own password; every other session ends."""
    old, new, again = (call.form.typed(name) for name in ("old", "password", "again"))
    proof = await call.do(partial(prove_password, password=old))
    if proof != "right":
        return await shown(call, page_refusal("invalid", "accounts.old_wrong", "$.old"))
    if new == old:
        return await shown(call, page_refusal("invalid", "accounts.same_wrong", "$.password"))
    if new != again:
        return await shown(call, page_refusal("invalid", "accounts.again_wrong", "$.again"))
    done = await call.do(partial(change_password, password=new, session=call.signed_in.id))
    if isinstance(done, Refused):
        return await shown(call, done)
    return call.go("/account?done=password")


@page("POST", "/account/sessions/{session}", who=READING)
async def end_own(call: PageCall, session: UUID) -> Answer:
    """Sign out of another browser."""
    done = await call.do(partial(end_session_of, staff_id=call.actor.id, session=session))
    if isinstance(done, Refused):
        return call.refuse(done)
    return call.go("/account?done=signed_out#sessions")


async def shown(call: PageCall, refusal: Refused | None = None, *, done: str = "") -> Answer:
    """Draw one's own account."""
    person = await call.do(partial(read_staff, staff_id=call.actor.id))
    if isinstance(person, Refused):
        return call.refuse(person)
    sessions = await call.do(partial(list_sessions, staff_id=call.actor.id))
    needed = await call.do(is_second_factor_needed)
    has_shortcuts = await call.do(read_shortcuts)
    ways = await call.do(ways_of)
    passkeys = await call.do(read_own_passkeys)
    if isinstance(ways, Refused):
        return call.refuse(ways)
    if isinstance(passkeys, Refused):
        return call.refuse(passkeys)
    return call.show_refused(
        "accounts/own.html",
        refusal,
        person=person,
        sessions=[] if isinstance(sessions, Refused) else sessions,
        needed=needed is True or person.role in call.resources.settings.second_factor_roles,
        has_shortcuts=has_shortcuts is True,
        ways=ways,
        passkeys=passkeys,
        faults=faults_of(call, refusal),
        agent_name=name_of,
        done=done if done in DONE else "",
    )
