"""The first run: the first clinic and its manager, and then a program, a shelf and somebody to begin with."""

from functools import cache, partial
from typing import Final
from zoneinfo import available_timezones

from msgspec import Struct

from schemas.people import NewParticipant
from service.core.cursors import Page
from service.core.refusals import Refused
from service.flows.programs.programs import list_programs
from service.flows.setup.first_run import NewSetUp, is_set_up, is_set_up_word, set_up
from service.flows.setup.starters import SHELF, programs_offered, take_first_steps
from service.scratch.rate_limits import RateLimits
from service.settings import RateLimit
from service.web.http import cookies
from service.web.http.answers import Answer
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.forms import faults_of
from service.web.pages.framework.page import ANYONE, MANAGING, page
from service.web.pages.framework.page_refusal import page_refusal

FIRST: Final = "/set-up/first"
TRIES: Final = RateLimit(30, 60)
NEAR: Final = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
    "America/Puerto_Rico",
)
"""The zones of the United States, which stand first in the list."""


class SetUpQuery(Struct, frozen=True):
    """The set-up word, as the printed address carries it."""

    word: str = ""


@page("GET", "/set-up", who=ANYONE)
async def ask(call: PageCall, asked: SetUpQuery) -> Answer:
    """Ask for the clinic and its manager; gone as soon as there is a clinic."""
    if await is_past(call):
        return call.go("/")
    return _asked(call, asked.word)


@page("POST", "/set-up", who=ANYONE)
async def make(call: PageCall) -> Answer:
    """Make the clinic and sign its manager in."""
    if await is_past(call):
        return call.go("/")
    tries = await RateLimits(call.resources.redis, TRIES).take(f"set-up:{call.request.client}")
    if tries is not None and not tries.allowed:
        return _asked(call, "", page_refusal("too_many_requests", "signin.too_often", "$.word"))
    word = call.form.value("word")
    if not is_set_up_word(call.resources.settings.form_key, word):
        return _asked(call, "", page_refusal("forbidden", "signin.word_wrong", "$.word"))
    # A password is taken as it was typed, blanks and all.
    typed = call.form.typed("password")
    new = call.form.read(NewSetUp, **({"password": typed} if typed else {}))
    if isinstance(new, Refused):
        return _asked(call, word, new)
    opened = await set_up(
        call.resources.database, new, call.voice.language, call.request.headers.get("user-agent")
    )
    if isinstance(opened, Refused):
        return call.go("/") if opened.code == "already_settled" else _asked(call, word, opened)
    call.resources.set_up = True
    return call.go(FIRST, call.request.cookies.set(cookies.SESSION, opened.token))


@page("GET", FIRST, who=MANAGING)
async def first(call: PageCall) -> Answer:
    """Offer a program, rewards and the first participant, while the clinic has no program."""
    return call.go("/desk") if await _has_program(call) else _first(call)


@page("POST", FIRST, who=MANAGING)
async def begin(call: PageCall) -> Answer:
    """Take the first steps and come to the new person at the desk."""
    if await _has_program(call):
        return call.go("/desk")
    named = {one.name: one for one in programs_offered()}
    chosen = named.get(call.form.value("program"))
    if chosen is None:
        return _first(call, page_refusal("invalid", "signin.choose_program", "$.program"))
    person = call.form.read(NewParticipant) if call.form.value("reference") else None
    if isinstance(person, Refused):
        return _first(call, person)
    rewards = [one for one in SHELF if one.key in call.form.texts("rewards")]
    done = await call.do(partial(take_first_steps, program=chosen, rewards=rewards, person=person))
    if isinstance(done, Refused):
        return _first(call, done)
    return call.go("/desk" if done is None else f"/desk?person={done}&welcome=true")


async def is_past(call: PageCall) -> bool:
    """Whether there is a clinic, which then never goes away."""
    if not call.resources.set_up:
        call.resources.set_up = await is_set_up(call.resources.database)
    return call.resources.set_up


@cache
def zones() -> tuple[str, ...]:
    """The zones that a clinic may lie in, those of the United States first."""
    others = sorted(
        one for one in available_timezones() if "/" in one and not one.startswith(("Etc/", "US/"))
    )
    return (*NEAR, *(one for one in others if one not in NEAR))


def _asked(call: PageCall, word: str, refusal: Refused | None = None) -> Answer:
    return call.show_refused(
        "signin/set_up.html",
        refusal,
        word=word,
        zones=zones(),
        near=len(NEAR),
        faults=faults_of(call, refusal),
    )


def _first(call: PageCall, refusal: Refused | None = None) -> Answer:
    return call.show_refused(
        "signin/first.html",
        refusal,
        programs=programs_offered(),
        shelf=SHELF,
        chosen=call.form.value("program"),
        rewards=call.form.texts("rewards") if call.form.fields else [one.key for one in SHELF[:2]],
        faults=faults_of(call, refusal),
    )


async def _has_program(call: PageCall) -> bool:
    found = await call.do(partial(list_programs, page=Page(1)))
    return isinstance(found, Refused) or bool(found.items)
