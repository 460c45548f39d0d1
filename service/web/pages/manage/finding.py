"""Find anything by a few letters: people, programs, rewards, and pages by what they are about."""

from functools import partial
from typing import Final

from schemas.languages import SPOKEN
from service.core.catalogs import text_of
from service.core.refusals import Refused
from service.flows.screens.searching import means, search
from service.web.http.answers import Answer
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.nav import places_of
from service.web.pages.framework.page import READING, page
from service.web.words import SAID, WORDS

PATH: Final = "/find"
TYPED_MAX: Final = 100


@page("GET", PATH, who=READING)
async def show(call: PageCall) -> Answer:
    """Show the box in which to type."""
    return call.show("manage/find.html", typed="", found=None, places=())


@page("POST", PATH, who=READING)
async def find(call: PageCall) -> Answer:
    """Find whatever is meant; by a form, since a name has no place in an address."""
    typed = call.form.value("all")[:TYPED_MAX]
    role = call.signed_in.role
    found = await call.do(partial(search, typed=typed, role=role))
    if isinstance(found, Refused):
        return call.refuse(found)
    places = [one for one in places_of(role) if typed and means(typed, *_said(one[0]))]
    template = "manage/find_part.html" if call.request.is_part else "manage/find.html"
    return call.show(template, typed=typed, found=found, places=places)


def _said(place: str) -> tuple[str, ...]:
    """What a page is called and is about, in every language."""
    keys = (f"shared.nav.{place}", f"shared.about.{place}")
    return tuple(text_of(SAID[one][key]) for one in SPOKEN for key in keys if key in WORDS)
