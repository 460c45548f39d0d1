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
        return refused("forbidden.undo_others")
    if corrections:
        return refused("already_corrected.undone")
    if now - recorded_at >= UNDO_FOR:
        return refused("forbidden.undo_late")
    return None
