"""What is frozen or swallowed stops nobody else: health is answered, and all comes back by itself."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import httpx
import pytest

from tests import tls
from tests.faults.conftest import bearer, eventually, frozen
from tests.faults.load import Load
from tests.faults.proxies import Proxy, before_postgresql, before_valkey, through

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.faults.conftest import Ground, Served
    from tests.web.conftest import Clinic

pytestmark = pytest.mark.slow

SOON_S_MAX = 5.0
"""How long whoever asks waits while something is frozen, in seconds; a second on a machine that is idle."""
HEARD_S_MAX = 25.0
"""How long a request may take that needs what is frozen: as long as its time-outs, and a busy machine."""


async def alive(served: Served) -> None:
    """It answers that it lives, at once."""
    status, seconds, _ = await served.get("/livez")
    assert (status, seconds < SOON_S_MAX) == (200, True)


async def lists(served: Served, clinic: Clinic, seconds: float = SOON_S_MAX) -> int:
    """Read something as a person would; 0 where nothing was answered in time."""
    try:
        async with httpx.AsyncClient(timeout=seconds, verify=tls.CONTEXT) as client:
            return (await client.get(f"{served.url}/v1/programs", headers=bearer(clinic))).status_code
    except httpx.TransportError:
        return 0


async def test_a_frozen_postgresql_is_seen_in_a_second(stood: Ground) -> None:
    """It is said to be away, and that we live; afterwards everything is served again."""
    async with stood.served() as served:
        clinic = await stood.clinic(served.url)
        assert await lists(served, clinic) == 200
        with frozen(stood.postgresql()):
            for _ in range(3):
                await alive(served)
                status, seconds, said = await served.get("/readyz")
                assert (status, seconds < SOON_S_MAX) == (503, True)
                assert '"postgresql":"away"' in said
            # Whoever asks for something hears that it cannot be had, though nothing comes back from there.
            assert await lists(served, clinic, HEARD_S_MAX) == 503

        async def works() -> bool:
            return await served.ready() == "ready" and await lists(served, clinic) == 200

        await eventually(works, "it serves again")
        await clinic.close()


async def test_a_frozen_valkey_is_missed_by_nobody(stood: Ground) -> None:
    """Without it there are no rate limits and no nudges; nobody waits for them."""
    async with stood.served(RATE_LIMIT="1000/1") as served:
        clinic = await stood.clinic(served.url)
        with frozen(stood.valkey()):
            for _ in range(5):
                began = time.monotonic()
                assert await lists(served, clinic) == 200
                assert time.monotonic() - began < SOON_S_MAX
            status, seconds, said = await served.get("/readyz")
            assert (status, seconds < SOON_S_MAX) == (200, True)
            assert '"redis":"away"' in said
        await clinic.close()


async def test_a_frozen_web_process_holds_the_others_up_for_seconds_at_most(stood: Ground) -> None:
    """It holds locks on those it was recording for, until it is replaced; nothing is lost or there twice."""
    async with stood.served(WEB_WORKERS="2") as served:
        clinic = await stood.clinic(served.url)
        load = await asyncio.to_thread(Load, served.url, bearer(clinic))
        try:
            await asyncio.to_thread(load.wait_for, 40)
            with frozen(served.web()[:1]):
                # Not thawed before another is in its place.
                await asyncio.to_thread(load.wait_for, 40)
            await asyncio.to_thread(load.wait_for, 40)
        finally:
            await asyncio.to_thread(load.stop)
        assert (load.refused, await asyncio.to_thread(load.ended)) == ([], [])
        await clinic.close()


@pytest.mark.parametrize("store", ["postgresql", "valkey"])
async def test_a_network_that_swallows_everything_is_noticed(stood: Ground, store: str) -> None:
    """Nothing comes back and no line ends: it is as with a frozen store, and new lines are tried."""
    before: Callable[[str], Proxy] = before_postgresql if store == "postgresql" else before_valkey
    name = "DATABASE_URL" if store == "postgresql" else "REDIS_URL"
    direct = stood.stores.environment()[name]
    proxy = before(direct)
    await proxy.start()
    try:
        async with stood.served(**{name: through(direct, proxy)}) as served:
            clinic = await stood.clinic(served.url)
            assert await lists(served, clinic) == 200
            proxy.mode = "swallows"
            status, seconds, said = await served.get("/readyz")
            assert (status, seconds < SOON_S_MAX) == (503 if store == "postgresql" else 200, True)
            assert f'"{"redis" if store == "valkey" else store}":"away"' in said
            await alive(served)
            if store == "valkey":
                assert await lists(served, clinic) == 200
            proxy.mode = "passes"
            proxy.cut_all()

            async def works() -> bool:
                return await served.ready() == "ready" and await lists(served, clinic) == 200

            await eventually(works, "it serves again")
            await clinic.close()
    finally:
        await proxy.stop()


async def test_a_line_that_is_cut_in_the_middle_of_an_answer_records_once(stood: Ground) -> None:
    """Wherever the cut is, before or after the commit: who sends again hears the first receipt."""
    direct = stood.stores.environment()["DATABASE_URL"]
    proxy = before_postgresql(direct)
    await proxy.start()
    try:
        async with stood.served(DATABASE_URL=through(direct, proxy)) as served:
            clinic = await stood.clinic(served.url)
            load = await asyncio.to_thread(Load, served.url, bearer(clinic))
            try:
                for after in (1, 40, 200, 600, 1500, 3000):
                    cuts = proxy.cuts
                    proxy.cut_after = after
                    await asyncio.to_thread(load.wait_for, 20)
                    assert proxy.cuts == cuts + 1
            finally:
                await asyncio.to_thread(load.stop)
            assert load.tries > len(load.receipts), "some heard nothing at first"
            assert (load.refused, await asyncio.to_thread(load.ended)) == ([], [])
            await clinic.close()
    finally:
        await proxy.stop()
