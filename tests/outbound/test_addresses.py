"""No address inside is connected to, in whichever form it comes; those outside are."""

from __future__ import annotations

from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.notices.deliveries import Refused
from service.outbound.addresses import Allowed, Kind, judge, kind_of

NONE = Allowed()
BOTH = Allowed(loopback=True, private=True)

KINDS: list[tuple[str, Kind]] = [
    ("8.8.8.8", "public"),
    ("1.1.1.1", "public"),
    ("9.255.255.255", "public"),
    ("11.0.0.0", "public"),
    ("100.63.255.255", "public"),
    ("100.128.0.0", "public"),
    ("126.255.255.255", "public"),
    ("128.0.0.1", "public"),
    ("172.15.255.255", "public"),
    ("172.32.0.0", "public"),
    ("192.0.1.0", "public"),
    ("192.167.255.255", "public"),
    ("192.169.0.0", "public"),
    ("198.17.255.255", "public"),
    ("198.20.0.0", "public"),
    ("223.255.255.255", "public"),
    ("127.0.0.1", "loopback"),
    ("127.0.0.0", "loopback"),
    ("127.255.255.255", "loopback"),
    ("127.1.2.3", "loopback"),
    ("10.0.0.0", "private"),
    ("10.255.255.255", "private"),
    ("172.16.0.0", "private"),
    ("172.31.255.255", "private"),
    ("192.168.0.1", "private"),
    ("192.168.255.255", "private"),
    ("169.254.0.1", "link_local"),
    ("169.254.255.255", "link_local"),
    ("169.254.169.254", "metadata"),
    ("168.63.129.16", "metadata"),
    ("100.100.100.200", "metadata"),
    ("192.0.0.192", "metadata"),
    ("100.64.0.0", "shared"),
    ("100.127.255.255", "shared"),
    ("0.0.0.0", "reserved"),  # noqa: S104  nothing is bound; it must not be connected to
    ("0.255.255.255", "reserved"),
    ("192.0.0.0", "reserved"),
    ("192.0.0.8", "reserved"),
    ("192.0.0.9", "reserved"),
    ("192.0.0.170", "reserved"),
    ("192.31.196.1", "reserved"),
    ("192.52.193.1", "reserved"),
    ("192.88.99.1", "reserved"),
    ("192.175.48.1", "reserved"),
    ("198.18.0.0", "reserved"),
    ("198.19.255.255", "reserved"),
    ("240.0.0.0", "reserved"),
    ("255.255.255.255", "reserved"),
    ("192.0.2.1", "documentation"),
    ("198.51.100.1", "documentation"),
    ("203.0.113.1", "documentation"),
    ("224.0.0.1", "multicast"),
    ("239.255.255.255", "multicast"),
    ("2606:4700:4700::1111", "public"),
    ("2a00:1450::1", "public"),
    ("2001:200::1", "public"),
    ("2620:4f:8001::1", "public"),
    ("::1", "loopback"),
    ("::", "reserved"),
    ("::2", "reserved"),
    ("fc00::1", "private"),
    ("fdff::1", "private"),
    ("fec0::1", "private"),
    ("fd00:ec2::254", "metadata"),
    ("fd20:ce::254", "metadata"),
    ("fe80::1", "link_local"),
    ("febf::1", "link_local"),
    ("fe80::1%eth0", "link_local"),
    ("2606:4700::1%1", "link_local"),
    ("ff02::1", "multicast"),
    ("ff0e::1", "multicast"),
    ("2001:db8::1", "documentation"),
    ("3fff::1", "documentation"),
    ("3fff:fff::1", "documentation"),
    ("100::1", "reserved"),
    ("100:0:0:1::1", "reserved"),
    ("5f00::1", "reserved"),
    ("4000::1", "reserved"),
    ("3ffe::1", "reserved"),
    ("2001:2::1", "reserved"),
    ("2001:10::1", "reserved"),
    ("2001:20::1", "reserved"),
    ("2620:4f:8000::1", "reserved"),
    # v4-mapped: the same address in another dress
    ("::ffff:8.8.8.8", "public"),
    ("::ffff:127.0.0.1", "loopback"),
    ("::ffff:7f00:1", "loopback"),
    ("::ffff:10.0.0.1", "private"),
    ("::ffff:169.254.169.254", "metadata"),
    ("::ffff:100.64.0.1", "shared"),
    ("::ffff:0.0.0.0", "reserved"),
    # v4-compatible and Teredo: withdrawn, whatever is inside
    ("::127.0.0.1", "reserved"),
    ("::8.8.8.8", "reserved"),
    ("2001:0:4136:e378:8000:63bf:3fff:fdd2", "reserved"),
    ("2001:0:a00:1::1", "reserved"),
    # NAT64, 6to4, SIIT, ISATAP: as what is inside
    ("64:ff9b::8.8.8.8", "public"),
    ("64:ff9b::127.0.0.1", "reserved"),
    ("64:ff9b::10.0.0.1", "reserved"),
    ("64:ff9b::a9fe:a9fe", "reserved"),
    ("64:ff9b:1::8.8.8.8", "reserved"),
    ("64:ff9b:1:ffff::a00:1", "reserved"),
    ("2002:808:808::1", "public"),
    ("2002:7f00:1::", "reserved"),
    ("2002:a00:1::1", "reserved"),
    ("2002:c0a8:101::1", "reserved"),
    ("2002:a9fe:a9fe::1", "reserved"),
    ("::ffff:0:8.8.8.8", "public"),
    ("::ffff:0:127.0.0.1", "reserved"),
    ("::ffff:0:10.0.0.1", "reserved"),
    ("2606:4700::5efe:10.0.0.1", "reserved"),
    ("2606:4700::200:5efe:127.0.0.1", "reserved"),
    ("2606:4700::5efe:8.8.8.8", "public"),
    ("fd12::5efe:8.8.8.8", "private"),
    # not addresses
    ("", "reserved"),
    ("localhost", "reserved"),
    ("0177.0.0.1", "reserved"),
    ("127.1", "reserved"),
    ("2130706433", "reserved"),
    ("0x7f000001", "reserved"),
    ("::1::", "reserved"),
    ("127.0.0.1 ", "reserved"),
]


