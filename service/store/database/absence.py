"""Errors that mean that PostgreSQL is away, shutting down, full, or too busy to answer in time."""

import asyncpg

AWAY = (
    OSError,
    TimeoutError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.LockNotAvailableError,
    asyncpg.QueryCanceledError,
    asyncpg.DeadlockDetectedError,
    asyncpg.SerializationError,
    asyncpg.ReadOnlySQLTransactionError,
    asyncpg.IdleInTransactionSessionTimeoutError,
    asyncpg.TransactionTimeoutError,
)
"""Errors after which the same request may well succeed in a moment."""


def is_away(error: BaseException) -> bool:
    """Whether an error says that the database, and not the request, is at fault for now."""
    return isinstance(error, AWAY)
