"""Checkpoints of enrollments as they are written: the state after the last fact, and when they came last."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import UnsetType

from schemas.receipts import RecordedEvent
from service.core.episode import Episode
from service.core.outcomes import NOT_CAME
from service.store.rows import CameCheckpointRow

_encode = msgspec.json.Encoder().encode


def checkpoint_rows(events: Iterable[RecordedEvent], after: Sequence[Episode]) -> list[CameCheckpointRow]:
    """Some enrollments after what is written, each with when somebody came last by that, if anybody did."""
    came: dict[UUID, datetime] = {}
    for event in events:
        if event.outcome not in NOT_CAME and isinstance(event.expected_on, UnsetType):
            known = came.get(event.enrollment)
            if known is None or known < event.occurred_at:
                came[event.enrollment] = event.occurred_at
    return [CameCheckpointRow(one.id, one.facts, _encode(one.state), came.get(one.id)) for one in after]
