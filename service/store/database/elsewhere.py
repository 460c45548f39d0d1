"""A clinic that is not served here: it is moving to another database, or has moved."""

from __future__ import annotations

from typing import Final, Literal, cast

from asyncpg import CheckViolationError

Step = Literal["leaving", "left", "arriving"]
"""How far the move of a clinic is, as the database sees it that has a row of it in `clinic_moves`."""
CONSTRAINT: Final = "clinic_is_here"
"""What a write into such a clinic is refused by."""


class ElsewhereError(OSError):
    """A clinic is not served here; nothing was written.

    Attributes:
        step: whether it is about to be served again, here or there, or has `left`.
        place: where it is served, or will be.
    """

    def __init__(self, step: Step, place: str) -> None:
        """Keep where it is."""
        super().__init__(f"the clinic is not served here: {step}")
        self.step = step
        self.place = place


def elsewhere(error: BaseException) -> ElsewhereError | None:
    """What an error of PostgreSQL says where it refused a write into a clinic that is not served here."""
    if not isinstance(error, CheckViolationError) or error.constraint_name != CONSTRAINT:
        return None
    step, _, place = str(error.detail).partition(" ")
    return ElsewhereError(cast("Step", step), place)


def refuse_elsewhere(step: str | None, place: str | None) -> None:
    """Raise ElsewhereError where what was read of a clinic says so."""
    if step is not None:
        raise ElsewhereError(cast("Step", step), place or "")
