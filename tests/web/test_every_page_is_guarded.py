"""Every page by everybody, and by another clinic's ids: led to the way in, 403 and 404 where they are due."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, get_args
from uuid import UUID

import httpx
import pytest

from schemas.staff import StaffRole
from service.flows.access.sessions import open_session
from service.flows.perform import Done, perform
from service.flows.setup.clinics import operator
from service.web.contract import examples
from service.web.http.cookies import form_token
from service.web.pages.framework.page import Page
from service.web.pages.routes import PAGES
from tests import tls
from tests.web.test_every_route_is_guarded import belongings
from tests.web.test_signin_staff import hired

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server

NEVER = "01900000-0000-7000-8000-00000000dead"
STREAMS = {page.path for page in PAGES if page.path.endswith(("/stream", "/news", "/live"))}
"""Pages that go on for as long as they are looked at."""
ALSO = {"person": "participant"}
"""Other names of the same things in the paths of pages."""


def path_of(page: Page, ids: dict[str, str]) -> str:
    """Give a page's path about the things with these ids; what is not among them never was."""
    named = {name: str(examples.PATH.get(name, NEVER)) for name in page.path_types}
    return page.path.format(**{name: ids.get(ALSO.get(name, name), text) for name, text in named.items()})


async def signed_in(server: Server, clinic: Clinic, role: StaffRole) -> tuple[httpx.AsyncClient, str]:
    """Give a browser in which a member of staff is signed in, and the word of its forms."""
    who = await hired(server, clinic, role)
    operation = partial(open_session, kind="staff", subject=who.id)
    done = await perform(server.database, operator(UUID(clinic.id)), operation)
    assert isinstance(done, Done)
    token = done.value.token
    browser = httpx.AsyncClient(
        base_url=clinic.url, timeout=30, cookies={"cmr_session": token}, verify=tls.CONTEXT
    )
    return browser, form_token(server.settings.form_key, token)


async def test_a_page_without_a_session_leads_to_the_way_in(clinic: Clinic) -> None:
    """Nobody unknown sees anything, and a form that they send does nothing."""
    async with httpx.AsyncClient(base_url=clinic.url, timeout=30, verify=tls.CONTEXT) as nobody:
        for page in PAGES:
            if "anyone" in page.who:
                continue
            answer = await nobody.request(page.method, path_of(page, {}))
            assert answer.status_code == 303, page.name
            assert re.match(r"/(kiosk/start)?(\?|$)", answer.headers["location"]), page.name


@pytest.mark.parametrize("role", get_args(StaffRole))
async def test_a_role_opens_its_pages_and_no_other(server: Server, clinic: Clinic, role: StaffRole) -> None:
    """The wrong role is 403 on every page, read or sent, and never on its own."""
    browser, _ = await signed_in(server, clinic, role)
    async with browser:
        for page in PAGES:
            if page.who & {"anyone", "tablet"} or page.path in STREAMS:
                continue
            if page.method == "POST" and role in page.who:
                continue
            answer = await browser.request(page.method, path_of(page, {}))
            assert (answer.status_code == 403) is (role not in page.who), f"{page.name} {answer.status_code}"


@pytest.mark.parametrize("role", get_args(StaffRole))
async def test_another_clinic_s_page_is_404_like_an_unknown_one(
    server: Server, clinic: Clinic, other: Clinic, role: StaffRole
) -> None:
    """Read or sent, every id of another clinic is answered as an id that never was."""
    theirs = await belongings(other)
    browser, word = await signed_in(server, clinic, role)
    looked = 0
    async with browser:
        for page in PAGES:
            named = {ALSO.get(name, name) for name in page.path_types}
            if role not in page.who or not named & set(theirs) or page.path in STREAMS:
                continue
            sent = {"csrf": word} if page.method == "POST" else None
            paths = [path_of(page, ids) for ids in (theirs, {"name": "never-published"})]
            theirs_answer, nothings = [await browser.request(page.method, path, data=sent) for path in paths]
            assert theirs_answer.status_code == nothings.status_code, page.name
            assert theirs_answer.status_code >= 400, page.name
            looked += 1
    assert looked >= 3
