"""Why a command failed: every exception becomes one sentence with the remedy, a code and an exit code."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final
from uuid import UUID

import asyncpg

from service.commands.speech import CommandError, Exit
from service.core.refusals import Refused
from service.core.words.refusals.catalog import in_english
from service.embedded import EmbeddedError
from service.embedded.place import InUseError, LostKeyError
from service.flows.setup.key_check import WrongKeysError
from service.settings import SettingsError
from service.store.archives.faults import ArchiveError
from service.store.backups.faults import BackupError
from service.store.database.elsewhere import ElsewhereError
from service.store.database.logins import LoginError
from service.store.database.migrate import MigrationError

TOLD: Final[tuple[tuple[type[Exception], Exit, str], ...]] = (
    (SettingsError, Exit.USAGE, "setting_invalid"),
    (LoginError, Exit.USAGE, "login_unfit"),
    (WrongKeysError, Exit.USAGE, "keys_wrong"),
    (InUseError, Exit.USAGE, "folder_in_use"),
    (LostKeyError, Exit.USAGE, "keys_wrong"),
    (EmbeddedError, Exit.AWAY, "store_away"),
    (MigrationError, Exit.PENDING, "migrations_unfit"),
)
"""Errors whose messages say the remedy by themselves; one that is of two kinds is the first of them."""

BACKUP_EXITS: Final[Mapping[str, Exit]] = {
    "backup_unfit": Exit.WRONG,
    "archive_unfit": Exit.WRONG,
    "value_unfit": Exit.WRONG,
    "books_wrong": Exit.WRONG,
    "not_found": Exit.REFUSED,
    "clinic_known": Exit.REFUSED,
    "row_refused": Exit.REFUSED,
    "import_running": Exit.REFUSED,
    "move_under_way": Exit.REFUSED,
    "clinic_moved": Exit.REFUSED,
    "clinic_moving": Exit.REFUSED,
    "database_busy": Exit.AWAY,
    "archive_other_version": Exit.PENDING,
    "backup_newer": Exit.PENDING,
    "nothing_there": Exit.PENDING,
    "disk_full": Exit.AWAY,
    "dump_failed": Exit.AWAY,
    "restore_failed": Exit.AWAY,
}
"""What a command ends with where a backup or an archive does not do; any other reason is one of usage."""


def failure_of(error: BaseException) -> CommandError:
    """Say in one sentence with the remedy why a command failed, and which exit code says so."""
    # Most commands never speak to Redis, and its client takes longer to read than they take.
    from redis.exceptions import RedisError  # noqa: PLC0415

    match error:
        case CommandError():
            return error
        case BaseExceptionGroup():
            return failure_of(error.exceptions[0])
        case BackupError() | ArchiveError():
            return CommandError(BACKUP_EXITS.get(error.code, Exit.USAGE), error.code, str(error))
        case SettingsError() | InUseError() | EmbeddedError():
            return _told(error)
        case LoginError() | MigrationError() | WrongKeysError():
            return _told(error)
        case ElsewhereError():
            return _elsewhere(error)
        case OSError() if error.filename is not None:
            detail = f"{error.filename} cannot be used ({error.strerror}). Correct its place or permissions."
            return CommandError(Exit.USAGE, "file_unusable", detail)
        case OSError() | asyncpg.PostgresError() | asyncpg.InterfaceError():
            return _database_failure(error)
        case RedisError():
            detail = f"Redis cannot be used ({type(error).__name__}). Start it, or correct REDIS_URL."
            return CommandError(Exit.AWAY, "store_away", detail)
        case _:
            name = type(error).__name__
            detail = f"Something unforeseen happened ({name}). Run it with LOG_LEVEL=debug to see where."
            return CommandError(Exit.UNFORESEEN, "unforeseen", detail)


def _told(error: Exception) -> CommandError:
    """An error whose message says the remedy by itself."""
    for kind, exit_code, code in TOLD:
        if isinstance(error, kind):
            return CommandError(exit_code, code, str(error))
    raise AssertionError(f"{type(error).__name__} has no code")


def _elsewhere(error: ElsewhereError) -> CommandError:
    """The clinic is not served from this database."""
    if error.step == "left":
        detail = f"This clinic has moved to {error.place}. What is here of it can be read and verified alone."
        return CommandError(Exit.REFUSED, "clinic_moved", detail)
    detail = "This clinic is being moved. Wait until rewards clinic move has ended, or run it again."
    return CommandError(Exit.REFUSED, "clinic_moving", detail)


def refusal(made: Refused) -> CommandError:
    """A refusal of the service, under the API's code."""
    return CommandError(Exit.REFUSED, made.code, in_english(made))


def unknown_clinic(clinic: UUID) -> CommandError:
    """There is no such clinic."""
    detail = f"There is no clinic {clinic}. See: rewards clinic list. Make one with: rewards clinic create"
    return CommandError(Exit.REFUSED, "not_found", detail)


def unreadable(path: Path, error: OSError, remedy: str) -> CommandError:
    """A file that was named cannot be read."""
    detail = f"{path} cannot be read ({error.strerror}). {remedy}"
    return CommandError(Exit.USAGE, "file_unusable", detail)


def _database_failure(error: OSError | asyncpg.PostgresError | asyncpg.InterfaceError) -> CommandError:
    exit_code, code = Exit.AWAY, "store_away"
    match error:
        case asyncpg.UndefinedTableError() | asyncpg.UndefinedFunctionError():
            exit_code, code = Exit.PENDING, "migrations_pending"
            detail = "The database has not been migrated. Run: rewards migrate"
        case asyncpg.InvalidPasswordError() | asyncpg.InvalidAuthorizationSpecificationError():
            detail = "PostgreSQL refuses the user or password of DATABASE_URL. Correct them."
        case asyncpg.InvalidCatalogNameError():
            detail = "PostgreSQL has no database of the name in DATABASE_URL. Create it, or correct the name."
        case asyncpg.InsufficientPrivilegeError():
            detail = (
                "The user of DATABASE_URL may not do this. Name the database's owner in "
                "MIGRATION_DATABASE_URL for rewards migrate, and rewards_service in DATABASE_URL."
            )
        case asyncpg.LockNotAvailableError() | asyncpg.QueryCanceledError():
            detail = "PostgreSQL was too busy to answer in time. Run the command again in a moment."
        case OSError():
            why = error.strerror or str(error) or "it does not answer"
            detail = f"The database cannot be reached ({why}). Start it, or correct DATABASE_URL."
        case (
            asyncpg.InterfaceError()
            | asyncpg.PostgresConnectionError()
            | asyncpg.OperatorInterventionError()
            | asyncpg.InsufficientResourcesError()
        ):
            detail = f"PostgreSQL cannot be used now: {type(error).__name__}. Its log says more."
        case _:
            exit_code, code = Exit.UNFORESEEN, "unforeseen"
            detail = f"PostgreSQL refused: {type(error).__name__}. Its log says more."
    return CommandError(exit_code, code, detail)
