"""Addresses of people in care that somebody else sets: told at the former one, and no way in at first.

Whoever has an address may be sent a sign-in code. So one that was changed is sent none for a while, unless
the person says in the portal that it is theirs, or a second member of staff does.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from msgspec import Struct

from schemas.new_addresses import ChangedAddress, ChangedAddresses
from schemas.people import Language, Participant
from service.core.access.messages import Channel, changed_message
from service.core.access.new_addresses import SPELLINGS, NewAddress, address_of, changed, takes_codes
from service.core.persons import are_one, second_person
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done
from service.store import actors, charts, messages_out, new_addresses, participants, persons
from service.store.rules_over import Persons

TOLD_WITHIN: Final = timedelta(days=3)
"""How long it is tried to tell somebody at their former address."""
SAME: Final = refused("same_person.new_address")


async def note_changes(act: Act, before: Participant, after: Participant) -> None:
    """Write down which addresses a change sets or takes away, and tell the person where they were reached."""
    touched = list(changed(before, after))
    for channel, old, new in touched:
        await _note(act, after.id, channel, new, had_before=old is not None)
    if touched:
        await _tell(act, before, after.language)


async def note_merged(act: Act, survivor: UUID, own: Sequence[UUID], brought: Sequence[UUID]) -> None:
    """Write down the addresses that the `brought` charts add to a person's own."""
    is_new = False
    for channel, spelling in SPELLINGS.items():
        kept = {spelling(one) for _, one in await new_addresses.kept_of(act, own, channel)}
        for _, address in await new_addresses.kept_of(act, brought, channel):
            if spelling(address) not in kept:
                await _note(act, survivor, channel, address, had_before=bool(kept))
                is_new = True
    known = await participants.find(act, survivor) if is_new else None
    if known is not None:
        await _tell(act, known.participant, known.participant.language)


async def code_address(act: Act, participant: UUID, channel: Channel, typed: str) -> str | None:
    """Where a code goes that somebody asked for by an address; none where that one takes none."""
    own = await charts.charts(act, participant)
    spelling = SPELLINGS[channel]
    kept = await new_addresses.kept_of(act, own, channel)
    address = next((one for _, one in kept if spelling(one) == spelling(typed)), None)
    if address is None:
        return None
    last = await new_addresses.last_set(act, own, channel, address)
    # Who changed it loosens nothing for it: what was set alone is no other person's word.
    over = act.actor.id if last is None else last.set_by
    hours = (await Persons(act, over).rules_over(over)).new_address_hours
    return address if takes_codes(last, hours, act.now) else None


class Asked(Struct, frozen=True):
    """A change that is asked about: the address now, none where it was taken away, and who set it.

    It `is_own` where that was whoever reads it: a colleague confirms it.
    """

    change: NewAddress
    address: str | None
    set_by: str | None
    is_own: bool


async def read_questions(act: Act, participant: UUID) -> Done[tuple[Asked, ...]] | Refused:
    """What is asked about somebody's addresses; whoever shows it tells that they were read."""
    known = await participants.find(act, participant)
    if known is None:
        return refused("not_found.participant")
    asked = await open_questions(act, participant)
    by = {one.set_by for one in asked}
    names = await actors.names(act, list(by))
    own = await persons.same(act, by) if act.actor.role != "participant" else frozenset()
    person = known.participant
    return Done(
        tuple(
            Asked(
                one,
                None if one.is_gone else address_of(person, one.channel),
                names.get(one.set_by),
                one.set_by in own,
            )
            for one in asked
        )
    )


async def list_questions(act: Act, participant: UUID) -> Done[ChangedAddresses] | Refused:
    """What is asked about somebody's addresses, for a program; reading it is told."""
    asked = await read_questions(act, participant)
    if isinstance(asked, Refused):
        return asked
    act.audit("address.listed", None, participant, count=len(asked.value))
    return Done(ChangedAddresses(tuple(_shown(one) for one in asked.value)))


async def confirm_over_api(
    act: Act, participant: UUID, new_address: UUID
) -> Done[ChangedAddresses] | Refused:
    """Confirm a change as a second member of staff, and give what is still asked about."""
    done = await confirm_address(act, participant, new_address)
    return done if isinstance(done, Refused) else await list_questions(act, participant)


def _shown(one: Asked) -> ChangedAddress:
    change = one.change
    return ChangedAddress(
        change.id,
        change.participant,
        change.channel,
        change.set_at,
        change.set_by,
        one.is_own,
        one.address,
        disputed=change.is_theirs is False,
    )


async def open_questions(act: Act, participant: UUID) -> tuple[NewAddress, ...]:
    """The last change of somebody's addresses on each channel, where nobody said that it is right."""
    newest: dict[Channel, NewAddress] = {}
    for one in await new_addresses.of_charts(act, await charts.charts(act, participant)):
        newest.setdefault(one.channel, one)
    return tuple(one for one in newest.values() if not one.is_theirs)


async def answer_own(
    act: Act, new_address: UUID, let_in_by: UUID | None, *, is_theirs: bool
) -> Done[None] | Refused:
    """Say in the portal whether a change of one's own addresses is right.

    Whoever printed the code that the session goes back to may be who set the address: then this says nothing.
    """
    known = await _asked(act, act.actor.id, new_address)
    if isinstance(known, Refused):
        return known
    if (
        is_theirs
        and let_in_by is not None
        and are_one(await persons.hands_of(act, let_in_by), await persons.hands_of(act, known.set_by))
    ):
        return refused("same_person.new_address_own")
    return await _settle(act, known, is_theirs=is_theirs)


async def confirm_address(act: Act, participant: UUID, new_address: UUID) -> Done[None] | Refused:
    """Say as a second member of staff that a change of somebody's addresses is right."""
    known = await _asked(act, participant, new_address)
    if isinstance(known, Refused):
        return known
    refusal = second_person(*await persons.pair(act, known.set_by), SAME)
    return refusal or await _settle(act, known, is_theirs=True)


async def _asked(act: Act, participant: UUID, new_address: UUID) -> NewAddress | Refused:
    who = await charts.lock_person(act, participant)
    if who is None:
        return refused("not_found.participant")
    asked = await open_questions(act, who)
    known = next((one for one in asked if one.id == new_address), None)
    if known is None or known.is_theirs is not None:
        return refused("already_settled.new_address")
    return known


async def _settle(act: Act, known: NewAddress, *, is_theirs: bool) -> Done[None]:
    await new_addresses.settle(act, known.id, is_theirs=is_theirs)
    deed = "address.confirmed" if is_theirs else "address.disputed"
    act.audit(deed, known.id, known.participant, channel=known.channel)
    return Done(None)


async def _note(act: Act, who: UUID, channel: Channel, address: str | None, *, had_before: bool) -> None:
    made = await new_addresses.insert(act, who, channel, address, had_before=had_before)
    act.audit("address.removed" if address is None else "address.set", made, who, channel=channel)


async def _tell(act: Act, before: Participant, language: Language) -> None:
    """Tell somebody wherever they were reached before."""
    for to in _reached(before):
        message = changed_message(*to, language)
        await messages_out.insert(act, message, act.now + TOLD_WITHIN)


def _reached(person: Participant) -> Iterable[tuple[Channel, str]]:
    for channel in SPELLINGS:
        address = address_of(person, channel)
        if address is not None:
            yield channel, address
