"""Staff and keys on a page: who signs in, what acts by a key, and whether a second factor is needed."""

from functools import partial
from typing import Any, Final, get_args

from msgspec import Struct

from schemas.keys import IssuedKey
from schemas.people import Phone, Role
from schemas.staff import CreatedStaff, NewStaff, StaffRole
from service.core.access.keys import SCOPES
from service.core.cursors import Page
from service.core.refusals import Refused
from service.flows.access.clinic_phone import read_phone, set_phone
from service.flows.access.invitations import invite_staff
from service.flows.access.keys import list_keys
from service.flows.access.staff import is_second_factor_needed, list_staff, need_second_factor
from service.flows.access.tablets import list_tablets
from service.web.http.answers import Answer
from service.web.http.join_link import way_of
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.form import NO_FORM
from service.web.pages.framework.forms import faults_of, word_of
from service.web.pages.framework.page import MANAGING, page

PATH: Final = "/manage/staff"
ROWS_MAX: Final = 200


class PhoneForm(Struct, frozen=True):
    """A telephone number."""

    phone: Phone | None = None


@page("GET", PATH, who=MANAGING)
async def show(call: PageCall) -> Answer:
    """Show everybody on the staff and every key."""
    return await listed(call)


@page("POST", PATH, who=MANAGING, asks_again=True)
async def add(call: PageCall) -> Answer:
    """Add a member of staff; only the page that answers shows the link to choose a password by."""
    new = call.form.having("password").read(NewStaff)
    if isinstance(new, Refused):
        return await listed(call, new)
    way = way_of(call.resources, call.request.origin)
    made = await call.do(partial(invite_staff, new=new, way=way), call.form.once, CreatedStaff)
    if isinstance(made, Refused):
        return await listed(call, made)
    return await listed(call.having(NO_FORM), added=made)


@page("POST", "/manage/second-factor", who=MANAGING, asks_again=True)
async def need(call: PageCall) -> Answer:
    """Say whether everybody on the staff needs a second factor, from their next sign-in on."""
    done = await call.do(partial(need_second_factor, needed=call.form.value("needed") == "yes"))
    return call.refuse(done) if isinstance(done, Refused) else call.go(f"{PATH}#second-factor")


@page("POST", "/manage/phone", who=MANAGING)
async def phone(call: PageCall) -> Answer:
    """Set the number at which people in care reach their team; left empty it is taken away."""
    form = call.form.read(PhoneForm)
    if isinstance(form, Refused):
        return await listed(call, phone_refusal=form)
    done = await call.do(partial(set_phone, number=form.phone))
    return call.refuse(done) if isinstance(done, Refused) else call.go(f"{PATH}#reached")


async def listed(
    call: PageCall,
    refusal: Refused | None = None,
    *,
    added: CreatedStaff | None = None,
    issued: IssuedKey | None = None,
    key_refusal: Refused | None = None,
    phone_refusal: Refused | None = None,
) -> Answer:
    """Draw the page, with what was just made or what is wrong with a form."""
    people: Any = await call.do(partial(list_staff, page=Page(ROWS_MAX)))
    keys: Any = await call.do(partial(list_keys, page=Page(ROWS_MAX)))
    needed = await call.do(is_second_factor_needed)
    tablets = await call.do(list_tablets)
    for read in (people, keys, needed, tablets):
        if isinstance(read, Refused):
            return call.refuse(read)
    number = await call.do(read_phone)
    wrong = refusal or key_refusal or phone_refusal
    return call.show_refused(
        "accounts/staff.html",
        wrong,
        people=people.items,
        keys=keys.items,
        tablets=tablets,
        names={one.id: one.name or one.email for one in people.items},
        needed=needed,
        roles=get_args(StaffRole),
        key_roles=get_args(Role),
        scopes=SCOPES,
        added=added,
        is_mailed=way_of(call.resources, call.request.origin).is_mailed,
        issued=issued,
        faults=faults_of(call, refusal),
        key_faults=faults_of(call, key_refusal),
        phone=number if isinstance(number, str) else "",
        phone_faults=faults_of(call, phone_refusal),
        once=word_of(call),
    )
