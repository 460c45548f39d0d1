"""Read every opening of a clinic for a file, with the people and the staff by name."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from msgspec import Struct

from schemas.openings import Opening
from service.core.cursors import LAST_ID
from service.flows.people.accounting import release_file
from service.flows.perform import Act, Done
from service.store import actors, names, openings
from service.store.names import Named

OPENINGS_MAX: Final = 20_000
"""How many openings one file holds, the newest."""


class OpeningsFile(Struct, frozen=True):
    """Openings, newest first, with the people and whoever acted by their ids."""

    items: Sequence[Opening]
    people: dict[UUID, Named]
    acting: dict[UUID, str]


async def read_openings(act: Act, purpose: str) -> Done[OpeningsFile]:
    """Every opening of the clinic, accounted for as a file that names people and is handed out."""
    found = await openings.before(act, LAST_ID, OPENINGS_MAX, None, None)
    people = list(dict.fromkeys(one.participant for one in found))
    acting = {who for one in found for who in (one.proposed_by, one.settled_by, one.withdrawn_by) if who}
    called = await names.of(act, people) if people else {}
    by = await actors.names(act, sorted(acting)) if acting else {}
    await release_file(act, people, "openings", purpose)
    return Done(OpeningsFile(found, called, by))
