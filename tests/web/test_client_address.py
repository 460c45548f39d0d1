"""Where a request comes from: the address that tries at signing in are counted under."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pytest

from service.web.http.client_address import address_of

if TYPE_CHECKING:
    from litestar.types import Scope

PUBLIC = "https://rewards.example.org"


def scope(client: tuple[str, int] | None) -> Scope:
    """What is known of a connection."""
    made: Any = {"client": client}
    return cast("Scope", made)


@pytest.mark.parametrize(
    ("client", "forwarded", "public", "place"),
    [
        ("192.0.2.7", [], None, "192.0.2.7"),
        # Anybody can write the header where no proxy stands before us.
        ("192.0.2.7", ["198.51.100.1"], None, "192.0.2.7"),
        ("10.0.0.2", ["198.51.100.1"], PUBLIC, "198.51.100.1"),
        # What stands before the proxy's own entry was written by whoever asked.
        ("10.0.0.2", ["203.0.113.9, 198.51.100.1"], PUBLIC, "198.51.100.1"),
        ("10.0.0.2", ["203.0.113.9", "198.51.100.1"], PUBLIC, "198.51.100.1"),
        ("10.0.0.2", [], PUBLIC, "10.0.0.2"),
        ("2001:db8:1:2:3:4:5:6", [], None, "2001:db8:1:2::"),
        ("::ffff:192.0.2.7", [], None, "192.0.2.7"),
        ("nonsense", [], None, "unknown"),
    ],
)
def test_the_client_address_is_the_last_trusted_one(
    client: str, forwarded: list[str], public: str | None, place: str
) -> None:
    """The peer's own, or the one that our proxy saw; all of one IPv6 network are one place."""
    headers = [(b"x-forwarded-for", one.encode()) for one in forwarded]
    assert address_of(scope((client, 1)), headers, public) == place


def test_without_a_peer_there_is_one_place() -> None:
    """Everybody over a Unix socket is counted together."""
    assert address_of(scope(None), [], None) == "unknown"
