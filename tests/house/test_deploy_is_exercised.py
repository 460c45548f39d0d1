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
    "haproxy/": "tests/deploy/test_the_edge.py",
    "helm/": "tests/deploy/test_chart.py",
    "image.lock": "tests/house/test_the_locks_hold.py",
    "owner.sh": "tests/cluster/test_the_drill.py",
    "patroni/": "tests/deploy/test_patroni.py",
    "pg_hba.conf": "tests/house/test_the_compose_file.py",
    "pgbackrest.conf": "tests/faults/test_point_in_time.py",
    "pgbouncer.ini": "tests/store/test_poolers.py",
    "pictures/": "tests/house/test_documents.py",
    "requirements.lock": "tests/house/test_the_locks_hold.py",
    "service.env.example": "tests/house/test_settings_are_documented.py",
    "systemd/": "tests/deploy/test_units.py",
    "tools.lock": "tests/house/test_the_locks_hold.py",
}
"""What is exercised, a file or a whole folder, and by which test."""


def kept() -> set[str]:
    """List the files and folders of `deploy/` that git keeps or would keep."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "deploy"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    inside = [line.removeprefix("deploy/") for line in listed.splitlines() if (ROOT / line).exists()]
    return {f"{path.partition('/')[0]}/" if "/" in path else path for path in inside}


def test_every_file_has_the_test_that_exercises_it() -> None:
    """Who adds a file says here what finds a fault in it."""
    assert kept() == set(EXERCISED)
    for test in EXERCISED.values():
        assert (ROOT / test).is_file(), test
