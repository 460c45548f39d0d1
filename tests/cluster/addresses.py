"""The ports, folders and secrets of a cluster on one machine."""

from __future__ import annotations

import secrets
import socket
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from service.embedded.place import Place, secrets_of

HOST: Final = "127.0.0.1"
NODES: Final = ("one", "two", "three")
"""The servers of PostgreSQL, each with its Patroni."""
FRONTS: Final = ("one", "two")
"""The machines with a web process, a worker and a PgBouncer each."""


def free_ports(names: list[str]) -> dict[str, int]:
    """Find a port that nobody listens on for each name, no two the same."""
    with ExitStack() as held:
        found = {}
        for name in names:
            probe = held.enter_context(socket.socket())
            probe.bind((HOST, 0))
            found[name] = int(probe.getsockname()[1])
        return found


@dataclass(frozen=True)
class Addresses:
    """Where everything of a cluster listens and lies."""

    place: Place
    ports: dict[str, int]
    passwords: dict[str, str] = field(repr=False)

    @classmethod
    def made(cls, folder: Path) -> Addresses:
        """Choose them, for what lies in a folder."""
        names = ["etcd", "etcd-peer", "edge", "database"]
        names += [f"{part}-{node}" for node in NODES for part in ("patroni", "postgresql")]
        names += [f"{part}-{front}" for front in FRONTS for part in ("web", "pgbouncer")]
        logins = ("superuser", "replication", "rewind", "owner")
        passwords = {login: secrets.token_hex(16) for login in logins}
        return cls(Place(folder, None), free_ports(names), passwords)

    @property
    def url(self) -> str:
        """Where requests come in."""
        return f"http://{self.at('edge')}"

    def at(self, name: str) -> str:
        """Where something listens, `host:port`."""
        return f"{HOST}:{self.ports[name]}"

    def settings_of(self, front: str) -> dict[str, str]:
        """Give the settings of the service on one of its machines."""
        ours = secrets_of(self.place.data)
        service = f"postgresql://rewards_service:{ours.password}"
        return {
            "DATABASE_URL": f"{service}@{self.at(f'pgbouncer-{front}')}/rewards",
            "DATABASE_DIRECT_URL": f"{service}@{self.at('database')}/rewards",
            "REDIS_URL": f"unix://{self.place.data / 'sockets' / 'valkey.sock'}",
            "FIELD_KEYS": ours.field_keys,
            "INDEX_KEY": ours.index_key,
            "AUDIT_KEY": ours.audit_key,
            "PUBLIC_URL": self.url,
            "PORT": str(self.ports[f"web-{front}"]),
        }

    @property
    def owner_url(self) -> str:
        """How the owner of the tables reaches the primary."""
        return f"postgresql://rewards_owner:{self.passwords['owner']}@{self.at('database')}/rewards"
