"""Whether two accounts or keys are two persons, as far as that can be known.

An account is one person with whoever could read the way into it, and with every account whose mail goes to
the same box; a key with who answers for it and who issued it. Nobody approves what their own hand proposed,
and a key approves nothing: whose hand is on it cannot be seen.
"""

from typing import Final

from msgspec import Struct

from schemas.ids import Id
from service.core.refusals import Refused, refused
from service.core.spellings import email_spelling

DOTLESS: Final = frozenset({"gmail.com", "googlemail.com"})
"""Domains whose mail service reads over dots before the @."""


class Hands(Struct, frozen=True):
    """Everybody through whose hands an account or a key went.

    `ids` are accounts and keys, `mailboxes` the boxes of those accounts. It `is_person` where it is itself a
    member of staff, and nobody knows whose it is while there is no account among them.
    """

    ids: frozenset[Id]
    mailboxes: frozenset[str]
    is_person: bool

    @property
    def is_known(self) -> bool:
        """Whether a member of staff is among them."""
        return bool(self.mailboxes)


def mailbox_of(email: str) -> str:
    """The box that an address delivers to: without capitals, a tag after `+`, and dots that are read over."""
    own, _, domain = email_spelling(email).rpartition("@")
    own = own.partition("+")[0] or own
    if domain in DOTLESS:
        return f"{own.replace('.', '')}@gmail.com"
    return f"{own}@{domain}"


def are_one(one: Hands, other: Hands) -> bool:
    """Whether two are one person, as far as can be known."""
    return not one.ids.isdisjoint(other.ids) or not one.mailboxes.isdisjoint(other.mailboxes)


def second_person(did: Hands, approves: Hands, same: Refused) -> Refused | None:
    """Why somebody may not approve what another did: `same` where they are one person."""
    if are_one(did, approves):
        return same
    if not approves.is_person:
        return refused("person_needed")
    return None if did.is_known else refused("proposer_unknown")
