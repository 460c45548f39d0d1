"""Uneven draws would be noticed: the metrics say how even they are, and say it once for all processes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from service.core.draws.fairness import Fairness
from service.web.http import measures
from service.web.http.draw_monitor import DrawMonitor, show
from tests import clock
from tests.web.conftest import open_database

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server


async def draw(clinic: Clinic, count: int) -> None:
    """Have somebody earn draws, and draw them."""
    earn = {"type": "draws", "start": count, "step": 0}
    target = {"name": "t", "behavior": "homework", "phases": [{"weeks": [1, 9], "earn": earn}]}
    program = {"name": "draws", "title": "Draws", "unit": "usd", "weeks": 9, "targets": [target]}
    await clinic.post("/v1/programs", program)
    person = (await clinic.post("/v1/participants", {"reference": f"D-{count}"})).json()["id"]
    at = clock.now() - timedelta(days=2)
    # A day earlier: at some hours the clinic's day is not yet that of UTC.
    starts_on = (at - timedelta(days=1)).date().isoformat()
    enrolled = {"participant": person, "program": "draws", "starts_on": starts_on}
    await clinic.post("/v1/enrollments", enrolled)
    done = {
        "participant": person,
        "behavior": "homework",
        "outcome": "completed",
        "occurred_at": at.isoformat(),
    }
    await clinic.post("/v1/events", done)
    drawn = await clinic.post(
        f"/v1/participants/{person}/draws", {"count": count}, idempotency_key=f"{count}"
    )
    assert drawn.status_code == 201, drawn.text


def shown(name: str) -> float:
    """Read a gauge of the standard bowl from this process's own metrics."""
    found = re.search(rf'^{name}{{bowl="standard-500"}} (\S+)$', measures.exposition().decode(), re.MULTILINE)
    assert found, name
    return float(found[1])


async def test_the_metrics_say_how_even_draws_are(server: Server, clinic: Clinic) -> None:
    """All clinics' draws count together, and are counted again only after a while."""
    await draw(clinic, 400)
    monitor = DrawMonitor()
    await monitor.refresh(server.database)
    slips = shown("rewards_draw_slips")
    assert slips >= 400
    assert shown("rewards_draw_chi_square") >= 0
    assert shown("rewards_draw_chi_square_df") in {2, 3}
    # An honest bowl is below this once in a million runs.
    assert shown("rewards_draw_chi_square_p") > 1e-6
    await draw(clinic, 7)
    await monitor.refresh(server.database)
    assert shown("rewards_draw_slips") == slips
    await DrawMonitor().refresh(server.database)
    assert shown("rewards_draw_slips") >= slips + 7


async def test_metrics_need_no_key(server: Server, clinic: Clinic) -> None:
    """The served metrics name the gauges, and no clinic and no person."""
    text = await server.metrics()
    for name in ("rewards_draw_chi_square", "rewards_draw_chi_square_df", "rewards_draw_chi_square_p"):
        assert f"# TYPE {name} gauge" in text
    assert clinic.id not in text


async def test_the_metrics_are_given_where_the_database_is_away(server: Server) -> None:
    """They are needed most then; the next one who asks has it tried again."""
    closed = await open_database(server.settings)
    await closed.close()
    monitor = DrawMonitor()
    await monitor.refresh(closed)
    await monitor.refresh(server.database)
    assert shown("rewards_draw_slips") >= 0


def test_improbable_draw_frequencies_raise_a_warning() -> None:
    """The warning holds the bowl's id and numbers, and nothing else."""
    with structlog.testing.capture_logs() as lines:
        show([Fairness("own:1234", "1234", 900, 40.0, 2, 1e-9), Fairness("b", "b", 900, 1.0, 2, 0.5)])
    assert lines == [
        {"event": "draws_uneven", "log_level": "warning", "bowl_id": "1234", "count": 900, "p": 1e-9}
    ]


def test_several_processes_show_it_once(tmp_path: Path) -> None:
    """Each has measured everything, so theirs are not added up; the latest is shown."""
    environment = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    for slips in (700, 800):
        show = f"from service.web.http.measures import show_draws; show_draws('b', 1.5, 3, 0.7, {slips})"
        subprocess.run([sys.executable, "-c", show], env=environment, check=True)
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "from service.web.http import measures; print(measures.exposition().decode())",
        ],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert 'rewards_draw_slips{bowl="b"} 800.0' in told
    assert 'rewards_draw_chi_square{bowl="b"} 1.5' in told
