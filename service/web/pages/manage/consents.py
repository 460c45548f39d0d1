"""Consents on a page: who may be told what about whom, and what was told."""

from functools import partial
from typing import Annotated, Final, Literal
from uuid import UUID

from msgspec import Meta, Struct

from schemas.consents import Consent
from schemas.people import Participant
from schemas.restrictions import Restriction
from service.core.cursors import Page
from service.core.refusals import Refused
from service.flows.people.accounting import AccountingFilter, list_accounting
from service.flows.people.consents import (
    ConsentFilter,
    give_consent,
    list_consents,
    revoke_consent,
)
from service.flows.people.participants import Called, read_names, read_participant
from service.flows.people.restrictions import list_restrictions
from service.web.http.answers import Answer
from service.web.http.pagination import IdCursor
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.forms import faults_of, person_of, word_of
from service.web.pages.framework.page import CLINICAL, CONSENTING, MANAGING, page
from service.web.pages.framework.page_refusal import page_refusal
from service.web.pages.manage.consent_form import FORM_BYTES_MAX, consent_in, id_in, urls_of

PATH: Final = "/manage/consents"
SHOWN: Final = 50

Given = Annotated[str, Meta(max_length=64)]


class ConsentQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Whose consents the page shows, and what was just done."""

    participant: UUID | None = None
    subscriber: UUID | None = None
    cursor: IdCursor | None = None
    done: Literal["given", "revoked", "asked", "agreed", "declined", "ended"] | None = None


@page("GET", PATH, who=CONSENTING)
async def show(call: PageCall, asked: ConsentQuery) -> Answer:
    """Show consents: everybody's, one person's, or those given to one subscriber."""
    return await shown_with(call, asked)


@page("POST", PATH + "/find", who=CONSENTING)
async def find(call: PageCall) -> Answer:
    """Find somebody by their code, or the consents of a subscriber; no address names anybody."""
    if call.form.value("person"):
        person = await person_of(call, call.form.value("person"))
        if isinstance(person, Refused):
            return await shown_with(call, ConsentQuery(), person)
        return call.go(f"{PATH}?participant={person.id}")
    chosen = id_in(call.form.value("of"))
    return call.go(PATH if chosen is None else f"{PATH}?subscriber={chosen}")


@page("POST", PATH, who=CLINICAL, bytes_max=FORM_BYTES_MAX)
async def give(call: PageCall) -> Answer:
    """Record a consent that somebody gave: on the page always in its whole form."""
    about = id_in(call.form.value("participant"))
    new = consent_in(call.form, signed=True)
    if not isinstance(new, Refused):
        made = await call.do(partial(give_consent, new=new), call.form.once, Consent)
        if not isinstance(made, Refused):
            return call.go(f"{PATH}?participant={made.participant}&done=given")
        new = made
    return await shown_with(call, ConsentQuery(participant=about), new)


@page("POST", PATH + "/{consent}/revoke", who=CLINICAL)
async def revoke(call: PageCall, consent: UUID) -> Answer:
    """Revoke a consent: it stops at once."""
    known = await call.do(partial(revoke_consent, consent=consent))
    if isinstance(known, Refused):
        return call.refuse(known)
    return call.go(f"{PATH}?participant={known.participant}&done=revoked")


async def shown_with(call: PageCall, asked: ConsentQuery, refusal: Refused | None = None) -> Answer:
    """The page as it is asked for, with what was refused of a form on it."""
    person: Participant | None = None
    disclosed = None
    restrictions: tuple[Restriction, ...] = ()
    if asked.participant is not None:
        read = await call.do(partial(read_participant, participant_id=asked.participant))
        told = await call.do(
            partial(
                list_accounting, participant=asked.participant, page=Page(SHOWN), wanted=AccountingFilter()
            )
        )
        if isinstance(read, Refused) or isinstance(told, Refused):
            return call.refuse(page_refusal("not_found", "shared.not_found"))
        person, disclosed = read, told
        kept = await call.do(partial(list_restrictions, page=Page(SHOWN), participant=asked.participant))
        restrictions = () if isinstance(kept, Refused) else kept.items
    wanted = ConsentFilter(asked.participant, asked.subscriber)
    found = await call.do(partial(list_consents, page=Page(SHOWN, asked.cursor), wanted=wanted))
    if isinstance(found, Refused):
        return call.refuse(found)
    people = {one.participant for one in found.items}
    called = await call.do(partial(read_names, participants=people))
    return call.show_refused(
        "manage/consents.html",
        refusal,
        consents=found.items,
        more=found.next_cursor,
        called=Called({}, {}) if isinstance(called, Refused) else called,
        urls=await urls_of(call),
        person=person,
        disclosed=disclosed,
        restrictions=restrictions,
        may_settle=call.signed_in.role in MANAGING,
        asked=asked,
        faults=faults_of(call, refusal),
        once=word_of(call),
        may_give=call.signed_in.role in CLINICAL,
    )
