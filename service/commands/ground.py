"""The ground a command stands on: its settings, and the stores they lead to.

DATABASE_URL and REDIS_URL come from the environment (or their `_FILE`s). Where one is not set, the
embedded store under the data folder stands in: the one that runs there already, or one that is started
for as long as the command lasts.
"""

import asyncio
import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from msgspec import Struct

from service import embedded, logs, settings
from service.clock import clock_of
from service.commands.speech import CommandError, Exit
from service.flows.access.keys import mark_keys
from service.flows.setup.key_check import check_keys
from service.flows.trail.keying import key_chains
from service.settings import Settings, text_of
from service.store.database.cipher import Cipher
from service.store.database.migrate import migrate, pending
from service.store.database.pool import Database, Nudge, connect
from service.store.database.waits import in_background

OWN_FILES = (
    "FIELD_KEYS_FILE", "INDEX_KEY_FILE", "AUDIT_KEY_FILE", "DATABASE_DIRECT_URL_FILE",
    "MIGRATION_DATABASE_URL_FILE", "BACKUP_DATABASE_URL", "BACKUP_DATABASE_URL_FILE",
)  # fmt: skip  # table: names of settings
NO_REDIS = "redis://127.0.0.1:6379/0"
"""Stands where a command that uses no Redis was given none."""


class Ground(Struct, frozen=True):
    """The settings of a command, the same as an environment, and whether its database is the embedded one."""

    settings: Settings
    environment: dict[str, str]
    embedded: bool


@contextmanager
def ground(
    data: Path, *, needs_redis: bool = False, environment: Mapping[str, str] | None = None
) -> Iterator[Ground]:
    """Give the settings of a command, with embedded stores started where they are needed.

    They are read from the process's own environment unless another is given. Raises SettingsError or
    EmbeddedError with the remedy.
    """
    environment = dict(os.environ if environment is None else environment)
    own_database = text_of(environment, "DATABASE_URL") is None
    own_redis = text_of(environment, "REDIS_URL") is None
    with ExitStack() as close:
        if own_database or (own_redis and needs_redis):
            stores = embedded.reach(data)
            close.callback(stores.stop)
            own = stores.environment()
            if own_database:
                # The folder's own keys: what they encrypted lies beside them.
                environment |= {name: text for name, text in own.items() if name != "REDIS_URL"}
                for name in OWN_FILES:
                    environment.pop(name, None)
            if own_redis:
                environment["REDIS_URL"] = own["REDIS_URL"]
        elif own_redis:
            environment["REDIS_URL"] = NO_REDIS
        given = settings.read(environment)
        # Before anything is logged, such as a store's restart: stdout is for what the command says.
        logs.set_up(given.log_level, given.log_format)
        yield Ground(given, environment, own_database)


def migrated(ground: Ground, *, exact: bool = False) -> None:
    """Bring an embedded database up to date; refuse where a real one is not: that is its owner's to do.

    Where the tables must be `exact`ly this release's, newer ones are refused that it would run on.
    """
    url = ground.settings.migration_database_url
    if ground.embedded:
        asyncio.run(migrate(url, ground.settings.database_url))
        if exact:
            asyncio.run(pending(url, exact=True))
        asyncio.run(fitted(ground.settings))
        asyncio.run(keyed(ground.settings))
        return
    waiting = asyncio.run(pending(url, exact=exact))
    if waiting:
        raise CommandError(
            Exit.PENDING,
            "migrations_pending",
            f"The database lacks {len(waiting)} migration(s), the first of which is {waiting[0]}. "
            "Run: rewards migrate",
        )
    asyncio.run(fitted(ground.settings))


async def fitted(given: Settings) -> None:
    """Refuse keys that are not the database's, before anything is written under them.

    Raises WrongKeysError.
    """
    database = await open_database(given)
    try:
        await check_keys(database)
    finally:
        await database.close()


async def keyed(given: Settings) -> int:
    """Key the audit chains of an earlier release, and mark its keys; returns how many chains there were."""
    database = await open_database(given)
    try:
        await mark_keys(database)
        return await key_chains(database)
    finally:
        await database.close()


@contextmanager
def ready(
    data: Path,
    *,
    needs_redis: bool = False,
    exact: bool = False,
    environment: Mapping[str, str] | None = None,
) -> Iterator[Ground]:
    """Give the ground with its database up to date, ready for a command that works on it.

    What knows every table by itself asks for those of this release and no others: `exact`.
    """
    with ground(data, needs_redis=needs_redis, environment=environment) as found:
        migrated(found, exact=exact)
        yield found


async def open_database(given: Settings, nudge: Nudge | None = None) -> Database:
    """Open the database that the settings name, as the service; commits are told to `nudge`."""
    return await connect(
        given.database_url,
        Cipher(given.field_keys, given.index_key, given.audit_key, given.audit_key_other),
        clock_of(given.clock_offset_s),
        in_background(given.idempotency_wait_s_max),
        connections_max=given.database_connections_max,
        nudge=nudge,
    )
