"""Choosing the language of the pages."""

from schemas.languages import SOURCE, SPOKEN
from service.web.http import cookies
from service.web.http.answers import Answer
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.page import ANYONE, page


@page("POST", "/language", who=ANYONE)
async def choose(call: PageCall) -> Answer:
    """Speak another language from now on in this browser, and go back to the page."""
    wanted = call.form.value("language")
    language = wanted if wanted in SPOKEN else SOURCE
    return call.go(call.request.back, call.request.cookies.set(cookies.LANGUAGE, language, cookies.YEAR_S))
