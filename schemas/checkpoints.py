"""Signed checkpoints of audit trails, as `rewards audit checkpoint` writes them to be kept elsewhere."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from schemas.ids import Id

CheckpointReason = Literal["seed_rotated", "day_ended", "asked"]
"""Why a checkpoint was made: a seed was rotated, a day ended, or somebody asked."""


class Checkpoint(Struct, frozen=True):
    """Where one clinic's audit trail stood, signed by the service."""

    clinic: Id
    """Whose trail it is."""
    seq: int
    """The number of its last entry then."""
    hash: str
    """The hash of that entry, in hexadecimal, which holds all before it."""
    at: datetime
    """When it was made."""
    why: CheckpointReason
    """Whether a seed was rotated, a day ended, or somebody asked."""
    signature: str
    """Ed25519 over the five above, a line each after `rewards audit checkpoint`, in hexadecimal."""
    public_key: str
    """The key to check the signature with, in hexadecimal; `rewards verify` trusts its own alone."""


class Checkpoints(Struct, frozen=True):
    """The checkpoints of some clinics, as one file."""

    checkpoints: tuple[Checkpoint, ...]
    """One of each clinic, or several."""
