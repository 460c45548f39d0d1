"""Each way to fail has its own exit code, and a sentence that names the remedy."""

from __future__ import annotations

import errno

import asyncpg
import pytest
from redis.exceptions import ConnectionError as RedisAwayError

from service.commands.failures import failure_of
from service.commands.speech import CommandError, Exit
from service.embedded import EmbeddedError
from service.embedded.place import InUseError
from service.settings import SettingsError
from service.store.database.logins import LoginError
from service.store.database.migrate import MigrationError


@pytest.mark.parametrize(
    ("error", "exit_code", "code", "words"),
    [
        (SettingsError("PORT is wrong"), Exit.USAGE, "setting_invalid", "PORT is wrong"),
        (EmbeddedError("It does not start"), Exit.AWAY, "store_away", "It does not start"),
        (InUseError("The folder is in use"), Exit.USAGE, "folder_in_use", "in use"),
        (LoginError("It is the owner"), Exit.USAGE, "login_unfit", "It is the owner"),
        (MigrationError("0001 was changed"), Exit.PENDING, "migrations_unfit", "0001 was changed"),
        (asyncpg.UndefinedTableError("x"), Exit.PENDING, "migrations_pending", "Run: rewards migrate"),
        (ConnectionRefusedError(errno.ECONNREFUSED, "refused"), Exit.AWAY, "store_away", "Start it"),
        (TimeoutError(), Exit.AWAY, "store_away", "(it does not answer)"),
        (asyncpg.InvalidPasswordError("x"), Exit.AWAY, "store_away", "DATABASE_URL"),
        (asyncpg.CannotConnectNowError("x"), Exit.AWAY, "store_away", "cannot be used now"),
        (asyncpg.TooManyConnectionsError("x"), Exit.AWAY, "store_away", "cannot be used now"),
        (asyncpg.ConnectionDoesNotExistError("x"), Exit.AWAY, "store_away", "cannot be used now"),
        (RedisAwayError("x"), Exit.AWAY, "store_away", "REDIS_URL"),
        (asyncpg.CheckViolationError("x"), Exit.UNFORESEEN, "unforeseen", "CheckViolationError"),
        (ZeroDivisionError("x"), Exit.UNFORESEEN, "unforeseen", "LOG_LEVEL=debug"),
        (PermissionError(errno.EACCES, "denied", "a.csv"), Exit.USAGE, "file_unusable", "a.csv"),
    ],
)
def test_an_exception_becomes_one_sentence_a_code_and_an_exit_code(
    error: Exception, exit_code: Exit, code: str, words: str
) -> None:
    """What the exception itself held is not printed, except where it is a sentence of ours."""
    found = failure_of(error)
    assert (found.exit_code, found.code) == (exit_code, code)
    assert words in found.detail
    grouped = failure_of(ExceptionGroup("several", [error]))
    assert (grouped.exit_code, grouped.code, grouped.detail) == (exit_code, code, found.detail)


def test_a_command_s_own_failure_stays_as_it_is() -> None:
    """Its code, its words and what it found."""
    given = CommandError(Exit.REFUSED, "lines_refused", "Two.", {"refused": 2})
    assert failure_of(given) is given
