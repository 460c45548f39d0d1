"""What the alerts and the dashboard ask for is what running processes expose."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from tests import tls
from tests.databases import environment_of
from tests.walks.test_serve import ready, serving, wait_for
from tests.watched import names_asked, names_exposed
from tests.web.conftest import free_port

if TYPE_CHECKING:
    from pathlib import Path

    from service.embedded import Stores
    from tests.walks.conftest import Environment


def test_every_metric_that_is_asked_for_is_exposed_by_a_web_process_or_a_worker(
    own_database: str, stores: Stores, elsewhere: Environment, tmp_path: Path
) -> None:
    """By real ones, at their own ports; a metric that was renamed would leave an alert that never fires."""
    ports = {"METRICS_PORT": free_port(), "WORKER_METRICS_PORT": free_port()}
    environment = {
        **elsewhere,
        **environment_of(stores, own_database),
        **{name: str(port) for name, port in ports.items()},
        "LOG_LEVEL": "warning",
        "BACKUP_FOLDER": str(tmp_path),
        "BACKUP_EVERY_H": "0",
    }
    missing = names_asked()
    with serving(environment, "--with-worker"):
        for port in ports.values():
            wait_for(lambda port=port: ready(f"http://127.0.0.1:{port}"))  # type: ignore[misc]
            said = httpx.get(f"http://127.0.0.1:{port}/metrics", verify=tls.CONTEXT, timeout=30)
            missing -= names_exposed(said.text)
    assert missing == set()
