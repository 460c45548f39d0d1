"""Participants: register, change, read, and find them by name, reference, code or card."""

import secrets
from collections.abc import Callable, Collection
from typing import Final
from uuid import UUID

from msgspec import UNSET, Struct
from msgspec.structs import asdict, replace

from schemas.people import Identifier, NewParticipant, Participant, ParticipantChange, ParticipantPage
from service.core.access.display_codes import CHANCE_BYTES, code_on_card, display_code, display_code_spelling
from service.core.cursors import LAST_ID, Page, before_id, cut
from service.core.identifiers import OWN_SYSTEM, Number
from service.core.refusals import Refused, refused
from service.core.spellings import name_spelling
from service.flows.access.new_addresses import note_changes
from service.flows.people.departures import change_status
from service.flows.people.identifiers import renumber
from service.flows.perform import Act, Done
from service.store import actors, charts, identifiers, names, participants
from service.store.names import Named
from service.store.participants import ParticipantFilter

__all__ = ["Named", "ParticipantFilter", "list_participants", "read_participant"]
Chance = Callable[[int], bytes]
FOUND_MAX: Final = 8
COUNTED_MAX: Final = 100
"""How many who are found are counted, and shown where all of them are asked for."""
LETTERS_LEAST: Final = 2
NAMED_MAX = 1000
ABOUT_STATUS: Final = ("status", "status_on", "held", "reason")
"""The fields of a change that say whether somebody is in care."""
NEAR_MAX: Final = 8
"""How many who may be the same person are named."""


async def read_participant(act: Act, participant_id: UUID) -> Done[Participant] | Refused:
    """One participant by id."""
    known = await participants.find(act, participant_id)
    if known is None:
        return refused("not_found.participant")
    # The id may be that of a chart that was merged: it leads to the person.
    who = known.participant.id
    act.audit("participant.read", who, who)
    return Done(_needed(act, known.participant), revision=known.revision)


async def list_participants(
    act: Act, wanted: ParticipantFilter, page: Page
) -> Done[ParticipantPage] | Refused:
    """Participants that match everything that is wanted, newest first; each one shown is audited."""
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    if wanted.display_code is not None:
        wanted = replace(wanted, display_code=display_code_spelling(wanted.display_code))
    found = await participants.before(act, last, page.limit + 1, wanted)
    shown, more = cut(found, page, lambda person: person.id.bytes)
    for person in shown:
        act.audit("participant.listed", person.id, person.id)
    return Done(ParticipantPage(tuple(_needed(act, person) for person in shown), more))


def _needed(act: Act, person: Participant) -> Participant:
    """A participant as somebody's deeds need them: who only reads calls and writes to nobody."""
    return replace(person, phone=None, email=None) if act.actor.role == "auditor" else person


async def register_participant(
    act: Act, new: NewParticipant, chance: Chance = secrets.token_bytes
) -> Done[Participant] | Refused:
    """Register a participant; the same person under the same reference is found, not made again.

    A reference is the same however it is written, and a former one is taken like any other. Whoever may be
    the same person is named in `near`, and keeps nobody from being registered.

    A display code that is taken breaks a unique key, and the next try of `perform` draws another one.
    """
    known = await participants.find_by_reference(act, new.reference)
    if known is not None:
        person = known.participant
        if (person.name, person.phone, person.email, person.language, person.mark, person.birth_year) != (
            new.name,
            new.phone,
            new.email,
            new.language,
            new.mark,
            new.birth_year,
        ):
            return refused("reference_conflict.other_details", "$.reference")
        act.audit("participant.read", person.id, person.id)
        return Done(person, "found", known.revision)
    own = act.new_id()
    number = Number.of(OWN_SYSTEM, new.reference)
    person = Participant(
        own,
        number.value,
        display_code(chance(CHANCE_BYTES)),
        act.now,
        new.language,
        new.name,
        new.phone,
        new.email,
        identifiers=(Identifier(own, OWN_SYSTEM, number.value),),
        mark=new.mark,
        birth_year=new.birth_year,
    )
    near = await find_near(act, new)
    await participants.insert(act, person, act.actor.id)
    act.audit("participant.registered", person.id, person.id, near=len(near))
    return Done(replace(person, near=tuple(near) or UNSET), "created", 1)


async def find_near(act: Act, new: NewParticipant) -> list[UUID]:
    """Those who may be the same person as somebody new, oldest first.

    They have a number that differs as by a slip, or the same name and telephone number.
    """
    found = set(await identifiers.near(act, [new.reference]))
    if new.name is not None and new.phone is not None:
        found |= set(await participants.called_alike(act, new.name, new.phone, NEAR_MAX))
    return sorted(found)[:NEAR_MAX]


