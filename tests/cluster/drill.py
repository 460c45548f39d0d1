"""The drill: each part of a cluster is killed and frozen under load, and nothing acknowledged is lost.

`make drill`, or `make drill ARGS="--rounds 2"`. In each round every fault happens once. After each the load
must go on, and everything must be whole again; after each round what is on record is held against an
independent model of what was acknowledged, and `rewards verify` works the books out again.
"""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress

from service.embedded.place import EmbeddedError
from service.settings import read
from tests.between import short_folder
from tests.cluster.cluster import Cluster, running, until
from tests.cluster.faults import FAULTS
from tests.faults.load import Load
from tests.web.conftest import make_clinic, open_database

BACK_S_MAX = 90.0
"""How long nothing may be acknowledged after a fault, on a busy machine."""
PAUSE_S = 0.1
"""How long each line of the load rests between two events, so that the machine has some time for the rest."""
LOG_BYTES_SHOWN = 4000
GOES_ON = 20
"""How many more events show that the service is back."""


class Drill:
    """A cluster under load, and how long people were without it."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        key = asyncio.run(key_of(cluster))
        self.load = Load(cluster.at.url, {"Authorization": f"Bearer {key}"}, pause_s=PAUSE_S)
        self.away: dict[str, list[float]] = defaultdict(list)

    def struck(self, name: str) -> float:
        """Let one fault happen, and wait until all is whole; gives the time without service, in seconds."""
        self.load.wait_for(GOES_ON, BACK_S_MAX)
        since = time.monotonic()
        FAULTS[name](self.cluster)
        self.load.wait_for(GOES_ON, BACK_S_MAX)
        until(self.cluster.whole, f"all is whole after {name}")
        self.load.wait_for(GOES_ON, BACK_S_MAX)
        assert self.load.refused == [], self.load.refused
        self.away[name].append(self.load.longest_wait(since))
        return self.away[name][-1]

    def close(self) -> None:
        """Let the load end."""
        self.load.stop()
        self.load.client.close()

    def held(self) -> None:
        """Stop for a moment, and hold what is on record against what was acknowledged."""
        self.load.stop()
        assert self.load.refused == [], self.load.refused
        found = self.load.faults()
        assert found == [], found[:10]
        verified = self.cluster.run("verify")
        assert verified.returncode == 0, verified.stdout + verified.stderr
        self.load.start()


async def key_of(cluster: Cluster) -> str:
    """Make a clinic; gives a manager's key."""
    database = await open_database(read(cluster.at.settings_of("one")))
    try:
        clinic = await make_clinic(database, cluster.at.url)
        return clinic.keys["manager"]
    finally:
        await database.close()


def rounds(drill: Drill, count: int, names: list[str], said: Callable[[str], None]) -> None:
    """Go through all faults so many times, telling what each cost."""
    for number in range(1, count + 1):
        for name in names:
            said(f"round {number:2}  {name:24} {drill.struck(name):6.2f} s without service")
        drill.held()
        said(f"round {number:2}  {len(drill.load.receipts)} acknowledged, each there once; verify is clean")


def main() -> int:
    """Run the drill that the command line asks for, and print what became of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--faults", nargs="+", choices=list(FAULTS), default=list(FAULTS), metavar="FAULT")
    asked = parser.parse_args()
    with short_folder() as folder, running(folder, say) as cluster:
        drill = Drill(cluster)
        try:
            rounds(drill, asked.rounds, asked.faults, say)
        except (AssertionError, EmbeddedError) as why:
            say(f"failed: {why}")
            say("\n".join(f"{one}" for one in cluster.members()))
            for log in sorted(folder.glob("*.log")):
                said = log.read_text(encoding="utf-8", errors="replace")
                say(f"--- {log.name}\n{said[-LOG_BYTES_SHOWN:]}")
            return 1
        finally:
            drill.close()
        for name, each in sorted(drill.away.items()):
            mean, most = sum(each) / len(each), max(each)
            say(f"{name:24} {len(each):3} times, {mean:6.2f} s without service, {most:6.2f} s at most")
        load = drill.load
        say(f"{load.tries} requests, {len(load.receipts)} acknowledged: none lost, none there twice")
    return 0


def say(what: str) -> None:
    """Print a line at once."""
    print(what, flush=True)


if __name__ == "__main__":
    for sign in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, signal.default_int_handler)
    with suppress(KeyboardInterrupt):
        sys.exit(main())
    sys.exit(130)
