"""Addresses of somebody in care that another person set, and whether a sign-in code goes to one; pure."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct

from schemas.ids import Id
from schemas.people import Participant
from service.core.access.messages import Channel
from service.core.spellings import email_spelling, phone_spelling

SPELLINGS: Final[Mapping[Channel, Callable[[str], str]]] = {"text": phone_spelling, "email": email_spelling}


class NewAddress(Struct, frozen=True):
    """An address that was set or taken away, and what was said of it.

    It `is_theirs` where the person or a second member of staff said so, not where the person said that it is
    none of theirs, and nothing while nobody said anything. One that `is_gone` was taken away. `had_before`
    says whether there was another one in its place.
    """

    id: Id
    participant: Id
    channel: Channel
    set_at: datetime
    set_by: Id
    had_before: bool
    is_gone: bool
    is_theirs: bool | None = None


def address_of(person: Participant, channel: Channel) -> str | None:
    """How somebody is reached on a channel."""
    return person.phone if channel == "text" else person.email


def changed(before: Participant, after: Participant) -> Iterator[tuple[Channel, str | None, str | None]]:
    """The channels on which somebody is reached elsewhere after a change, with the old and the new address.

    Another writing of an address is none.
    """
    for channel, spelling in SPELLINGS.items():
        old, new = address_of(before, channel), address_of(after, channel)
        if (old and spelling(old)) != (new and spelling(new)):
            yield channel, old, new


def takes_codes(known: NewAddress | None, wait_hours: int | None, now: datetime) -> bool:
    """Whether a sign-in code goes to an address; `known` is who set it last, none where it came with them."""
    if known is None or known.is_theirs is not None:
        return known is None or bool(known.is_theirs)
    return wait_hours is None or now - known.set_at >= timedelta(hours=wait_hours)
