"""Which deeds are one's own, by whichever account or key they were done."""

from collections.abc import Iterable
from uuid import UUID

from service.flows.perform import Act
from service.store import persons


async def own_among(act: Act, who: Iterable[UUID]) -> frozenset[UUID]:
    """Those of some accounts and keys whose deeds whoever acts does not approve, for they are their own."""
    return await persons.same(act, who)