@pytest.mark.parametrize(("address", "kind"), KINDS)
def test_an_address_is_of_its_kind_and_only_public_ones_are_connected_to(address: str, kind: Kind) -> None:
    """What is refused says which address and why."""
    assert kind_of(address) == kind
    refused = judge(address, NONE)
    assert refused == (None if kind == "public" else Refused(kind, address))


@pytest.mark.parametrize(("address", "kind"), KINDS)
def test_the_settings_open_loopback_and_private_addresses_and_nothing_else(address: str, kind: Kind) -> None:
    """Link-local addresses and those that hand out a cloud's credentials stay closed whatever is allowed."""
    assert (judge(address, BOTH) is None) == (kind in {"public", "loopback", "private"})
    assert (judge(address, Allowed(loopback=True)) is None) == (kind in {"public", "loopback"})
    assert (judge(address, Allowed(private=True)) is None) == (kind in {"public", "private"})


@given(st.ip_addresses())
def test_nothing_public_is_what_the_standard_library_calls_private(address: object) -> None:
    """The list of ours is the stricter one: what Python's own knows to be special is never public."""
    if kind_of(str(address)) == "public":
        known = ip_address(str(address))
        special = (known.is_loopback, known.is_link_local, known.is_multicast, known.is_unspecified)
        assert not any(special)
        assert not known.is_private or known.version > 4


@given(st.ip_addresses(v=4))
def test_a_form_with_an_address_inside_is_never_freer_than_the_address(address: object) -> None:
    """Mapped, NAT64, 6to4, SIIT and ISATAP of whatever is barred are barred."""
    inside = int(ip_address(str(address)))
    high, low = inside >> 16, inside & 0xFFFF
    forms = [
        f"::ffff:{address}",
        f"64:ff9b::{address}",
        f"2002:{high:x}:{low:x}::1",
        f"::ffff:0:{address}",
        f"2606:4700::5efe:{address}",
    ]
    if judge(str(address), NONE) is not None:
        assert [form for form in forms if judge(form, NONE) is None] == []
