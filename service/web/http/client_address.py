"""Where a request comes from, as far as it can be known."""

from ipaddress import IPv6Address, ip_address
from typing import Final

from litestar.types import Scope

from service.web.http.answers import Header

NEAR_BITS: Final = 64
"""Whoever has one IPv6 address has all that begin with the same 64 bits."""


def address_of(scope: Scope, headers: list[Header], public_url: str | None) -> str:
    """The address that tries are counted under, `unknown` where there is none.

    With PUBLIC_URL a proxy stands before us: the last address of `X-Forwarded-For` is the one that it saw,
    and what comes before that anybody can write.
    """
    client = scope.get("client")
    text = client[0] if client else ""
    if public_url is not None:
        told = [value for name, value in headers if name == b"x-forwarded-for"]
        if told:
            text = told[-1].decode("latin-1").rpartition(",")[2].strip()
    try:
        address = ip_address(text)
    except ValueError:
        return "unknown"
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or IPv6Address(int(address) >> NEAR_BITS << NEAR_BITS))
    return str(address)
