"""A key that was looked up is known for some seconds, whatever is heard meanwhile."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

import pytest

from service.core.refusals import Refused
from service.web.http import keyring
from service.web.http.keyring import Caller, KeyRing

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server


@pytest.mark.parametrize("hears", [True, False])
async def test_a_known_key_ends_though_nobody_heard_that_it_was_revoked(
    server: Server, clinic: Clinic, monkeypatch: pytest.MonkeyPatch, *, hears: bool
) -> None:
    """While revocations are heard it is known for seconds, and while they are not, not at all.

    This ring of keys is nobody's who listens, so it is told of none.
    """
    ring = KeyRing(server.database)
    ring.hears(hears)
    key = clinic.keys["auditor"]
    assert isinstance(await ring.caller(key), Caller)
    revoked = await clinic.client().delete(f"/v1/keys/{clinic.key_ids['auditor']}")
    assert revoked.is_success
    assert isinstance(await ring.caller(key), Caller if hears else Refused)
    # As if the seconds were over.
    later = monotonic() + keyring.KNOWN_S_MAX + 1
    monkeypatch.setattr(keyring, "monotonic", lambda: later)
    assert isinstance(await ring.caller(key), Refused)
