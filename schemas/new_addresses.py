"""Changed phone numbers and mail addresses of people in care, which are asked about."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

AddressChannel = Literal["text", "email"]
"""`text`: the phone number; `email`: the mail address."""


class ChangedAddress(Struct, frozen=True):
    """A change that is asked about: for a while no sign-in code goes there unless it is confirmed."""

    id: UUID
    participant: UUID
    channel: AddressChannel
    """Whether it is the phone number or the mail address."""
    set_at: datetime
    """When it was changed."""
    set_by: UUID
    """The key or member of staff that changed it."""
    is_own: bool
    """Whether whoever asks changed it: then a colleague confirms it."""
    address: str | None = None
    """What it is now; null where it was taken away."""
    disputed: bool = False
    """Whether the person said in the portal that it is wrong; then nobody confirms it any more."""


class ChangedAddresses(Struct, frozen=True):
    """The changes of a participant's addresses that are asked about."""

    items: tuple[ChangedAddress, ...]
