"""The first run in a real browser: from an empty service to the desk, with script and without."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import Browser, ViewportSize, expect

from service.flows.setup.first_run import set_up_word
from tests.browser.conftest import DESK, PHONE, faults_of_access, opened, small_targets
from tests.web.test_set_up import NEW, empty_service

if TYPE_CHECKING:
    from service.embedded import Stores


@pytest.mark.parametrize(("viewport", "has_script"), [(DESK, True), (PHONE, False)], ids=["desk", "phone"])
async def test_set_up_creates_the_first_clinic_in_a_browser(
    chromium: Browser, stores: Stores, own_database: str, viewport: ViewportSize, has_script: bool
) -> None:
    """The printed address, two forms, and the new person at the desk; nothing is typed at a command line."""
    async with (
        empty_service(stores, own_database) as empty,
        opened(
            chromium, empty, viewport=viewport, java_script_enabled=has_script, timezone_id="America/Chicago"
        ) as page,
    ):
        await page.goto(f"/set-up?word={set_up_word(empty.settings.form_key)}")
        zone = page.get_by_label("Time zone")
        await expect(zone).to_have_value("America/Chicago" if has_script else "America/New_York")
        if has_script:
            assert await faults_of_access(page) == []
        await page.get_by_label("Name of the clinic").fill(NEW["clinic"])
        await page.get_by_label("Your name").fill(NEW["name"])
        await page.get_by_label("Work email").fill(NEW["email"])
        await page.get_by_label("Password").fill("short")
        await page.get_by_role("button", name="Set up my clinic").click()
        await expect(page.get_by_text("at least 12 characters", exact=False).first).to_be_visible()
        await expect(page.get_by_label("Name of the clinic")).to_have_value(NEW["clinic"])
        await page.get_by_label("Password").fill(NEW["password"])
        await page.get_by_role("button", name="Set up my clinic").click()
        await expect(page.get_by_role("heading", name="First steps")).to_be_visible()
        if has_script:
            assert await faults_of_access(page) == []
        else:
            assert await small_targets(page) == []
        await page.get_by_label("Your own reference").fill("MRN-1")
        await page.get_by_label("Name", exact=True).fill("Sam Doe")
        await page.get_by_role("button", name="Start").click()
        await expect(page.get_by_role("alert")).to_contain_text("Choose a program")
        await expect(page.get_by_role("radio", checked=True)).to_have_count(0)
        await expect(page.get_by_label("Your own reference")).to_have_value("MRN-1")
        await page.locator("[name=program][value=california-recovery-incentives]").check()
        await page.get_by_role("button", name="Start").click()
        await page.wait_for_url("**/desk?person=*&welcome=true")
        await expect(page.locator("#panel h2")).to_contain_text("Sam Doe")
        await expect(page.get_by_text("Added and enrolled")).to_be_visible()
        await expect(
            page.get_by_role("region", name="What comes next").get_by_role("listitem")
        ).to_have_count(3)
