"""Every file in `deploy/` is exercised by a test that can fail, and this list says which."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]

EXERCISED: Final = {
    "Dockerfile": "tests/deploy/test_the_image_and_compose.py",
    "Dockerfile.dockerignore": "tests/house/test_the_image_can_be_built.py",
    "compose.yaml": "tests/house/test_the_compose_file.py",
    "feeds/": "tests/web/test_engines.py",
    "grafana/": "tests/house/test_what_is_watched.py",
    "haproxy/cells.map": "tests/deploy/test_the_edge.py",
    "haproxy/database.cfg": "tests/cluster/test_the_drill.py",
    "haproxy/edge.cfg": "tests/deploy/test_the_edge.py",
    "haproxy/haproxy.env.example": "tests/deploy/test_the_edge.py",
    "helm/": "tests/deploy/test_chart.py",
    "image.lock": "tests/house/test_the_locks_hold.py",
    "owner.sh": "tests/cluster/test_the_drill.py",
    "patroni/cluster.yml": "tests/cluster/test_the_drill.py",
    "patroni/node.env.example": "tests/deploy/test_patroni.py",
    "patroni/tls.yml": "tests/cluster/test_over_tls.py",
    "pg_hba.conf": "tests/house/test_the_compose_file.py",
    "pgbackrest.conf": "tests/faults/test_point_in_time.py",
    "pgbouncer.ini": "tests/store/test_poolers.py",
    "pictures/": "tests/house/test_documents.py",
    "prometheus/": "tests/house/test_what_is_watched.py",
    "requirements.lock": "tests/house/test_the_locks_hold.py",
    "service.env.example": "tests/house/test_settings_are_documented.py",
    "systemd/patroni.service.d/rewards.conf": "tests/deploy/test_units.py",
    "systemd/rewards-backup.service": "tests/deploy/test_units.py",
    "systemd/rewards-backup.timer": "tests/deploy/test_units.py",
    "systemd/rewards-migrate.service": "tests/deploy/test_units.py",
    "systemd/rewards-verify.service": "tests/deploy/test_units.py",
    "systemd/rewards-verify.timer": "tests/deploy/test_units.py",
    "systemd/rewards-web.service": "tests/deploy/test_units.py",
    "systemd/rewards-worker.service": "tests/deploy/test_units.py",
    "tools.lock": "tests/house/test_the_locks_hold.py",
}
"""What is exercised, and by which test: each file, and of some folders the whole."""


def kept() -> set[str]:
    """List what git keeps or would keep of `deploy/`, a whole folder by its name."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "deploy"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    inside = [line.removeprefix("deploy/") for line in listed.splitlines() if (ROOT / line).exists()]
    whole = tuple(name for name in EXERCISED if name.endswith("/"))
    return {f"{path.partition('/')[0]}/" if path.startswith(whole) else path for path in inside}


def test_every_file_has_the_test_that_exercises_it() -> None:
    """Who adds a file says here what finds a fault in it."""
    assert kept() == set(EXERCISED)
    for test in EXERCISED.values():
        assert (ROOT / test).is_file(), test
