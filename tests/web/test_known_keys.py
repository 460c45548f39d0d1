"""A key that was looked up is known for some seconds, whatever is heard meanwhile."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic
from typing import TYPE_CHECKING
from uuid import UUID

import asyncpg
import pytest

from service.core.refusals import Refused
from service.web.http import keyring
from service.web.http.keyring import Caller, KeyRing

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server


@asynccontextmanager
async def revoked_unheard(server: Server, key_id: str) -> AsyncIterator[None]:
    """Revoke a key so that nobody is told, and take that back."""
    owner = await asyncpg.connect(server.settings.migration_database_url)
    try:
        await owner.execute("update keys set revoked_at = now() where key_id = $1", UUID(key_id))
        yield
    finally:
        await owner.execute("update keys set revoked_at = null where key_id = $1", UUID(key_id))
        await owner.close()


@pytest.mark.parametrize("hears", [True, False])
async def test_a_known_key_ends_though_nobody_heard_that_it_was_revoked(
    server: Server, clinic: Clinic, monkeypatch: pytest.MonkeyPatch, *, hears: bool
) -> None:
    """While revocations are heard it is known for seconds, and while they are not, not at all."""
    ring = KeyRing(server.database)
    ring.hears(hears)
    key = clinic.keys["auditor"]
    assert isinstance(await ring.caller(key), Caller)
    async with revoked_unheard(server, clinic.key_ids["auditor"]):
        assert isinstance(await ring.caller(key), Caller if hears else Refused)
        # As if the seconds were over.
        later = monotonic() + keyring.KNOWN_S_MAX + 1
        monkeypatch.setattr(keyring, "monotonic", lambda: later)
        assert isinstance(await ring.caller(key), Refused)
