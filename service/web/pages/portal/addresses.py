"""Whether a change of how somebody is reached is right, said by themselves in the portal."""

from functools import partial
from uuid import UUID

from service.core.refusals import Refused
from service.flows.access.new_addresses import answer_own
from service.web.http.answers import Answer
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.page import PARTICIPANT, page


@page("POST", "/portal/addresses/{address}", who=PARTICIPANT)
async def answer(call: PageCall, address: UUID) -> Answer:
    """Say whether a changed phone number or mail address is theirs."""
    is_theirs = call.form.value("right") == "yes"
    operation = partial(
        answer_own, new_address=address, let_in_by=call.signed_in.let_in_by, is_theirs=is_theirs
    )
    done = await call.do(operation)
    return call.refuse(done) if isinstance(done, Refused) else call.go("/portal")
