"""A worker can be watched: what it counted, whether it lives, and whether it can work."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import httpx
import pytest
from msgspec.structs import replace

from service import measuring
from service.commands.speech import CommandError, Exit
from service.commands.watch_port import watched
from service.ending import end
from service.measuring import Vitals
from service.store.readiness import Readiness
from tests import tls
from tests.web.conftest import free_port

if TYPE_CHECKING:
    from service.settings import Settings


def asked(settings: Settings, path: str) -> httpx.Response:
    """Ask a worker's port."""
    return httpx.get(f"http://127.0.0.1:{settings.worker_metrics_port}{path}", verify=tls.CONTEXT)


def test_a_worker_gives_its_metrics_while_it_works(test_settings: Settings) -> None:
    """Metrics and health and nothing else; a second worker cannot have the same port."""
    settings = replace(test_settings, worker_metrics_port=free_port())
    with watched(settings, Vitals()):
        assert "# TYPE rewards_notices_waiting gauge" in asked(settings, "/metrics").text
        assert asked(settings, "/v1/participants").status_code == 404
        with (
            pytest.raises(CommandError, match=r"Correct WORKER_METRICS_PORT\.") as taken,
            watched(settings, Vitals()),
        ):
            pass
        assert taken.value.exit_code is Exit.USAGE
    with pytest.raises(httpx.ConnectError):
        asked(settings, "/metrics")


def test_a_worker_takes_no_port_where_none_is_set(test_settings: Settings) -> None:
    """Nobody opens a door by starting a worker."""
    assert test_settings.worker_metrics_port == 0
    with watched(test_settings, Vitals()):
        pass


async def test_a_worker_is_ready_while_it_runs_and_postgresql_answers(test_settings: Settings) -> None:
    """It is not before it looked, and not once PostgreSQL is away, of which it is said that it is."""
    settings, vitals = replace(test_settings, worker_metrics_port=free_port()), Vitals()
    nowhere = f"postgresql://rewards_service@127.0.0.1:{free_port()}/rewards"
    with watched(settings, vitals):
        first = await asyncio.to_thread(asked, settings, "/readyz")
        assert (first.status_code, first.json()["status"]) == (503, "away")
        for url, state, status in ((settings.database_url, "ready", 200), (nowhere, "away", 503)):
            readiness = Readiness(url)
            keeping = asyncio.create_task(vitals.keep(readiness))
            said = first
            for _ in range(200):
                said = await asyncio.to_thread(asked, settings, "/readyz")
                if said.status_code == status:
                    break
                await asyncio.sleep(0.05)
            assert (said.status_code, said.json()) == (status, {"status": state, "postgresql": state})
            assert (await asyncio.to_thread(asked, settings, "/livez")).json() == {"status": "alive"}
            await end(keeping)
            await readiness.close()


def test_a_worker_whose_loop_is_stuck_says_that_it_is_frozen(
    test_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its port is served by a thread of its own, so that whoever watches does not wait with it."""
    monkeypatch.setattr(measuring, "BEAT_S_MAX", 0.0)
    settings = replace(test_settings, worker_metrics_port=free_port())
    with watched(settings, Vitals()):
        for path in ("/livez", "/readyz"):
            said = asked(settings, path)
            assert (said.status_code, said.json()["status"]) == (503, "frozen")
