"""The portal in a real browser: live, after a miss, drawing, getting, hiding, leaving, and on the tablet."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import Browser, Page, ViewportSize, expect

from tests.browser.conftest import DESK, PHONE, faults_of_access, opened, sideways, small_targets
from tests.web.portal import on_shelf, someone

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server

ASKS_S = 30
"""After how long a page asks by itself what is new, in seconds."""
BOTH = pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])


async def is_fine(page: Page) -> None:
    """Look for faults of access, for what is too small to press, and for what is too wide."""
    assert await faults_of_access(page) == []
    if page.viewport_size == PHONE:
        assert await small_targets(page) == []
    assert await sideways(page) == 0


async def test_the_portal_shows_a_desk_record_as_it_is_recorded(
    chromium: Browser, server: Server, clinic: Clinic
) -> None:
    """Without loading the page again, and with a word for those who do not see it."""
    who = await someone(server, clinic)
    async with opened(chromium, server, who.token, viewport=PHONE) as page:
        async with page.expect_response("**/portal/stream"):
            await page.goto("/portal")
        await expect(page.locator(".total")).to_have_text("$0.00")
        await page.evaluate("window.stays = 1")
        for shown in ("$10.00", "$20.00", "$31.50"):
            since = time.monotonic()
            await who.comes()
            await expect(page.locator(".total")).to_have_text(shown)
            assert time.monotonic() - since < ASKS_S, "the page asked by itself instead of being told"
        await expect(page.locator("#told")).not_to_be_empty()
        await who.comes("positive")
        await expect(page.get_by_role("heading", name="Thanks for coming in.")).to_be_visible()
        assert await page.evaluate("window.stays") == 1
        assert await page.title() == "Rewards"


@BOTH
async def test_every_state_of_the_first_page_is_fit_for_everybody(
    chromium: Browser, server: Server, clinic: Clinic, viewport: ViewportSize
) -> None:
    """Nothing yet; on the way, with everything on it and the table open; after a miss; amounts hidden."""
    who = await someone(server, clinic)
    async with opened(chromium, server, who.token, viewport=viewport, java_script_enabled=True) as page:
        await page.goto("/portal")
        await expect(page.get_by_text("You start earning with your first visit")).to_be_visible()
        await is_fine(page)
        for _ in range(3):
            await who.comes()
        await who.comes("attended", "attendance")
        await on_shelf(clinic)
        await on_shelf(clinic, "Winter coat", price=13500)
        await page.goto("/portal")
        await page.get_by_text("Show as a table").first.click()
        await expect(page.get_by_role("cell", name="$26.50").first).to_be_visible()
        await is_fine(page)
        await who.comes("positive")
        await page.goto("/portal")
        await expect(page.get_by_text("Everything you earned is still yours.", exact=True)).to_be_visible()
        await is_fine(page)
        await page.get_by_role("button", name="Hide amounts").click()
        await expect(page.get_by_role("button", name="Show amounts")).to_be_visible()
        await is_fine(page)


@BOTH
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
async def test_drawing(
    chromium: Browser, server: Server, clinic: Clinic, script: bool, viewport: ViewportSize
) -> None:
    """With a script slip by slip, without one all of them; the balance has it in both."""
    who = await someone(server, clinic)
    await who.comes("attended", "attendance")
    async with opened(chromium, server, who.token, viewport=viewport, java_script_enabled=script) as page:
        await page.goto("/portal")
        await page.get_by_role("button", name="Draw all").click()
        await page.wait_for_url("**/portal/draws/*")
        slips = page.locator("#slips > li:visible")
        if script:
            await expect(slips).to_have_count(1)
            await expect(page.get_by_role("heading", name="Total")).to_be_hidden()
            await is_fine(page)
            await page.get_by_role("button", name="Show the next slip").press("Enter")
        await expect(slips).to_have_count(2)
        await expect(page.get_by_text("+$2.00")).to_be_visible()
        if script:
            await is_fine(page)
        await expect(page.get_by_role("button", name="Show the next slip")).to_be_hidden()
        await page.get_by_role("link", name="Back to my page").click()
        await expect(page.locator(".total")).to_have_text("$2.00")


@BOTH
async def test_getting_a_reward_by_keyboard_alone(
    chromium: Browser, server: Server, clinic: Clinic, viewport: ViewportSize
) -> None:
    """Choose, see what is left, say yes, and think better of it; a code is shown, and again later."""
    who = await someone(server, clinic)
    for _ in range(2):
        await who.comes()
    await on_shelf(clinic)
    reward = await on_shelf(clinic, "Gift code", kind="code", price=900)
    await clinic.post(f"/v1/rewards/{reward}/codes", {"codes": ["AB12-CD34"]})
    async with opened(chromium, server, who.token, viewport=viewport) as page:
        await page.goto("/portal")
        await page.get_by_role("link", name="Get Coffee card").press("Enter")
        await expect(page.locator("dd").last).to_have_text("$12.00")
        await is_fine(page)
        await page.get_by_role("button", name="Yes, get it").press("Enter")
        await expect(page.get_by_role("heading", name="It is set aside for you")).to_be_visible()
        await is_fine(page)
        await page.get_by_role("button", name="Cancel and get $8.00 back").press("Enter")
        await expect(page.get_by_text("You have $8.00 back in your balance.")).to_be_visible()
        await is_fine(page)
        await page.get_by_role("link", name="Back to my page").press("Enter")
        await page.get_by_role("link", name="Get Gift code").press("Enter")
        await page.get_by_role("button", name="Yes, get it").press("Enter")
        await expect(page.locator(".code-big")).to_have_text("AB12-CD34")
        await is_fine(page)
        await page.goto("/portal/redemptions")
        await is_fine(page)
        await page.get_by_role("link", name="Details Gift code").press("Enter")
        await expect(page.locator(".code-big")).to_have_text("AB12-CD34")
        await page.goto("/portal/history")
        await is_fine(page)
        await page.goto(f"/portal/rewards/{reward}")
        await expect(page.get_by_text("That one ran out")).to_be_visible()
        await is_fine(page)


async def test_spanish_all_the_way_without_a_script(
    chromium: Browser, server: Server, clinic: Clinic
) -> None:
    """Theirs from the start, English when they switch, and hiding holds in both."""
    who = await someone(server, clinic, language="es")
    await who.comes()
    async with opened(chromium, server, who.token, viewport=PHONE, java_script_enabled=False) as page:
        await page.goto("/portal")
        await expect(page.get_by_role("heading", name="Tu saldo")).to_be_visible()
        await expect(page.locator("html")).to_have_attribute("lang", "es")
        await page.get_by_role("button", name="Ocultar montos").click()
        await expect(page.locator(".total")).to_have_text("•••")
        await page.get_by_role("button", name="English").click()
        await expect(page.get_by_role("button", name="Show amounts")).to_be_visible()
        await page.get_by_role("button", name="Show amounts").click()
        await expect(page.locator(".total")).to_have_text("$10.00")


@pytest.mark.parametrize("way", ["button", "Escape"])
async def test_going_back_after_sign_out_shows_nothing(
    chromium: Browser, server: Server, clinic: Clinic, way: str
) -> None:
    """By the button or Escape three times; going back shows no page of theirs."""
    who = await someone(server, clinic)
    async with opened(chromium, server, who.token, viewport=PHONE) as page:
        await page.goto("/portal")
        if way == "button":
            await page.locator("#leave").get_by_role("button", name="Sign out").click()
        else:
            for _ in range(3):
                await page.keyboard.press("Escape")
        await page.wait_for_url("**/portal/left")
        assert await page.title() == "All closed"
        await is_fine(page)
        await page.go_back()
        await expect(page.get_by_role("heading", name="Your balance")).to_have_count(0)
        await page.goto("/portal")
        assert "/portal" not in re.sub(r"\?.*", "", page.url)


@BOTH
async def test_the_tablet_asks_whether_somebody_is_still_there_and_then_closes(
    chromium: Browser, server: Server, clinic: Clinic, viewport: ViewportSize
) -> None:
    """After 45 still seconds it counts down; a touch keeps it, and 60 still seconds end the session."""
    who = await someone(server, clinic, kind="kiosk")
    await who.comes()
    async with opened(chromium, server, who.token, viewport=viewport) as page:
        await page.clock.install()
        await page.goto("/portal")
        await expect(page.get_by_role("button", name="Done")).to_be_visible()
        await is_fine(page)
        await page.clock.run_for(50_000)
        await expect(page.get_by_role("alert")).to_contain_text("Are you still here?")
        await is_fine(page)
        await page.get_by_role("button", name="I am still here").click()
        await expect(page.get_by_role("alert")).to_be_hidden()
        await page.clock.run_for(61_000)
        await page.wait_for_url(re.compile(r"/kiosk"))
        await page.goto("/portal")
        await expect(page.get_by_role("heading", name="Your balance")).to_have_count(0)
