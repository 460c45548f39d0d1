"""FHIR Bulk Data Access: an export is asked for, looked at while it is made, read, and deleted."""

from datetime import datetime
from typing import Any, Final
from urllib.parse import parse_qsl
from uuid import UUID

import msgspec

from schemas import fhir as shapes
from schemas.keys import Scope
from service.core.fhir.moments import bound_of
from service.core.refusals import Refused, fault, invalid, refused
from service.flows.fhir.exports import (
    Export,
    Manifest,
    begin_export,
    read_export,
    read_export_file,
    remove_export,
)
from service.flows.perform import Act, Done, perform
from service.store import clinics
from service.web.api.fhir import MEDIA, as_fhir, base_of
from service.web.http.answers import Answer, Header
from service.web.http.call import NO_STORE, Call
from service.web.http.decoding import QUERY_PARTS_MAX
from service.web.http.outcomes import BASE
from service.web.http.route import AUDITORS, route

NEEDED: Final[tuple[Scope, ...]] = ("people.read", "events.read", "money.read")
"""An export has what all three open."""
NDJSON: Final = frozenset({"application/fhir+ndjson", "application/ndjson", "ndjson"})
"""The one form of its files, by the names that may be asked for."""
FILE_MEDIA: Final = "application/fhir+ndjson"
EMPTY: Final[Header] = (b"content-type", b"application/json")

_encode = msgspec.json.Encoder().encode


class _Asked(msgspec.Struct, frozen=True):
    kinds: tuple[str, ...] = ()
    since: str | None = None


def _read_query(query: bytes) -> _Asked | Refused:
    """The parameters of an export; what is not known is refused, for to ignore it would export more."""
    asked = _Asked()
    try:
        text = query.decode("ascii")
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=QUERY_PARTS_MAX)
    except ValueError:
        return invalid(fault("?", "shape.query_unreadable", most=QUERY_PARTS_MAX))
    for name, text in pairs:
        if name == "_outputFormat":
            if text not in NDJSON:
                return invalid(fault(name, "fhir.choice", names=", ".join(sorted(NDJSON))))
        elif name == "_type":
            asked = msgspec.structs.replace(asked, kinds=(*asked.kinds, *text.split(",")))
        elif name == "_since":
            asked = msgspec.structs.replace(asked, since=text)
        else:
            names = "_outputFormat, _since, _type"
            return invalid(fault(name[:64], "fhir.parameter", kind="$export", names=names))
    return asked


@route(
    "GET",
    f"{BASE}/$export",
    "fhir_export",
    roles=AUDITORS,
    answer=shapes.Bundle,
    answer_media=MEDIA,
    statuses=(202,),
    scope="people.read",
    shown=False,
)
async def begin(call: Call) -> Answer:
    """Have all that the clinic has exported; `Content-Location` says where to look meanwhile."""
    if "respond-async" not in (call.header(b"prefer") or ""):
        return call.refuse(refused("invalid.fhir_async", "Prefer"))
    scopes = None if call.caller is None else call.caller.scopes
    lacking = [one for one in NEEDED if scopes is not None and one not in scopes]
    if lacking:
        return call.refuse(refused("scope_missing", scope=lacking[0]))
    asked = _read_query(call.query)
    if isinstance(asked, Refused):
        return call.refuse(asked)
    request = f"{base_of(call)}/$export" + (f"?{call.query.decode('ascii')}" if call.query else "")

    async def operation(act: Act) -> Done[Export] | Refused:
        since: datetime | None = None
        if asked.since is not None:
            bound = bound_of(asked.since, await clinics.zone(act))
            if bound is None or bound.prefix != "eq":
                return invalid(fault("_since", "fhir.when"))
            since = bound.low
        return await begin_export(act, request, asked.kinds, since)

    done = await perform(call.resources.database, call.actor, operation)
    if not isinstance(done, Done):
        return call.refuse(done) if isinstance(done, Refused) else as_fhir(None)
    place = f"{base_of(call)}/exports/{done.value.id}"
    return Answer(202, b"", [NO_STORE, (b"content-location", place.encode("ascii"))])


@route(
    "GET",
    f"{BASE}/exports/{{fhir_export}}",
    "fhir_export_status",
    roles=AUDITORS,
    answer=dict[str, Any],
    statuses=(200, 202),
    scope="people.read",
    shown=False,
)
async def status(call: Call, fhir_export: UUID) -> Answer:
    """Say how far an export has come: 202 while it is made, then its manifest."""
    done = await perform(call.resources.database, call.actor, lambda act: read_export(act, fhir_export))
    if not isinstance(done, Done):
        return call.refuse(done) if isinstance(done, Refused) else as_fhir(None)
    export = done.value.export
    if export.fault is not None:
        return call.refuse(refused("too_large.export"))
    if export.done_at is None:
        told = f"{export.kinds_done} of {len(export.kinds)} types, {export.resources} resources"
        progress: Header = (b"x-progress", told.encode("ascii"))
        return Answer(202, b"", [NO_STORE, progress, (b"retry-after", b"2")])
    ends: Header = (b"expires", export.expires_at.strftime("%a, %d %b %Y %H:%M:%S GMT").encode("ascii"))
    return Answer(200, _encode(_manifest(base_of(call), done.value)), [EMPTY, NO_STORE, ends])


def _manifest(base: str, made: Manifest) -> dict[str, Any]:
    export = made.export
    return {
        "transactionTime": export.asked_at,
        "request": export.request,
        "requiresAccessToken": True,
        "output": [
            {"type": one.kind, "url": f"{base}/exports/{export.id}/{one.no}", "count": one.resources}
            for one in made.files
        ],
        "error": [],
    }


@route(
    "GET",
    f"{BASE}/exports/{{fhir_export}}/{{file_no}}",
    "fhir_export_file",
    roles=AUDITORS,
    answer=shapes.Bundle,
    answer_media=FILE_MEDIA,
    scope="people.read",
    shown=False,
)
async def file(call: Call, fhir_export: UUID, file_no: int) -> Answer:
    """Give one file: a resource on each line."""
    done = await perform(
        call.resources.database, call.actor, lambda act: read_export_file(act, fhir_export, file_no)
    )
    if not isinstance(done, Done):
        return call.refuse(done) if isinstance(done, Refused) else as_fhir(None)
    return Answer(200, done.value, [(b"content-type", FILE_MEDIA.encode("ascii")), NO_STORE])


@route(
    "DELETE",
    f"{BASE}/exports/{{fhir_export}}",
    "fhir_export_remove",
    roles=AUDITORS,
    answer=dict[str, Any],
    statuses=(202,),
    scope="people.read",
    shown=False,
)
async def remove(call: Call, fhir_export: UUID) -> Answer:
    """Delete an export with its files, made or under way."""
    done = await perform(call.resources.database, call.actor, lambda act: remove_export(act, fhir_export))
    return call.refuse(done) if isinstance(done, Refused) else Answer(202, b"", [NO_STORE])
