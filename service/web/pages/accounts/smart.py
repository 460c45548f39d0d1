"""Programs that read FHIR by tokens, on a page: registered by their public keys, and ended at once."""

from functools import partial
from typing import Any, Final, get_args
from uuid import UUID

import msgspec

from schemas.people import Role
from schemas.smart import NewSmartClient, SmartClient
from service.core.access.smart_scopes import ALL, OPENS
from service.core.cursors import Page
from service.core.refusals import Refused, refused
from service.flows.access.keys import revoke_key
from service.flows.access.smart_clients import KEYS_MAX, list_clients, register_client
from service.flows.access.staff import list_staff
from service.web.http.answers import Answer
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.form import NO_FORM
from service.web.pages.framework.forms import allowed_of, faults_of, word_of
from service.web.pages.framework.page import MANAGING, page

PATH: Final = "/manage/smart-clients"
ROWS_MAX: Final = 200
SCOPES: Final = (ALL, *OPENS)


@page("GET", PATH, who=MANAGING)
async def show(call: PageCall) -> Answer:
    """Show every program, and a form for a new one."""
    return await _listed(call)


@page("POST", PATH, who=MANAGING, asks_again=True)
async def register(call: PageCall) -> Answer:
    """Register a program by its public keys, or by where they are."""
    typed = call.form.value("jwks").strip()
    jwks: Any = None
    if typed:
        try:
            jwks = msgspec.json.decode(typed, type=dict[str, Any])
        except msgspec.MsgspecError:
            return await _listed(call, refused("invalid.smart_jwks", "$.jwks", most=KEYS_MAX))
    new = call.form.read(NewSmartClient, jwks=jwks, scopes=call.form.texts("scopes"))
    if isinstance(new, Refused):
        return await _listed(call, new)
    operation = partial(register_client, new=new, allowed=allowed_of(call))
    made = await call.do(operation, call.form.once, SmartClient)
    if isinstance(made, Refused):
        return await _listed(call, made)
    return await _listed(call.having(NO_FORM), made=made)


@page("POST", PATH + "/{key}/end", who=MANAGING, asks_again=True)
async def end(call: PageCall, key: UUID) -> Answer:
    """Turn a program off: its tokens open nothing from now on."""
    done = await call.do(partial(revoke_key, key_id=key))
    if isinstance(done, Refused):
        return call.refuse(done)
    # This process need not wait to hear of it; the others do within a second.
    call.resources.keys.forget(key)
    return call.go(PATH)


async def _listed(call: PageCall, refusal: Refused | None = None, made: SmartClient | None = None) -> Answer:
    found = await call.do(list_clients)
    if isinstance(found, Refused):
        return call.refuse(found)
    people = await call.do(partial(list_staff, page=Page(ROWS_MAX)))
    if isinstance(people, Refused):
        return call.refuse(people)
    return call.show_refused(
        "accounts/smart.html",
        refusal,
        clients=found,
        made=made,
        people=people.items,
        names={one.id: one.name or one.email for one in people.items},
        roles=get_args(Role),
        scopes=SCOPES,
        faults=faults_of(call, refusal),
        once=word_of(call),
    )
