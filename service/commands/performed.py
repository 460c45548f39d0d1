"""What an operation of a command came to: its value, or the refusal that ends the command."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from service.commands.failures import refusal, unknown_clinic
from service.core.actors import Actor
from service.core.refusals import Refused
from service.flows.perform import Act, Again, Done, perform
from service.store.database.pool import Database

T = TypeVar("T")


async def performed(
    database: Database, actor: Actor, operation: Callable[[Act], Awaitable[Done[T] | Refused]]
) -> T:
    """Run one operation and give its value.

    Raises CommandError where it is refused.
    """
    made = await perform(database, actor, operation)
    match made:
        case Refused(reason="not_found.clinic"):
            raise unknown_clinic(actor.clinic)
        case Refused():
            raise refusal(made)
        case Again():
            raise AssertionError("a request without an idempotency key is never answered again")
        case _:
            return made.value
