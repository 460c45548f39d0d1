"""The form of a consent: read from what was typed, printed for signing, and its signature as it was drawn."""

from base64 import b64encode
from dataclasses import replace
from functools import partial
from typing import Final
from uuid import UUID

from msgspec import Struct

from schemas.consents import NewConsent
from schemas.languages import OWN
from schemas.people import Language
from service.core.cursors import Page
from service.core.refusals import Refused, fault, invalid
from service.flows.notices.subscribers import list_subscribers
from service.flows.people.consents import read_consent, read_signature
from service.flows.people.participants import read_participant
from service.web.http.answers import Answer
from service.web.http.call import NO_STORE
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.form import Form
from service.web.pages.framework.page import CLINICAL, CONSENTING, page
from service.web.pages.framework.page_refusal import page_refusal
from service.web.pages.framework.voice import Voice

PATH: Final = "/manage/consents"
FORM_BYTES_MAX: Final = 300 * 1024
"""The largest form with the picture of a signature, in bytes."""


class TextQuery(Struct, frozen=True):
    """The language that a text is printed in; the person's own where left out."""

    language: Language | None = None


def id_in(text: str) -> UUID | None:
    """The id that a field holds; none where it is empty or no id."""
    try:
        return UUID(text)
    except ValueError:
        return None


async def urls_of(call: PageCall) -> dict[UUID, str]:
    """The addresses of the clinic's subscribers by their ids."""
    found = await call.do(partial(list_subscribers, page=Page(200)))
    return {} if isinstance(found, Refused) else {one.id: one.url for one in found.items}


def consent_in(form: Form, *, signed: bool) -> NewConsent | Refused:
    """The consent that a form says; `signed` where it is recorded, else it is about to be printed."""
    if not form.value("kind"):
        return invalid(fault("$.kind", "invalid.consent_without_kind", field="kind"))
    also: dict[str, object] = {
        "subscriber": id_in(form.value("subscriber")),
        "recipient_is_class": form.value("recipient_is_class") == "yes",
    }
    if signed:
        also["signature"] = _signature_in(form)
    return form.read(NewConsent, **also)


def _signature_in(form: Form) -> dict[str, str]:
    picture = form.files.get("drawn")
    found = {
        "how": form.value("signed_how"),
        "name": form.value("signed_name"),
        "signed_on": form.value("signed_on"),
        "drawn": "" if picture is None else b64encode(picture).decode("ascii"),
    }
    return {name: text for name, text in found.items() if text}


@page("GET", PATH + "/{consent}/text", who=CONSENTING)
async def text(call: PageCall, consent: UUID, asked: TextQuery) -> Answer:
    """Show what a person consents to, to be printed and signed, in a language that they read."""
    known = await call.do(partial(read_consent, consent=consent))
    if isinstance(known, Refused):
        return call.refuse(known)
    person = await call.do(partial(read_participant, participant_id=known.participant))
    if isinstance(person, Refused):
        return call.refuse(person)
    told = _speaking(call, asked.language or person.language)
    urls = await urls_of(call)
    to = None
    if known.subscriber is not None:
        to = urls.get(known.subscriber) or told.voice.plain("manage.con.gone")
    return told.show("manage/consent_text.html", one=known, person=person, to=to)


@page("POST", PATH + "/text", who=CLINICAL, bytes_max=FORM_BYTES_MAX)
async def draft(call: PageCall) -> Answer:
    """Show the text of a consent before it is recorded, as its form says it."""
    new = consent_in(call.form, signed=False)
    if isinstance(new, Refused):
        return call.refuse(new)
    person = await call.do(partial(read_participant, participant_id=new.participant))
    to = None if new.subscriber is None else (await urls_of(call)).get(new.subscriber)
    if isinstance(person, Refused) or (new.subscriber is not None and to is None):
        return call.refuse(page_refusal("not_found", "shared.not_found"))
    paper = call.form.value("paper")
    return _speaking(call, paper if paper in OWN else person.language).show(
        "manage/consent_text.html", one=new, person=person, to=to
    )


@page("GET", PATH + "/{consent}/signature", who=CONSENTING)
async def signature(call: PageCall, consent: UUID) -> Answer:
    """Give the picture of a signature."""
    found = await call.do(partial(read_signature, consent=consent))
    if isinstance(found, Refused):
        return call.refuse(found)
    return Answer(200, found.body, [(b"content-type", found.media.encode("ascii")), NO_STORE])


def _speaking(call: PageCall, language: Language) -> PageCall:
    return replace(call, voice=Voice(language, call.voice.zone, call.now))
