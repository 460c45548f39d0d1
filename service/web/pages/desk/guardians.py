"""The consent of a parent or guardian, recorded and withdrawn at the desk."""

from functools import partial
from typing import Literal, get_args
from uuid import UUID

from msgspec import Struct

from schemas.guardians import GuardianConsent, GuardianRelation, NewGuardianConsent
from schemas.people import Participant
from schemas.program import Slug
from service.core.refusals import Refused
from service.flows.people.guardians import (
    list_guardian_consents,
    record_guardian_consent,
    withdraw_guardian_consent,
)
from service.flows.people.participants import read_participant
from service.flows.perform import Act, Done
from service.store import actors
from service.web.http.answers import Answer
from service.web.pages.desk import views
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.forms import faults_of, word_of
from service.web.pages.framework.page import AT_DESK, page
from service.web.words import SAID


class GuardianQuery(Struct, frozen=True):
    """The program that somebody is on the way to, and what was just done."""

    program: Slug | None = None
    done: Literal["added", "withdrawn"] | None = None


class Guarded(Struct, frozen=True):
    """Somebody with the consents on record, and the names of those who recorded them."""

    person: Participant
    consents: tuple[GuardianConsent, ...]
    names: dict[UUID, str]


@page("GET", "/desk/people/{person}/guardian", who=AT_DESK)
async def show(call: PageCall, person: UUID, asked: GuardianQuery) -> Answer:
    """Show the words of the consent in the participant's language, and what is on record."""
    return await _show(call, person, asked)


@page("POST", "/desk/people/{person}/guardian", who=AT_DESK)
async def add(call: PageCall, person: UUID, asked: GuardianQuery) -> Answer:
    """Record who consented."""
    new = call.form.read(NewGuardianConsent)
    if isinstance(new, Refused):
        return await _show(call, person, asked, new)
    operation = partial(record_guardian_consent, participant_id=person, new=new)
    done = await call.do(operation, call.form.once, GuardianConsent)
    if isinstance(done, Refused):
        return await _show(call, person, asked, done)
    way = "" if asked.program is None else f"&program={asked.program}"
    return call.go(f"/desk/people/{person}/guardian?done=added{way}")


@page("POST", "/desk/people/{person}/guardian-consents/{guardian_consent}/withdraw", who=AT_DESK)
async def withdraw(call: PageCall, person: UUID, guardian_consent: UUID) -> Answer:
    """Record that a consent was withdrawn."""
    done = await call.do(partial(withdraw_guardian_consent, consent=guardian_consent))
    if isinstance(done, Refused):
        return await _show(call, person, GuardianQuery(), done)
    return call.go(f"/desk/people/{person}/guardian?done=withdrawn")


async def _read(act: Act, person: UUID) -> Done[Guarded] | Refused:
    known = await read_participant(act, person)
    if isinstance(known, Refused):
        return known
    found = await list_guardian_consents(act, person)
    if isinstance(found, Refused):
        return found
    names = await actors.names(act, list({one.recorded_by for one in found.value.items}))
    return Done(Guarded(known.value, found.value.items, names))


async def _show(call: PageCall, person: UUID, asked: GuardianQuery, refusal: Refused | None = None) -> Answer:
    read = await call.do(partial(_read, person=person))
    if isinstance(read, Refused):
        return call.refuse(read)
    return call.show_refused(
        "desk/guardian.html",
        refusal,
        read=read,
        asked=asked,
        words=SAID[read.person.language]["desk.guard.words"],
        relations=get_args(GuardianRelation),
        stands=any(one.withdrawn_at is None for one in read.consents),
        faults=faults_of(call, refusal),
        once=word_of(call),
        today=views.now_local(call).date(),
    )
