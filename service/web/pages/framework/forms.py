"""Fields of forms: what is wrong at them, days and moments, and people by their code."""

import re
from datetime import date, datetime, time
from functools import partial
from typing import Final, TypeVar
from uuid import UUID, uuid4

from msgspec import Struct

from schemas.people import Participant
from service.core.cursors import Page
from service.core.refusals import Refused
from service.flows.people.participants import ParticipantFilter, list_participants, read_participant
from service.outbound.addresses import Allowed
from service.web.http.decoding import is_far
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.page_refusal import page_refusal

T = TypeVar("T")
S = TypeVar("S", bound=Struct)


SAID_MAX: Final = 100
"""The longest text that somebody is looked for by."""


def word_of(call: PageCall) -> str:
    """The word of a form that is shown: the one that it came with, or a new one."""
    return call.form.value("once") or str(uuid4())


def faults_of(call: PageCall, refusal: Refused | None) -> dict[str, str]:
    """Faults of a form by field; those of no field stand under the empty name."""
    if refusal is None:
        return {}
    found: dict[str, str] = {}
    for fault in refusal.faults:
        name = re.split(r"[.\[]", fault.pointer.removeprefix("$.").removeprefix("$"), maxsplit=1)[0]
        found.setdefault(name, call.voice.explain(fault))
    return found or {"": call.voice.explain(refusal)}


def day_in(text: str) -> date | None:
    """The day that a date field says; none where it cannot be meant."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return None if is_far(day) else day


def day_start(call: PageCall, day: date) -> datetime:
    """The moment at which a local day of the clinic begins."""
    return datetime.combine(day, time(), call.voice.zone)


def moment_in(call: PageCall, text: str) -> datetime | None:
    """The moment that a field for a local day and time says."""
    try:
        at = datetime.fromisoformat(text).replace(tzinfo=call.voice.zone)
    except ValueError:
        return None
    return None if is_far(at) else at


async def person_of(call: PageCall, text: str) -> Participant | Refused:
    """Somebody by id, by the clinic's reference, or by the code that is said aloud at the desk."""
    text = text.strip()
    unknown = page_refusal("unknown_participant", "manage.no_such_person", "$.person")
    if not text or len(text) > SAID_MAX:
        return unknown
    try:
        found = await call.do(partial(read_participant, participant_id=UUID(text)))
    except ValueError:
        for wanted in (ParticipantFilter(reference=text), ParticipantFilter(display_code=text)):
            page = await call.do(partial(list_participants, wanted=wanted, page=Page(1)))
            if not isinstance(page, Refused) and page.items:
                return page.items[0]
        return unknown
    return unknown if isinstance(found, Refused) else found


def allowed_of(call: PageCall) -> Allowed:
    """Which receivers on this machine or a private network a subscriber may be, by the settings."""
    settings = call.resources.settings
    return Allowed(settings.webhook_allow_loopback, settings.webhook_allow_private)
