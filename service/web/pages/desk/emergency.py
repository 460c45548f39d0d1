"""Opening somebody's whole record in a medical emergency: with its reason, shown loudly, for an hour."""

from functools import partial
from uuid import UUID

from schemas.restrictions import Emergency, NewEmergency
from service.core.refusals import Refused
from service.flows.people.emergencies import open_emergency
from service.flows.people.participants import read_participant
from service.flows.people.whole_record import read_whole_record
from service.web.http.answers import Answer
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.forms import faults_of, word_of
from service.web.pages.framework.page import AT_DESK, page


@page("GET", "/desk/people/{person}/emergency", who=AT_DESK)
async def show(call: PageCall, person: UUID) -> Answer:
    """Ask why, or show the record to whoever has opened it."""
    return await _shown(call, person)


@page("POST", "/desk/people/{person}/emergency", who=AT_DESK)
async def break_glass(call: PageCall, person: UUID) -> Answer:
    """Open it."""
    new = call.form.read(NewEmergency, participant=person)
    if not isinstance(new, Refused):
        made = await call.do(partial(open_emergency, new=new), call.form.once, Emergency)
        if not isinstance(made, Refused):
            return call.go(f"/desk/people/{person}/emergency")
        new = made
    return await _shown(call, person, new)


async def _shown(call: PageCall, person: UUID, refusal: Refused | None = None) -> Answer:
    known = await call.do(partial(read_participant, participant_id=person))
    if isinstance(known, Refused):
        return call.refuse(known)
    record = await call.do(
        partial(read_whole_record, participant=person, language=call.voice.language, only_urgent=True)
    )
    return call.show_refused(
        "desk/emergency.html",
        refusal,
        person=known,
        words=None if isinstance(record, Refused) else record.words,
        faults=faults_of(call, refusal),
        once=word_of(call),
    )
