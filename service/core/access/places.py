"""Where tries at signing in come from, and how many each place has.

A place's tries are its own: what one address tries never takes a try away from another. A device on which
somebody signed in before, and a clinic's tablet, are places by themselves and not part of their address, as
in OWASP's "Slow Down Online Guessing Attacks with Device Cookies". All unknown addresses together only make
the allowance of each of them smaller while they guess much, so that whoever types it right is always let in.
"""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address
from typing import Final, Literal

from msgspec import Struct

PlaceKind = Literal["address", "device", "tablet"]
"""An address of the network, a device on which its owner signed in before, and a clinic's tablet."""

TRIES_MAX: Final[dict[PlaceKind, int]] = {"address": 20, "device": 20, "tablet": 100}
"""How many wrong codes one place has in a window; at a tablet many people type."""
STRAINED_TRIES_MAX: Final = 3
"""How many an unknown address has while what it shares is under strain."""
ALL_TRIES_MAX: Final = 2000
"""From how many wrong codes of all unknown addresses in a window on all of them are under strain."""
NETWORK_TRIES_MAX: Final = 100
"""The same for the addresses of one IPv6 network, of which one customer may have thousands."""
NETWORK_BITS: Final = 80
"""The bits of an IPv6 address behind its first 48, which are what a customer is given at most."""

PASSWORD_TRIES_MAX: Final = 5
"""How many wrong passwords one place has in a window for one account."""
ACCOUNT_TRIES_MAX: Final = 100
"""From how many wrong passwords of all unknown addresses on each of them has one in a window."""
PIN_TRIES_MAX: Final = 5
"""How many wrong PINs there may be in a window for one person, at tablets and on their own devices apart."""


class Place(Struct, frozen=True):
    """Where a try comes from; `name` tells it from every other of its kind."""

    name: str
    kind: PlaceKind = "address"

    @property
    def is_known(self) -> bool:
        """Whether somebody was let in there before, so that others' tries do not count against it."""
        return self.kind != "address"

    @property
    def text(self) -> str:
        """The place as it is counted under."""
        return f"{self.kind} {self.name}"

    @property
    def shared(self) -> dict[str, int]:
        """What it shares with other places, and from how many wrong tries on that is under strain."""
        if self.is_known:
            return {}
        network = _network_of(self.name)
        everyone = {"all": ALL_TRIES_MAX}
        return everyone if network is None else {**everyone, network: NETWORK_TRIES_MAX}


def tries_left(place: Place, own: int, *, is_strained: bool) -> int:
    """How many tries a place still has after `own`; less than none where it had too many."""
    most = STRAINED_TRIES_MAX if is_strained else TRIES_MAX[place.kind]
    return most - own


def passwords_left(place: Place, own: int, of_account: int) -> int:
    """How many wrong passwords a place still has for an account; less than none where it had too many."""
    is_strained = not place.is_known and of_account > ACCOUNT_TRIES_MAX
    return (1 if is_strained else PASSWORD_TRIES_MAX) - own


def _network_of(address: str) -> str | None:
    try:
        found = ip_address(address)
    except ValueError:
        return None
    if not isinstance(found, IPv6Address):
        return None
    return f"network {IPv6Address(int(found) >> NETWORK_BITS << NETWORK_BITS)}"
