"""The one transaction around an operation, and the promise that a repeated request is done once.

An operation is `async (act: Act) -> Done | Refused`: it asks, decides, writes through `act`, and returns.
`perform` opens the transaction, looks whether the request was answered before, runs the operation, keeps its
answer under the idempotency key, closes the audit chain over what was told, puts beside it what subscribers
are told, and commits. A refusal writes nothing, uses up no key, is not audited, and nobody is told of it.
"""

from collections.abc import Awaitable, Callable
from functools import wraps
from hashlib import sha256
from typing import Any, Concatenate, Generic, Literal, NoReturn, ParamSpec, Self, TypeVar

import asyncpg
import msgspec
from msgspec import Struct

from service.core.actors import Actor
from service.core.notices import telling
from service.core.refusals import Refused, refused
from service.flows.retry import retried
from service.flows.shown_once import withheld
from service.store import idempotency, record
from service.store.act import Act
from service.store.database.pool import Database

__all__ = ["Act", "Again", "Done", "Once", "close", "moves_value", "perform", "rehearse"]

T = TypeVar("T")
P = ParamSpec("P")
Made = Literal["created", "found", "done", "proposed"]


class Once(Struct, frozen=True):
    """A request's idempotency key and the digest of what it asks.

    How long the key is kept is no matter of the request: an operation that `moves_value` says so itself.
    """

    key: str
    digest: bytes

    @classmethod
    def of(cls, key: str, *asked: str | bytes) -> Self:
        """Digest what a request asks: the SHA-256 of its parts, joined by line feeds.

        Digests are on record beside their keys: the parts of a kind of request and their order never change.
        """
        parts = (part if isinstance(part, bytes) else part.encode() for part in asked)
        return cls(key, sha256(b"\n".join(parts)).digest())


class Done(Struct, Generic[T], frozen=True):
    """An operation that is done: its answer, and whether it made something, found it there, or neither.

    What is `proposed` waits for a second person. `revision` is the number that an edited resource's ETag
    shows.
    """

    value: T
    made: Made = "done"
    revision: int | None = None


class Again(Struct, frozen=True):
    """A request that was answered before: the first answer's JSON, with null for what is shown once."""

    body: bytes
    made: Made


def moves_value(
    operation: Callable[Concatenate[Act, P], Awaitable[T]],
) -> Callable[Concatenate[Act, P], Awaitable[T]]:
    """Mark an operation that moves value: the idempotency key that it is asked for with never expires.

    It holds for whatever calls the operation as well.
    """

    @wraps(operation)
    async def moving(act: Act, /, *args: P.args, **kwargs: P.kwargs) -> T:
        act.moves_value = True
        return await operation(act, *args, **kwargs)

    return moving


async def perform(
    database: Database,
    actor: Actor,
    operation: Callable[[Act], Awaitable[Done[T] | Refused]],
    once: Once | None = None,
) -> Done[T] | Again | Refused:
    """Run one operation in its one transaction; with `once`, at most once.

    Raises OSError or asyncpg.PostgresError where the database is away or refuses the unforeseen.
    """
    return await retried(lambda: _attempt(database, actor, operation, once))


async def rehearse(
    database: Database, actor: Actor, operation: Callable[[Act], Awaitable[Done[T] | Refused]]
) -> Done[T] | Refused:
    """Run one operation as `perform` does, and take back all that it wrote: gives its answer alone.

    Raises OSError or asyncpg.PostgresError where the database is away or refuses the unforeseen.
    """
    return await retried(lambda: _rehearsal(database, actor, operation))


async def _rehearsal(
    database: Database, actor: Actor, operation: Callable[[Act], Awaitable[Done[T] | Refused]]
) -> Done[T] | Refused:
    try:
        async with database.transaction(actor.clinic) as tx:
            _take_back(await operation(Act(tx, actor)))
    except _Rehearsed as tried:
        answer: Done[T] | Refused = tried.answer
        return answer


class _Rehearsed(Exception):  # noqa: N818  carries an answer out of the transaction, so that it rolls back
    def __init__(self, answer: Any) -> None:  # noqa: ANN401  a class of exceptions has no type parameters
        self.answer = answer


def _take_back(answer: Done[Any] | Refused) -> NoReturn:
    raise _Rehearsed(answer)


class _Refusal(Exception):  # noqa: N818  carries a value out of the transaction, so that it rolls back
    def __init__(self, refusal: Refused) -> None:
        self.refusal = refusal


async def _attempt(
    database: Database,
    actor: Actor,
    operation: Callable[[Act], Awaitable[Done[T] | Refused]],
    once: Once | None,
) -> Done[T] | Again | Refused:
    try:
        async with database.transaction(actor.clinic) as tx:
            act = Act(tx, actor)
            if once is not None:
                kept = await _kept(act, once)
                if kept is not None:
                    return kept
            answer = _granted(await operation(act))
            if once is not None:
                body = msgspec.json.encode(withheld(answer.value))
                await idempotency.keep(act, actor, once.key, once.digest, body, answer.made, act.moves_value)
            await close(act)
    except _Refusal as raised:
        return raised.refusal
    for committed in act.after:
        committed()
    return answer


async def close(act: Act) -> None:
    """Write the entries of the audit trail and the notices of a unit of work, last of all in it."""
    if act.entries:
        notices = [*act.notices, *telling.balances(act.changed)]
        await record.write(act, record.Books(entries=act.entries, notices=notices))


def _granted(answer: Done[T] | Refused) -> Done[T]:
    if isinstance(answer, Refused):
        raise _Refusal(answer)
    return answer


async def _kept(act: Act, once: Once) -> Again | None:
    """The first answer to this key, once no other request with it is in flight."""
    try:
        await idempotency.lock(act, act.actor, once.key)
    except asyncpg.LockNotAvailableError:
        raise _Refusal(refused("idempotency_in_flight")) from None
    kept = await idempotency.find(act, act.actor, once.key)
    if kept is None:
        return None
    if kept.digest != once.digest:
        raise _Refusal(refused("idempotency_conflict"))
    return Again(kept.body, kept.made)
