"""Somebody's phone is lost: whatever was on it opens nothing from now on, until a new card is printed."""

from uuid import UUID

from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done
from service.store import participants, passkeys, pins, sessions, sign_in_codes


async def lose_device(act: Act, participant: UUID) -> Done[None] | Refused:
    """End somebody's sessions and codes, and forget their PIN and passkeys."""
    if await participants.language(act, act.clinic, participant) is None:
        return refused("not_found", "There is no such participant.")
    await sessions.revoke_of_participant(act, act.clinic, participant)
    await sign_in_codes.retire_all(act, act.clinic, participant)
    await pins.delete(act, act.clinic, participant)
    await passkeys.delete_all(act, act.clinic, participant)
    act.tell("device.lost", participant, participant)
    return Done(None)
