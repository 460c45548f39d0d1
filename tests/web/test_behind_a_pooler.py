"""A web process that reaches its database through PgBouncer, save to hear of revoked keys."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import httpx
import pytest

from tests import clock, tls
from tests.between import listened, pooled
from tests.databases import of_service
from tests.web.conftest import (
    answering,
    assert_problem,
    environment_of,
    free_port,
    make_clinic,
    start_server,
)
from tests.web.test_one_visit_over_http import enrolled, event

if TYPE_CHECKING:
    from service.embedded import Stores
    from tests.web.conftest import Clinic, Server

SHARED = 2
"""How many connections of the server all requests share."""
PEOPLE = 6
READINGS = 10
HEARD_S_MAX = 20.0
UNHEARD_S = 3.0


@pytest.mark.skipif(clock.offset_s() != 0, reason="a server moves its clock on an embedded store alone")
async def test_a_clinic_is_served_through_a_pooler_that_shares_two_connections(
    stores: Stores, served_database: str, server: Server
) -> None:
    """People are recorded at once, and a key that another process revokes opens nothing here."""
    environment, port = environment_of(stores, served_database), free_port()
    async with listened(of_service(stores, served_database)) as (direct, _):
        with pooled(direct, SHARED) as url:
            process = start_server({**environment, "DATABASE_URL": url}, port)
            try:
                await answering(f"http://127.0.0.1:{port}", process)
                here = await make_clinic(server.database, f"http://127.0.0.1:{port}")
                enrollments = [await enrolled(here, f"P-{number}") for number in range(PEOPLE)]
                made = await asyncio.gather(*(here.post("/v1/events", event(one)) for one in enrollments))
                assert [one.json()["balances"][0]["available"] for one in made] == [250] * PEOPLE
                # Whatever was prepared on one connection of the server is asked for on the other too.
                asked = (f"/v1/enrollments/{one}" for one in enrollments * READINGS)
                read = await asyncio.gather(*(here.get(path) for path in asked))
                assert {one.status_code for one in read} == {200}
                await _revoked_elsewhere(here, server.url)
                await here.close()
            finally:
                process.terminate()
                await asyncio.to_thread(process.wait, 20)


async def _revoked_elsewhere(here: Clinic, elsewhere: str) -> None:
    """A key is known here, revoked by another process, and nobody's here."""
    async with asyncio.timeout(HEARD_S_MAX):
        while "revocations" in (await here.get("/readyz")).json():
            pass
    assert (await here.get("/v1/audit", "auditor")).status_code == 200
    headers = {"authorization": f"Bearer {here.keys['manager']}"}
    async with httpx.AsyncClient(base_url=elsewhere, headers=headers, verify=tls.CONTEXT) as other:
        assert (await other.delete(f"/v1/keys/{here.key_ids['auditor']}")).status_code == 200
    async with asyncio.timeout(HEARD_S_MAX):
        while (await here.get("/v1/audit", "auditor")).status_code == 200:
            pass
    assert_problem(await here.get("/v1/audit", "auditor"), 401, "unauthenticated")


@pytest.mark.skipif(clock.offset_s() != 0, reason="a server moves its clock on an embedded store alone")
async def test_who_hears_nothing_of_revoked_keys_is_ready_and_says_so(
    stores: Stores, served_database: str, server: Server
) -> None:
    """Without DATABASE_DIRECT_URL it would hear through the pooler alone: so each key is looked up."""
    environment, port = environment_of(stores, served_database), free_port()
    environment.pop("DATABASE_DIRECT_URL", None)
    async with listened(of_service(stores, served_database)) as (direct, _):
        with pooled(direct, SHARED) as url:
            process = start_server({**environment, "DATABASE_URL": url}, port)
            try:
                await answering(f"http://127.0.0.1:{port}", process)
                here = await make_clinic(server.database, f"http://127.0.0.1:{port}")
                # As long as it takes to find out that nothing comes back.
                await asyncio.sleep(UNHEARD_S)
                said = await here.get("/readyz")
                assert (said.status_code, said.json()["revocations"]) == (200, "unheard")
                assert (await here.get("/v1/audit", "auditor")).status_code == 200
                headers = {"authorization": f"Bearer {here.keys['manager']}"}
                async with httpx.AsyncClient(
                    base_url=server.url, headers=headers, verify=tls.CONTEXT
                ) as other:
                    assert (await other.delete(f"/v1/keys/{here.key_ids['auditor']}")).is_success
                # At once: it was not kept for the seconds that it is where revocations are heard.
                assert_problem(await here.get("/v1/audit", "auditor"), 401, "unauthenticated")
                await here.close()
            finally:
                process.terminate()
                await asyncio.to_thread(process.wait, 20)
