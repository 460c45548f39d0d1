"""The stores of a demo: PostgreSQL and Valkey from wheels, under one folder, as root and not as root.

    stores = embedded.start(Path(".rewards"))   # or embedded.reach(...), which joins a running demo
    ...
    stores.stop()

The folder holds everything: the databases, their logs, the sockets and the secrets. Its owner is held
by a lock, so one process at a time starts a folder, while any number may use its running stores. The
servers live in sessions of their own (a terminal's Ctrl-C does not reach them). A server that dies is
started again while its starter lives, and a guard process stops them when the starter dies, however it died.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import shutil
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final
from urllib.parse import quote

from service.embedded import postgres, valkey
from service.embedded.guard import Guard
from service.embedded.keeper import Keeper
from service.embedded.place import EmbeddedError, InUseError, Lock, Place, secrets_of

__all__ = ["EmbeddedError", "Stores", "reach", "running", "start"]

STATE: Final = "stores.json"
REACH_S_MAX: Final = 20.0
"""How long to wait for the stores of a folder that another process is about to start, in seconds."""


def _nothing() -> None:
    """Stop nothing: the stores belong to another process."""


@dataclasses.dataclass(frozen=True, slots=True)
class Stores:
    """Where the running stores of one data folder are reached, and the secrets that go with them."""

    data: Path
    database_url: str
    """As `rewards_service`, by its own password, which it has once `migrate` has let it in."""
    owner_url: str
    """As `rewards_owner`, who owns the database and may create roles: for migrations."""
    admin_url: str
    """As the server's superuser, on the database `postgres`: for tests and benchmarks alone."""
    redis_url: str
    field_keys: str = dataclasses.field(repr=False)
    """The value of FIELD_KEYS, made once for this folder."""
    index_key: str = dataclasses.field(repr=False)
    """The value of INDEX_KEY, made once for this folder."""
    audit_key: str = dataclasses.field(repr=False)
    """The value of AUDIT_KEY, made once for this folder."""
    stop: Callable[[], None] = _nothing
    """Stop both servers cleanly and let the folder go; for a joined demo it does nothing. Safe to repeat."""

    def environment(self) -> dict[str, str]:
        """Give the settings that lead a service to these stores."""
        return {
            "DATABASE_URL": self.database_url,
            "DATABASE_DIRECT_URL": self.database_url,
            "MIGRATION_DATABASE_URL": self.owner_url,
            "REDIS_URL": self.redis_url,
            "FIELD_KEYS": self.field_keys,
            "INDEX_KEY": self.index_key,
            "AUDIT_KEY": self.audit_key,
        }


def start(data: Path) -> Stores:
    """Start both stores under a folder, making it on the first run, and return when they answer.

    A folder that a crash or `kill -9` left behind starts like any other: servers that outlived their
    starter are stopped first.

    Raises:
        EmbeddedError: another process has started this folder, its keys are gone, or a server does not start.
    """
    place = Place.made(data)
    with contextlib.ExitStack() as undo:
        lock = Lock(place.data)
        undo.callback(lock.release)
        state = place.data / STATE
        valkey.stop_orphan(_left_sockets(state))
        state.unlink(missing_ok=True)
        sockets = place.sockets_made(_left_sockets(state))
        undo.callback(shutil.rmtree, sockets, ignore_errors=True)
        guard = Guard()
        undo.callback(guard.stop)
        begin = partial(valkey.start, place, sockets)
        cache = Keeper("valkey", begin, valkey.stop, partial(guard.told, "TERM"), lock.holds)
        undo.callback(cache.stop)
        # Before the database, which is never without them.
        secrets_of(place.data)
        # Only here: a database that is gone is not replaced by an empty one behind a running service.
        postgres.make(place)
        begin = partial(postgres.start, place, sockets)
        database = Keeper("postgresql", begin, postgres.stop, partial(guard.told, "INT"), lock.holds)
        undo.callback(database.stop)
        stores = _stores(place.data, sockets)
        _write(state, {"sockets": str(sockets), "pid": os.getpid()})
        undo.callback(state.unlink, missing_ok=True)
        return dataclasses.replace(stores, stop=_once(undo.pop_all().close))


def running(data: Path) -> Stores | None:
    """Find the running stores of a folder, or None while its PostgreSQL does not serve.

    Valkey may be away: what is in it may be lost, so nothing waits for it.
    """
    data = data.expanduser().absolute()
    sockets = _left_sockets(data / STATE)
    if sockets is None or not postgres.answers(data, sockets):
        return None
    return _stores(data, sockets)


def reach(data: Path) -> Stores:
    """Join the running stores of a folder, or start them.

    Raises:
        EmbeddedError: they neither run nor start.
    """
    until = time.monotonic() + REACH_S_MAX
    while (found := running(data)) is None:
        try:
            return start(data)
        except InUseError:
            # Whoever has the folder is starting its stores, maybe again, or stopping them.
            if time.monotonic() > until:
                raise
        time.sleep(0.05)
    return found


def _stores(data: Path, sockets: Path) -> Stores:
    host = quote(str(sockets), safe="/")
    secrets = secrets_of(data)
    return Stores(
        data=data,
        database_url=f"postgresql://rewards_service:{secrets.password}@/rewards?host={host}",
        owner_url=f"postgresql://rewards_owner@/rewards?host={host}",
        admin_url=f"postgresql://postgres@/postgres?host={host}",
        redis_url=f"unix://{quote(str(sockets / valkey.SOCKET), safe='/')}",
        field_keys=secrets.field_keys,
        index_key=secrets.index_key,
        audit_key=secrets.audit_key,
    )


def _left_sockets(state: Path) -> Path | None:
    try:
        return Path(json.loads(state.read_text(encoding="utf-8"))["sockets"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _write(path: Path, content: dict[str, object]) -> None:
    # Written aside and renamed, so that a reader sees all of it or none.
    aside = path.with_suffix(".new")
    aside.write_text(json.dumps(content), encoding="utf-8")
    aside.replace(path)


def _once(deed: Callable[[], object]) -> Callable[[], None]:
    guard_lock = threading.Lock()
    todo = [deed]

    def stop() -> None:
        with guard_lock:
            if todo:
                todo.pop()()

    return stop
