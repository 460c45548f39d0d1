"""Erasing what identifies somebody: proposed by one person, approved by another."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

from schemas.people import Text
from schemas.proposals import ProposalStatus

RecordForm = Literal["ndjson", "words"]
"""Line by line (NDJSON), or as a text in words."""


class NewErasure(Struct, frozen=True, forbid_unknown_fields=True):
    """A proposal to erase what identifies a participant; nothing is erased before another person approves."""

    reason: Text
    """Why it is erased."""
    dry_run: bool = False
    """With `true` nothing is proposed: the answer says what would be erased, and what stays."""


class ErasedWords(Struct, frozen=True):
    """How many words of one kind are erased."""

    place: str
    """Which words: a table and its column."""
    count: int
    """How many."""


class Erasure(Struct, frozen=True):
    """An erasure; names, numbers, contacts and free texts go, ids, days, outcomes and amounts stay."""

    id: UUID
    participant: UUID
    reason: str
    """Why it is erased."""
    status: ProposalStatus
    """Its state."""
    proposed_at: datetime
    proposed_by: UUID
    settled_at: datetime | None = None
    settled_by: UUID | None = None
    refusal: str | None = None
    erases: tuple[ErasedWords, ...] = ()
    """What is erased, or was; empty in lists."""


class ErasurePage(Struct, frozen=True):
    """One page of erasures, newest first."""

    items: tuple[Erasure, ...]
    next_cursor: str | None = None
