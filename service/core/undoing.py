"""Undo: whoever has just recorded an event by a slip of the hand takes it back."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from schemas.ids import Id
from service.core.corrections import PastCorrection
from service.core.refusals import Refused, refused

UNDO_FOR: Final = timedelta(minutes=5)
"""How long an event can be undone by who recorded it; later it takes a clinician's correction."""


def may_undo(
    recorded_by: Id, recorded_at: datetime, corrections: Sequence[PastCorrection], by: Id, now: datetime
) -> Refused | None:
    """Why somebody may not undo an event; none where they may.

    It must be their own and fresh, and nobody may have corrected it since.
    """
    if recorded_by != by:
        words = "Only whoever recorded this can undo it; ask them, or a clinician to correct it."
        return refused("forbidden", words)
    if corrections:
        return refused("already_corrected", "This was undone or corrected already; nothing more was changed.")
    if now - recorded_at >= UNDO_FOR:
        words = "It is too late to undo this; ask a clinician to correct the record."
        return refused("forbidden", words)
    return None
