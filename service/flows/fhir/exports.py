"""Exports of all that a clinic has, by FHIR Bulk Data Access: begun, gone on with, read and deleted.

A worker goes through one kind after another, so many rows a transaction, and writes each part as a file with
how far it has come: whoever is killed leaves nothing half done. Files are sealed, and gone after a day.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, cast
from uuid import UUID

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from schemas.ids import Id
from schemas.people import Role
from service.core.actors import Actor, system
from service.core.cursors import FIRST_ID
from service.core.fhir.moments import EARLIEST, LATEST, Bound
from service.core.fhir.resources import account, charge_item
from service.core.fhir.searching import PARAMETERS, Kind, Search, fits
from service.core.refusals import Refused, fault, invalid, refused
from service.flows.fhir.scanning import ONWARD, WALKS, Found, Walked
from service.flows.ledger.statements import transfer_of
from service.flows.perform import Act, Done, perform
from service.store import accounting, charts, fhir_exports, ledger, participants, statements
from service.store.database.pool import Database
from service.store.fhir_exports import Export, ExportFile

__all__ = ["Export", "ExportFile"]

KEPT: Final = timedelta(hours=24)
"""How long an export and its files are there."""
UNDER_WAY_MAX: Final = 2
"""How many exports of a clinic are made at once."""
ROWS: Final = 1000
"""How many rows one file is made of."""
PEOPLE: Final = 100
"""Of how many people one file holds what they have, and what they were credited."""
RESOURCES_MAX: Final = 20_000_000
"""How many resources an export has at most."""
STEPS_MAX: Final = 200
"""How many files a worker makes in a row for one clinic."""
EVERY: Final[tuple[Kind, ...]] = tuple(PARAMETERS)

_encode = msgspec.json.Encoder().encode


class Manifest(Struct, frozen=True):
    """An export and its files."""

    export: Export
    files: tuple[ExportFile, ...]


async def begin_export(
    act: Act, request: str, kinds: Sequence[str], since: datetime | None
) -> Done[Export] | Refused:
    """Begin an export of some kinds, all where none is named, of what was changed at `since` or later."""
    unknown = [one for one in kinds if one not in EVERY]
    if unknown:
        return invalid(fault("_type", "fhir.choice", names=", ".join(EVERY)))
    await fhir_exports.lock(act)
    if await fhir_exports.under_way(act) >= UNDER_WAY_MAX:
        return refused("too_many_requests.exports", exports=UNDER_WAY_MAX)
    wanted = tuple(one for one in EVERY if one in kinds or not kinds)
    role = cast("Role", act.actor.role)
    own = act.new_id()
    new = Export(own, act.now, act.actor.id, role, request, wanted, since, act.now + KEPT)
    await fhir_exports.insert(act, act.actor, new)
    act.audit("fhir_export.begun", own, kinds=",".join(wanted))
    return Done(new, "created")


async def read_export(act: Act, export: UUID) -> Done[Manifest] | Refused:
    """How far an export has come, for whoever asked for it."""
    known = await _own(act, export)
    if known is None:
        return refused("not_found.id")
    return Done(Manifest(known, await fhir_exports.files(act, export)))


async def read_export_file(act: Act, export: UUID, file_no: int) -> Done[bytes] | Refused:
    """One file; everybody whom it names is told so in their accounting of disclosures."""
    known = await _own(act, export)
    found = None if known is None else await fhir_exports.read_file(act, export, file_no)
    if found is None:
        return refused("not_found.id")
    await accounting.release(act, act.actor, found.people, "export", "fhir")
    act.audit("file.exported", export, count=len(found.people), what="fhir")
    return Done(found.body)


async def remove_export(act: Act, export: UUID) -> Done[None] | Refused:
    """Delete an export with its files, made or under way."""
    if await _own(act, export) is None or not await fhir_exports.remove(act, export):
        return refused("not_found.id")
    act.audit("fhir_export.removed", export)
    return Done(None)


async def _own(act: Act, export: UUID) -> Export | None:
    known = await fhir_exports.find(act, export)
    return known if known is not None and known.asked_by == act.actor.id else None


async def make_exports(database: Database, clinic: UUID) -> int:
    """Go on with a clinic's exports, and delete those whose time is over; returns how many files it made."""
    made = 0
    async with database.transaction(clinic) as tx:
        await fhir_exports.expire(tx)
    for _ in range(STEPS_MAX):
        done = await perform(database, system(clinic), _step)
        if not isinstance(done, Done) or done.value is None:
            break
        made += done.value
    return made


