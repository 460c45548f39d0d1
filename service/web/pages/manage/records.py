"""Records: taking one along, erasing who somebody is, and looking over what was opened in an emergency."""

from collections import Counter
from functools import partial
from typing import Final, Literal
from uuid import UUID

from msgspec import Struct

from schemas.erasures import Erasure, NewErasure, RecordForm
from schemas.people import Participant
from service.core.cursors import Page
from service.core.refusals import Refused
from service.flows.people.emergencies import list_emergencies, review_emergency
from service.flows.people.erasures import (
    approve_erasure,
    list_erasures,
    propose_erasure,
    refuse_erasure,
)
from service.flows.people.participants import Called, read_names, read_participant
from service.flows.people.whole_record import read_whole_record
from service.web.http.answers import Answer
from service.web.http.disclosing import NOTICE, as_record
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.forms import faults_of, person_of, word_of
from service.web.pages.framework.page import MANAGING, page

PATH: Final = "/manage/records"
SHOWN: Final = 50
REASON_MAX: Final = 1000


class RecordsQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Whose record it is about, and what was just done."""

    participant: UUID | None = None
    done: Literal["proposed", "approved", "refused", "reviewed"] | None = None


class FormQuery(Struct, frozen=True):
    """In which form a record is wanted."""

    form: RecordForm = "words"


@page("GET", PATH, who=MANAGING)
async def show(call: PageCall, asked: RecordsQuery) -> Answer:
    """Show what waits: looks to be looked over and erasures to be settled; and one person's record."""
    return await _shown(call, asked)


@page("POST", PATH + "/find", who=MANAGING)
async def find(call: PageCall) -> Answer:
    """Find somebody by their code or number; no address names anybody."""
    person = await person_of(call, call.form.value("person"))
    if isinstance(person, Refused):
        return await _shown(call, RecordsQuery(), person)
    return call.go(f"{PATH}?participant={person.id}")


@page("GET", PATH + "/{participant}/file", who=MANAGING)
async def file(call: PageCall, participant: UUID, asked: FormQuery) -> Answer:
    """Give everything that is held of somebody as a file."""
    found = await call.do(partial(read_whole_record, participant=participant))
    if isinstance(found, Refused):
        return call.refuse(found)
    answer = as_record(found, asked.form)
    answer.headers = [*answer.headers, NOTICE]
    return answer


@page("POST", PATH + "/{participant}/erase", who=MANAGING)
async def propose(call: PageCall, participant: UUID) -> Answer:
    """Propose to erase who somebody is, once what goes was shown."""
    new = call.form.read(NewErasure)
    if not isinstance(new, Refused):
        done = await call.do(
            partial(
                propose_erasure,
                participant=participant,
                new=new,
                retention_days=call.resources.settings.retention_days,
            ),
            call.form.once,
            Erasure,
        )
        if not isinstance(done, Refused):
            return call.go(f"{PATH}?done=proposed")
        new = done
    return await _shown(call, RecordsQuery(participant), new)


@page("POST", PATH + "/erasures/{erasure}/approve", who=MANAGING)
async def approve(call: PageCall, erasure: UUID) -> Answer:
    """Erase what somebody else proposed to erase, for good."""
    done = await call.do(partial(approve_erasure, erasure=erasure))
    return (
        await _shown(call, RecordsQuery(), done)
        if isinstance(done, Refused)
        else call.go(f"{PATH}?done=approved")
    )


@page("POST", PATH + "/erasures/{erasure}/refuse", who=MANAGING)
async def refuse(call: PageCall, erasure: UUID) -> Answer:
    """Leave the record as it is."""
    reason = call.form.value("refusal")[:REASON_MAX] or None
    done = await call.do(partial(refuse_erasure, erasure=erasure, reason=reason))
    return (
        await _shown(call, RecordsQuery(), done)
        if isinstance(done, Refused)
        else call.go(f"{PATH}?done=refused")
    )


@page("POST", PATH + "/emergencies/{emergency}/review", who=MANAGING)
async def review(call: PageCall, emergency: UUID) -> Answer:
    """Say that a look in an emergency was looked over."""
    done = await call.do(partial(review_emergency, emergency=emergency))
    return (
        await _shown(call, RecordsQuery(), done)
        if isinstance(done, Refused)
        else call.go(f"{PATH}?done=reviewed")
    )


async def _told(call: PageCall, done: object, what: str) -> Answer:
    """Go back with what was done, or show why it was not."""
    if isinstance(done, Refused):
        return await _shown(call, RecordsQuery(), done)
    return call.go(f"{PATH}?done={what}")


async def _shown(call: PageCall, asked: RecordsQuery, refusal: Refused | None = None) -> Answer:
    person: Participant | None = None
    preview: Erasure | None = None
    if asked.participant is not None:
        read = await call.do(partial(read_participant, participant_id=asked.participant))
        seen = await call.do(
            partial(propose_erasure, participant=asked.participant, new=NewErasure("-", dry_run=True))
        )
        if isinstance(read, Refused):
            return call.refuse(read)
        person, preview = read, None if isinstance(seen, Refused) else seen
    looks = await call.do(partial(list_emergencies, page=Page(SHOWN)))
    erasures = await call.do(partial(list_erasures, page=Page(SHOWN)))
    looked = () if isinstance(looks, Refused) else looks.items
    waiting = () if isinstance(erasures, Refused) else erasures.items
    people = {one.participant for one in looked} | {one.participant for one in waiting}
    called = await call.do(partial(read_names, participants=people))
    return call.show_refused(
        "manage/records.html",
        refusal,
        person=person,
        preview=preview,
        goes=_by_table(preview),
        emergencies=looked,
        erasures=waiting,
        called=Called({}, {}) if isinstance(called, Refused) else called,
        asked=asked,
        faults=faults_of(call, refusal),
        once=word_of(call),
        me=call.actor.id,
    )


def _by_table(preview: Erasure | None) -> Counter[str]:
    """How many words go, by the kind of record that they stand in."""
    counts: Counter[str] = Counter()
    for one in () if preview is None else preview.erases:
        counts[one.place.partition(".")[0]] += one.count
    return counts
