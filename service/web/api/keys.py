"""Keys: issued once, listed without their secret, revoked at once."""

from uuid import UUID

from schemas.keys import IssuedKey, Key, KeyPage, NewKey
from service.core.cursors import Page
from service.core.refusals import Refused
from service.flows.access.keys import issue_key, list_keys, revoke_key
from service.flows.perform import Act, Done
from service.web.http.answers import Answer
from service.web.http.call import Call
from service.web.http.pagination import PageQuery
from service.web.http.route import MANAGERS, route


@route("POST", "/v1/keys", "issue_key", roles=MANAGERS, answer=IssuedKey, statuses=(201,))
async def issue(call: Call, body: NewKey) -> Answer:
    """Issue a key with one role; its secret is in this answer and nowhere else."""
    return await call.perform(lambda act: issue_key(act, body))


@route("GET", "/v1/keys", "list_keys", roles=MANAGERS, answer=KeyPage)
async def list_(call: Call, asked: PageQuery) -> Answer:
    """List the keys, revoked ones too, newest first."""
    return await call.perform(lambda act: list_keys(act, Page(asked.limit, asked.cursor)))


@route("DELETE", "/v1/keys/{key}", "revoke_key", roles=MANAGERS, answer=Key, refusals=("not_found",))
async def revoke(call: Call, key: UUID) -> Answer:
    """Revoke a key: from now on it opens nothing.

    The key in use is refused with 403: issue another, and revoke this one with it.
    """

    async def operation(act: Act) -> Done[Key] | Refused:
        return await revoke_key(act, key)

    answer = await call.perform(operation)
    # This process need not wait to hear of it; the others do within a second.
    call.resources.keys.forget(key)
    return answer
