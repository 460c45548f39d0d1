"""How long a transaction and its parts may take, and what PostgreSQL is told of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

TRANSACTION_TIMEOUT_SINCE: Final = 17
"""The first version of PostgreSQL that ends a transaction by its age."""
COMING_S: Final = 1.0
"""By how much longer an answer is waited for than PostgreSQL has for it: then its own refusal comes first."""
LOCK_LESS_S: Final = 1.0
"""By how much a wait for a lock is shorter than a statement, so that it is told apart."""

PLANNER: Final = {
    "jit": "off", "plan_cache_mode": "force_generic_plan",
    "enable_seqscan": "off", "enable_hashjoin": "off", "enable_mergejoin": "off",
}  # fmt: skip  # table: settings of PostgreSQL
"""What `rewards_service` has as its own settings, for another login that was granted it."""


class Waits(Struct, frozen=True):
    """The most that a transaction waits for, in seconds; a statement has always longer than a lock."""

    connect_s: float
    """For one host to let a connection in, or to begin a transaction."""
    acquire_s: float
    """For a connection of the pool, a new one's making included."""
    statement_s: float
    """For one statement."""
    lock_s: float
    """For a lock that another transaction holds."""
    transaction_s: float
    """For the whole of it, where PostgreSQL has a clock for that; 0 for no end."""

    @property
    def server_statement_s(self) -> float:
        """When PostgreSQL ends a statement by itself."""
        return max(self.statement_s, self.lock_s + LOCK_LESS_S)

    @property
    def answer_s(self) -> float:
        """When a server that says nothing is given up."""
        return self.server_statement_s + COMING_S

    def settings(self, version: int) -> Iterator[tuple[str, str]]:
        """What a PostgreSQL of a version is told, by the names of its settings, in milliseconds.

        A process that is frozen in a transaction loses it, and its locks, after the time of a statement.
        """
        yield "lock_timeout", _ms(self.lock_s)
        yield "statement_timeout", _ms(self.server_statement_s)
        yield "idle_in_transaction_session_timeout", _ms(self.server_statement_s)
        if version >= TRANSACTION_TIMEOUT_SINCE:
            yield "transaction_timeout", _ms(self.transaction_s)


def waited_for(connect_s: float, acquire_s: float, statement_s: float, lock_s: float) -> Waits:
    """For what somebody waits for, at a screen or behind the API."""
    return Waits(connect_s, acquire_s, statement_s, lock_s, transaction_s=10 * statement_s)


def in_background(lock_s: float) -> Waits:
    """For what nobody waits for: chores, imports, checks that read a whole clinic in one transaction."""
    return Waits(connect_s=10.0, acquire_s=60.0, statement_s=60.0, lock_s=lock_s, transaction_s=0)


PATIENT: Final = in_background(lock_s=30.0)
"""For what says nothing of its own."""


def _ms(seconds: float) -> str:
    return str(round(seconds * 1000))
