"""The data of server-sent events."""

from uuid import UUID

from msgspec import Struct

from schemas.books import Transfer
from schemas.shelf import RedemptionStatus


class RedemptionMoved(Transfer, frozen=True):
    """A transfer that a redemption made, as in the statement; `cause_id` is the redemption's id."""

    status: RedemptionStatus = "held"
    """The redemption's state after the transfer."""


class Changed(Struct, frozen=True):
    """Which participants' records changed, by id alone."""

    participants: tuple[UUID, ...]
    """Ids of the participants whose records changed."""
    all: bool = False
    """Whether more changed than is named: read again whatever you show."""
