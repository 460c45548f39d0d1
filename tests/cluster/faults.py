"""What may happen to a cluster: each part of it is killed, or frozen for a while, and comes back."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from typing import Final

from tests.cluster.cluster import FOLLOWS, Cluster, until
from tests.cluster.kept import Kept, running_under, signal_all

TAKEN_OVER_S_MAX: Final = 90.0
"""How long another server may take to become primary; Patroni waits `ttl` seconds for the one before."""
FROZEN_S: Final = 6.0
"""How long something stays frozen that has another beside it."""
FROZEN_ALONE_S: Final = 3.0
"""How long something stays frozen without which nobody is served."""

Fault = Callable[[Cluster], None]


def primary_of(cluster: Cluster) -> Kept:
    """Give the server that takes writes, with its Patroni."""
    until(cluster.primary, "there is a primary")
    return cluster.kept[f"postgresql-{cluster.primary()}"]


def standby_of(cluster: Cluster) -> Kept:
    """Give a standby that commits wait for, or for the other."""
    name, *_ = [one["name"] for one in cluster.members() if one["role"] == FOLLOWS]
    return cluster.kept[f"postgresql-{name}"]


def postgresql_of(one: Kept) -> list[int]:
    """The processes of PostgreSQL alone: all of them work in its data."""
    return list(running_under(one.folder / "data"))


def another_than(cluster: Cluster, gone: Kept) -> None:
    """Wait until another server is primary."""
    name = gone.name.removeprefix("postgresql-")
    until(lambda: cluster.primary() not in {"", name}, "another server is primary", TAKEN_OVER_S_MAX)


def kill_postgresql(cluster: Cluster) -> None:
    """PostgreSQL ends without a warning, and its Patroni is there to see it."""
    signal_all(postgresql_of(primary_of(cluster)), signal.SIGKILL)


def kill_primary(cluster: Cluster) -> None:
    """The primary's machine is gone, until another one has taken over."""
    gone = primary_of(cluster)
    gone.held = True
    signal_all(gone.pids(), signal.SIGKILL)
    try:
        another_than(cluster, gone)
    finally:
        gone.held = False


def freeze_primary(cluster: Cluster) -> None:
    """The primary's machine stands still, until another has taken over, and goes on as if nothing were."""
    _frozen_until_replaced(cluster, lambda gone: gone.pids())


def freeze_postgresql(cluster: Cluster) -> None:
    """PostgreSQL alone stands still, and its Patroni is there to see it."""
    _frozen_until_replaced(cluster, postgresql_of)


def kill_primary_ahead(cluster: Cluster) -> None:
    """Both standbys stand still for a while, and then all end, the primary with its machine and all it has.

    Were anything acknowledged meanwhile, it would be lost; what was sent to the standbys and not read is.
    """
    gone = primary_of(cluster)
    standbys = [one for name, one in cluster.kept.items() if name.startswith("postgresql-") and one != gone]
    pids = [pid for one in standbys for pid in postgresql_of(one)]
    signal_all(pids, signal.SIGSTOP)
    try:
        time.sleep(FROZEN_ALONE_S)
    finally:
        gone.held = True
        signal_all([*gone.pids(), *pids], signal.SIGKILL)
    try:
        another_than(cluster, gone)
    finally:
        gone.held = False


def kill_standby(cluster: Cluster) -> None:
    """A standby is gone with its Patroni."""
    signal_all(standby_of(cluster).pids(), signal.SIGKILL)


def freeze_standby(cluster: Cluster) -> None:
    """A standby stands still."""
    _frozen(standby_of(cluster).pids(), FROZEN_S * 2)


def _frozen_until_replaced(cluster: Cluster, which: Callable[[Kept], list[int]]) -> None:
    gone = primary_of(cluster)
    pids = which(gone)
    signal_all(pids, signal.SIGSTOP)
    try:
        another_than(cluster, gone)
        # It wakes among writes that it has not seen.
        time.sleep(FROZEN_ALONE_S)
    finally:
        signal_all(pids, signal.SIGCONT)


def _frozen(pids: list[int], seconds: float) -> None:
    assert pids
    signal_all(pids, signal.SIGSTOP)
    try:
        time.sleep(seconds)
    finally:
        signal_all(pids, signal.SIGCONT)


def _kills(name: str) -> Fault:
    return lambda cluster: signal_all(cluster.kept[name].pids(), signal.SIGKILL)


def _freezes(name: str, seconds: float) -> Fault:
    return lambda cluster: _frozen(cluster.kept[name].pids(), seconds)


FAULTS: Final[dict[str, Fault]] = {
    "kill postgresql": kill_postgresql,
    "kill primary": kill_primary,
    "kill primary ahead": kill_primary_ahead,
    "freeze postgresql": freeze_postgresql,
    "freeze primary": freeze_primary,
    "kill standby": kill_standby,
    "freeze standby": freeze_standby,
    "kill web": _kills("web-one"),
    "freeze web": _freezes("web-two", FROZEN_S * 2),
    "kill worker": _kills("worker-one"),
    "freeze worker": _freezes("worker-two", FROZEN_S),
    "kill pgbouncer": _kills("pgbouncer-one"),
    "freeze pgbouncer": _freezes("pgbouncer-two", FROZEN_S),
    "kill haproxy": _kills("haproxy"),
    "freeze haproxy": _freezes("haproxy", FROZEN_ALONE_S),
    "kill etcd": _kills("etcd"),
    "freeze etcd": _freezes("etcd", FROZEN_S),
    "kill valkey": _kills("valkey"),
}
"""Each fault, by what one says of it."""
