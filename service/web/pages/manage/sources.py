"""Sources on a page: other systems that send us results, how they sign, and how their messages are read."""

from functools import partial
from typing import Any, Final, Literal
from uuid import UUID, uuid4

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from schemas.inbound import (
    Bearer,
    IssuedSource,
    NewSecret,
    NewSource,
    PlainHmac,
    Source,
    SourceChange,
    StandardWebhooks,
    Verifier,
)
from schemas.mapping import EventMapping
from schemas.message_trials import Sample
from service.core.cursors import Page
from service.core.inbound.presets import PRESETS
from service.core.inbound.said import Booking, Item, Person, Report, Understood, Withdrawal
from service.core.refusals import Refused, invalid
from service.flows.inbound.review import COUNTED_MAX, count_messages, list_messages, put_all_back
from service.flows.inbound.sources import (
    ReadSample,
    add_source,
    change_source,
    list_sources,
    read_source,
    remove_source,
    rotate_secret,
    try_sample,
)
from service.flows.people.participants import Called, read_names
from service.flows.perform import Act, Done
from service.web.http.answers import Answer
from service.web.http.decoding import fault_of, shape
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.forms import faults_of, word_of
from service.web.pages.framework.page import MANAGING, page
from service.web.pages.framework.page_refusal import page_refusal

PATH: Final = "/manage/sources"
ONE: Final = "/manage/sources/{source}"
KINDS: Final[dict[str, type[Verifier]]] = {
    "standard_webhooks": StandardWebhooks,
    "plain_hmac": PlainHmac,
    "bearer": Bearer,
}
FORM_MAX: Final = 256 * 1024


class SourceQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Query parameters: the message of the operation just done."""

    done: Literal["saved", "retried"] | None = None


class Shown(Struct, frozen=True):
    """The parts of a source's page besides the source: what was typed, tried, or made once.

    An empty `secret` was shown before.
    """

    mapping: str | None = None
    sample: str = ""
    tried: ReadSample | None = None
    secret: str | None = None
    done: str | None = None
    refusal: Refused | None = None


@page("GET", PATH, who=MANAGING)
async def show(call: PageCall) -> Answer:
    """Show every source with how many of its messages wait, and a form for a new one."""
    return await _listed(call)


@page("POST", PATH, who=MANAGING, asks_again=True)
async def add(call: PageCall) -> Answer:
    """Add a source; the page that answers is the only one with its secret."""
    kind = KINDS.get(call.form.value("kind"))
    if kind is None:
        return await _listed(call, page_refusal("invalid", "manage.src.choose_kind", "$.kind"))
    header = call.form.value("header").lower()
    made_of = {
        "type": call.form.value("kind"),
        **({"header": header} if kind is PlainHmac and header else {}),
    }
    given: dict[str, Any] = {"verifier": made_of}
    if call.form.value("name"):
        given["name"] = call.form.value("name")
    try:
        new = msgspec.convert(given, NewSource)
    except msgspec.ValidationError as error:
        found = fault_of(error, NewSource)
        field = "$.header" if found.pointer.startswith("$.verifier") else "$.name"
        return await _listed(call, invalid(replace(found, pointer=field)))
    made = await call.do(partial(add_source, new=new), call.form.once, IssuedSource)
    if isinstance(made, Refused):
        return await _listed(call, made)
    return await one_shown(call, made.id, Shown(secret=made.secret or "", done="added"))


@page("GET", ONE, who=MANAGING)
async def see(call: PageCall, source: UUID, asked: SourceQuery) -> Answer:
    """Show one source: its address, how it is read, and which of its messages wait."""
    return await one_shown(call, source, Shown(done=asked.done))


@page("POST", ONE + "/mapping", who=MANAGING, bytes_max=FORM_MAX, asks_again=True)
async def mapping(call: PageCall, source: UUID) -> Answer:
    """Try a mapping on a sample, or save it."""
    typed, sample = call.form.value("mapping"), call.form.value("sample")
    read = _mapping_in(call, typed)
    if isinstance(read, Refused):
        return await one_shown(call, source, Shown(typed, sample, refusal=read))
    if call.form.value("do") == "try":
        return await _tried(call, source, read, Shown(typed, sample))

    async def operation(act: Act) -> Done[Source] | Refused:
        known = await read_source(act, source)
        if isinstance(known, Refused):
            return known
        return await change_source(act, source, SourceChange(mapping=read), known.revision or 1)

    saved = await call.do(operation)
    if isinstance(saved, Refused):
        return await one_shown(call, source, Shown(typed, sample, refusal=saved))
    return call.go(f"{PATH}/{source}?done=saved")


@page("POST", ONE + "/secret", who=MANAGING, asks_again=True)
async def secret(call: PageCall, source: UUID) -> Answer:
    """Give it its next secret, shown on the page that answers and never again."""
    made = await call.do(
        partial(rotate_secret, source_id=source, new=NewSecret()), call.form.once, IssuedSource
    )
    if isinstance(made, Refused):
        return call.refuse(made)
    return await one_shown(call, source, Shown(secret=made.secret or "", done="rotated"))


@page("POST", ONE + "/retry", who=MANAGING)
async def retry(call: PageCall, source: UUID) -> Answer:
    """Have all that waits tried again; the worker does so within seconds."""
    done = await call.do(partial(put_all_back, source=source))
    return call.refuse(done) if isinstance(done, Refused) else call.go(f"{PATH}/{source}?done=retried")


@page("POST", ONE + "/delete", who=MANAGING, asks_again=True)
async def delete(call: PageCall, source: UUID) -> Answer:
    """Delete it, once its box says that this is meant."""
    if call.form.value("sure") != "yes":
        return await one_shown(
            call, source, Shown(refusal=page_refusal("invalid", "manage.tick_sure", "$.sure"))
        )
    gone = await call.do(partial(remove_source, source_id=source))
    return call.refuse(gone) if isinstance(gone, Refused) else call.go(PATH)


def _mapping_in(call: PageCall, typed: str) -> EventMapping | Refused | None:
    """The mapping that the field says; none where it is empty, for events as the API takes them."""
    if not typed:
        return None
    read = shape(typed.encode(), EventMapping)
    if not isinstance(read, Refused):
        return read
    why = " ".join([*(one.pointer for one in read.faults), call.voice.explain(read)])
    return page_refusal("invalid", "manage.src.mapping_fault", "$.mapping", why=why)


async def _tried(call: PageCall, source: UUID, read: EventMapping | None, shown: Shown) -> Answer:
    if read is not None and read.format == "hl7":
        # A field of a form has lines of its own, and a segment of HL7 ends as one does.
        sample: Any = shown.sample
    else:
        try:
            sample = msgspec.json.decode(shown.sample.encode())
        except msgspec.MsgspecError:
            refusal = page_refusal("invalid", "manage.src.sample_fault", "$.sample")
            return await one_shown(call, source, replace(shown, refusal=refusal))
    tried = await call.do(partial(try_sample, source_id=source, sample=Sample(sample, read)))
    if isinstance(tried, Refused):
        return await one_shown(call, source, replace(shown, refusal=tried))
    return await one_shown(call, source, replace(shown, tried=tried))


async def _listed(call: PageCall, refusal: Refused | None = None) -> Answer:
    found = await call.do(partial(list_sources, page=Page(200)))
    if isinstance(found, Refused):
        return call.refuse(found)
    waiting = await call.do(partial(count_messages, sources=[one.id for one in found.items]))
    return call.show_refused(
        "manage/sources.html",
        refusal,
        sources=found.items,
        waiting={} if isinstance(waiting, Refused) else waiting,
        counted_max=COUNTED_MAX,
        kinds=tuple(KINDS),
        faults=faults_of(call, refusal),
        once=word_of(call),
    )


async def one_shown(call: PageCall, source: UUID, shown: Shown) -> Answer:
    """The page of one source."""
    known = await call.do(partial(read_source, source_id=source))
    if isinstance(known, Refused):
        return call.refuse(known)
    listed = partial(list_messages, page=Page(50), status="review", source=source)
    messages = await call.do(listed)
    if isinstance(messages, Refused):
        return call.refuse(messages)
    people = {one.participant for one in messages.items if one.participant is not None}
    called = await call.do(partial(read_names, participants=people))
    found = None if shown.tried is None else shown.tried.found
    typed = shown.mapping
    if typed is None:
        typed = "" if known.mapping is None else _as_text(known.mapping)
    return call.show_refused(
        "manage/source.html",
        shown.refusal,
        one=known,
        kind=known.verifier.__struct_config__.tag,
        address=call.request.origin,
        messages=messages.items,
        more=messages.next_cursor is not None,
        called=Called({}, {}) if isinstance(called, Refused) else called,
        shown=shown,
        typed=typed,
        presets=[(name, _as_text(preset)) for name, preset in PRESETS.items()],
        said=[_said(item) for item in found.items] if isinstance(found, Understood) else None,
        doubt=found if isinstance(found, Refused) else None,
        faults=faults_of(call, shown.refusal),
        once=str(uuid4()),
    )


def _as_text(value: Struct) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode()


class Said(Struct, frozen=True):
    """One thing that a sample says: how it stands, or what it is of, and the fields of what would be done."""

    standing: str
    fields: list[tuple[str, object]]
    day_alone: bool = False


def _said(item: Item) -> Said:
    match item:
        case Report(event=event, standing=standing, day_alone=day_alone):
            told = msgspec.to_builtins(event)
            fields = [(name, value) for name, value in told.items() if value not in (None, False)]
            return Said(standing, fields, day_alone)
        case Withdrawal(reference=reference):
            return Said("withdrawn", [("reference", reference)])
        case Booking(at=at):
            return Said("visit_canceled" if at is None else "visit", _fields_of(item))
        case Person(former=former):
            return Said("person_merged" if former else "person", _fields_of(item))


def _fields_of(item: Item) -> list[tuple[str, object]]:
    """What is said, name by name; of several values each stands there."""
    told = msgspec.to_builtins(item)
    return [
        (name, ", ".join(value) if isinstance(value, (list, tuple)) else value)
        for name, value in told.items()
        if value not in (None, False, "", [], ())
    ]
