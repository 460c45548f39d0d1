"""The clinic's tablets and lost devices: make, list and end a tablet; end all sessions of a lost phone."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from service.core.access.agents import agent_name
from service.core.access.sessions import TERMS
from service.core.refusals import Refused, refused
from service.flows.access.sessions import OpenedSession, open_session
from service.flows.perform import Act, Done
from service.store import actors, participants, passkeys, pins, sessions, sign_in_codes


class Tablet(Struct, frozen=True):
    """One tablet: since when it is the clinic's, when it was last used, and its browser's own words.

    `made_by` is the name of whoever made it and answers for it: it ends with their account.
    """

    id: UUID
    created_at: datetime
    seen_at: datetime
    agent: str
    made_by: str | None


async def make_tablet(act: Act, agent: str | None) -> Done[OpenedSession]:
    """Make a browser the clinic's tablet, for which whoever does it answers.

    It may be their own phone: it ends with their account. Made again by a colleague it is theirs.
    """
    return await open_session(act, "tablet", None, agent, let_in_by=act.actor.id)


async def list_tablets(act: Act) -> Done[tuple[Tablet, ...]]:
    """The clinic's tablets that are in use, newest first."""
    found = await sessions.tablets(act)
    names = await actors.names(act, [one.made_by for one in found if one.made_by is not None])
    idle = TERMS["tablet"].idle
    return Done(
        tuple(
            Tablet(
                one.id,
                one.created_at,
                one.seen_at,
                agent_name(one.agent),
                None if one.made_by is None else names.get(one.made_by),
            )
            for one in found
            if act.now - one.seen_at < idle
        )
    )


async def lose_device(act: Act, participant: UUID) -> Done[None] | Refused:
    """End somebody's sessions and codes, and forget their PIN and passkeys."""
    if await participants.language(act, participant) is None:
        return refused("not_found.participant")
    await sessions.revoke_of_participant(act, participant)
    await sign_in_codes.retire_all(act, participant)
    await pins.delete(act, participant)
    await passkeys.delete_all(act, participant)
    act.audit("device.lost", participant, participant)
    return Done(None)
