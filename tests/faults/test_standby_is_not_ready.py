"""A standby is not ready, though everything can be read from it; promoted, it is."""

from __future__ import annotations

import signal
from contextlib import aclosing
from typing import TYPE_CHECKING

import pytest

from service.store.database.hosts import split
from service.store.database.migrate import migrate
from service.store.readiness import Readiness
from tests.faults.conftest import eventually
from tests.pair import following
from tests.web.conftest import environment_of

if TYPE_CHECKING:
    from service.embedded import Stores

pytestmark = pytest.mark.slow


async def test_a_standby_is_read_only_until_it_is_promoted(stores: Stores) -> None:
    """Asked alone, and behind a primary that is frozen."""
    async with following() as pair:
        both = pair.stores(stores)
        environment = environment_of(both, both.owner_url)
        await migrate(environment["MIGRATION_DATABASE_URL"], environment["DATABASE_URL"])
        url = environment["DATABASE_URL"]
        alone = split(url)[1]
        async with aclosing(Looking(alone)) as standby, aclosing(Looking(url)) as either:
            await eventually(lambda: standby.says("read_only"), "it is a standby")
            await eventually(lambda: either.says("ready"), "the primary is ready")
            pair.first.signal_all(signal.SIGSTOP)
            await eventually(lambda: either.says("read_only"), "only the standby answers")
            await pair.promoted()
            await eventually(lambda: either.says("ready"), "it is the primary")
            assert await standby.says("ready")


class Looking(Readiness):
    """What looks at a database, to be asked what it says."""

    async def says(self, state: str) -> bool:
        """Look, and tell whether that is how it is."""
        return await self.look() == state

    async def aclose(self) -> None:
        """Let go of it."""
        await self.close()
