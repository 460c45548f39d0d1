"""Corrections: later facts about an event, which is itself never edited and never deleted."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from schemas.program import Minutes

CorrectionKind = Literal["lab_overturn", "excuse", "entry_error", "minutes"]
"""`lab_overturn` replaces the outcome, `excuse` makes it excused, `entry_error` withdraws the event or
correction, `minutes` says how long somebody was there."""
CorrectionReason = Annotated[
    str, Meta(min_length=1, max_length=1000, pattern=r"^[^\x00]*[^\s\x00][^\x00]*$(?!\n)")
]
"""Why somebody corrects the record: a text with at least one letter in it."""


class NewCorrection(Struct, frozen=True, forbid_unknown_fields=True):
    """A later fact about an event, by somebody who may correct the record.

    `lab_overturn` puts `outcome` in the place of the event's own, `excuse` makes it excused, and
    `entry_error` withdraws it. `minutes` says how long somebody was there, and changes no award. A correction
    made in error is itself withdrawn by `entry_error`.
    """

    kind: CorrectionKind
    """How the record is corrected."""
    reason: CorrectionReason
    """Why; kept on record."""
    outcome: Annotated[str, Meta(min_length=1, max_length=64)] | None = None
    """The outcome in place of the event's own; for `lab_overturn` alone."""
    minutes: Minutes | None = None
    """How long somebody was there, in place of what is on record; for `minutes` alone."""


class NewCorrectionOf(NewCorrection, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A later fact about the event that it names, by the clinic's own reference or by id."""

    reference: Annotated[str, Meta(min_length=1, max_length=128)] | None = None
    """The clinic's own id for the event; that of the event which stands under it."""
    event: UUID | None = None
    """Id of the event, or of an earlier correction that is to be withdrawn."""


class Correction(Struct, frozen=True):
    """A correction on record."""

    id: UUID
    event: UUID
    about: UUID
    """Id of what it corrects: the event, or an earlier correction of it."""
    kind: CorrectionKind
    """How the record was corrected."""
    recorded_at: datetime
    recorded_by: UUID
    """Who corrected it: a key or member of staff."""
    outcome: str | None = None
    """The outcome in place of the event's own, for a lab overturn."""
    reason: str | None = None
    """Why; shown to those who may read the record."""
    withdrawn: bool = False
    """Whether a later correction took it back."""
    closure: UUID | None = None
    """Id of the closure for which the visit was excused; such an excuse counts toward no limit."""
    minutes: int | None = None
    """How long somebody was there, in place of what was on record."""
