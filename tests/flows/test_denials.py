"""Refused calls in the trail: so many an hour of each actor, whichever process heard them."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

from service.flows.trail.denials import TOLD_MAX, Denials

if TYPE_CHECKING:
    from tests.flows.conftest import Scene


async def test_two_processes_tell_as_many_as_one_and_begin_anew_in_the_next_hour(scene: Scene) -> None:
    """The count is the database's, whatever a process remembers."""
    actor, other = scene.actor("front_desk"), scene.actor("auditor")
    processes = [Denials(scene.database), Denials(scene.database)]
    for _ in range(2):
        await asyncio.gather(
            *(one.tell(actor, "forbidden", "GET", "/v1/keys") for one in processes * TOLD_MAX)
        )
    assert (await scene.deeds()).count("call.denied") == TOLD_MAX
    await processes[0].tell(other, "forbidden", "GET", "/v1/keys")
    assert (await scene.deeds()).count("call.denied") == TOLD_MAX + 1
    scene.clock.now += timedelta(hours=1)
    await processes[0].tell(actor, "forbidden", "GET", "/v1/keys")
    assert (await scene.deeds()).count("call.denied") == TOLD_MAX + 2


async def test_a_full_hour_asks_the_database_for_nothing_more(scene: Scene) -> None:
    """Whoever keeps asking costs no transactions."""
    denials, actor = Denials(scene.database), scene.actor("front_desk")
    for _ in range(TOLD_MAX):
        await denials.tell(actor, "forbidden", "GET", "/v1/keys")
    async with scene.database.transaction(scene.clinic) as tx, asyncio.timeout(1):
        # Whoever counted now would wait for this.
        await tx.connection.execute("select from denials for update")
        await denials.tell(actor, "forbidden", "GET", "/v1/keys")
