"""FHIR resources: one read by its id, and pages of those that a search asks for, audited as our own are."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from schemas import fhir
from service.core.cursors import cursor_of
from service.core.fhir.resources import SEES_NAMES, account
from service.core.fhir.searching import Kind, Search, Token, fits, read_search
from service.core.fhir.systems import system_named
from service.core.identifiers import Number
from service.core.refusals import Refused, fault, invalid, refused
from service.flows.fhir.places import place_in
from service.flows.fhir.scanning import (
    DEEDS,
    WALKS,
    Found,
    Walked,
    events_found,
    patient_found,
    plan_found,
)
from service.flows.perform import Act, Done
from service.store import clinics, enrollments, identifiers, ledger, participants, recorded_events

ROWS: Final = 200
"""How many rows are looked at in one step of a walk."""
ROWS_MAX: Final = 2000
"""How many rows one request looks at; what is found by then is a page, and the next goes on from there."""


class FoundPage(Struct, frozen=True):
    """One page of what a search found, with what was asked for, and the cursor of the next one."""

    resources: tuple[fhir.Resource, ...]
    asked: Search
    next_cursor: str | None = None


async def search_resources(
    act: Act, kind: Kind, query: Sequence[tuple[str, str]], *, lenient: bool = False
) -> Done[FoundPage] | Refused:
    """One page of the resources that a query asks for; each one shown is audited."""
    wanted = read_search(kind, query, await clinics.zone(act), lenient=lenient)
    if isinstance(wanted, Refused):
        return wanted
    place = place_in(wanted.cursor)
    if isinstance(place, Refused):
        return place
    asked = await _asked(act, wanted)
    if asked is None or isinstance(asked, Refused):
        return Done(FoundPage((), wanted)) if asked is None else asked
    if asked.kind == "Account":
        return Done(FoundPage(await _accounts(act, asked), wanted))
    if asked.kind == "Patient" and (asked.person is not None or asked.ids is not None):
        walked = Walked(tuple(await _patients(act, asked)), None)
    else:
        walked = await _gathered(act, asked, place)
    for one in walked.found:
        _tell(act, asked.kind, one, "listed")
    if asked.kind == "ChargeItem" and asked.person is not None:
        act.audit("statement.read", asked.person, asked.person, count=len(walked.found))
    cursor = None if walked.after is None else cursor_of(walked.after)
    return Done(FoundPage(tuple(one.resource for one in walked.found), wanted, cursor))


async def _asked(act: Act, wanted: Search) -> Search | Refused | None:
    """A search whose person is found, by the id or number asked for; none where there is no such person."""
    number = wanted.person_number or (wanted.number if wanted.kind == "Patient" else None)
    person = wanted.person
    if number is not None:
        holder = await _holder(act, number)
        if holder is None or person not in {None, holder}:
            return None
        person = holder
    if person is not None:
        known = await participants.find(act, person)
        if known is None:
            return None
        person = known.participant.id
    elif wanted.kind in {"Account", "ChargeItem"}:
        return invalid(fault("patient", "fhir.person_needed", kind=wanted.kind))
    elif wanted.kind == "Patient" and act.actor.role not in SEES_NAMES and wanted.ids is None:
        return invalid(fault("identifier", "fhir.number_needed", role=act.actor.role))
    shown = None if wanted.kind == "Patient" else wanted.number
    return replace(wanted, person=person, number=shown)


async def _holder(act: Act, number: Token) -> UUID | None:
    system = system_named(number.system or "")
    asked = Number.of(system, number.code)
    text = number.code if not system or asked.system == "reference" else f"{asked.system}|{asked.value}"
    return (await identifiers.holders(act, [text])).get(text)


async def _patients(act: Act, wanted: Search) -> list[Found]:
    """The people that were asked for one by one, by their ids or a number."""
    ids = [UUID(one) for one in wanted.ids or () if _is_id(one)]
    if wanted.person is not None:
        ids = [wanted.person] if wanted.ids is None or wanted.person in ids else []
    found = []
    for chart in dict.fromkeys(ids):
        one = await _patient(act, chart)
        if one is not None and fits(wanted, one.resource):
            found.append(one)
    return found


def _is_id(text: str) -> bool:
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False


async def _patient(act: Act, chart: UUID) -> Found | None:
    known = await participants.find(act, chart)
    if known is None:
        return None
    updated = await participants.updated(act, [chart])
    return patient_found(act, known.participant, updated[chart])


async def _gathered(act: Act, wanted: Search, place: bytes | None) -> Walked:
    """What fits of a walk, until there is a page of it or enough rows were looked at."""
    found: list[Found] = []
    walk, after = WALKS[wanted.kind], place
    for _ in range(ROWS_MAX // ROWS):
        walked = await walk(act, wanted, after, ROWS)
        found += [one for one in walked.found if fits(wanted, one.resource)]
        after = walked.after
        if len(found) > wanted.count:
            page = found[: wanted.count]
            return Walked(tuple(page), page[-1].place)
        if after is None:
            break
    return Walked(tuple(found), after)


async def _accounts(act: Act, wanted: Search) -> tuple[fhir.Resource, ...]:
    """What one person has, an account a unit."""
    person = wanted.person
    sheets = {} if person is None else await ledger.sheets(act, [person])
    accounts: list[fhir.Resource] = []
    for sheet in sheets.values():
        made = [account(sheet.participant, one) for one in sheet.balances]
        accounts += [one for one in made if fits(wanted, one)]
        act.audit("balance.read", sheet.participant, sheet.participant)
    return tuple(accounts)


async def read_resource(act: Act, kind: Kind, asked: str) -> Done[fhir.Resource] | Refused:
    """One resource by its id; audited as our own are."""
    if kind == "Account":
        return await _account(act, asked)
    found = await _one(act, kind, UUID(asked)) if _is_id(asked) else None
    if found is None:
        return refused("not_found.id")
    _tell(act, kind, found, "read")
    return Done(found.resource)


async def _one(act: Act, kind: Kind, asked: UUID) -> Found | None:
    if kind == "Patient":
        return await _patient(act, asked)
    if kind == "CarePlan":
        enrollment = await enrollments.find(act, asked)
        if enrollment is None:
            return None
        return await plan_found(act, enrollment, await enrollments.updated(act, asked))
    event = await recorded_events.find(act, asked)
    found = [] if event is None else await events_found(act, kind, [event])
    return found[0] if found else None


async def _account(act: Act, asked: str) -> Done[fhir.Resource] | Refused:
    person, _, unit = asked.partition(".")
    sheets = await ledger.sheets(act, [UUID(person)]) if _is_id(person) else {}
    for sheet in sheets.values():
        for balance in sheet.balances:
            if balance.unit == unit:
                act.audit("balance.read", sheet.participant, sheet.participant)
                return Done(account(sheet.participant, balance))
    return refused("not_found.id")


def _tell(act: Act, kind: Kind, found: Found, deed: str) -> None:
    if kind in DEEDS:
        subject = UUID(found.resource.id)
        act.audit(f"{DEEDS[kind]}.{deed}", subject, found.person)
