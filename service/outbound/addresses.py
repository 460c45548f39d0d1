"""Which IP addresses may be connected to: a deny list of our own, by the IANA special-purpose registries.

`ipaddress.is_global` is not enough: it calls 6to4 forms of private addresses global, and NAT64, and on some
versions 192.0.0.8. So an IPv6 address that carries an IPv4 address is judged by the address it carries, and
of what is left only the unicast space that is really given out (2000::/3) is public.
"""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final, Literal

from msgspec import Struct

from service.core.notices.deliveries import Barred, Refused

Kind = Literal[
    "public",
    "loopback",
    "private",
    "link_local",
    "shared",
    "metadata",
    "multicast",
    "documentation",
    "reserved",
]

JUDGED_KEPT_MAX: Final = 4096
"""How many addresses' kinds are remembered: the same few receivers are posted to again and again."""


class Allowed(Struct, frozen=True):
    """Which addresses beside the public ones may be connected to; a setting says so, and none is the rule."""

    loopback: bool = False
    private: bool = False


_KINDS_4: Final[tuple[tuple[str, Kind], ...]] = (
    # Before the ranges around them: what clouds answer on with credentials. Azure's is a public address.
    ("168.63.129.16/32", "metadata"),
    ("169.254.169.254/32", "metadata"),
    ("100.100.100.200/32", "metadata"),
    ("192.0.0.192/32", "metadata"),
    ("0.0.0.0/8", "reserved"),  # this network; many systems connect to themselves on 0.0.0.0
    ("10.0.0.0/8", "private"),
    ("100.64.0.0/10", "shared"),  # carrier-grade NAT, and many a cluster's and overlay's own
    ("127.0.0.0/8", "loopback"),
    ("169.254.0.0/16", "link_local"),
    ("172.16.0.0/12", "private"),
    ("192.0.0.0/24", "reserved"),  # IETF protocol assignments, all of it
    ("192.0.2.0/24", "documentation"),
    ("192.31.196.0/24", "reserved"),  # AS112
    ("192.52.193.0/24", "reserved"),  # AMT
    ("192.88.99.0/24", "reserved"),  # 6to4 relays, withdrawn
    ("192.168.0.0/16", "private"),
    ("192.175.48.0/24", "reserved"),  # AS112
    ("198.18.0.0/15", "reserved"),  # benchmarks
    ("198.51.100.0/24", "documentation"),
    ("203.0.113.0/24", "documentation"),
    ("224.0.0.0/4", "multicast"),
    ("240.0.0.0/4", "reserved"),  # the limited broadcast too
)

_KINDS_6: Final[tuple[tuple[str, Kind], ...]] = (
    ("::1/128", "loopback"),
    ("::/128", "reserved"),  # unspecified
    ("fd00:ec2::/32", "metadata"),
    ("fd20:ce::/32", "metadata"),
    ("fc00::/7", "private"),
    ("fe80::/10", "link_local"),
    ("fec0::/10", "private"),  # site-local, withdrawn, still in use here and there
    ("ff00::/8", "multicast"),
    ("2001:db8::/32", "documentation"),
    ("3fff::/20", "documentation"),
    ("2001::/23", "reserved"),  # IETF protocol assignments: Teredo, ORCHID, benchmarks, AMT and others
    ("2620:4f:8000::/48", "reserved"),  # AS112
    ("3ffe::/16", "reserved"),  # 6bone, returned
    ("2000::/3", "public"),
)

_NETWORKS_4: Final = tuple((IPv4Network(network), kind) for network, kind in _KINDS_4)
_NETWORKS_6: Final = tuple((IPv6Network(network), kind) for network, kind in _KINDS_6)

_CARRIERS: Final = tuple(
    (IPv6Network(network), shift)
    for network, shift in (
        ("::ffff:0:0:0/96", 0),  # v4-translated (SIIT)
        ("64:ff9b::/96", 0),  # NAT64; 64:ff9b:1::/48 is each network's own affair, and is in no list
        ("2002::/16", 80),  # 6to4
    )
)
"""Networks whose addresses carry an IPv4 address, and how many bits stand to the right of it.

The v4-compatible form and Teredo are withdrawn and barred whole, whatever they carry: `::/96` lies outside
the space that is given out, and `2001::/32` inside that of protocol assignments.
"""

_ISATAP: Final = frozenset({0x0000_5EFE, 0x0200_5EFE})
_LOW_32: Final = 0xFFFF_FFFF


def judge(address: str, allowed: Allowed) -> Refused | None:
    """Why an address may not be connected to; None where it may. What is not an address is refused.

    The text is an IP address as a resolver or a socket gives it.
    """
    kind = kind_of(address)
    if (
        kind == "public"
        or (kind == "loopback" and allowed.loopback)
        or (kind == "private" and allowed.private)
    ):
        return None
    barred: Barred = kind
    return Refused(barred, address)


@lru_cache(JUDGED_KEPT_MAX)
def kind_of(address: str) -> Kind:
    """The kind of an address; `reserved` for everything that nobody outside can have."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return "reserved"
    if isinstance(parsed, IPv4Address):
        return _kind_of_4(parsed)
    if parsed.scope_id is not None:
        # A zone means one link of this machine, whatever the address.
        return "link_local"
    return _kind_of_6(parsed)


def _kind_of_4(address: IPv4Address) -> Kind:
    return next((kind for network, kind in _NETWORKS_4 if address in network), "public")


def _kind_of_6(address: IPv6Address) -> Kind:
    if address.ipv4_mapped is not None:
        return _kind_of_4(address.ipv4_mapped)
    if any(_kind_of_4(carried) != "public" for carried in _carried(address)):
        # Only the mapped form is the address itself; the others lead to it by way of somebody's relay.
        return "reserved"
    if any(address in network for network, _ in _CARRIERS):
        return "public"
    return next((kind for network, kind in _NETWORKS_6 if address in network), "reserved")


def _carried(address: IPv6Address) -> list[IPv4Address]:
    """The IPv4 address inside an IPv6 address; none where it stands for itself."""
    bits = int(address)
    if bits >> 32 & _LOW_32 in _ISATAP:
        # RFC 5214: under any prefix, 0000:5efe or 0200:5efe and then the address.
        return [IPv4Address(bits & _LOW_32)]
    return [IPv4Address(bits >> shift & _LOW_32) for network, shift in _CARRIERS if address in network]
