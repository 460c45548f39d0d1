"""The audit trail on a page: searched, each line a sentence, with its seal."""

from datetime import timedelta
from functools import partial
from typing import Annotated, Final
from urllib.parse import urlencode
from uuid import UUID

import msgspec
from msgspec import Meta, Struct

from schemas.books import AuditEntry
from service.core.actors import SYSTEM
from service.core.cursors import Page
from service.core.refusals import Refused
from service.flows.people.participants import Called, read_names
from service.flows.screens.audit import AuditFilter, read_audit
from service.flows.trail.checkpoints import sign_head
from service.web.http.answers import Answer
from service.web.http.pagination import NumberCursor
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.download import as_file
from service.web.pages.framework.forms import day_in, day_start, faults_of, person_of
from service.web.pages.framework.page import SEEING, page
from service.web.words import WORDS

PATH: Final = "/manage/audit"
DEED: Final = "manage.deed."
SHOWN: Final = 30
TWO_WORDS: Final = (
    "secret_rotated",
    "put_aside",
    "move_previewed",
    "second_factor_needed",
    "second_factor_begun",
    "second_factor_ended",
    "rescue_codes_made",
    "password_changed",
    "password_reset",
    "sign_in_refused",
    "signed_in",
    "awaiting_provider",
    "awaiting_funds",
    "called_back",
    "catalog_read",
    "product_changed",
)
DEEDS: Final = tuple(key.removeprefix(DEED) for key in WORDS if key.startswith(DEED))
"""The deeds that can be searched for, as the texts name them: a point is written `_` there."""

Word = Annotated[str, Meta(max_length=64)]


class AuditQuery(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Query parameters of the trail; days are of the clinic's calendar, both included."""

    participant: UUID | None = None
    actor: UUID | None = None
    deed: Word = ""
    since: Word = ""
    until: Word = ""
    cursor: NumberCursor | None = None


@page("GET", PATH, who=SEEING)
async def show(call: PageCall, asked: AuditQuery) -> Answer:
    """Show the trail, or what of it was searched for."""
    return await _shown(call, asked)


@page("POST", PATH, who=SEEING)
async def search(call: PageCall) -> Answer:
    """Search: somebody's code becomes their id, so that no address names anybody."""
    known = [("actor", call.form.value("actor")), ("deed", call.form.value("deed"))]
    days = [(name, call.form.value(name)) for name in ("since", "until")]
    if call.form.value("person"):
        person = await person_of(call, call.form.value("person"))
        if isinstance(person, Refused):
            return await _shown(call, AuditQuery(), person)
        known.append(("participant", str(person.id)))
    return call.go(f"{PATH}?{urlencode([(name, text) for name, text in known + days if text])}")


@page("GET", PATH + "/checkpoint", who=SEEING)
async def checkpoint(call: PageCall) -> Answer:
    """Give the latest seal, signed as `rewards verify --checkpoint` takes it, to be kept elsewhere."""
    signed = await call.do(sign_head)
    found = await call.do(partial(read_audit, wanted=AuditFilter(), page=Page(1)))
    if isinstance(signed, Refused):
        return call.refuse(signed)
    if isinstance(found, Refused):
        return call.refuse(found)
    said = {
        "clinic": call.signed_in.clinic,
        "taken_at": call.now,
        "entry": next(iter(found.items), None),
        "checkpoints": [signed],
    }
    body = msgspec.json.format(msgspec.json.encode(said), indent=2)
    return as_file(f"audit-checkpoint-{call.now:%Y%m%d-%H%M}.json", b"application/json", body)


async def _shown(call: PageCall, asked: AuditQuery, refusal: Refused | None = None) -> Answer:
    since, until = day_in(asked.since), day_in(asked.until)
    deed = next((one for one in DEEDS if one == asked.deed.replace(".", "_")), None)
    wanted = AuditFilter(
        asked.participant,
        asked.actor,
        None if deed is None else _spelled(deed),
        None if since is None else day_start(call, since),
        None if until is None else day_start(call, until + timedelta(days=1)),
    )
    found = await call.do(partial(read_audit, wanted=wanted, page=Page(SHOWN, asked.cursor)))
    if isinstance(found, Refused):
        return call.refuse(found)
    people = {one.participant for one in found.items if one.participant is not None}
    acting = {one.actor for one in found.items} | ({asked.actor} if asked.actor else set())
    if asked.participant is not None:
        people.add(asked.participant)
    called = await call.do(partial(read_names, acting=acting, participants=people))
    named = Called({}, {}) if isinstance(called, Refused) else called
    return call.show_refused(
        "manage/audit.html",
        refusal,
        entries=[(one, _said(call, one), _who(call, one, named)) for one in found.items],
        called=named,
        asked=asked,
        deed=deed,
        deeds=sorted(((one, call.voice.plain(DEED + one)) for one in DEEDS), key=lambda one: one[1]),
        link=_link(asked),
        older=None if found.next_cursor is None else _link(asked, cursor=found.next_cursor),
        faults=faults_of(call, refusal),
    )


def _spelled(deed: str) -> str:
    """A deed as the trail has it: its last word stands behind a point, save where a verb has two words."""
    for verb in TWO_WORDS:
        if deed.endswith(f"_{verb}"):
            return f"{deed.removesuffix(f'_{verb}')}.{verb}"
    noun, _, verb = deed.rpartition("_")
    return f"{noun}.{verb}"


def _said(call: PageCall, entry: AuditEntry) -> str:
    key = DEED + entry.deed.replace(".", "_")
    return call.voice.plain(key) if key in WORDS else entry.deed.replace(".", " ").replace("_", " ")


def _who(call: PageCall, entry: AuditEntry, called: Called) -> str:
    if entry.actor == SYSTEM:
        return call.voice.plain("manage.the_service")
    if entry.actor in called.actors:
        return called.actors[entry.actor]
    key = f"manage.role.{entry.role}"
    return call.voice.plain(key if key in WORDS else "manage.someone").capitalize()


def _link(asked: AuditQuery, **more: str) -> str:
    given = {**msgspec.to_builtins(msgspec.structs.replace(asked, cursor=None)), **more}
    return f"{PATH}?{urlencode({name: text for name, text in given.items() if text})}"
