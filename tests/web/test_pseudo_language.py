"""Every text of every page goes through the catalogs: a language of marked texts shows what does not."""

from __future__ import annotations

import asyncio
import re
from html import unescape
from typing import TYPE_CHECKING, Final

import httpx
import pytest

from service.core.access.display_codes import ALPHABET
from service.web.pages.routes import PAGES
from tests import tls
from tests.web.conftest import answering, environment_of, free_port, start_server
from tests.web.pseudo import PSEUDO
from tests.web.test_every_page_is_guarded import STREAMS, path_of, signed_in
from tests.web.test_every_route_is_guarded import belongings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from service.embedded import Stores
    from tests.web.conftest import Clinic, Server

MARKED = re.compile(r"⟦[^⟦⟧]*⟧")
"""What came through the catalogs, from the inside out: a text may stand in another."""
WRITTEN: Final = {
    "GET /manage/programs": "documents of programs say what they are made of",
    "GET /manage/programs/{name}": "publications are cited as they are called",
    "GET /manage/reports/progress": "publications are cited as they are called",
    "GET /desk/people/{person}/guardian": "its words are in the language of the participant",
    "GET /manage/consents/{consent}/text": "it is in the language of the person who signs it",
    "GET /manage/audit": "the trail has deeds and ids as they are kept",
    "GET /manage/imports": "columns are named as files have them",
    "GET /manage/smart-clients": "scopes are written as SMART has them",
    "GET /manage/subscribers": "types of notices are named as they are sent",
    "GET /manage/subscribers/{subscriber}": "types of notices are named as they are sent",
}
"""Pages that show what is no text of theirs, and why."""
OWN: Final = """
English Español Tiếng Việt glish pañol ếng Ana Ruiz test clinic Asked BHN Cards Done Giftbit Helped LAB
Mornings One Overdose Shared Tango The Ticket Tremendous Vouchers Year another api auditor broke care
clinician com county example grant hello https invalid leisure manager org others pen receiver tremendous
New program
"""
"""What this clinic and its people are called, what they wrote, and names of languages, keys and companies."""
MANY = 40
DAY = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
    r"|(?:Sun|Mon|Tues|Wednes|Thurs|Fri|Satur)day|Sun|Mon|Tue|Wed|Thu|Fri|Sat|AM|PM"
    r"|(?:in )?\d+ (?:seconds?|minutes?|hours?|days?|weeks?|months?|years?)(?: ago)?)\b"
)
"""What CLDR says, whose words are those of the locale."""
CURRENCY = re.compile(r">(?:[^<>]*\([A-Z]{3}\)|[A-Z]{3})<")
"""A currency by its name and code, as CLDR has it; by its code alone where CLDR has no name."""
READ_ALOUD = re.compile(r"(?:aria-label|placeholder|title|alt)=\"([^\"]*)\"")


@pytest.fixture(name="marking")
async def serving_pseudo(stores: Stores, served_database: str) -> AsyncIterator[str]:
    """Serve the session's database with one language more, and give the server's URL."""
    port = free_port()
    environment = {**environment_of(stores, served_database), "METRICS_PORT": str(free_port())}
    process = start_server(environment, port, application="tests.web.pseudo:speaking")
    try:
        await answering(f"http://127.0.0.1:{port}", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        await asyncio.to_thread(process.wait, 20)


def unmarked(page: str) -> set[str]:
    """The words of a page that came from no catalog."""
    page = CURRENCY.sub("><", page)
    body = re.sub(r"<(script|style|title id|svg|code|pre|textarea)\b.*?</\1>", " ", page, flags=re.DOTALL)
    spoken = " ".join(READ_ALOUD.findall(body))
    text = unescape(re.sub(r"<[^>]*>", " ", body) + " " + spoken)
    while MARKED.search(text):
        text = MARKED.sub(" ", text)
    text = re.sub(rf"\b[{ALPHABET}]{{3}}[ -][{ALPHABET}]{{3}}\b|\w*[\d_]\w*", " ", DAY.sub(" ", text))
    return set(re.findall(r"[^\W\d_]{3,}", text))


async def test_every_text_of_every_page_is_in_the_catalogs(
    server: Server, clinic: Clinic, marking: str
) -> None:
    """What a manager can open holds no words but those of the catalogs and those of the clinic itself."""
    ids = await belongings(clinic)
    staff, _ = await signed_in(server, clinic, "manager")
    cookies = {"cmr_session": staff.cookies["cmr_session"], "cmr_language": PSEUDO}
    await staff.aclose()
    left: dict[str, list[str]] = {}
    seen = 0
    async with httpx.AsyncClient(
        base_url=marking, timeout=30, cookies=cookies, verify=tls.CONTEXT
    ) as browser:
        for page in PAGES:
            if (
                page.method != "GET"
                or "manager" not in page.who
                or page.path in STREAMS
                or page.name in WRITTEN
            ):
                continue
            answer = await browser.get(path_of(page, ids))
            if "text/html" in answer.headers.get("content-type", ""):
                seen += 1
                left[page.name] = sorted(unmarked(answer.text) - set(OWN.split()))
    assert seen > MANY
    assert {name: words for name, words in left.items() if words} == {}
