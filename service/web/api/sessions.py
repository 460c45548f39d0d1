"""Sessions of members of staff, under which a program acts for a person: opened, proved again, ended."""

from datetime import timedelta
from typing import Final
from uuid import UUID

import msgspec

from schemas.staff import EndedSession, NewProof, NewSession, OpenedStaffSession, Proved
from service.core.access.places import Place
from service.core.access.sessions import PROVED_MINUTES
from service.core.refusals import Refused, refused
from service.flows.access.enter_staff import enter
from service.flows.access.proofs import prove_again
from service.flows.access.sessions import end_session
from service.flows.perform import Done, perform
from service.scratch.rate_limits import RateLimits
from service.settings import RateLimit
from service.web.http.answers import Answer, as_json
from service.web.http.call import NO_STORE, Call
from service.web.http.route import OPEN, READERS, route

PER_PLACE: Final = RateLimit(300, 60)
"""How often one machine may try, whatever the address; it shares this with the pages."""
WRONG: Final = refused("unauthenticated.proof")
_encode = msgspec.json.encode


@route(
    "POST",
    "/v1/sessions",
    "open_session",
    roles=OPEN,
    answer=OpenedStaffSession,
    statuses=(201,),
    refusals=("unauthenticated", "second_factor_needed", "too_many_requests"),
)
async def open_(call: Call, body: NewSession) -> Answer:
    """Sign a member of staff in: what is done under the session is done by them.

    Whatever a second person approves takes such a session: a key approves nothing.
    """
    place = Place(call.client)
    left = await RateLimits(call.resources.redis, PER_PLACE).take(f"sign-in:{place.text}")
    if left is not None and not left.allowed:
        return call.refuse(refused("too_many_requests.sign_in"), (b"retry-after", b"%d" % left.retry_s))
    roles = call.resources.settings.second_factor_roles
    opened = await enter(call.resources.database, body, place, call.header(b"user-agent"), roles)
    return call.refuse(opened) if isinstance(opened, Refused) else as_json(_encode(opened), 201, NO_STORE)


def session_of(call: Call) -> UUID:
    """The session under which a request was let in.

    Raises LookupError for a key's, which is let in to none of these routes.
    """
    if call.caller is None or call.caller.session is None:
        raise LookupError("a key has no session")
    return call.caller.session


@route(
    "POST",
    "/v1/sessions/current/proof",
    "prove_session",
    roles=READERS,
    answer=Proved,
    refusals=("person_needed", "unauthenticated"),
)
async def prove(call: Call, body: NewProof) -> Answer:
    """Show one's password or second factor again, as is asked of whoever changes staff, keys or secrets."""
    session = session_of(call)
    database = call.resources.database
    done = await perform(
        database,
        call.actor,
        lambda act: prove_again(act, session, body.password or "", body.code or ""),
    )
    if not isinstance(done, Done) or done.value != "right":
        return call.refuse(WRONG)
    until = database.clock() + timedelta(minutes=PROVED_MINUTES)
    return as_json(_encode(Proved(until)), 200, NO_STORE)


@route(
    "DELETE",
    "/v1/sessions/current",
    "end_session",
    roles=READERS,
    answer=EndedSession,
    refusals=("person_needed",),
)
async def end(call: Call) -> Answer:
    """Sign out: the session opens nothing any more."""
    session = session_of(call)
    await perform(call.resources.database, call.actor, lambda act: end_session(act, session))
    return as_json(_encode(EndedSession(session)), 200, NO_STORE)
