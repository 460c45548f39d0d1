"""Count the messages that wait for somebody, source by source."""

from collections.abc import Sequence
from uuid import UUID

from service.core.refusals import Refused
from service.flows.perform import Act, Done
from service.store import inbound

COUNTED_MAX = 100
"""Up to how many are counted for each source."""


async def count_messages(act: Act, sources: Sequence[UUID]) -> Done[dict[UUID, int]] | Refused:
    """How many messages of each source wait; numbers tell of nobody."""
    return Done(await inbound.waiting(act, act.clinic, sources, COUNTED_MAX))
