"""Rows as they are handed over to be written: each class is a type of PostgreSQL's, its fields in that order.

`AwardRow` is `award_row`, and so on; `tests/store/test_rows.py` holds the two together. An array of rows
costs half of what an array for each column does, here and in PostgreSQL.
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID


class TimedEventRow(NamedTuple):
    """A fact with the first answer to it; `counted_event_row`, without minutes, is of releases before."""

    event_id: UUID
    enrollment_id: UUID
    participant_id: UUID
    fact_no: int
    target: str
    outcome: str
    effect: str
    program_week: int
    occurred_at: datetime
    recorded_by: UUID
    recording_id: UUID
    reference: str | None
    reference_no: int
    evidence: bytes | None
    note: bytes | None
    digest: bytes
    receipt: bytes
    expected_on: date | None
    another_of: UUID | None
    imported: bool
    quantity: int | None
    minutes: int | None


class CameCheckpointRow(NamedTuple):
    """An enrollment's state after its last fact, and when somebody came last by what is written.

    `checkpoint_row`, without that time, is that of releases before.
    """

    enrollment_id: UUID
    facts: int
    state: bytes
    came_at: datetime | None


class AwardRow(NamedTuple):
    """A posting."""

    enrollment_id: UUID
    fact_no: int
    award_id: UUID
    participant_id: UUID
    event_id: UUID | None
    cause_no: int
    slot: str
    kind: str
    unit: str
    amount: int
    clipped: int
    overpaid: int
    unrecovered: int
    withheld: int
    why: bytes


class TransferRow(NamedTuple):
    """A movement between two accounts."""

    participant_id: UUID
    unit: str
    transfer_id: UUID
    source: str
    destination: str
    amount: int
    cause: str
    cause_id: UUID
    enrollment_id: UUID | None
    fact_no: int | None
    day: date | None
    funding: str | None


class BalanceRow(NamedTuple):
    """A participant's balance in one unit: the whole new value."""

    participant_id: UUID
    unit: str
    available: int
    held: int
    given: int
    earned: int


class EntryRow(NamedTuple):
    """An entry of the audit trail; `keyed` is its digest and its link (service/core/audit_chain.py)."""

    actor_id: UUID
    role: str
    deed: str
    subject_id: UUID | None
    participant_id: UUID | None
    detail: str
    keyed: bytes


class KnownRow(NamedTuple):
    """Somebody whose state is at hand, with the versions of their rows."""

    participant_id: UUID
    versions: Collection[int]
