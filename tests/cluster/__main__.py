"""`make cluster`: a whole cluster on this machine, until Ctrl-C."""

from __future__ import annotations

import json
import signal
import sys

from service.embedded.place import EmbeddedError
from tests.between import short_folder
from tests.cluster.addresses import FRONTS, NODES
from tests.cluster.cluster import Cluster, running


def main() -> int:
    """Bring it up, say where what is, and wait to be told to stop."""
    # SIGINT too: where a shell starts this in the background, it is ignored.
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, signal.default_int_handler)
    try:
        with (
            short_folder() as folder,
            running(folder, lambda what: print(f"… {what}", flush=True)) as cluster,
        ):
            tell(cluster)
            signal.pause()
    except EmbeddedError as why:
        print(why, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("stopped; nothing is left of it")
    return 0


def tell(cluster: Cluster) -> None:
    """Print where everything listens."""
    at = cluster.at
    (said,) = [
        line for line in cluster.kept["web-one"].log.read_text("utf-8").splitlines() if "set_up" in line
    ]
    rows = [
        ("a clinic is set up at", json.loads(said)["set_up"]),
        ("HAProxy: requests", at.url),
        ("HAProxy: the primary", at.at("database")),
        *((f"web, machine {front}", f"http://{at.at(f'web-{front}')}") for front in FRONTS),
        *((f"PgBouncer, machine {front}", at.at(f"pgbouncer-{front}")) for front in FRONTS),
        *((f"PostgreSQL {node}", at.at(f"postgresql-{node}")) for node in NODES),
        *((f"Patroni {node}", f"http://{at.at(f'patroni-{node}')}/cluster") for node in NODES),
        ("etcd", f"http://{at.at('etcd')}"),
        ("logs", str(at.place.data / "*.log")),
    ]
    for name, where in rows:
        print(f"{name:26} {where}")
    print("Kill or freeze what you like: it comes back. Ctrl-C stops it all.", flush=True)


if __name__ == "__main__":
    sys.exit(main())
