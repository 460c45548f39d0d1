"""FHIR R4, read: what this service can do, resources by their ids, and searches for them."""

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

import msgspec

from schemas import fhir as shapes
from schemas.keys import Scope
from schemas.people import Role
from service.core.fhir.capabilities import capability_statement
from service.core.fhir.resources import meta
from service.core.fhir.searching import Kind
from service.core.refusals import Refused, fault, invalid
from service.flows.fhir.searches import FoundPage, read_resource, search_resources
from service.flows.perform import Done, perform
from service.version import VERSION
from service.web.http.answers import Answer, Header
from service.web.http.call import NO_STORE, Call
from service.web.http.cookies import origin_of
from service.web.http.decoding import QUERY_BYTES_MAX, QUERY_PARTS_MAX
from service.web.http.outcomes import BASE, FHIR_JSON
from service.web.http.route import EVERYONE, OPEN, READERS, Handler, Route, route

MEDIA: Final = "application/fhir+json"
JSON: Final[Header] = (b"content-type", FHIR_JSON)
PUBLISHED: Final = "2026-11-30"
"""The day on which what is read and searched here was last changed."""
ALLOWED: Final[dict[Kind, tuple[frozenset[Role], Scope]]] = {
    "Patient": (EVERYONE, "people.read"),
    "Observation": (READERS, "events.read"),
    "Encounter": (READERS, "events.read"),
    "CarePlan": (READERS, "people.read"),
    "Account": (EVERYONE, "money.read"),
    "ChargeItem": (READERS, "money.read"),
}
"""Who reads each type and the scope that a key needs, as for our own resources of the same facts."""

_encode = msgspec.json.Encoder().encode


def base_of(call: Call) -> str:
    """The base address of FHIR, as the caller reaches it."""
    return origin_of(call.headers, call.resources.settings.public_url) + BASE


def as_fhir(value: object, status: int = 200, *headers: Header) -> Answer:
    """Answer with a resource."""
    return Answer(status, _encode(value), [JSON, NO_STORE, *headers])


@route(
    "GET",
    f"{BASE}/metadata",
    "fhir_metadata",
    roles=OPEN,
    answer=dict[str, Any],
    answer_media=MEDIA,
    shown=False,
)
async def metadata(call: Call) -> Answer:
    """Say what can be read and searched here, and how."""
    return as_fhir(capability_statement(base_of(call), VERSION, PUBLISHED))


async def _read(call: Call, kind: Kind, asked: str) -> Answer:
    done = await perform(
        call.resources.database, call.actor, lambda act: read_resource(act, kind, asked), None
    )
    if isinstance(done, Done):
        return as_fhir(done.value)
    return call.refuse(done) if isinstance(done, Refused) else as_fhir(None)


async def _search(call: Call, kind: Kind) -> Answer:
    if len(call.query) > QUERY_BYTES_MAX:
        return call.refuse(invalid(fault("?", "shape.query_long", bytes=QUERY_BYTES_MAX)))
    try:
        text = call.query.decode("ascii")
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=QUERY_PARTS_MAX)
    except ValueError:
        return call.refuse(invalid(fault("?", "shape.query_unreadable", most=QUERY_PARTS_MAX)))
    lenient = "handling=lenient" in (call.header(b"prefer") or "").replace(" ", "")
    done = await perform(
        call.resources.database,
        call.actor,
        lambda act: search_resources(act, kind, pairs, lenient=lenient),
        None,
    )
    if isinstance(done, Done):
        return as_fhir(_bundle(base_of(call), kind, done.value))
    return call.refuse(done) if isinstance(done, Refused) else as_fhir(None)


def _bundle(base: str, kind: Kind, page: FoundPage) -> shapes.Bundle:
    here = f"{base}/{kind}"
    links = [shapes.BundleLink("self", _address(here, page.asked.applied, page.asked.cursor))]
    if page.next_cursor is not None:
        links.append(shapes.BundleLink("next", _address(here, page.asked.applied, page.next_cursor)))
    found = shapes.SearchMode("match")
    entries = tuple(shapes.BundleEntry(f"{here}/{one.id}", one, found) for one in page.resources)
    return shapes.Bundle(type="searchset", link=tuple(links), entry=entries, meta=meta())


def _address(here: str, applied: tuple[tuple[str, str], ...], cursor: str | None) -> str:
    pairs = [*applied] if cursor is None else [*applied, ("_cursor", cursor)]
    return f"{here}?{urlencode(pairs)}" if pairs else here


def _reading(kind: Kind, part: str, name: str) -> Callable[[Handler], Route]:
    roles, scope = ALLOWED[kind]
    return route(
        "GET",
        f"{BASE}/{kind}/{{{part}}}" if part else f"{BASE}/{kind}",
        name,
        roles=roles,
        answer=shapes.Bundle,
        answer_media=MEDIA,
        refusals=("not_found",) if part else (),
        scope=scope,
        shown=False,
    )


@_reading("Patient", "participant", "fhir_read_patient")
async def read_patient(call: Call, participant: UUID) -> Answer:
    """Read a participant as a Patient."""
    return await _read(call, "Patient", str(participant))


@_reading("Observation", "event", "fhir_read_observation")
async def read_observation(call: Call, event: UUID) -> Answer:
    """Read a recorded outcome as an Observation."""
    return await _read(call, "Observation", str(event))


@_reading("Encounter", "event", "fhir_read_encounter")
async def read_encounter(call: Call, event: UUID) -> Answer:
    """Read a session as an Encounter."""
    return await _read(call, "Encounter", str(event))


@_reading("CarePlan", "enrollment", "fhir_read_care_plan")
async def read_care_plan(call: Call, enrollment: UUID) -> Answer:
    """Read an enrollment as a CarePlan."""
    return await _read(call, "CarePlan", str(enrollment))


@_reading("Account", "account", "fhir_read_account")
async def read_account(call: Call, account: str) -> Answer:
    """Read what somebody has in one unit as an Account."""
    return await _read(call, "Account", account)


def _searching(kind: Kind) -> Route:
    async def search(call: Call) -> Answer:
        """Search for resources of one type, a page a time."""
        return await _search(call, kind)

    return _reading(kind, "", f"fhir_search_{kind.lower()}")(search)


SEARCHES: Final[tuple[Route, ...]] = tuple(_searching(kind) for kind in ALLOWED)
"""The search of each type."""