async def ask_near(act: Act, new: NewParticipant) -> Done[tuple[Named, ...]]:
    """Those who may be the same person as somebody new, by name: a question before a second chart is made.

    Whoever has the very reference is no question: they are found. Each one shown is audited.
    """
    if await identifiers.holders(act, [new.reference]):
        return Done(())
    found = await names.of(act, await find_near(act, new))
    for one in found.values():
        act.audit("participant.listed", one.id, one.id)
    return Done(tuple(found.values()))


async def change_participant(
    act: Act, participant_id: UUID, change: ParticipantChange, revision: int, *, by_source: bool = False
) -> Done[Participant] | Refused:
    """Change what is named; refused where somebody else changed the participant since `revision`.

    Of another phone number or mail address they are told at the former one. What is said `by_source` is taken
    over by a mapping that a manager saved.
    """
    who = await charts.lock_person(act, participant_id)
    known = None if who is None else await participants.find(act, who)
    if who is None or known is None:
        return refused("not_found.participant")
    if known.revision != revision:
        return refused("precondition_failed.participant")
    changed = {field: value for field, value in asdict(change).items() if value is not UNSET}
    gone = {field: changed.pop(field) for field in ABOUT_STATUS if field in changed}
    if gone and "status" not in gone:
        return refused("invalid.status_alone", "$.status")
    person = known.participant
    if gone and (
        gone["status"] != person.status or gone.get("status_on", person.status_on) != person.status_on
    ):
        refusal = await change_status(
            act,
            person,
            gone["status"],
            gone.get("status_on"),
            gone.get("held"),
            gone.get("reason"),
            by_source=by_source,
        )
        if refusal is not None:
            return refusal
        known = await participants.find(act, participant_id) or known
    if "reference" in changed:
        changed["reference"] = Number.of(OWN_SYSTEM, changed["reference"]).value
    after = replace(known.participant, **changed)
    if after == known.participant:
        return Done(after, revision=known.revision)
    if after.reference != known.participant.reference:
        refusal = await renumber(act, known.participant, after.reference)
        if refusal is not None:
            return refusal
    await note_changes(act, known.participant, after)
    await participants.change(act, after)
    act.audit("participant.changed", who, who, fields=",".join(sorted(changed)))
    written = await participants.find(act, who)
    return Done(after if written is None else written.participant, revision=known.revision + 1)


class Found(Struct, frozen=True):
    """Whoever some letters may mean, the likeliest first, and how many there are in all."""

    people: tuple[Named, ...]
    count: int


async def find_people(act: Act, typed: str, most: int = FOUND_MAX) -> Done[Found] | Refused:
    """Whoever the typed letters may mean, at most so many; each one shown is audited."""
    typed = code_on_card(typed) or typed
    words = name_spelling(typed).split()
    if len("".join(words)) < LETTERS_LEAST:
        return Done(Found((), 0))
    found = {one.id: one for one in await _exactly(act, typed.strip())}
    for one in await names.holding(act, words, COUNTED_MAX + 1):
        found.setdefault(one.id, one)
    shown = tuple(found.values())[:most]
    for one in shown:
        act.audit("participant.listed", one.id, one.id)
    return Done(Found(shown, min(len(found), COUNTED_MAX + 1)))


async def _exactly(act: Act, typed: str) -> list[Named]:
    """Those whose whole number, code or name it is, then those with a number nearly so.

    All are found by index, however many people there are; a number of another system, and one with a slip,
    too.
    """
    wanted = (
        ParticipantFilter(reference=typed),
        ParticipantFilter(display_code=display_code_spelling(typed)),
        ParticipantFilter(name=typed),
    )
    return [
        Named(one.id, one.reference, one.display_code, one.name, one.mark)
        for filters in wanted
        for one in await participants.before(act, LAST_ID, FOUND_MAX, filters)
    ] + list((await names.of(act, (await identifiers.near(act, [typed]))[:FOUND_MAX])).values())


class Called(Struct, frozen=True):
    """Names of actors, and participants' codes, by their ids."""

    actors: dict[UUID, str]
    participants: dict[UUID, str]


async def read_names(
    act: Act, acting: Collection[UUID] = (), participants: Collection[UUID] = ()
) -> Done[Called] | Refused:
    """Names of actors and codes of participants; whoever lists them tells of whom they read."""
    return Done(
        Called(
            await actors.names(act, sorted(set(acting))[:NAMED_MAX]),
            await actors.codes(act, sorted(set(participants))[:NAMED_MAX]),
        )
    )
