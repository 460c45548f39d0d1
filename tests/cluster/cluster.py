"""A whole cluster on one machine: three PostgreSQL under Patroni, HAProxy, and the service twice."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

import httpx

from service.commands.speech import Exit
from service.embedded.place import EmbeddedError
from tests import tls
from tests.cluster import parts
from tests.cluster.addresses import FRONTS, NODES, Addresses
from tests.cluster.kept import Keeper, Kept, guarded
from tests.walks.conftest import clean_environment

READY_S_MAX: Final = 180.0
"""How long anything of it may take to come up on a busy machine."""
FOLLOWS: Final = "quorum_standby"
"""What Patroni calls a standby that has all that was acknowledged, or whose place another one takes."""
ASK_S_MAX: Final = 3.0


class Cluster:
    """A running cluster."""

    def __init__(self, at: Addresses, keeper: Keeper) -> None:
        self.at = at
        self.keeper = keeper
        self._client = httpx.Client(timeout=ASK_S_MAX, verify=tls.CONTEXT)

    def close(self) -> None:
        """Ask no more."""
        self._client.close()

    @property
    def kept(self) -> dict[str, Kept]:
        """What runs, by its name."""
        return self.keeper.kept

    def members(self) -> list[dict[str, Any]]:
        """What Patroni says of its servers; nothing while none of them says anything."""
        for node in NODES:
            with suppress(httpx.HTTPError, ValueError):
                answer = self._client.get(f"http://{self.at.at(f'patroni-{node}')}/cluster")
                return list(answer.json()["members"])
        return []

    def primary(self) -> str:
        """Name the server that takes writes, or nothing."""
        for node in NODES:
            with suppress(httpx.HTTPError):
                address = self.at.at(f"patroni-{node}")
                if self._client.get(f"http://{address}/primary").status_code == httpx.codes.OK:
                    return node
        return ""

    def whole(self) -> bool:
        """Tell whether everything is there: a primary, two standbys that it waits for, and both fronts."""
        roles = sorted(one["role"] for one in self.members() if one.get("state") in {"running", "streaming"})
        if roles != ["leader", FOLLOWS, FOLLOWS] or not self.primary():
            return False
        return all(self.ready(f"http://{self.at.at(f'web-{front}')}") for front in FRONTS)

    def ready(self, url: str) -> bool:
        """Tell whether a web process says that it is ready."""
        with suppress(httpx.HTTPError):
            return self._client.get(f"{url}/readyz").status_code == httpx.codes.OK
        return False

    def reached(self, *words: str) -> bool:
        """Run a command, and tell whether the stores were there; raises EmbeddedError on another fault."""
        ended = self.run(*words)
        if ended.returncode not in {Exit.DONE, Exit.AWAY}:
            raise EmbeddedError(f"rewards {' '.join(words)}: {ended.stdout}{ended.stderr}")
        return ended.returncode == Exit.DONE

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the service, as on the first machine."""
        settings = {**self.at.settings_of(FRONTS[0]), "MIGRATION_DATABASE_URL": self.at.owner_url}
        command = [sys.executable, "-m", "service.cli", *words]
        return subprocess.run(
            command, capture_output=True, text=True, env=clean_environment(**settings), check=False
        )


def until(true: Callable[[], object], what: str, seconds: float = READY_S_MAX) -> float:
    """Wait until something is true; gives how long that took, in seconds.

    Raises EmbeddedError where it is not in time.
    """
    began = time.monotonic()
    while not true():
        if time.monotonic() - began > seconds:
            raise EmbeddedError(f"not within {seconds:.0f} s: {what}")
        time.sleep(0.1)
    return time.monotonic() - began


@contextmanager
def running(folder: Path, said: Callable[[str], None]) -> Iterator[Cluster]:
    """Bring a cluster up in a folder, telling what comes, and take it down again.

    Raises:
        EmbeddedError: something is missing or does not come up; its log is in the folder.
    """
    at = Addresses.made(folder)
    with guarded(folder):
        keeper = Keeper()
        cluster = Cluster(at, keeper)
        try:
            _brought_up(cluster, said)
            yield cluster
        finally:
            cluster.close()
            keeper.stop()


def _brought_up(cluster: Cluster, said: Callable[[str], None]) -> None:
    at, add = cluster.at, cluster.keeper.add
    for one in (parts.valkey_server(at), parts.etcd(at), parts.haproxy(at)):
        add(one)
    for node in NODES:
        add(parts.patroni(at, node))
    said("PostgreSQL, three servers: one is made, two follow it")
    until(lambda: len(cluster.members()) == len(NODES) and cluster.primary(), "PostgreSQL has a primary")
    # Until a standby follows, nothing is committed.
    until(lambda: any(one["role"] == FOLLOWS for one in cluster.members()), "a standby follows")
    for front in FRONTS:
        add(parts.pgbouncer(at, front))
    said("the tables are made")
    until(lambda: cluster.reached("migrate"), "the migrations are in")
    for front in FRONTS:
        for part in (parts.web, parts.worker):
            add(part(at, front))
    said("the web processes and workers start")
    until(cluster.whole, "everything is ready")
    until(lambda: cluster.ready(at.url), "HAProxy lets requests in")
