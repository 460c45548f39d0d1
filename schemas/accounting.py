"""The accounting of disclosures: everything that was told of somebody, to whom, when and what for."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

HowTold = Literal["notice", "key", "export", "record", "emergency"]
"""`notice` to a subscriber, `key` read over the API, `export` in a file, `record` the person's own record,
taken along, `emergency` without consent."""


class AccountedDisclosure(Struct, frozen=True):
    """One disclosure; what a key read of a kind on a day is one."""

    id: UUID
    """Id of the disclosure."""
    participant: UUID
    how: HowTold
    """By which way it was told."""
    what: str
    """What was told: the type of a notice, or the deed of the audit trail or file."""
    at: datetime
    """When it was told, the last time where it was told several times."""
    times: int
    """How often it was told on that day."""
    recipient: str | None = None
    """To whom: an address, the label of a key, or a name; null where it is not known by a name."""
    recipient_id: UUID | None = None
    """Id of the subscriber, key or member of staff that it was told to."""
    purpose: str | None = None
    """What for: the purpose of the consent, the reason of the emergency, or what a file is for."""
    consent: UUID | None = None
    """Id of the consent that it was told under, if any."""


class Accounting(Struct, frozen=True):
    """One page of the accounting of disclosures of a participant, newest first."""

    items: tuple[AccountedDisclosure, ...]
    next_cursor: str | None = None
