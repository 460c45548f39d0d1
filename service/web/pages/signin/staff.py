"""Members of staff sign in by address and password, and everybody signs out."""

from typing import Final

from service.core.access.places import Place
from service.core.refusals import Refused
from service.flows.access.sessions import end_session
from service.flows.access.sign_in_staff import REFUSAL, Recognized, needs_second_factor, recognize, sign_in
from service.flows.perform import perform
from service.scratch.rate_limits import RateLimits
from service.settings import RateLimit
from service.web.http import cookies
from service.web.http.answers import Answer, Header
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.page import ANYONE, page
from service.web.pages.signin.devices import known_browser, place_of
from service.web.pages.signin.front import own_path, show_front
from service.web.pages.signin.half import HALF, half_way

EMAIL_LETTERS_MAX: Final = 254
PASSWORD_LETTERS_MAX: Final = 1000
PER_PLACE: Final = RateLimit(300, 60)
"""How often one place may try, whatever the account: comparing a password is slow on purpose."""
RETRY_AFTER: Final[Header] = (b"retry-after", b"600")


@page("POST", "/sign-in", who=ANYONE)
async def enter(call: PageCall) -> Answer:
    """Sign a member of staff in under a new session, and go to where they wanted."""
    email, password, to = (
        call.form.value("email"),
        call.form.typed("password"),
        own_path(call.form.value("to")),
    )
    if not email or not password:
        words = "signin.say_email" if not email else "signin.say_password"
        return show_front(call, 422, to=to, email=email, staff_fault=call.voice.plain(words))
    if len(email) > EMAIL_LETTERS_MAX or len(password) > PASSWORD_LETTERS_MAX:
        return _not_right(call, email, to)
    place = place_of(call, email)
    if not await _may_try(call, place):
        return _too_often(call, email, to)
    who = await recognize(call.resources.database, email, password, place)
    if isinstance(who, Refused):
        is_held = who.code == "too_many_requests"
        return _too_often(call, email, to) if is_held else _not_right(call, email, to)
    return await through(call, who, to, "password")


@page("POST", "/sign-out", who=ANYONE)
async def leave(call: PageCall) -> Answer:
    """End the session for good, and forget it in this browser; a tablet waits for the next person."""
    await end_old_session(call)
    home = "/kiosk" if call.request.cookies.get(cookies.TABLET) else "/"
    return call.go(home, call.request.cookies.forget(cookies.SESSION), call.request.cookies.forget(HALF))


async def through(
    call: PageCall, who: Recognized, to: str, way: str, *more: Header, is_proved: bool = True
) -> Answer:
    """Let in whoever has shown one thing, or send them on to their second factor."""
    roles = call.resources.settings.second_factor_roles
    if who.known.has_second_factor or await needs_second_factor(call.resources.database, who, roles):
        return half_way(call, who, to, *more)
    return await let_in(call, who, to, *more, way=way, is_proved=is_proved)


async def let_in(
    call: PageCall,
    who: Recognized,
    to: str,
    *more: Header,
    way: str = "password",
    is_proved: bool = True,
) -> Answer:
    """Open a new session for somebody who has shown all that is asked of them; the one before ends."""
    token = await enter_as(call, who, way, is_proved=is_proved)
    known = known_browser(call, who.known.staff.email)
    return call.go(home_for(who, to), call.request.cookies.set(cookies.SESSION, token), known, *more)


async def enter_as(call: PageCall, who: Recognized, way: str, *, is_proved: bool = True) -> str:
    """Open a new session and give its token; the one before ends."""
    await end_old_session(call)
    agent = call.request.headers.get("user-agent")
    opened = await sign_in(call.resources.database, who, agent, way, is_proved=is_proved)
    return opened.token


def home_for(who: Recognized, to: str) -> str:
    """Where somebody comes who has just signed in."""
    if who.known.password_is_temporary:
        return "/account?done=first"
    return to or ("/manage" if who.known.staff.role == "auditor" else "/desk")


async def end_old_session(call: PageCall) -> None:
    """End the session under which a page was asked for, if there is one."""
    old = call.session
    if old is not None and old.subject is not None:
        await perform(call.resources.database, old.actor, lambda act: end_session(act, old.id))


async def _may_try(call: PageCall, place: Place) -> bool:
    """Whether this place may try once more; always while Redis is away."""
    left = await RateLimits(call.resources.redis, PER_PLACE).take(f"sign-in:{place.text}")
    return left is None or left.allowed


def _too_often(call: PageCall, email: str, to: str) -> Answer:
    words = call.voice.plain("signin.too_often")
    answer = show_front(call, 429, RETRY_AFTER, to=to, email=email, staff_fault=words)
    answer.code = "too_many_requests"
    return answer


def _not_right(call: PageCall, email: str, to: str) -> Answer:
    words = call.voice.plain("signin.not_right")
    answer = show_front(call, 401, to=to, email=email, staff_fault=words)
    answer.code = REFUSAL.code
    return answer