async def _step(act: Act) -> Done[int | None]:
    """Make the next file; none where nothing is left to do."""
    export = await fhir_exports.take(act)
    if export is None:
        return Done(None)
    kind = export.kinds[export.kinds_done]
    walked = await _walk(act, export, kind)
    found = [one for one in walked.found if fits(_wanted(export, kind), one.resource)]
    after = replace(export, place=walked.after, resources=export.resources + len(found))
    if found:
        lines = b"".join(_encode(one.resource) + b"\n" for one in found)
        after = replace(after, files=export.files + 1)
        people = sorted({one.person for one in found})
        await fhir_exports.put_file(act, export.id, ExportFile(after.files, kind, len(found)), people, lines)
    if walked.after is None:
        after = replace(after, kinds_done=export.kinds_done + 1)
    if after.resources > RESOURCES_MAX:
        after = replace(after, done_at=act.now, fault="too_large")
    elif after.kinds_done == len(after.kinds):
        after = replace(after, done_at=act.now)
    await fhir_exports.note(act, after)
    return Done(1 if found else 0)


def _wanted(export: Export, kind: Kind) -> Search:
    since = export.since or EARLIEST
    bounds = (Bound("ge", since, since), Bound("lt", LATEST, LATEST))
    dates = tuple(("_lastUpdated", (one,)) for one in bounds)
    return Search(kind) if export.since is None or kind == "Account" else Search(kind, dates=dates)


async def _walk(act: Act, export: Export, kind: Kind) -> Walked:
    # As whoever asked for it: a role that sees no names exports none.
    reader = Act(act, Actor(act.clinic, export.asked_by, export.role))
    if kind in {"Account", "ChargeItem"}:
        return await _walk_people(reader, kind, export.place)
    wanted = _wanted(export, kind)
    if export.since is None:
        # From the oldest on, so that what is recorded meanwhile comes at the end.
        wanted = replace(wanted, dates=(("_lastUpdated", (Bound("ge", EARLIEST, EARLIEST),)),))
    return await WALKS[kind](reader, wanted, export.place, ROWS)


async def _walk_people(act: Act, kind: Kind, place: bytes | None) -> Walked:
    """What some people have, or were credited, person by person."""
    last = FIRST_ID if place is None else Id(bytes=place[1:])
    rows = await participants.changed_since(act, EARLIEST, last, PEOPLE)
    own = [one.chart for _, one in rows if one.leads_to == one.chart]
    found: list[Found] = []
    if kind == "Account":
        sheets = await ledger.sheets(act, own)
        for sheet in sheets.values():
            found += [
                Found(account(sheet.participant, one), b"", sheet.participant) for one in sheet.balances
            ]
    else:
        for chart in own:
            found += await _credits(act, chart)
    return Walked(tuple(found), ONWARD + rows[-1][1].chart.bytes if len(rows) == PEOPLE else None)


async def _credits(act: Act, chart: UUID) -> list[Found]:
    person = await charts.person(act, chart)
    lines = (
        []
        if person is None
        else await statements.before(act, person, Id(int=2**128 - 1), RESOURCES_MAX, None)
    )
    return [
        Found(charge_item(chart, await transfer_of(act, line, "en")), b"", chart)
        for line in lines
        if "issued" in {line.source, line.destination}
    ]
