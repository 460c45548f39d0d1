"""Restrictions on a person's page of consents: recorded, agreed to or declined, and ended."""

from functools import partial
from typing import Final
from uuid import UUID

from schemas.restrictions import NewRestriction, Restriction, RestrictionAnswer
from service.core.refusals import Refused
from service.flows.people.restrictions import ask_restriction, end_restriction, settle_restriction
from service.web.http.answers import Answer
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.page import CLINICAL, MANAGING, page
from service.web.pages.manage.consent_form import id_in
from service.web.pages.manage.consents import ConsentQuery, shown_with

PATH: Final = "/manage/restrictions"


@page("POST", PATH, who=CLINICAL)
async def ask(call: PageCall) -> Answer:
    """Record what somebody asks that others are not told."""
    new = call.form.read(NewRestriction)
    if not isinstance(new, Refused):
        made = await call.do(partial(ask_restriction, new=new), call.form.once, Restriction)
        if not isinstance(made, Refused):
            return _back(call, made)
        new = made
    return await shown_with(call, ConsentQuery(participant=id_in(call.form.value("participant"))), new)


@page("POST", PATH + "/{restriction}/agree", who=MANAGING)
async def agree(call: PageCall, restriction: UUID) -> Answer:
    """Agree to it: it binds from now on."""
    done = await call.do(partial(settle_restriction, restriction=restriction, status="agreed"))
    return call.refuse(done) if isinstance(done, Refused) else _back(call, done)


@page("POST", PATH + "/{restriction}/decline", who=MANAGING)
async def decline(call: PageCall, restriction: UUID) -> Answer:
    """Decline it with an answer."""
    said = call.form.read(RestrictionAnswer)
    if isinstance(said, Refused):
        return call.refuse(said)
    operation = partial(settle_restriction, restriction=restriction, status="declined", answer=said.answer)
    done = await call.do(operation)
    return call.refuse(done) if isinstance(done, Refused) else _back(call, done)


@page("POST", PATH + "/{restriction}/end", who=MANAGING)
async def end(call: PageCall, restriction: UUID) -> Answer:
    """End what was agreed to."""
    done = await call.do(partial(end_restriction, restriction=restriction))
    return call.refuse(done) if isinstance(done, Refused) else _back(call, done)


def _back(call: PageCall, about: Restriction) -> Answer:
    return call.go(f"/manage/consents?participant={about.participant}&done={about.status}")
