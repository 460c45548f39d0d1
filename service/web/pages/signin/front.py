"""The front door: two ways in, one for participants with a code and one for staff."""

from urllib.parse import urlsplit

from msgspec import Struct

from service.core.access.sessions import Session
from service.flows.access.sessions import find_session
from service.flows.setup.first_run import is_set_up
from service.web.http import cookies
from service.web.http.answers import Answer, Header
from service.web.pages.framework.call import OURS, PageCall
from service.web.pages.framework.page import ANYONE, page


class FrontQuery(Struct, frozen=True):
    """Where somebody wanted to go before they had to sign in."""

    to: str = ""


@page("GET", "/", who=ANYONE)
async def front(call: PageCall, asked: FrontQuery) -> Answer:
    """Show both doors; whoever is signed in goes to their own face."""
    if call.session is not None:
        return call.go(home_of(call.session))
    if not call.resources.set_up:
        call.resources.set_up = await is_set_up(call.resources.database)
        if not call.resources.set_up:
            return call.go("/set-up")
    to = own_path(asked.to)
    if to.startswith("/portal") and await is_tablet(call):
        return call.go("/kiosk")
    return show_front(call, to=to)


@page("GET", "/sign-in", who=ANYONE)
async def again(call: PageCall) -> Answer:
    """Go to the front door: this address only takes what was typed there."""
    return call.go("/")


def show_front(
    call: PageCall,
    status: int = 200,
    *headers: Header,
    to: str = "",
    email: str = "",
    code_fault: str | None = None,
    staff_fault: str | None = None,
) -> Answer:
    """Draw the front door, with what is wrong beside the door that it is about.

    What was typed as a code or a password is not drawn again.
    """
    return call.show(
        "signin/front.html",
        status,
        *headers,
        to=own_path(to),
        email=email,
        code_fault=code_fault,
        staff_fault=staff_fault,
    )


def own_path(wanted: str) -> str:
    """A path of ours that somebody wants to go to, empty for anything else."""
    is_ours = OURS.fullmatch(wanted) and "\\" not in wanted
    return wanted if is_ours and urlsplit(wanted).path not in {"/", "/sign-in", "/sign-out"} else ""


def home_of(session: Session) -> str:
    """The face of whoever is signed in."""
    match session.kind:
        case "staff":
            return "/manage" if session.role == "auditor" else "/desk"
        case "tablet":
            return "/kiosk"
        case _:
            return "/portal"


async def is_tablet(call: PageCall) -> bool:
    """Whether this is the clinic's tablet, whoever is signed in at it."""
    token = call.request.cookies.get(cookies.TABLET)
    return token is not None and await find_session(call.resources.database, token) is not None
