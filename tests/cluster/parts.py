"""The parts of a cluster, each as the files of `deploy/` say and its package starts it."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Final

from service.embedded import valkey
from service.embedded.place import EmbeddedError, secrets_of
from service.embedded.programs import programs_of
from tests.between import pooler_settings
from tests.cluster.addresses import FRONTS, HOST, NODES, Addresses
from tests.cluster.kept import Kept
from tests.programs import TOOLS, found
from tests.walks.conftest import clean_environment

DEPLOY: Final = Path(__file__).resolve().parents[2] / "deploy"
NEEDED: Final = {
    "etcd": "etcd-server",
    "haproxy": "haproxy",
    "pgbouncer": "pgbouncer",
    "patroni": TOOLS,
}
"""The programs that a cluster is made of, and what installs each: a package of Debian, or `make tools`."""
NOT_AS_ROOT: Final = (
    ("unshare", "--user", "--map-user=65534", "--map-group=65534") if os.geteuid() == 0 else ()
)
"""How a program is started that refuses to run as root: in a namespace in which we are somebody else."""


def program(name: str) -> str:
    """Find a program of the system.

    Raises:
        EmbeddedError: it is not installed.
    """
    path = found(name)
    if path is None:
        way = NEEDED[name]
        raise EmbeddedError(f"{name} is missing. Run: {way if way == TOOLS else f'apt-get install {way}'}")
    return path


def etcd(at: Addresses) -> Kept:
    """Keep who is primary, for Patroni."""
    clients, peers = f"http://{at.at('etcd')}", f"http://{at.at('etcd-peer')}"
    command = [
        program("etcd"), "--name", "one", "--data-dir", "data", "--log-level", "warn", "--logger", "zap",
        "--listen-client-urls", clients, "--advertise-client-urls", clients,
        "--listen-peer-urls", peers, "--initial-advertise-peer-urls", peers,
        "--initial-cluster", f"one={peers}",
    ]  # fmt: skip  # table: a command as it is typed
    return Kept("etcd", command, at.place.data / "etcd", _plain(at))


def patroni_files(at: Addresses, *names: str) -> Path:
    """Lay Patroni's files and what they name, and give their folder."""
    shared = at.place.data / "patroni"
    folder = shared / "rewards"
    if not folder.exists():
        folder.mkdir(parents=True)
        for name in names:
            said = (DEPLOY / "patroni" / name).read_text(encoding="utf-8")
            # Only where things lie differs from one machine to the next.
            (folder / name).write_text(said.replace("/etc/patroni/", f"{shared}/"), encoding="utf-8")
        shutil.copy2(DEPLOY / "owner.sh", shared / "owner.sh")
        (shared / "owner_password").write_text(at.passwords["owner"], encoding="ascii")
        (shared / "owner_password").chmod(0o600)
    return folder


def patroni(at: Addresses, node: str, programs: Path | None = None) -> Kept:
    """Give one server of PostgreSQL with its Patroni, by the wheel's programs or others."""
    folder = at.place.data / f"postgresql-{node}"
    files = patroni_files(at, "cluster.yml")
    programs = programs or programs_of(at.place)
    environment = {
        **_plain(at),
        "PATH": f"{programs}:/usr/bin:/bin",
        "PATRONI_NAME": node,
        "PATRONI_ETCD3_HOSTS": at.at("etcd"),
        "PATRONI_RESTAPI_LISTEN": at.at(f"patroni-{node}"),
        "PATRONI_RESTAPI_CONNECT_ADDRESS": at.at(f"patroni-{node}"),
        "PATRONI_POSTGRESQL_LISTEN": at.at(f"postgresql-{node}"),
        "PATRONI_POSTGRESQL_CONNECT_ADDRESS": at.at(f"postgresql-{node}"),
        "PATRONI_POSTGRESQL_DATA_DIR": str(folder / "data"),
        "PATRONI_POSTGRESQL_BIN_DIR": str(programs),
        "PATRONI_POSTGRESQL_PGPASS": str(folder / "pgpass"),
        "PATRONI_SUPERUSER_USERNAME": "postgres",
        "PATRONI_SUPERUSER_PASSWORD": at.passwords["superuser"],
        "PATRONI_REPLICATION_USERNAME": "replicator",
        "PATRONI_REPLICATION_PASSWORD": at.passwords["replication"],
        "PATRONI_REWIND_USERNAME": "rewind",
        "PATRONI_REWIND_PASSWORD": at.passwords["rewind"],
        "OWNER_PASSWORD_FILE": str(files.parent / "owner_password"),
    }
    return Kept(
        f"postgresql-{node}",
        [*NOT_AS_ROOT, program("patroni"), str(files)],
        folder,
        environment,
    )


def haproxy(at: Addresses, **more: str) -> Kept:
    """Let requests in, and lead to the primary."""
    cells = at.place.data / "cells.map"
    cells.write_text(f"{HOST} cell_a\nlocalhost cell_a\n", encoding="ascii")
    environment = {
        **_plain(at),
        "EDGE_LISTEN": at.at("edge"),
        "CELLS_MAP": str(cells),
        **{f"CELL_A_WEB_{front.upper()}": at.at(f"web-{front}") for front in FRONTS},
        "DATABASE_LISTEN": at.at("database"),
        **{f"DATABASE_{node.upper()}": at.at(f"postgresql-{node}") for node in NODES},
        **{f"PATRONI_{node.upper()}": str(at.ports[f"patroni-{node}"]) for node in NODES},
        **more,
    }
    files = [
        word for name in ("edge", "database") for word in ("-f", str(DEPLOY / "haproxy" / f"{name}.cfg"))
    ]
    return Kept("haproxy", [program("haproxy"), "-db", *files], at.place.data / "haproxy", environment)


def pgbouncer(at: Addresses, front: str) -> Kept:
    """Let the service's processes on one machine share connections."""
    folder = at.place.data / f"pgbouncer-{front}"
    folder.mkdir(mode=0o700)
    (folder / "users.txt").write_text(f'"rewards_service" "{secrets_of(at.place.data).password}"\n')
    database = f"rewards = host={HOST} port={at.ports['database']} dbname=rewards"
    settings = pooler_settings(
        folder,
        database,
        listen_port=at.ports[f"pgbouncer-{front}"],
        unix_socket_dir="",
        auth_file=folder / "users.txt",
    )
    command = [*NOT_AS_ROOT, program("pgbouncer"), "--quiet", str(settings)]
    return Kept(f"pgbouncer-{front}", command, folder, _plain(at))


def valkey_server(at: Addresses) -> Kept:
    """Give what may be lost: one for all, as the demo has it."""
    sockets = at.place.data / "sockets"
    sockets.mkdir(mode=0o700)
    words = ["--port", "0", "--unixsocket", str(sockets / valkey.SOCKET), "--save", "", "--appendonly", "yes"]
    return Kept("valkey", [str(valkey.program()), *words], at.place.data / "valkey", _plain(at))


def web(at: Addresses, front: str) -> Kept:
    """Serve requests on one machine."""
    return _ours(at, f"web-{front}", front, "serve", "--json")


def worker(at: Addresses, front: str) -> Kept:
    """Work in the background on one machine."""
    return _ours(at, f"worker-{front}", front, "work")


def _ours(at: Addresses, name: str, front: str, *words: str) -> Kept:
    environment = clean_environment(**at.settings_of(front))
    return Kept(name, [sys.executable, "-m", "service.cli", *words], at.place.data / name, environment)


def _plain(at: Addresses) -> dict[str, str]:
    return {"PATH": "/usr/sbin:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": str(at.place.data), "TZ": "UTC"}
