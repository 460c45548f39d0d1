"""Closures: days on which the clinic is closed, so that nobody is expected."""

from uuid import UUID

from schemas.visits import Closure, ClosurePage, EnteredClosure, NewClosure
from service.core.cursors import Page
from service.flows.visits.closures import enter_closure, list_closures, remove_closure
from service.web.http.answers import Answer
from service.web.http.call import Call
from service.web.http.pagination import PageQuery
from service.web.http.route import MANAGERS, READERS, route


@route("POST", "/v1/closures", "enter_closure", roles=MANAGERS, answer=EnteredClosure, statuses=(201,))
async def enter(call: Call, body: NewClosure) -> Answer:
    """Enter days on which the clinic is closed.

    Nobody is expected on them. Visits of past days that the service had recorded as missed are excused, and
    the answer says how many.
    """
    return await call.perform(lambda act: enter_closure(act, body))


@route("GET", "/v1/closures", "list_closures", roles=READERS, answer=ClosurePage)
async def find(call: Call, asked: PageQuery) -> Answer:
    """List the closures, newest first."""
    return await call.perform(lambda act: list_closures(act, Page(asked.limit, asked.cursor)))


@route(
    "DELETE",
    "/v1/closures/{closure}",
    "remove_closure",
    roles=MANAGERS,
    answer=Closure,
    refusals=("not_found", "closure_begun"),
)
async def remove(call: Call, closure: UUID) -> Answer:
    """Take back a closure whose first day lies ahead."""
    return await call.perform(lambda act: remove_closure(act, closure))
