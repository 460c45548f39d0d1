"""By the link that they were given, members of staff choose their own password, and go on to sign in."""

from service.core.refusals import Refused
from service.flows.access.invitations import OVER, accept_invitation, whose
from service.scratch.rate_limits import RateLimits
from service.settings import RateLimit
from service.web.http.answers import Answer
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.forms import faults_of
from service.web.pages.framework.page import ANYONE, page
from service.web.pages.framework.page_refusal import page_refusal
from service.web.pages.signin.staff import through

PATH = "/join/{token}"
TRIES = RateLimit(30, 60)
"""How often one machine may send a password: comparing and keeping it is slow on purpose."""


@page("GET", PATH, who=ANYONE)
async def ask(call: PageCall, token: str) -> Answer:
    """Ask for the password; nothing is used up by looking."""
    return await _asked(call, token)


@page("POST", PATH, who=ANYONE)
async def choose(call: PageCall, token: str) -> Answer:
    """Take the password, and let them in or on to their second factor."""
    tries = await RateLimits(call.resources.redis, TRIES).take(f"join:{call.request.client}")
    if tries is not None and not tries.allowed:
        return await _asked(call, token, page_refusal("too_many_requests", "signin.too_often", "$.password"))
    new, again = call.form.typed("password"), call.form.typed("again")
    if new != again:
        return await _asked(call, token, page_refusal("invalid", "accounts.again_wrong", "$.again"))
    who = await accept_invitation(call.resources.database, token, new)
    if isinstance(who, Refused):
        return await _asked(call, token, who)
    return await through(call, who, "", "invitation")


async def _asked(call: PageCall, token: str, refusal: Refused | None = None) -> Answer:
    person = await whose(call.resources.database, token)
    if person is None:
        return call.refuse(OVER)
    return call.show_refused(
        "signin/join.html", refusal, token=token, person=person, faults=faults_of(call, refusal)
    )
