"""A worker by itself can be watched."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest
from msgspec.structs import replace

from service.commands.speech import CommandError, Exit
from service.commands.work import measured
from tests import tls
from tests.web.conftest import free_port

if TYPE_CHECKING:
    from service.settings import Settings


def test_a_worker_gives_its_metrics_while_it_works(test_settings: Settings) -> None:
    """What became of notices is counted there; a second worker cannot have the same port."""
    settings = replace(test_settings, worker_metrics_port=free_port())
    address = f"http://127.0.0.1:{settings.worker_metrics_port}/metrics"
    with measured(settings):
        said = httpx.get(address, verify=tls.CONTEXT).text
        assert "# TYPE rewards_notices_total counter" in said
        with pytest.raises(CommandError, match=r"Correct WORKER_METRICS_PORT\.") as taken, measured(settings):
            pass
        assert taken.value.exit_code is Exit.USAGE
    with pytest.raises(httpx.ConnectError):
        httpx.get(address, verify=tls.CONTEXT)


def test_a_worker_takes_no_port_where_none_is_set(test_settings: Settings) -> None:
    """Nobody opens a door by starting a worker."""
    assert test_settings.worker_metrics_port == 0
    with measured(test_settings):
        pass
