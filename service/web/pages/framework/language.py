"""Choosing the language of the pages."""

from service.web.http import cookies
from service.web.http.answers import Answer
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.page import ANYONE, page


@page("POST", "/language", who=ANYONE)
async def choose(call: PageCall) -> Answer:
    """Speak another language from now on in this browser, and go back to the page."""
    language = "es" if call.form.value("language") == "es" else "en"
    return call.go(call.request.back, call.request.cookies.set(cookies.LANGUAGE, language, cookies.YEAR_S))
