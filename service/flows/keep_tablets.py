"""The clinic's tablets: made so by somebody at the desk, listed, and ended."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from service.core.access.agents import agent_name
from service.core.access.sessions import TERMS
from service.flows.open_session import OpenedSession, open_session
from service.flows.perform import Act, Done
from service.store import sessions


class Tablet(Struct, frozen=True):
    """One tablet: since when it is the clinic's, when it was last used, and its browser's own words."""

    id: UUID
    created_at: datetime
    seen_at: datetime
    agent: str


async def make_tablet(act: Act, agent: str | None) -> Done[OpenedSession]:
    """Make a browser the clinic's tablet."""
    return await open_session(act, "tablet", None, agent)


async def list_tablets(act: Act) -> Done[tuple[Tablet, ...]]:
    """The clinic's tablets that are in use, newest first."""
    found = await sessions.tablets(act, act.clinic)
    idle = TERMS["tablet"].idle
    return Done(
        tuple(
            Tablet(session, since, seen, agent_name(agent))
            for session, since, seen, agent in found
            if act.now - seen < idle
        )
    )
