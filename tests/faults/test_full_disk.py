"""A disk that is full costs nobody what was acknowledged, is said, and is over when there is room again."""

from __future__ import annotations

import asyncio
import os
import subprocess
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.faults.conftest import bearer, eventually, grounded
from tests.faults.load import Load
from tests.walks.conftest import folder

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.slow

DISK_MIB = 400
MIB = 1024 * 1024


@contextmanager
def small_disk(place: Path) -> Iterator[None]:
    """Put a disk of DISK_MIB at a place until the block ends."""
    place.mkdir()
    made = subprocess.run(
        ["/usr/bin/mount", "-t", "tmpfs", "-o", f"size={DISK_MIB}m", "faults", str(place)],
        check=False,
        capture_output=True,
        text=True,
    )
    if made.returncode:
        pytest.skip(f"no disk of a given size can be made here: {made.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["/usr/bin/umount", "--lazy", str(place)], check=True)


def fill(place: Path) -> Path:
    """Fill what is left of a disk, but for less than the next piece of a table."""
    ballast = place / "ballast"
    with ballast.open("wb") as file:
        room = os.statvfs(place)
        for size in (MIB, 4096):
            while room.f_bavail * room.f_frsize >= size:
                file.write(b"\0" * size)
                file.flush()
                room = os.statvfs(place)
    return ballast


async def test_a_full_disk_loses_nothing_and_is_said() -> None:
    """Events are refused with 503 until there is room, `/readyz` says why, and then all goes on."""
    with folder() as made, small_disk(made / "disk"):
        disk = made / "disk"
        async with grounded(disk / "data") as ground, ground.served() as served:
            clinic = await ground.clinic(served.url)
            load = await asyncio.to_thread(Load, served.url, bearer(clinic))
            try:
                await asyncio.to_thread(load.wait_for, 40)
                ballast = await asyncio.to_thread(fill, disk)
                states: set[str] = set()

                async def noticed() -> bool:
                    states.add(await served.ready())
                    return bool(states & {"full", "away"})

                await eventually(noticed, "it says that the disk is full", 120)
                assert (await served.get("/livez"))[0] == 200
                before = len(load.receipts)
                ballast.unlink()
                await asyncio.to_thread(load.wait_for, 40)
                assert len(load.receipts) > before

                async def ready() -> bool:
                    return await served.ready() == "ready"

                await eventually(ready, "it is ready again")
            finally:
                await asyncio.to_thread(load.stop)
            assert (load.refused, await asyncio.to_thread(load.ended)) == ([], [])
            await clinic.close()
