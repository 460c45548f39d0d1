"""Corrections: later facts about an event, which is itself never edited and never deleted."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

CorrectionKind = Literal["lab_overturn", "excuse", "entry_error"]
CorrectionReason = Annotated[
    str, Meta(min_length=1, max_length=1000, pattern=r"^[^\x00]*[^\s\x00][^\x00]*$(?!\n)")
]
"""Why somebody corrects the record: a text with at least one letter in it."""


class NewCorrection(Struct, frozen=True, forbid_unknown_fields=True):
    """A later fact about an event, by somebody who may correct the record.

    `lab_overturn` puts `outcome` in the place of the event's own, `excuse` makes it excused, and
    `entry_error` withdraws it. A correction made in error is itself withdrawn by `entry_error`.
    """

    kind: CorrectionKind
    reason: CorrectionReason
    outcome: Annotated[str, Meta(min_length=1, max_length=64)] | None = None


class Correction(Struct, frozen=True):
    """A correction on record; `withdrawn` says that a later one took it back.

    `about` is what it corrects: the event, or an earlier correction of it. `reason` is shown to those who
    may read the record. An excuse with a `closure` was appended because the clinic was closed, and counts
    toward no limit.
    """

    id: UUID
    event: UUID
    about: UUID
    kind: CorrectionKind
    recorded_at: datetime
    recorded_by: UUID
    outcome: str | None = None
    reason: str | None = None
    withdrawn: bool = False
    closure: UUID | None = None
