"""A session that ends takes the names away at that moment, and gives back what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import Browser, ViewportSize, expect

from tests.browser.conftest import DESK, PHONE, faults_of_access, opened, small_targets
from tests.browser.test_desk_queue import again, ended, sit_down
from tests.web.desk import expected_today
from tests.web.manage import signed_in

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
async def test_a_page_whose_session_ended_shows_no_name_and_keeps_what_was_typed(
    chromium: Browser, server: Server, clinic: Clinic, viewport: ViewportSize
) -> None:
    """On a page that nothing streams to; the same person signs in, and goes on with the half-filled form."""
    people = await expected_today(clinic)
    who = people[0]
    token = await signed_in(server, clinic.id, "clinician")
    fresh = await again(server, token)
    async with opened(chromium, server, token, viewport=viewport) as page:
        where = f"/desk/people/{who['id']}/enroll"
        await page.goto(where)
        await page.get_by_label("Who pays").fill("County grant")
        await ended(server, token)
        # As when somebody comes back to the tab; without anybody it is asked by itself twice a minute.
        await page.evaluate("dispatchEvent(new Event('focus'))")
        await expect(page.get_by_role("heading", name="You were signed out")).to_be_focused()
        assert who["name"] not in await page.evaluate("document.body.innerText + document.title")
        assert await faults_of_access(page) == []
        if viewport is PHONE:
            assert await small_targets(page) == []
        way = page.get_by_role("link", name="Sign in")
        await expect(way).to_have_attribute("href", f"/?to={where.replace('/', '%2F')}")
        await expect(way).to_have_attribute("target", "_blank")
        # Somebody else who sits down there sees nothing of it.
        await sit_down(page, server, await signed_in(server, clinic.id, "manager"))
        await page.evaluate("dispatchEvent(new Event('focus'))")
        await expect(page.get_by_text(who["name"])).to_be_hidden()
        await sit_down(page, server, fresh)
        await page.evaluate("dispatchEvent(new Event('focus'))")
        await expect(page.get_by_text(who["name"])).to_be_visible()
        await expect(page.get_by_label("Who pays")).to_have_value("County grant")
        # The forms are sent under the new session.
        answer = await page.request.post(
            where, form={"csrf": await page.locator("main [name=csrf]").first.input_value(), "program": ""}
        )
        assert answer.status != 403


async def test_signing_out_in_one_tab_takes_the_names_away_in_the_others(
    chromium: Browser, server: Server, clinic: Clinic
) -> None:
    """The list of the desk is gone as soon as its stream is."""
    people = await expected_today(clinic)
    token = await signed_in(server, clinic.id, "front_desk")
    async with opened(chromium, server, token) as page:
        await page.goto("/desk")
        await expect(page.get_by_text(people[0]["name"])).to_be_visible()
        other = await page.context.new_page()
        await other.goto("/account")
        await other.get_by_role("button", name="Sign out, Fay Desk").click()
        await expect(page.get_by_role("heading", name="You were signed out")).to_be_visible()
        await expect(page.get_by_text(people[0]["name"])).to_be_hidden()
