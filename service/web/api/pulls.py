"""Sources that are asked: where, how often, and how far that has come."""

from uuid import UUID

from schemas.pulls import NewPull, Pull
from service.flows.inbound.pulls import end_pull, read_pull, set_pull
from service.outbound.addresses import Allowed
from service.web.http.answers import Answer
from service.web.http.call import Call
from service.web.http.route import MANAGERS, route


@route(
    "POST",
    "/v1/sources/{source}/pull",
    "set_pull",
    scope="secrets.write",
    roles=MANAGERS,
    answer=Pull,
    statuses=(201,),
    refusals=("not_found", "url_not_allowed"),
)
async def set_(call: Call, source: UUID, body: NewPull) -> Answer:
    """Have a source asked for what is new: its FHIR server is searched, and each resource is a message.

    `jwks` of the answer is our public key for it, a new one each time.
    """
    given = call.resources.settings
    allowed = Allowed(given.webhook_allow_loopback, given.webhook_allow_private)
    return await call.perform(lambda act: set_pull(act, source, body, allowed))


@route("GET", "/v1/sources/{source}/pull", "read_pull", roles=MANAGERS, answer=Pull, refusals=("not_found",))
async def read(call: Call, source: UUID) -> Answer:
    """Read how a source is asked, and how far that has come."""
    return await call.perform(lambda act: read_pull(act, source))


@route(
    "DELETE",
    "/v1/sources/{source}/pull",
    "end_pull",
    scope="secrets.write",
    roles=MANAGERS,
    answer=Pull,
    refusals=("not_found",),
)
async def end(call: Call, source: UUID) -> Answer:
    """Ask a source no more; what came from it stays."""
    return await call.perform(lambda act: end_pull(act, source))
