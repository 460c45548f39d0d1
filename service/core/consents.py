"""When a consent that a subscriber is told of a participant holds."""

from datetime import date, datetime


def in_force(expires_on: date | None, revoked_at: datetime | None, today: date) -> bool:
    """Whether a consent holds on the clinic's local day: not revoked, and its last day is not over."""
    return revoked_at is None and (expires_on is None or today <= expires_on)
