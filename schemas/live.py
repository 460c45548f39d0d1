"""What live pages are sent: the data of server-sent events."""

from uuid import UUID

from msgspec import Struct

from schemas.books import Transfer
from schemas.shelf import RedemptionStatus


class RedemptionMoved(Transfer, frozen=True):
    """A transfer that a redemption made, as in the statement: `cause_id` is its id, `status` its new one."""

    status: RedemptionStatus = "held"


class Changed(Struct, frozen=True):
    """Which participants' records changed, by id alone.

    `all` is true where more changed at once than is named, as after a batch: read again whatever you show.
    """

    participants: tuple[UUID, ...]
    all: bool = False
